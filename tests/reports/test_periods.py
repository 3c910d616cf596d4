from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agencies.deadlines import ZONE, Calendar, local_day
from reports.periods import Month, months_ended

instants = st.datetimes(datetime(2019, 1, 1), datetime(2031, 1, 1), timezones=st.just(ZONE))


@pytest.mark.parametrize(
    ("month", "first", "last"),
    [
        (Month(2026, 11), date(2026, 10, 15), date(2026, 11, 14)),
        (Month(2026, 1), date(2025, 12, 15), date(2026, 1, 14)),
        (Month(2026, 3), date(2026, 2, 15), date(2026, 3, 14)),
    ],
)
def test_a_month_runs_from_the_15th_to_the_14th(month, first, last):
    """Rule 8.4: the month's period of Decree 09/2019/NĐ-CP art. 12."""
    assert (month.first_day, month.last_day) == (first, last)


def test_the_cut_off_is_the_midnight_that_ends_the_14th(at):
    """Rule 8.4: the cut-off instant is the local midnight after the last day."""
    assert Month(2026, 11).cut_off_at == at("15/11/2026")
    assert Month(2026, 11).starts_at == at("15/10/2026")


def test_the_report_is_sent_working_days_after_the_cut_off(at):
    """Rule 8.4: 14/11/2026 is a Saturday, so one working day after ends on Monday 16."""
    calendar = Calendar.national()

    assert Month(2026, 11).send_by(calendar, 1) == at("17/11/2026")
    assert Month(2026, 11).send_by(calendar, 2) == at("18/11/2026")


def test_it_is_never_sent_less_than_one_working_day_after(at):
    """Rule 8.4: at least 1 working day, whatever a setting says."""
    assert Month(2026, 11).send_by(Calendar.national(), 0) == at("17/11/2026")


@given(instants)
def test_every_instant_lies_in_one_period_and_periods_join(instant):
    """Rule 8.6 rests on it: one period's end is the next one's beginning."""
    month = Month.holding(instant)

    assert month.first_day <= local_day(instant) <= month.last_day
    assert month.previous().cut_off_at == month.starts_at
    assert month.following().previous() == month
    assert Month.ending_at(month.cut_off_at) == month


def test_months_since_the_first_work_whose_cut_off_passed(at):
    """Rule 8.4: every ended period since the first data, oldest first."""
    months = list(months_ended(at("20/08/2026 09:00"), at("15/11/2026")))

    assert months == [Month(2026, 9), Month(2026, 10), Month(2026, 11)]


def test_a_period_is_not_over_before_its_cut_off(at):
    """Rule 8.4: the evening of the 14th still belongs to the period."""
    months = list(months_ended(at("20/10/2026"), at("14/11/2026 23:59")))

    assert months == []


def test_old_periods_are_built_for_the_last_twelve_only(at):
    """Rule 8.4: a database brought from elsewhere does not flood the list."""
    months = list(months_ended(at("01/01/2020"), at("20/11/2026")))

    assert len(months) == 12
    assert months[-1] == Month(2026, 11)
