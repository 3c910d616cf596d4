"""Working days (domain 3.5)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agencies.deadlines import Calendar, DayOff, OffCode, national_rows

NATIONAL = Calendar.national()
DAYS = st.dates(date(2022, 11, 1), date(2027, 3, 1))


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2023, 1, 2), "Tết Dương lịch (nghỉ bù)"),
        (date(2023, 1, 20), "Tết Nguyên đán (29 tháng Chạp)"),
        (date(2023, 1, 26), "Tết Nguyên đán (nghỉ bù)"),
        (date(2023, 4, 29), "Giỗ Tổ Hùng Vương"),
        (date(2023, 5, 2), "Giỗ Tổ Hùng Vương (nghỉ bù)"),
        (date(2023, 5, 3), "Ngày Chiến thắng (nghỉ bù)"),
        (date(2023, 9, 4), "Quốc khánh (nghỉ bù)"),
        (date(2024, 2, 14), "Tết Nguyên đán (nghỉ bù)"),
        (date(2024, 4, 29), "Nghỉ hoán đổi (làm bù ngày 04/5/2024)"),
        (date(2024, 9, 3), "Quốc khánh"),
        (date(2025, 1, 27), "Tết Nguyên đán (28 tháng Chạp)"),
        (date(2025, 5, 2), "Nghỉ hoán đổi (làm bù ngày 26/4/2025)"),
        (date(2025, 9, 1), "Quốc khánh"),
        (date(2026, 1, 2), "Nghỉ hoán đổi (làm bù ngày 10/01/2026)"),
        (date(2026, 2, 16), "Tết Nguyên đán (29 tháng Chạp)"),
        (date(2026, 4, 27), "Giỗ Tổ Hùng Vương (nghỉ bù)"),
        (date(2026, 8, 31), "Nghỉ hoán đổi (làm bù ngày 22/8/2026)"),
        (date(2026, 11, 24), "Ngày Văn hóa Việt Nam"),
    ],
)
def test_it_knows_the_national_days_off(day, name):
    """Rule 3.5: Labour Code art. 112, with substitute days and the government's swaps."""
    assert NATIONAL.why_off(day) == DayOff(day, OffCode.HOLIDAY, name)


@pytest.mark.parametrize("day", [date(2024, 5, 4), date(2025, 4, 26), date(2026, 1, 10)])
def test_it_works_on_a_swapped_saturday(day):
    """Rule 3.5: the day worked instead is a working day, though a Saturday."""
    assert NATIONAL.is_working(day)


@pytest.mark.parametrize(
    "day",
    [
        date(2023, 1, 27),
        date(2023, 5, 4),
        date(2024, 2, 15),
        date(2025, 2, 3),
        date(2025, 11, 24),
        date(2026, 2, 23),
    ],
)
def test_it_works_right_after_a_holiday(day):
    """Rule 3.5: no day too many is off, and 24/11 only from 2026."""
    assert NATIONAL.is_working(day)


def test_every_swap_gives_back_the_day_it_takes():
    """Rule 3.5: each swapped day off has its worked day in the same year."""
    swapped = [day.year for day, _kind, name in national_rows() if "hoán đổi" in name]
    worked = [day.year for day, kind, _name in national_rows() if kind == "worked"]

    assert swapped == worked == [2024, 2025, 2026, 2026]


@pytest.mark.parametrize("year", [2023, 2024, 2025])
def test_a_year_has_eleven_days_off_on_weekdays(year):
    """Rule 3.5: art. 112 grants 11 days, those on a weekend given back; swaps cancel out."""
    off = [
        day
        for day, kind, name in national_rows()
        if kind == "off" and day.weekday() < 5 and "hoán đổi" not in name and day.year == year
    ]

    assert len(off) == 11


def test_a_plain_weekend_says_which_day_it_is():
    """Rule 3.6: a skipped day says why."""
    assert NATIONAL.why_off(date(2023, 6, 10)) == DayOff(date(2023, 6, 10), "saturday")
    assert NATIONAL.why_off(date(2023, 6, 11)) == DayOff(date(2023, 6, 11), "sunday")
    assert NATIONAL.why_off(date(2023, 6, 12)) is None


def test_rows_make_a_calendar_of_their_years():
    """Rule 3.5: the program computes from confirmed rows only."""
    calendar = Calendar.from_rows(
        [(date(2030, 1, 1), "off", "Tết"), (date(2030, 1, 5), "worked", "Làm bù")]
    )

    assert not calendar.is_working(date(2030, 1, 1))
    assert calendar.is_working(date(2030, 1, 5))
    assert calendar.confirmed_years == {2030}


@given(DAYS, st.integers(-60, 60))
def test_adding_working_days_ends_on_a_working_day(day, count):
    """Rule 3.3: the count-th working day, never a day off."""
    assert count == 0 or NATIONAL.is_working(NATIONAL.add_working_days(day, count))


@given(DAYS, st.integers(0, 60))
def test_taking_back_what_was_added_returns_to_the_day(day, count):
    """Rule 3.3: adding and taking back are inverse on working days."""
    day = NATIONAL.working_day_from(day)

    assert NATIONAL.add_working_days(NATIONAL.add_working_days(day, count), -count) == day


@given(DAYS, st.integers(0, 60))
def test_the_days_between_are_those_added(day, count):
    """Rule 3.3: the starting day is not counted, the last one is."""
    later = NATIONAL.add_working_days(day, count)

    assert NATIONAL.working_days_between(day, later) == count
    assert NATIONAL.working_days_between(later, day) == 0


@given(DAYS)
def test_a_day_is_working_or_has_a_reason(day):
    """Rule 3.6: every skipped day has its reason."""
    assert NATIONAL.is_working(day) == (NATIONAL.why_off(day) is None)
