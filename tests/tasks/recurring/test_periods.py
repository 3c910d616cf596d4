"""When occurrences open and fall due (rules 3.2, 5.10)."""

from datetime import date
from itertools import islice

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from agencies.deadlines import Calendar, parse_recurrence
from tasks.recurring.periods import Course
from tasks.recurring.wording import period_words, words_of

CALENDAR = Calendar.national()


def course(text: str, starts_on: date = date(2026, 11, 26), **facts) -> Course:
    usual = {"ends_on": None, "calendar": CALENDAR, "yearly_days": 90}
    return Course(parse_recurrence(text), text, starts_on, **{**usual, **facts})


@pytest.mark.parametrize(
    ("text", "opens", "due"),
    [
        ("thứ Sáu hằng tuần", date(2026, 11, 26), date(2026, 11, 27)),
        ("trước ngày 20 hằng tháng", date(2026, 12, 1), date(2026, 12, 19)),
        ("ngày 30 hằng tháng", date(2026, 11, 26), date(2026, 11, 30)),
        ("ngày 05 tháng sau, hằng tháng", date(2026, 11, 26), date(2026, 12, 5)),
        ("hằng quý", date(2026, 11, 26), date(2026, 12, 31)),
        ("định kỳ 6 tháng", date(2026, 11, 26), date(2026, 12, 31)),
        ("trước ngày 15/12 hằng năm", date(2026, 11, 26), date(2026, 12, 14)),
        ("ngày 30/6 hằng năm", date(2027, 4, 1), date(2027, 6, 30)),
    ],
)
def test_the_first_occurrence_is_the_next_that_can_be_in_time(text, opens, due) -> None:
    """Begun on 26/11: it opens with its period, a yearly one 90 days before, never before."""
    first = next(course(text).occasions())

    assert (first.opens_on, first.deadline.last_day) == (opens, due)


def test_the_thirty_first_is_the_last_day_of_a_shorter_month() -> None:
    """Rule 3.3: or its last day if it has no such day."""
    days = [
        one.deadline.last_day
        for one in islice(course("ngày 31 hằng tháng", date(2027, 1, 1)).occasions(), 3)
    ]

    assert days == [date(2027, 1, 31), date(2027, 2, 28), date(2027, 3, 31)]


def test_a_named_day_off_does_not_move() -> None:
    """Rule 3.2: the form warns; 20/12/2026 is a Sunday."""
    december = course("ngày 20 hằng tháng").of(date(2026, 12, 1))

    assert december.deadline.last_day == date(2026, 12, 20)
    assert december.deadline.warnings == ("day_off",)


def test_an_ended_rule_opens_nothing_after_its_last_day() -> None:
    """Rule 5.10: ending touches no past occurrence and opens no further one."""
    ended = course("hằng tháng", date(2026, 9, 1), ends_on=date(2026, 11, 30))

    opened = [one.period_on for one in ended.begun(date(2027, 6, 1))]

    assert opened == [date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 1)]


def test_a_rule_ended_on_the_eve_of_its_start_never_ran() -> None:
    """Changed before it began."""
    void = course("thứ Sáu hằng tuần", date(2026, 11, 26), ends_on=date(2026, 11, 25))

    assert void.begun(date(2027, 1, 1)) == []


def test_a_rule_that_follows_takes_whole_periods() -> None:
    """Rule 5.10: no period is the old rule's and the new one's."""
    following = course("ngày 05 tháng sau, hằng tháng", date(2027, 1, 1), follows=True)

    assert next(following.occasions()).period_on == date(2027, 1, 1)


@given(
    st.sampled_from(
        ["hằng tuần", "thứ Hai hằng tuần", "ngày 31 hằng tháng", "ngày 05 tháng sau, hằng tháng",
         "hằng quý", "định kỳ 6 tháng", "ngày 29/02 hằng năm"]
    ),
    st.dates(date(2023, 1, 1), date(2030, 1, 1)),
    st.booleans(),
)  # fmt: skip
def test_periods_follow_each_other_and_none_opens_after_its_day(text, start, follows) -> None:
    """Rule 5.10: one occurrence a period, none skipped, each with time left when it opens."""
    found = list(islice(course(text, start, follows=follows).occasions(), 6))

    periods = [one.period_on for one in found]
    rule = parse_recurrence(text)
    assert periods == [periods[0], *map(rule.next_period, periods[:-1])]
    assert all(start <= one.opens_on <= one.deadline.last_day for one in found)


@pytest.mark.parametrize(
    ("text", "words", "period"),
    [
        ("trước ngày 20 hằng tháng", "every month, before day 20", "month 12/2026"),
        ("hằng tháng", "every month, by the last day of the month", "month 12/2026"),
        ("ngày 05 tháng sau, hằng tháng", "every month, by day 5 of the month after",
         "month 12/2026"),
        ("thứ Sáu hằng tuần", "every week, by Friday", "week 30/11–06/12/2026"),
        ("hằng quý", "every quarter, by its last day", "quarter IV/2026"),
        ("ngày 20 tháng đầu quý, hằng quý", "every quarter, by day 20 of its month 1",
         "quarter IV/2026"),
        ("định kỳ 6 tháng", "every half-year, by its last day", "second half of 2026"),
        ("trước ngày 15/12 hằng năm", "every year, before day 15/12", "year 2026"),
        ("16 giờ thứ Sáu hằng tuần", "every week, before 16:00 on Friday",
         "week 30/11–06/12/2026"),
    ],
)  # fmt: skip
def test_rules_and_periods_in_words(text, words, period) -> None:
    """Words an official would use, whatever way the rule was written."""
    rule = parse_recurrence(text)

    with translation.override("en"):
        assert words_of(rule) == words
        assert period_words(rule, rule.period_start(date(2026, 12, 3))) == period
