"""The arithmetic a deadline keeps (domain 3.5, 3.6)."""

from datetime import date, datetime

import pytest

from agencies.deadlines import (
    ZONE,
    Calendar,
    DeadlineRefused,
    Step,
    StepKind,
    Unit,
    by_instant,
    by_term,
    explain,
    national_rows,
    parse,
    recount,
)

NATIONAL = Calendar.national()


def test_it_explains_working_days_over_a_holiday():
    """Rule 3.6: each day counted, each skipped and why."""
    deadline = parse("02 ngày làm việc", date(2023, 4, 28), NATIONAL)

    assert explain(deadline) == [
        Step(date(2023, 4, 28), StepKind.START, "not_counted"),
        Step(date(2023, 4, 29), StepKind.SKIPPED, "holiday", "Giỗ Tổ Hùng Vương"),
        Step(date(2023, 4, 30), StepKind.SKIPPED, "holiday", "Ngày Chiến thắng"),
        Step(date(2023, 5, 1), StepKind.SKIPPED, "holiday", "Ngày Quốc tế lao động"),
        Step(date(2023, 5, 2), StepKind.SKIPPED, "holiday", "Giỗ Tổ Hùng Vương (nghỉ bù)"),
        Step(date(2023, 5, 3), StepKind.SKIPPED, "holiday", "Ngày Chiến thắng (nghỉ bù)"),
        Step(date(2023, 5, 4), StepKind.COUNTED, number=1),
        Step(date(2023, 5, 5), StepKind.COUNTED, number=2),
    ]


def test_it_explains_receipt_after_hours_and_the_roll():
    """Rules 3.3, 3.4, 3.6: received the next working day; the last day is a Saturday."""
    start = datetime(2023, 6, 8, 18, tzinfo=ZONE)
    deadline = parse("01 ngày kể từ ngày nhận", start, NATIONAL)

    assert explain(deadline) == [
        Step(date(2023, 6, 8), StepKind.START, "not_counted"),
        Step(date(2023, 6, 9), StepKind.RECEIVED, "after_hours"),
        Step(date(2023, 6, 10), StepKind.COUNTED, number=1),
        Step(date(2023, 6, 10), StepKind.SKIPPED, "saturday"),
        Step(date(2023, 6, 11), StepKind.SKIPPED, "sunday"),
        Step(date(2023, 6, 12), StepKind.ROLL, "day_off"),
    ]


def test_it_explains_receipt_on_a_day_off():
    """Rule 3.4: what arrives on Saturday is received on Monday."""
    deadline = parse("01 ngày làm việc từ ngày nhận", date(2023, 6, 10), NATIONAL)

    assert explain(deadline) == [
        Step(date(2023, 6, 10), StepKind.START, "not_counted"),
        Step(date(2023, 6, 10), StepKind.SKIPPED, "saturday"),
        Step(date(2023, 6, 11), StepKind.SKIPPED, "sunday"),
        Step(date(2023, 6, 12), StepKind.RECEIVED, "day_off"),
        Step(date(2023, 6, 13), StepKind.COUNTED, number=1),
    ]


def test_it_explains_a_named_day_and_an_hour():
    """Rule 3.2: a named day has no arithmetic."""
    start = date(2023, 5, 22)

    named = explain(parse("trước ngày 30/6/2023", start, NATIONAL))
    hour = explain(parse("trước 16h00 ngày 30/6/2023", start, NATIONAL))

    assert named == [Step(start, StepKind.START), Step(date(2023, 6, 29), StepKind.NAMED)]
    assert hour == [Step(start, StepKind.START), Step(date(2023, 6, 30), StepKind.INSTANT)]


def test_months_count_the_days_they_end_on():
    """Rule 3.3: the same day of each later month, from the start and not from the last."""
    deadline = by_term(2, Unit.MONTH, date(2023, 12, 31), NATIONAL)

    assert deadline.counted == (date(2024, 1, 31), date(2024, 2, 29))


def test_a_new_day_off_moves_an_open_term_later():
    """Rule 3.5: a confirmed change moves it; the named day stays."""
    rows = [*national_rows(), (date(2023, 6, 8), "off", "Nghỉ bão")]
    changed = Calendar.from_rows(rows)
    term = parse("05 ngày làm việc", date(2023, 6, 5), NATIONAL)
    named = parse("chậm nhất ngày 08/6/2023", date(2023, 6, 5), NATIONAL)

    assert recount(term, changed).last_day == date(2023, 6, 13)
    assert recount(named, changed) is named


def test_a_day_off_taken_away_moves_nothing_earlier():
    """Rule 3.5: never to an earlier day."""
    term = parse("05 ngày làm việc", date(2023, 4, 27), NATIONAL)

    assert recount(term, Calendar()) is term


def test_a_moment_is_read_in_the_offices_zone():
    """Rule 3: 11:00 UTC on Monday is 18:00 at the office, after hours."""
    start = datetime.fromisoformat("2023-06-05T11:00:00+00:00")

    deadline = parse("01 ngày làm việc kể từ ngày nhận", start, NATIONAL)

    assert deadline.begins_on == date(2023, 6, 6)


def test_an_hour_from_a_form_reads_back():
    """Rule 3.1: the words given to an hour mean that hour."""
    due_at = datetime(2024, 2, 5, 16, tzinfo=ZONE)

    deadline = by_instant(due_at, date(2024, 1, 2), NATIONAL)

    assert parse(deadline.expression, date(2024, 1, 2), NATIONAL) == deadline


@pytest.mark.parametrize(
    ("count", "unit", "code"),
    [(0, "day", "not_positive"), (-5, "working_day", "not_positive"), (601, "month", "too_long")],
)
def test_a_term_from_a_form_is_refused_like_a_written_one(count, unit, code):
    """Rule 3.6: zero, negative and endless terms are refused."""
    with pytest.raises(DeadlineRefused) as refused:
        by_term(count, unit, date(2023, 5, 22), NATIONAL)

    assert refused.value.code == code
