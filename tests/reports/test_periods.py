"""The days of every kind of period, and the one before (rule 8.4)."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agencies.deadlines import ZONE, Calendar, local_day
from reports.periods import MONTHS, REGULAR, Kind, Period, free, holding, periods_ended
from tests.reports.named_periods import half, month, quarter, whole_year

instants = st.datetimes(datetime(2019, 1, 1), datetime(2031, 1, 1), timezones=st.just(ZONE))


DAYS = [
    (month(2026, 11), date(2026, 10, 15), date(2026, 11, 14)),
    (month(2026, 1), date(2025, 12, 15), date(2026, 1, 14)),
    (month(2026, 3), date(2026, 2, 15), date(2026, 3, 14)),
    (quarter(2026, 1), date(2025, 12, 15), date(2026, 3, 14)),
    (quarter(2026, 4), date(2026, 9, 15), date(2026, 12, 14)),
    (half(2026, 1), date(2025, 12, 15), date(2026, 6, 14)),
    (half(2026, 2), date(2026, 6, 15), date(2026, 12, 14)),
    (whole_year(2026), date(2025, 12, 15), date(2026, 12, 14)),
]


@pytest.mark.parametrize(("period", "first", "last"), DAYS)
def test_periods_run_from_the_15th_to_the_14th(period, first, last):
    """Rule 8.4: the periods of Decree 09/2019/NĐ-CP art. 12."""
    assert (period.first_day, period.last_day) == (first, last)


def test_a_week_runs_from_monday_to_sunday(at):
    """Rule 8.4: the decree knows no week; the house's is the calendar's."""
    week = holding(Kind.WEEK, at("26/11/2026"))

    assert (week.first_day, week.last_day) == (date(2026, 11, 23), date(2026, 11, 29))
    assert (week.number, week.year) == (48, 2026)


@pytest.mark.parametrize(
    ("period", "earlier"),
    [
        (month(2026, 11), month(2025, 11)),
        (quarter(2026, 1), quarter(2025, 1)),
        (whole_year(2026), whole_year(2025)),
        (free(date(2028, 2, 29), date(2028, 3, 10)), free(date(2027, 2, 28), date(2027, 3, 10))),
    ],
)
def test_the_same_period_of_last_year(period, earlier):
    """Rule 8.5: change against last year's same period."""
    assert period.a_year_before() == earlier


def test_before_a_free_period_lie_as_many_days():
    """Rule 8.5: change against the last period."""
    period = free(date(2026, 10, 1), date(2026, 10, 20))

    assert period.previous() == free(date(2026, 9, 11), date(2026, 9, 30))


def test_the_cut_off_is_the_midnight_that_ends_the_14th(at):
    """Rule 8.4: the cut-off instant is the local midnight after the last day."""
    assert month(2026, 11).cut_off_at == at("15/11/2026")
    assert month(2026, 11).starts_at == at("15/10/2026")


def test_the_report_is_sent_working_days_after_the_cut_off(at):
    """Rule 8.4: 14/11/2026 is a Saturday, so one working day after ends on Monday 16."""
    calendar = Calendar.national()

    assert month(2026, 11).send_by(calendar, 1) == at("17/11/2026")
    assert month(2026, 11).send_by(calendar, 2) == at("18/11/2026")


def test_it_is_never_sent_less_than_one_working_day_after(at):
    """Rule 8.4: at least 1 working day, whatever a setting says."""
    assert month(2026, 11).send_by(Calendar.national(), 0) == at("17/11/2026")


@given(instants, st.sampled_from(REGULAR))
def test_every_instant_lies_in_one_period_and_periods_join(instant, kind):
    """Rule 8.6 rests on it: one period's end is the next one's beginning."""
    period = holding(kind, instant)

    assert period.first_day <= local_day(instant) <= period.last_day
    assert period.previous().cut_off_at == period.starts_at
    assert period.following().previous() == period
    assert Period.between(kind, period.starts_at, period.cut_off_at) == period
    assert Period.from_json(period.to_json()) == period


@given(instants)
def test_longer_periods_are_made_of_whole_months(instant):
    """Rule 8.4: every period of the decree ends with a month's period."""
    for kind in MONTHS:
        period = holding(kind, instant)

        assert holding(Kind.MONTH, period.starts_at).first_day == period.first_day
        assert holding(Kind.MONTH, period.cut_off_at).previous().last_day == period.last_day


def test_months_since_the_first_work_whose_cut_off_passed(at):
    """Rule 8.4: every ended period since the first data, oldest first."""
    months = list(periods_ended(Kind.MONTH, at("20/08/2026 09:00"), at("15/11/2026")))

    assert months == [month(2026, 9), month(2026, 10), month(2026, 11)]


def test_a_period_is_not_over_before_its_cut_off(at):
    """Rule 8.4: the evening of the 14th still belongs to the period."""
    months = list(periods_ended(Kind.MONTH, at("20/10/2026"), at("14/11/2026 23:59")))

    assert months == []


def test_old_periods_are_built_for_the_last_twelve_only(at):
    """Rule 8.4: a database brought from elsewhere does not flood the list."""
    months = list(periods_ended(Kind.MONTH, at("01/01/2020"), at("20/11/2026")))

    assert len(months) == 12
    assert months[-1] == month(2026, 11)
