"""On time or late: one rule, in Python and in SQL (rules 3.7, 3.9, 5.5)."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agencies.models import Event
from tasks.models import DeadlineRow, Extension, Return, StateRow, Task
from tasks.states import Plea, State
from tasks.timeliness import Facts, Timeliness, timeliness, timeliness_expression
from tests import factories as make

DUE = make.moment("2026-11-17", 0)
TICK = timedelta(microseconds=1)
FIRST = datetime(2020, 1, 1, tzinfo=UTC)
instants = st.datetimes(
    min_value=datetime(2026, 1, 1), max_value=datetime(2027, 12, 31), timezones=st.just(UTC)
)
# Instants that meet exactly are where two definitions part.
near = st.one_of(instants, st.sampled_from([DUE, DUE - TICK, DUE + TICK]))

TABLE = [
    (State.ASSIGNED, None, DUE - timedelta(days=9), Timeliness.ON_TRACK),
    (State.ACCEPTED, None, DUE - timedelta(days=1), Timeliness.DUE_SOON),
    (State.IN_PROGRESS, None, DUE - TICK, Timeliness.DUE_SOON),
    (State.IN_PROGRESS, None, DUE, Timeliness.OVERDUE),
    (State.REPORTED, DUE - TICK, DUE + timedelta(days=9), Timeliness.AWAITING_IN_TIME),
    (State.REPORTED, DUE, DUE + timedelta(days=9), Timeliness.AWAITING_LATE),
    (State.COMPLETED, DUE - TICK, DUE + timedelta(days=9), Timeliness.COMPLETED_ON_TIME),
    (State.COMPLETED, DUE, DUE + timedelta(days=9), Timeliness.COMPLETED_LATE),
    (State.SUSPENDED, None, DUE + timedelta(days=9), Timeliness.SUSPENDED),
    (State.CANCELLED, None, DUE + timedelta(days=9), Timeliness.ENDED),
]


@pytest.mark.parametrize(
    ("state", "reported_at", "at", "expected"), TABLE, ids=[f"{r[0]}-{r[3]}" for r in TABLE]
)
def test_what_the_deadline_means(state, reported_at, at, expected) -> None:
    """Rules 3.1, 3.7, 5.5: an act at t is in time when t < due_at; a waiting report stops it."""
    soon_at = at + timedelta(days=3)

    assert timeliness(Facts(state, DUE, reported_at), at, soon_at) == expected


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (State.IN_PROGRESS, Timeliness.UNDATED),
        (State.REPORTED, Timeliness.AWAITING_UNDATED),
        (State.COMPLETED, Timeliness.COMPLETED_UNDATED),
    ],
)
def test_undated_work_is_never_overdue(state, expected) -> None:
    """Rule 5.11: an undated task has a review day and is never overdue."""
    facts = Facts(state, None, DUE)

    assert timeliness(facts, DUE + timedelta(days=900), DUE + timedelta(days=903)) == expected


@pytest.mark.django_db
@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    state=st.sampled_from(State.values),
    due_at=st.none() | near,
    reported_at=near,
    at=near,
    soon_in=st.timedeltas(timedelta(0), timedelta(days=20)),
    plea=st.sampled_from(Plea.values),
)
def test_sql_and_python_say_the_same(state, due_at, reported_at, at, soon_in, plea) -> None:
    """Rule 3.7: each judgment exists once in Python and once in SQL, held equal, now and as of."""
    task = Task.objects.first() or make.assigned_task(at=FIRST)
    event = Event.objects.of(task).first()
    reported_at = reported_at if state in (State.REPORTED, State.COMPLETED) else None
    dated = {"effective_at": FIRST, "recorded_at": FIRST, "event": event, "task": task}
    StateRow.objects.create(state=state, reported_at=reported_at, **dated)
    DeadlineRow.objects.create(due_at=due_at, **dated)
    Task.objects.filter(pk=task.pk).update(
        state=state,
        due_at=due_at,
        review_on=None,
        reported_at=reported_at,
        completed_at=at if state == State.COMPLETED else None,
        plea=plea,
    )
    _plead(task, event, plea)
    expected = timeliness(Facts(state, due_at, reported_at, plea), at, at + soon_in)

    now = Task.objects.now().with_timeliness(at, at + soon_in).get()
    then = Task.objects.as_of(at).with_timeliness(at, at + soon_in).get()

    assert now.timeliness == then.timeliness == expected


def _plead(task: Task, event: Event, plea: str) -> None:
    """Leave the one request that the plea caches, asked in time and undecided."""
    asked = {
        "task": task,
        "event": event,
        "post": event.post,
        "asked_at": FIRST,
        "due_at": DUE,
    }
    Extension.objects.all().delete()
    Return.objects.all().delete()
    if plea == Plea.EXTENSION:
        Extension.objects.create(asked_due_at=DUE + timedelta(days=9), **asked)
    if plea == Plea.RETURN:
        Return.objects.create(late_from=DUE, **asked)


@pytest.mark.django_db
@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    state=st.sampled_from(State.values),
    due_at=st.none() | near,
    reported_at=near,
    at=near,
    plea=st.sampled_from(Plea.values),
)
def test_by_the_original_deadline_no_plea_and_no_extension_counts(
    state, due_at, reported_at, at, plea
) -> None:
    """Rule 5.6: the original deadline stays for ever and reports count by both."""
    task = Task.objects.first() or make.assigned_task(at=FIRST)
    reported_at = reported_at if state in (State.REPORTED, State.COMPLETED) else None
    Task.objects.filter(pk=task.pk).update(
        state=state,
        due_at=due_at,
        review_on=None,
        reported_at=reported_at,
        completed_at=at if state == State.COMPLETED else None,
        plea=plea,
    )
    soon_at = at + timedelta(days=3)
    expected = timeliness(Facts(state, DUE if due_at else None, reported_at), at, soon_at)

    listed = Task.objects.now().by_original_deadline().with_timeliness(at, soon_at).get()
    counted = (
        Task.objects.now()
        .with_original_deadline()
        .annotate(original=timeliness_expression(at, soon_at, due="original_then", plea=""))
        .get()
    )

    assert listed.timeliness == counted.original == expected
