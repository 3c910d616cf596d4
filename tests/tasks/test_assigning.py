"""Giving work: one lead, those who answer, the first rows of history."""

from datetime import date

import pytest

from agencies.functions import Function
from agencies.models import AgencyCompetence, Event, Notice
from agencies.refusals import NotYours, Refused
from tasks.lifecycle import assign_each
from tasks.models import Coordination, Task
from tests import factories as make

pytestmark = pytest.mark.django_db
AT = make.moment("2026-11-02")


def test_a_task_gets_the_next_code_of_the_year() -> None:
    """Domain 1: public codes are unique per body and year."""
    first, second = make.assigned_task(), make.assigned_task()
    other_year = make.assigned_task(at=make.moment("2027-01-01", 0))

    assert (first.code, second.code) == ("NV-2026-0001", "NV-2026-0002")
    assert other_year.code == "NV-2027-0001"


def test_history_begins_with_the_assignment() -> None:
    """Rule 3.9: state, deadline and classification are rows from the first day."""
    task = make.assigned_task(at=AT)

    state, deadline = task.state_rows.get(), task.deadline_rows.get()
    assert (state.state, state.effective_at) == ("assigned", AT)
    assert (deadline.due_at, deadline.review_on) == (task.due_at, None)
    assert task.classification_rows.get().assigned_by == task.assigned_by
    assert task.original_due_at == task.due_at


def test_undated_work_is_reviewed_at_the_end_of_the_month() -> None:
    """Rule 5.11: an undated task has a review day."""
    task = make.assigned_task(at=AT, due_at=None)

    assert (task.due_at, task.review_on) == (None, date(2026, 11, 30))


def test_the_register_names_the_responsible_person() -> None:
    """Rule 5.1: who handles the competence by the agency's register answers for the task."""
    agency, competence = make.AgencyFactory(), make.CompetenceFactory()
    make.head_of(agency)
    specialist = make.staff_of(agency).post
    AgencyCompetence.objects.create(agency=agency, competence=competence, responsible=specialist)

    task = make.assigned_task(agency, competence=competence)

    assert task.responsible == specialist


def test_without_a_register_the_head_on_that_day_is_responsible() -> None:
    """Rule 5.1: … else the head on that day."""
    agency = make.AgencyFactory()
    make.head_of(agency, ends_on=date(2026, 10, 31))
    head = make.head_of(agency, starts_on=date(2026, 11, 1))

    assert make.assigned_task(agency, at=AT).responsible == head.post


def test_the_leader_whose_portfolio_has_the_agency_supervises() -> None:
    """Rule 2, table: portfolios give the default supervising leader, else the Chair."""
    agency, chair = make.AgencyFactory(), make.chair()
    deputy = make.PostFactory(
        function=Function.LEADER, is_deputy=True, agency=make.LeadersFactory()
    )
    deputy.agencies.add(agency)

    assert make.assigned_task(agency).supervisor == deputy
    assert make.assigned_task().supervisor == chair.post


def test_lead_and_coordinating_heads_are_told() -> None:
    """Rule 10.1: at once by mail for whom the act addresses; the others in the digest."""
    lead, helper = make.AgencyFactory(), make.AgencyFactory()
    lead_head, helper_head = make.head_of(lead), make.head_of(helper)

    make.assigned_task(lead, coordinating=[helper, lead])

    assert Coordination.objects.get().agency == helper
    told = set(Notice.objects.values_list("person", "channel"))
    assert told == {
        (lead_head.user.pk, "app"),
        (lead_head.user.pk, "mail"),
        (helper_head.user.pk, "app"),
    }


def test_a_group_has_a_parent_without_a_lead_and_a_task_an_agency() -> None:
    """Rule 5.1: each answers for itself; the parent is never counted."""
    parent = make.assigned_task(is_group=True)
    children = [make.assigned_task(parent=parent) for _ in range(2)]

    assert parent.lead is None
    assert set(parent.children.all()) == set(children)
    assert Event.objects.of(parent).get().act == "task.group_assigned"


def test_work_of_many_agencies_is_assigned_in_one_go_as_one_by_one() -> None:
    """Rule 5.1: each agency's task has its own code, story and people, and can be searched."""
    leads = [make.AgencyFactory(), make.AgencyFactory()]
    heads = [make.head_of(lead) for lead in leads]
    parent = make.assigned_task(is_group=True)

    tasks = assign_each(
        make.office_chief(), AT, leads, parent=parent, coordinating=leads,
        title="Rà soát", source="Kết luận giao ban", assigned_by=parent.assigned_by,
    )  # fmt: skip

    assert [task.code for task in tasks] == ["NV-2026-0002", "NV-2026-0003"]
    assert [task.responsible for task in tasks] == [head.post for head in heads]
    assert [Event.objects.of(task).get().params["lead"] for task in tasks] == [
        lead.short_name for lead in leads
    ]
    assert [task.coordinations.get().agency for task in tasks] == leads[::-1]
    assert set(Task.objects.filter(search_text__contains="ra soat", parent=parent)) == set(tasks)


@pytest.mark.parametrize("role", [make.officer, make.administrator])
def test_only_the_chief_and_leaders_assign(role) -> None:
    """Rule 2, table: the chief approves assignment."""
    with pytest.raises(NotYours):
        make.assigned_task(actor=role())


def test_work_without_a_directive_names_its_source() -> None:
    """Rule 4.6: a meeting, a phone order: source named."""
    with pytest.raises(Refused, match=r"come|đâu"):
        make.assigned_task(source="")
