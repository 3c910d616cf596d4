"""Cause, commitment day and needs of an overdue task (rules 5.12, 8.5)."""

from datetime import date

import pytest

from agencies.models import Event, Notice
from agencies.refusals import NotYours, Refused
from tasks import lifecycle
from tests import factories as make

pytestmark = pytest.mark.django_db
BEFORE, LATE = make.moment("2026-11-13"), make.moment("2026-11-18")
CAUSE = "Chờ kết quả phân tích mẫu nước."


@pytest.fixture
def task(head, officer):
    """Due at the end of Monday 16/11/2026."""
    return make.assigned_task(head.agency, officer=officer.post)


def explained(task, head, at=LATE, day: int = 25, **facts):
    return lifecycle.explain(
        task, head, at, **({"cause": CAUSE, "commitment_on": date(2026, 11, day)} | facts)
    )


def test_the_lead_says_why_until_when_and_what_it_needs(task, head, officer) -> None:
    """Rule 5.12: each overdue task carries cause, commitment day and needs."""
    due_at = task.due_at

    task = explained(task, head, needs="Kinh phí phân tích 20 mẫu.")

    row = task.explanations.get()
    assert (row.cause, row.commitment_on) == (CAUSE, date(2026, 11, 25))
    assert Event.objects.of(task).last().params["needs"] == "Kinh phí phân tích 20 mẫu."
    assert task.due_at == due_at
    assert Notice.objects.get(event__act="task.explained").person == officer.user


def test_a_task_in_time_has_nothing_to_explain(task, head) -> None:
    """Rule 5.12: of overdue tasks."""
    with pytest.raises(Refused):
        explained(task, head, BEFORE)


@pytest.mark.parametrize(
    ("facts", "field"),
    [({"cause": "  "}, "cause"), ({"commitment_on": date(2026, 11, 17)}, "commitment_on")],
    ids=["no cause", "a day that has passed"],
)
def test_without_a_cause_or_a_coming_day_it_is_refused(facts, field, task, head) -> None:
    """Rule 5.12: a cause, and a day to keep."""
    with pytest.raises(Refused) as refused:
        explained(task, head, **facts)

    assert refused.value.field == field


def test_all_are_kept_and_the_latest_holds(task, head) -> None:
    """Rule 11: a second commitment does not hide the first."""
    explained(task, head, day=20)

    explained(task, head, make.moment("2026-11-21"), day=27)

    assert [row.commitment_on.day for row in task.explanations.all()] == [20, 27]


def test_a_commitment_is_broken_the_day_after(task, head) -> None:
    """Rule 5.12: its last day still keeps it."""
    row = explained(task, head, day=20).explanations.get()

    assert [row.is_broken(date(2026, 11, day)) for day in (20, 21)] == [False, True]


def test_staff_do_not_commit_their_agency(task, head) -> None:
    """Rule 2, table: an official act."""
    with pytest.raises(NotYours):
        explained(task, make.staff_of(head.agency))
