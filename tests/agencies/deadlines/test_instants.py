"""From days to instants and back (domain 3.1, 3.7, 5.5, 5.7)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agencies.deadlines import (
    ZONE,
    Calendar,
    after_suspension,
    days_overdue,
    give_back,
    last_day_in_time,
    local_day,
    local_midnight_after,
    soon_horizon,
    working_days_left,
)

NATIONAL = Calendar.national()
DAYS = st.dates(date(2022, 12, 1), date(2026, 12, 1))
INSTANTS = st.datetimes(
    datetime(2022, 12, 1), datetime(2026, 12, 1), timezones=st.sampled_from([ZONE, UTC])
)


def at(day: int, hour: int = 9, month: int = 6) -> datetime:
    """A moment of June 2023: the 5th is a Monday, the month has no holiday."""
    return datetime(2023, month, day, hour, tzinfo=ZONE)


def end_of(day: int, month: int = 6) -> datetime:
    """24:00 of a day of 2023."""
    return local_midnight_after(date(2023, month, day))


def test_a_day_ends_at_its_midnight():
    """Rule 3.1: due_at is the next local midnight, 17:00 UTC."""
    assert end_of(30) == datetime(2023, 6, 30, 17, tzinfo=UTC)


@given(DAYS)
def test_the_last_day_in_time_is_the_day_given(day):
    """Rule 3.1: day to due_at and back."""
    assert last_day_in_time(local_midnight_after(day)) == day


@pytest.mark.parametrize(
    ("due_at", "now", "days"),
    [
        (end_of(9), end_of(9) - timedelta(microseconds=1), 0),
        (end_of(9), end_of(9), 1),
        (end_of(9), at(10, 23), 1),
        (end_of(9), at(21), 12),
        (at(9, 16), at(9, 16), 1),
        (at(9, 16), at(10, 9), 1),
        (at(9, 16), at(11, 9), 2),
    ],
)
def test_overdue_counts_local_days_from_one(due_at, now, days):
    """Rule 3.7: the day after the last day in time is day 1."""
    assert days_overdue(due_at, now) == days


@pytest.mark.parametrize(
    ("due_at", "left"),
    [
        (end_of(5), 0),
        (end_of(6), 1),
        (end_of(9), 4),
        (end_of(11), 4),
        (end_of(12), 5),
        (end_of(2), 0),
    ],
)
def test_working_days_left_are_counted_after_today(due_at, left):
    """Rule 3.7: what is due today has none left, and a day off adds none."""
    assert working_days_left(NATIONAL, due_at, at(5)) == left


@given(INSTANTS, INSTANTS, st.integers(0, 10))
def test_the_soon_horizon_agrees_with_the_days_left(now, due_at, days):
    """Rule 3.7: one question, as a comparison of instants and as a count of days."""
    horizon = soon_horizon(NATIONAL, now, days)

    assert (due_at <= horizon) == (working_days_left(NATIONAL, due_at, now) <= days)


@pytest.mark.parametrize(
    ("due", "stopped", "resumed", "again"),
    [
        pytest.param(end_of(9), at(7), at(14), end_of(16), id="two days left, two given again"),
        pytest.param(end_of(9), at(9), at(14), end_of(15), id="none left, one given"),
        pytest.param(end_of(9), at(7), at(10), end_of(13), id="resumed on a Saturday"),
        pytest.param(at(9, 16), at(7), at(14), end_of(16), id="an hour becomes its whole day"),
        pytest.param(end_of(30), at(7), at(7, 15), end_of(30), id="sent back the same day"),
        pytest.param(end_of(9), at(12), at(14), end_of(9), id="reported late: nothing left"),
    ],
)
def test_a_report_sent_back_gives_the_remaining_time_again(due, stopped, resumed, again):
    """Rule 5.5: the remaining working time, at least one working day."""
    assert give_back(NATIONAL, due, stopped, resumed) == again


@given(INSTANTS, INSTANTS, INSTANTS)
def test_giving_back_never_shortens(due_at, one, other):
    """Rule 5.5: never to an earlier day, and a whole working day when anything was left."""
    stopped, resumed = sorted((one, other))

    again = give_back(NATIONAL, due_at, stopped, resumed)

    assert again >= due_at
    if stopped < due_at:
        assert NATIONAL.is_working(last_day_in_time(again)) or again == due_at
        assert working_days_left(NATIONAL, again, resumed) >= 1 or again == due_at


@pytest.mark.parametrize(
    ("due", "suspended", "resumed", "again"),
    [
        pytest.param(end_of(9), at(7), at(14), end_of(16), id="suspended five working days"),
        pytest.param(end_of(9), at(9), at(17), end_of(19), id="no day left, resumed on a weekend"),
        pytest.param(end_of(9), at(14), at(21), end_of(16), id="overdue before: as late as it was"),
        pytest.param(end_of(9), at(7), at(7, 11), end_of(9), id="no whole day"),
    ],
)
def test_suspended_working_days_are_given_back(due, suspended, resumed, again):
    """Rule 5.7: suspended working days are given back at the end."""
    assert after_suspension(NATIONAL, due, suspended, resumed) == again


@given(INSTANTS, INSTANTS, INSTANTS)
def test_a_suspension_never_makes_a_task_late(due_at, one, other):
    """Rule 5.7: what was in time when suspended is in time when resumed."""
    suspended, resumed = sorted((one, other))

    again = after_suspension(NATIONAL, due_at, suspended, resumed)

    assert again >= due_at
    if suspended < due_at:
        assert local_day(resumed) <= last_day_in_time(again) or resumed < again
