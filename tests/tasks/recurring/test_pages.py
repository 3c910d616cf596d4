"""Pages of recurring tasks (rule 5.10)."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from agencies.refusals import Refused
from tasks.approval import Plan, approve
from tasks.directives import review
from tasks.directives.review import Wording
from tasks.models import Proposal, Recurrence, Task
from tasks.recurring.acts import begin
from tests.factories import DirectiveFactory, ProposalFactory, moment

pytestmark = pytest.mark.django_db
AT = moment("2026-11-26", 9)


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def monthly(district) -> Recurrence:
    (found,) = begin(
        district.chief, moment("2026-10-01", 8), [district.interior],
        rule_text="ngày 25 hằng tháng",
        title="Báo cáo công vụ", source="Quy chế", assigned_by=district.issuer,
    )  # fmt: skip
    return found


@pytest.fixture
def chief(client, district):
    client.force_login(district.chief.user)
    return client


def test_a_task_that_recurs_is_assigned_from_the_same_form(chief, district) -> None:
    """Issue 5: by hand from "Assign a task"."""
    answer = chief.post(
        reverse("task_new"),
        {"title": "Báo cáo công vụ", "source": "Quy chế", "assigned_by": district.issuer.pk,
         "lead": district.interior.pk, "priority": "normal", "coordinating": [district.finance.pk],
         "recurrence": "trước ngày 20 hằng tháng"},
    )  # fmt: skip

    recurrence = Recurrence.objects.get()
    assert answer.url == recurrence.get_absolute_url()
    assert (recurrence.starts_on, recurrence.lead) == (date(2026, 11, 26), district.interior)
    assert list(recurrence.coordinating.all()) == [district.finance]
    assert not Task.objects.exists()


@pytest.mark.parametrize(
    "posted", [{"recurrence": "khi cần"}, {"recurrence": "hằng tháng", "deadline_text": "5 ngày"}]
)
def test_a_recurrence_that_cannot_be_kept_is_said_beside_its_field(chief, posted) -> None:
    """Style: 400, what was typed kept."""
    answer = chief.post(reverse("task_new"), {"title": "x", **posted})

    assert answer.status_code == 400
    assert answer.context["form"].errors["recurrence"]


def test_the_list_shows_the_next_day_and_the_latest_task(chief, monthly) -> None:
    """Rule 5.10: what comes, and how the last one went."""
    (row,) = chief.get(reverse("recurrences")).context["rows"]

    assert row.following.deadline.last_day == date(2026, 12, 25)
    assert row.latest.period_on == date(2026, 10, 1)


def test_ended_ones_stand_apart(chief, district, monthly) -> None:
    """Style: filters in the address."""
    Recurrence.objects.update(ends_on=date(2026, 10, 31))

    assert chief.get(reverse("recurrences")).context["rows"] == []
    assert len(chief.get(reverse("recurrences"), {"state": "ended"}).context["rows"]) == 1


def test_the_page_shows_three_days_with_their_arithmetic(chief, monthly) -> None:
    """Rule 3.6: why this date, for what is still to come."""
    page = chief.get(monthly.get_absolute_url())

    assert [one.deadline.last_day for one, _period in page.context["coming"]] == [
        date(2026, 12, 25), date(2027, 1, 25), date(2027, 2, 25),
    ]  # fmt: skip
    assert [task.period_on for task in page.context["page"]] == [date(2026, 10, 1)]


def test_an_occurrence_leads_back_to_its_rule(chief, monthly) -> None:
    """Rule 5.10: each occurrence is a task of its own."""
    page = chief.get(monthly.occurrences.get().get_absolute_url()).content.decode()

    assert monthly.get_absolute_url() in page


def test_the_chief_ends_it_from_its_page(chief, monthly) -> None:
    """Rule 5.10: a last day, with a reason."""
    address = reverse("recurrence_act", args=[monthly.code, "end"])

    chief.post(address, {"version": 0, "ends_on": "2026-12-31", "reason": "Hết kế hoạch."})

    monthly.refresh_from_db()
    assert monthly.ends_on == date(2026, 12, 31)


def test_the_chief_changes_it_from_its_page(chief, district, monthly) -> None:
    """Rule 5.10: another row, linked."""
    address = reverse("recurrence_act", args=[monthly.code, "change"])
    posted = {"version": 0, "rule_text": "hằng quý", "lead": district.interior.pk,
              "from_on": "2026-11-26", "reason": "Quy chế mới."}  # fmt: skip

    answer = chief.post(address, posted)

    new = Recurrence.objects.get(previous=monthly)
    assert answer.url == new.get_absolute_url()
    assert new.get_absolute_url() in chief.get(monthly.get_absolute_url()).content.decode()
    assert chief.get(address).status_code == 404


def test_a_refused_change_keeps_what_was_typed(chief, district, monthly) -> None:
    """Style: 409 with the sentence beside the field; then sent on top of what changed."""
    address = reverse("recurrence_act", args=[monthly.code, "change"])
    posted = {"version": 7, "rule_text": "hằng quý", "lead": district.interior.pk,
              "from_on": "2026-11-26", "reason": "Quy chế mới."}  # fmt: skip

    answer = chief.post(address, posted)

    assert answer.status_code == 409
    assert answer.context["form"].data["reason"] == "Quy chế mới."
    assert answer.context["form"].data["version"] == 0


def test_lists_cost_no_query_a_rule(
    chief, district, monthly, django_assert_max_num_queries
) -> None:
    """Style: constant queries."""
    begin(
        district.chief, AT, district.communes, rule_text="hằng tháng", title="x", source="y",
        assigned_by=district.issuer,
    )  # fmt: skip
    chief.get(reverse("recurrences"))

    with django_assert_max_num_queries(24):
        chief.get(reverse("recurrences"))


def test_each_sees_what_it_leads_or_helps_with(client, district, monthly) -> None:
    """Rule 2.4: 404 for the others."""
    monthly.coordinating.add(district.communes[0])
    for head, status in ((district.head, 200), (district.commune_heads[0], 200),
                         (district.commune_heads[1], 404)):  # fmt: skip
        client.force_login(head.user)

        assert client.get(monthly.get_absolute_url()).status_code == status


# From a directive -----------------------------------------------------------------------------


def test_a_proposal_that_recurs_becomes_a_rule_for_each_lead(district) -> None:
    """Rules 4.4, 5.10: approval turns it into recurring tasks instead of one task."""
    directive = DirectiveFactory(issuer=district.issuer)
    proposal = ProposalFactory(
        directive=directive, groups=[district.group], recurrence="ngày 25 hằng tháng",
        review_on=None,
    )  # fmt: skip
    plan = Plan(directive, date(2026, 11, 26))
    assert (plan.task_count, plan.recurring_count, plan.blocked) == (0, 3, [])

    approve(directive, district.chief, AT, fingerprint=plan.fingerprint)

    rules = Recurrence.objects.all()
    assert [one.lead for one in rules] == district.communes
    assert {(one.directive, one.proposal, one.clause) for one in rules} == {
        (directive, proposal, proposal.clause)
    }
    assert not directive.tasks.exists()


def test_words_without_a_period_leave_a_task_with_a_review_day(district) -> None:
    """Rule 5.11: "thường xuyên" names no period."""
    directive = DirectiveFactory(issuer=district.issuer)
    ProposalFactory(directive=directive, leads=[district.interior], recurrence="thường xuyên")
    plan = Plan(directive, date(2026, 11, 26))

    approve(directive, district.chief, AT, fingerprint=plan.fingerprint)

    assert (directive.tasks.count(), Recurrence.objects.count()) == (1, 0)


def test_the_officer_sets_the_recurrence_of_a_proposal(district) -> None:
    """Rule 4.9: a person confirms what the reader found; not beside one deadline."""
    proposal = ProposalFactory(leads=[district.interior])
    wording = Wording("1", "Báo cáo", "Báo cáo", kinds=["task"], recurrence="hằng tháng",
                      lead_agencies=[district.interior])  # fmt: skip

    review.edit(proposal, district.officer, AT, wording=wording, version=0)

    assert Proposal.objects.get(pk=proposal.pk).recurrence == "hằng tháng"
    with pytest.raises(Refused):
        review.edit(
            proposal, district.officer, AT, version=1,
            wording=Wording("1", "x", "x", kinds=["task"], recurrence="hằng tháng",
                            deadline_text="20/12/2026"),
        )  # fmt: skip


def test_vague_words_of_the_reader_do_not_stand_in_the_way_of_editing(district) -> None:
    """Rule 5.11: "định kỳ" alone names no period; typed by a person it is refused."""
    proposal = ProposalFactory(leads=[district.interior], recurrence="định kỳ")
    wording = Wording("1", "Tổng hợp", "Tổng hợp", kinds=["task"], recurrence="định kỳ",
                      deadline_text="20/12/2026", lead_agencies=[district.interior])  # fmt: skip

    edited = review.edit(proposal, district.officer, AT, wording=wording, version=0)

    assert edited.due_at == moment("2026-12-21", 0)
    with pytest.raises(Refused):
        review.add(
            proposal.directive, district.officer, AT,
            wording=Wording("2", "x", "x", kinds=["task"], recurrence="định kỳ"),
        )  # fmt: skip


def test_the_directive_shows_what_it_lets_come_again(chief, district) -> None:
    """Rule 4.4: its work in one place."""
    directive = DirectiveFactory(issuer=district.issuer)
    ProposalFactory(
        directive=directive, leads=[district.interior], recurrence="hằng tháng", review_on=None
    )
    plan = Plan(directive, date(2026, 11, 26))
    approve(directive, district.chief, AT, fingerprint=plan.fingerprint)

    (row,) = chief.get(directive.get_absolute_url()).context["recurrences"]

    assert row.latest.period_on == date(2026, 11, 1)
