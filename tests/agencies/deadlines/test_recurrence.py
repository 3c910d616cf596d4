"""Recurrences as directives write them (domain 4.7, 5.10)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agencies.deadlines import DeadlineRefused, Recurrence, last_day_in_time, parse_recurrence

DAY = date(2023, 5, 20)


@pytest.mark.parametrize(
    ("expression", "period", "last_day"),
    [
        ("trước ngày 20 hằng tháng", "monthly", "2023-05-19"),
        ("định kỳ hằng tháng, trước ngày 20", "monthly", "2023-05-19"),
        ("Định kỳ hàng tháng (trước ngày 20)", "monthly", "2023-05-19"),
        ("báo cáo trước ngày 20 hàng tháng để tổng hợp", "monthly", "2023-05-19"),
        ("mỗi tháng, ngày 25", "monthly", "2023-05-25"),
        ("ngày 31 hằng tháng", "monthly", "2023-05-31"),
        ("ngày cuối cùng hằng tháng", "monthly", "2023-05-31"),
        ("hằng tháng", "monthly", "2023-05-31"),
        ("hằng tháng, chậm nhất ngày 05 của tháng sau", "monthly", "2023-06-05"),
        ("thứ Sáu hằng tuần", "weekly", "2023-05-19"),
        ("Định kỳ hằng tuần, trước 16 giờ 00 ngày thứ Sáu", "weekly", "2023-05-19"),
        ("hằng tuần", "weekly", "2023-05-21"),
        ("hằng quý", "quarterly", "2023-06-30"),
        ("hằng quý, trước ngày 15 tháng cuối quý", "quarterly", "2023-06-14"),
        ("hằng quý, ngày 05 tháng đầu quý sau", "quarterly", "2023-07-05"),
        ("6 tháng một lần", "half_yearly", "2023-06-30"),
        ("định kỳ 6 tháng, trước ngày 15/6", "half_yearly", "2023-06-14"),
        ("hằng năm: trước ngày 15/12", "yearly", "2023-12-14"),
        ("định kỳ hàng năm (trước ngày 10/12)", "yearly", "2023-12-09"),
        ("hằng năm, kỳ 6 tháng: trước ngày 05/7", "yearly", "2023-07-04"),
    ],
)
def test_it_reads_period_and_day(expression, period, last_day):
    """Rule 4.7: "định kỳ hằng tháng, trước ngày 20"."""
    recurrence = parse_recurrence(expression)

    assert recurrence.period == period
    assert last_day_in_time(recurrence.due_at(DAY)).isoformat() == last_day


def test_an_hour_of_a_weekday_is_kept():
    """Rule 3.1: with an hour, that instant."""
    recurrence = parse_recurrence("hằng tuần, trước 16 giờ 00 ngày thứ Sáu")

    assert recurrence.due_at(DAY).isoformat() == "2023-05-19T16:00:00+07:00"


def test_a_short_month_has_its_last_day():
    """Rule 3.3: its last day if it has no such day."""
    recurrence = parse_recurrence("ngày 31 hằng tháng")

    assert recurrence.named_day(date(2023, 2, 1)) == date(2023, 2, 28)


@pytest.mark.parametrize(
    ("expression", "code"),
    [
        ("", "empty"),
        ("thường xuyên", "no_period"),
        ("định kỳ", "no_period"),
        ("trước ngày 30/6/2023", "no_period"),
        ("hằng ngày", "period_unknown"),
        ("2 tháng một lần", "period_unknown"),
        ("trước ngày 32 hằng tháng", "no_such_day"),
        ("ngày 31/6 hằng năm", "no_such_day"),
        ("ngày 20 hằng tuần", "not_understood"),
        ("thứ Sáu hằng tháng", "not_understood"),
        ("hằng tháng khi có yêu cầu", "not_understood"),
    ],
)
def test_what_is_no_recurrence_is_refused(expression, code):
    """Rule 3.6: nonsense is refused."""
    with pytest.raises(DeadlineRefused) as refused:
        parse_recurrence(expression)

    assert refused.value.code == code


RULES = st.sampled_from(
    [
        "hằng tuần",
        "thứ Sáu hằng tuần",
        "trước ngày 20 hằng tháng",
        "ngày 31 hằng tháng",
        "hằng quý",
        "ngày 05 tháng sau hằng tháng",
        "trước ngày 01 hằng tháng",
        "hằng năm",
        "6 tháng một lần",
        "hằng năm trước ngày 01/01",
        "ngày 29/2 hằng năm",
    ]
).map(parse_recurrence)
DAYS = st.dates(date(2020, 1, 1), date(2040, 1, 1))


@given(RULES, DAYS)
def test_every_day_lies_in_one_period(recurrence, day):
    """Rule 5.10: one occurrence a period, without gap or overlap."""
    start, following = recurrence.period_start(day), recurrence.next_period(day)

    assert start <= day < following
    assert recurrence.period_start(following) == following
    assert recurrence.due_at(day) == recurrence.due_at(start) < recurrence.due_at(following)


@given(RULES, DAYS)
def test_the_next_period_due_is_the_first_still_in_time(recurrence, day):
    """Rule 5.10: the one before has passed, this one has not."""
    period = recurrence.next_period_due(day)

    assert last_day_in_time(recurrence.due_at(period)) >= day
    earlier = recurrence.period_start(date.fromordinal(period.toordinal() - 1))
    assert last_day_in_time(recurrence.due_at(earlier)) < day


@given(RULES)
def test_a_rule_is_kept_whole(recurrence):
    """Rule 5.10: the rule survives its column."""
    assert Recurrence.from_json(recurrence.to_json()) == recurrence
