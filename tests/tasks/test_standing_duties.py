"""Standing duties with who acknowledged them and who has not (rules 4.3, 4.4)."""

from datetime import date

import pytest

from tasks.directives.acknowledging import acknowledge
from tasks.models import Acknowledgement, Addressee, StandingDuty
from tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_at_now")]
GIVEN, NOW = make.moment("2026-11-03"), make.moment("2026-11-12")


@pytest.fixture
def heads():
    return {name: make.head_of(make.AgencyFactory(code=name, name=name)) for name in "abc"}


@pytest.fixture
def duty(heads):
    """A duty on three agencies: "a" has acknowledged, "b" has not, "c" need not."""
    directive = make.DirectiveFactory(approved_at=GIVEN)
    duty = StandingDuty.objects.create(
        directive=directive, clause="1", title="Không lạm dụng xin ý kiến", text="Không lạm dụng.",
        founded_at=GIVEN,
    )  # fmt: skip
    for name, head in heads.items():
        Addressee.objects.create(directive=directive, agency=head.agency)
        duty.agencies.add(head.agency)
        if name != "c":
            Acknowledgement.objects.create(
                directive=directive, agency=head.agency, due_at=make.moment("2026-11-10", 0)
            )
    first = Acknowledgement.objects.get(agency__code="a")
    acknowledge(first, heads["a"], GIVEN, spread_on=date(2026, 11, 3), how="Họp cơ quan.")
    return duty


def state(client, actor, duty):
    client.force_login(actor.user)
    (found,) = client.get(duty.directive.get_absolute_url()).context["duties"]
    return [
        [one.agency.code for one in found.acknowledged],
        [one.agency.code for one in found.waiting],
        [agency.code for agency in found.not_asked],
    ]


def test_the_office_sees_who_acknowledged_and_who_has_not(duty, client) -> None:
    """Rule 4.3."""
    assert state(client, make.office_chief(), duty) == [["a"], ["b"], ["c"]]


def test_an_agency_sees_its_own_acknowledgement_only(duty, heads, client) -> None:
    """Rule 2.4: acknowledgements are the agency's own and the Office's."""
    assert state(client, heads["a"], duty) == [["a"], [], []]
    assert state(client, heads["b"], duty) == [[], ["b"], []]


@pytest.mark.parametrize(
    ("name", "pill"), [("a", "pill-done"), ("b", "pill-late"), ("c", "")], ids=["done", "late", "-"]
)
def test_an_agencys_page_says_whether_it_acknowledged(name, pill, duty, heads, client) -> None:
    """Rule 4.3, issue 5: each agency's page shows its standing duties with their state."""
    client.force_login(make.office_chief().user)

    page = client.get(heads[name].agency.get_absolute_url()).content.decode()

    line = page.partition(f"#duty-{duty.pk}")[2].partition("</li>")[0]
    assert ("pill-" in line, pill in line) == (bool(pill), True)
