"""Recurrences as directives write them: "trước ngày 20 hằng tháng" (domain 4.7, 5.10).

A recurrence has one deadline a period. Its day rule is reckoned from the period's own calendar,
so that no occurrence depends on when the one before it was opened or done.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Self

from agencies.deadlines.calendar import ONE_DAY
from agencies.deadlines.instants import ZONE, local_midnight_after
from agencies.deadlines.reckoning import add_months
from agencies.deadlines.refusals import DeadlineRefused
from agencies.deadlines.wording import (
    LONGEST_TEXT,
    NUMBER,
    WEEKDAY,
    clean,
    find_time,
    month_number,
    number,
    weekday_number,
    without_purpose,
)


class Period(StrEnum):
    """How often an occurrence is due."""

    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half_yearly"
    YEARLY = "yearly"


MONTHS = {Period.MONTHLY: 1, Period.QUARTERLY: 3, Period.HALF_YEARLY: 6, Period.YEARLY: 12}


@dataclass(frozen=True, slots=True)
class Recurrence:
    """One deadline in each period.

    `weekday` (Monday 0) for weeks; else `month` of the period from 1 (0: its last; one more than
    it has: the first month after it) and `day` (0: the month's last; a day the month lacks is its
    last too). `before`: "trước ngày 20", the last day in time is the 19th. `hour`: that hour of the
    day named, local.
    """

    period: Period
    day: int = 0
    month: int = 0
    weekday: int = 6
    before: bool = False
    hour: time | None = None

    def period_start(self, day: date) -> date:
        """The first day of the period this day lies in."""
        if self.period is Period.WEEKLY:
            return day - timedelta(days=day.weekday())
        months = MONTHS[self.period]
        return date(day.year, (day.month - 1) // months * months + 1, 1)

    def next_period(self, day: date) -> date:
        """The first day of the period after the one this day lies in."""
        start = self.period_start(day)
        if self.period is Period.WEEKLY:
            return start + timedelta(days=7)
        return add_months(start, MONTHS[self.period])

    def named_day(self, day: date) -> date:
        """The day the rule names in the period of this day."""
        start = self.period_start(day)
        if self.period is Period.WEEKLY:
            return start + timedelta(days=self.weekday)
        month = add_months(start, (self.month or MONTHS[self.period]) - 1)
        longest = monthrange(month.year, month.month)[1]
        return month.replace(day=min(self.day or longest, longest))

    def due_at(self, day: date) -> datetime:
        """The deadline of the period this day lies in: a day ends at its 24:00 (domain 3.1)."""
        named = self.named_day(day)
        if self.hour is not None:
            return datetime.combine(named, self.hour, tzinfo=ZONE)
        return local_midnight_after(named - ONE_DAY if self.before else named)

    def next_period_due(self, day: date) -> date:
        """The first day of the first period whose last day in time is this day or later."""
        start = self.period_start(day)
        # A due day may lie in the month after its period: the period before may still be owed.
        earlier = self.period_start(start - ONE_DAY)
        for period in (earlier, start):
            if self.due_at(period) > datetime.combine(day, time.min, tzinfo=ZONE):
                return period
        return self.next_period(day)

    def to_json(self) -> dict:
        """The rule as plain JSON values."""
        return {
            "period": str(self.period),
            "day": self.day,
            "month": self.month,
            "weekday": self.weekday,
            "before": self.before,
            "hour": self.hour.isoformat("minutes") if self.hour else None,
        }

    @classmethod
    def from_json(cls, data: dict) -> Self:
        """The rule that `to_json` wrote."""
        hour = time.fromisoformat(data["hour"]) if data["hour"] else None
        return cls(**{**data, "period": Period(data["period"]), "hour": hour})


PERIODS = (
    (r"(?:(?:hằng|mỗi) năm )?(?:kỳ )?(?:6|06|sáu) tháng (?:một|1|01) lần", Period.HALF_YEARLY),
    (r"(?:hằng|mỗi) năm (?:2|02|hai) lần|(?:hằng|mỗi|định kỳ) (?:nửa năm|(?:6|06|sáu) tháng)",
     Period.HALF_YEARLY),
    (r"(?:3|03|ba) tháng (?:một|1|01) lần|(?:hằng|mỗi|định kỳ) quý", Period.QUARTERLY),
    (r"(?:hằng|mỗi|định kỳ|một|1|01) tuần(?: (?:một|1|01) lần)?", Period.WEEKLY),
    (r"(?:hằng|mỗi|định kỳ) tháng|(?:1|01|một) tháng (?:một|1|01) lần", Period.MONTHLY),
    (r"(?:hằng|mỗi|định kỳ) năm|(?:1|01|một) năm (?:một|1|01) lần", Period.YEARLY),
)  # fmt: skip
FILLER = re.compile(
    r"\b(?:định kỳ|báo cáo|gửi|nộp|hoàn thành|xong|thực hiện|chậm nhất|muộn nhất|vào|là|của|kỳ"
    r"|(?:6|06|sáu) tháng|đến|trong|hạn|thời hạn)\b"
)
HOUR = (
    r"(?:(?P<hour>\d{1,2}) ?(?:giờ|h)(?: ?(?P<minute>\d{1,2}))?(?: phút)?"
    r"(?: (?P<part>sáng|chiều))? )?"
)
DAY_RULE = re.compile(
    rf"(?P<before>trước )?{HOUR}(?:ngày )?(?:(?P<last>cuối cùng|cuối)|{WEEKDAY}|"
    rf"(?:mùng |mồng )?(?P<day>{NUMBER})(?:(?:/| tháng )(?P<month>\d{{1,2}}))?)?"
    r"(?: tháng)?(?: (?P<which>đầu|cuối|sau|kế tiếp|tiếp theo))?"
    r"(?: quý| kỳ| năm)?(?: sau| kế tiếp)?"
)


def parse_recurrence(expression: str) -> Recurrence:
    """The recurrence an expression means; without a day rule, due at the end of each period.

    "trước ngày 05/7" in a yearly rule names the month too; "tháng sau" is the month after the
    period, "tháng đầu" its first. Raises `DeadlineRefused`, and nothing else.
    """
    text = re.sub(r"[():]", " ", clean(expression))
    text = re.sub(r"\s+", " ", text).strip()
    if not text:
        raise DeadlineRefused("empty")
    if len(text) > LONGEST_TEXT:
        raise DeadlineRefused("not_understood", text=f"{text[:60]}…")
    text = without_purpose(text)
    period, rest = _period(text)
    rest = re.sub(r"\s+", " ", FILLER.sub(" ", rest)).strip()
    if not rest:
        return Recurrence(period)
    match = DAY_RULE.fullmatch(rest)
    if not match:
        raise DeadlineRefused("not_understood", text=text)
    return _rule(match, period, text)


def _period(text: str) -> tuple[Period, str]:
    """How often, and the words left over."""
    for pattern, period in PERIODS:
        rest, found = re.subn(rf"\b(?:{pattern})\b", " ", text)
        if found:
            return period, rest
    known = re.search(r"\b(?:hằng|mỗi) \w+|\d+ \w+ (?:một|1|01) lần", text)
    raise DeadlineRefused("period_unknown" if known else "no_period", text=text)


def _rule(match: re.Match, period: Period, text: str) -> Recurrence:
    weekday = weekday_number(match)
    if (weekday is not None) != (period is Period.WEEKLY):
        raise DeadlineRefused("not_understood", text=text)
    before = bool(match["before"])
    hour = None
    if match["hour"]:
        hour, days = find_time(match["hour"], match["minute"], match["part"])
        if days:  # 24:00 is the end of the day named
            hour, before = None, False
    if period is Period.WEEKLY:
        return Recurrence(period, weekday=weekday, before=before, hour=hour)
    return Recurrence(
        period, day=_day(match, text), month=_month(match, period, text), before=before, hour=hour
    )


def _day(match: re.Match, text: str) -> int:
    if match["day"] is None:
        return 0
    try:
        day = number(match["day"])
    except ValueError:
        raise DeadlineRefused("not_understood", text=text) from None
    month = month_number(match["month"]) if match["month"] else 1
    if not 1 <= day <= monthrange(2000, month)[1]:
        raise DeadlineRefused("no_such_day", text=text)
    return day


def _month(match: re.Match, period: Period, text: str) -> int:
    """The month of the period, from 1; a calendar month is turned into one of the period."""
    months = MONTHS[period]
    if match["month"]:
        if period is Period.MONTHLY:
            raise DeadlineRefused("not_understood", text=text)
        return (month_number(match["month"]) - 1) % months + 1
    if re.search(r" (?:sau|kế tiếp|tiếp theo)$", match[0]):
        return months + 1
    return 1 if match["which"] == "đầu" else 0
