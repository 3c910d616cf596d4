"""A calendar change moves open deadlines of tasks, later only, with a trace (rule 3.5)."""

from datetime import date

import pytest

from agencies.deadlines import by_day, by_term
from agencies.models import CalendarDay, Event
from tasks.holder import TaskHolder
from tasks.lifecycle import report, send_back
from tests import factories as make

pytestmark = pytest.mark.django_db
AT = make.moment("2026-11-02")


@pytest.fixture
def term():
    """Five working days after Monday 02/11/2026: to 09/11."""
    return by_term(5, "working_day", AT.date(), CalendarDay.objects.calendar())


def dated(deadline, **fields):
    return make.assigned_task(
        at=AT, due_at=deadline.due_at, arithmetic=deadline.to_json(), **fields
    )


def test_only_open_terms_are_offered(term) -> None:
    """Rules 3.2, 3.5: a named day never moves."""
    counted = dated(term)
    dated(by_day(date(2026, 11, 9), AT.date(), CalendarDay.objects.calendar()))
    make.assigned_task(at=AT, due_at=None)

    assert [held.thing for held in TaskHolder().open_deadlines(AT)] == [counted]


def test_a_deadline_an_act_has_set_is_left(term) -> None:
    """Rule 3.5: what was decided stays."""
    agency = make.AgencyFactory()
    head = make.head_of(agency)
    task = dated(term, lead=agency)
    task = report(task, head, make.moment("2026-11-03"), result="Xong.", document_number="9")
    chief = make.office_chief()
    send_back(task, chief, make.moment("2026-11-06"), reason="Thiếu số liệu.")

    assert list(TaskHolder().open_deadlines(make.moment("2026-11-06"))) == []


def test_a_move_is_a_row_and_an_event(term) -> None:
    """Rule 3.9: a deadline never changes without a trace, and the original one is kept."""
    task = dated(term)
    held = next(TaskHolder().open_deadlines(AT))
    later = make.moment("2026-11-11", 0)

    TaskHolder().move(held, later, {**held.arithmetic, "due_at": later.isoformat()},
                         make.administrator(), AT)  # fmt: skip

    task.refresh_from_db()
    assert (task.due_at, task.original_due_at) == (later, term.due_at)
    assert task.deadline_rows.count() == 2
    assert Event.objects.of(task).last().act == "task.deadline_moved"


@pytest.mark.parametrize("day", ["2026-11-09", "2026-11-10"], ids=["earlier", "the same"])
def test_a_deadline_never_moves_to_an_earlier_day(day, term) -> None:
    """Rule 3.5: never to an earlier day."""
    task = dated(term)
    held = next(TaskHolder().open_deadlines(AT))

    TaskHolder().move(held, make.moment(day, 0), held.arithmetic, make.administrator(), AT)

    task.refresh_from_db()
    assert (task.due_at, task.deadline_rows.count()) == (term.due_at, 1)
