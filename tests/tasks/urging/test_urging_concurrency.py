"""Several people at once, on real connections (rules 2.8, 8.2, 11)."""

import pytest

from agencies import outgoing
from agencies.models import Event, OutgoingPaper
from agencies.refusals import Refused
from tasks.models import Urging
from tasks.urging import issuing, preparing
from tests import factories as make
from tests.racing import at_once
from tests.tasks.urging.conftest import NOW, overdue

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def office(transactional_db):
    make.OfficeFactory()
    return [make.office_chief(), make.office_chief()]


def test_letters_issued_at_once_have_no_gap_and_no_double(office):
    """Rule 8.2."""
    tasks = [overdue(make.AgencyFactory(code=f"xa-{n}")).pk for n in range(6)]
    urgings = preparing.draft(tasks, office[0], NOW)
    halves = urgings[:3], urgings[3:]

    at_once(*(
        lambda chief=chief, half=half: issuing.issue_each(half, chief, NOW, versions={})
        for chief, half in zip(office, halves, strict=True)
    ))  # fmt: skip

    numbers = sorted(OutgoingPaper.objects.values_list("number", flat=True))
    assert numbers == [1, 2, 3, 4, 5, 6]
    assert Urging.objects.issued().count() == 6


def test_one_draft_issued_by_two_goes_out_once(office):
    task = overdue()
    (urging,) = preparing.draft([task.pk], office[0], NOW)

    given = at_once(*(lambda chief=chief: issuing.issue(urging, chief, NOW) for chief in office))

    assert sum(isinstance(one, Refused) for one in given) == 1
    assert OutgoingPaper.objects.get().state == "issued"
    assert Event.objects.of(task).filter(act="task.urged").count() == 1


def test_the_register_and_the_chief_issue_a_signed_letter_once(office):
    (urging,) = preparing.draft([overdue().pk], office[0], NOW)
    paper = issuing.sign(urging, office[0], NOW).paper
    paper = outgoing.number(paper, office[0], NOW, dated_on=NOW.date())

    given = at_once(
        lambda: issuing.issue(urging, office[0], NOW), lambda: outgoing.issue(paper, office[1], NOW)
    )

    assert sum(isinstance(one, Refused) for one in given) == 1
    assert Event.objects.filter(act="urging.issued").count() == 1


def test_two_drafting_for_one_agency_make_one_letter(office):
    task = overdue()

    given = at_once(*(
        lambda chief=chief: preparing.draft([task.pk], chief, NOW) for chief in office
    ))  # fmt: skip

    assert sum(isinstance(one, Refused) for one in given) == 1
    assert Urging.objects.unissued().count() == 1
