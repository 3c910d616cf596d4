"""Reporting periods and their cut-off instants (Decree 09/2019/NĐ-CP art. 12, rule 8.4).

Pure: a calendar and days in, days and instants out. A month, a quarter, a half-year and a year all
end on the 14th of their last month, so one rule gives them all; a week is Monday to Sunday.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from agencies.deadlines import (
    Calendar,
    last_day_in_time,
    local_day,
    local_midnight,
    local_midnight_after,
)

CUT_OFF_DAY = 14
"""The last day of the periods the decree knows."""
ONE_DAY = timedelta(days=1)
ONE_WEEK = timedelta(days=7)


class Kind(StrEnum):
    """The kinds of periods, from the shortest on; a free one goes from any day to any day."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    FREE = "free"


MONTHS = {Kind.MONTH: 1, Kind.QUARTER: 3, Kind.HALF: 6, Kind.YEAR: 12}
"""How many months each of the decree's periods lasts."""
REGULAR = (Kind.WEEK, *MONTHS)
"""The kinds that follow each other without end: what beat builds."""


@dataclass(frozen=True)
class Period:
    """From the first day's beginning to the end of the last day."""

    kind: Kind
    first_day: date
    last_day: date

    @property
    def starts_at(self) -> datetime:
        """The cut-off of the period before: what held then is carried over."""
        return local_midnight(self.first_day)

    @property
    def cut_off_at(self) -> datetime:
        """The local midnight after the last day; an act at that instant still belongs here."""
        return local_midnight_after(self.last_day)

    @property
    def year(self) -> int:
        """The year it is named by: of its last day, for a week the ISO year."""
        return self.last_day.isocalendar().year if self.kind is Kind.WEEK else self.last_day.year

    @property
    def number(self) -> int:
        """Which week, month, quarter or half of its year it is; 0 for years and free periods."""
        if self.kind is Kind.WEEK:
            return self.last_day.isocalendar().week
        if self.kind in (Kind.YEAR, Kind.FREE):
            return 0
        return self.last_day.month // MONTHS[self.kind]

    def previous(self) -> "Period":
        """The period before; before a free one, as many days."""
        return self._beside(self.first_day - ONE_DAY)

    def following(self) -> "Period":
        """The period after."""
        if self.kind is Kind.FREE:
            days = self.last_day - self.first_day
            return Period(self.kind, self.last_day + ONE_DAY, self.last_day + ONE_DAY + days)
        return holding_day(self.kind, self.last_day + ONE_DAY)

    def a_year_before(self) -> "Period":
        """The same period of the year before: 52 weeks before for a week."""
        if self.kind is Kind.FREE:
            return free(_last_year(self.first_day), _last_year(self.last_day))
        day = self.last_day
        return self._beside(day - 52 * ONE_WEEK if self.kind is Kind.WEEK else _last_year(day))

    def _beside(self, last_day: date) -> "Period":
        if self.kind is Kind.FREE:
            return Period(self.kind, last_day - (self.last_day - self.first_day), last_day)
        return holding_day(self.kind, last_day)

    def send_by(self, calendar: Calendar, working_days: int) -> datetime:
        """The exclusive instant by which the report goes out: so many working days after."""
        last = calendar.add_working_days(self.last_day, max(1, working_days))
        return local_midnight_after(last)

    def to_json(self) -> dict:
        """What the frozen report keeps of it."""
        return {
            "kind": self.kind.value,
            "number": self.number,
            "year": self.year,
            "first_day": self.first_day.isoformat(),
            "last_day": self.last_day.isoformat(),
        }

    @classmethod
    def from_json(cls, kept: dict) -> "Period":
        """The period of frozen figures."""
        days = (date.fromisoformat(kept[name]) for name in ("first_day", "last_day"))
        return cls(Kind(kept["kind"]), *days)

    @classmethod
    def between(cls, kind: str, starts_at: datetime, cut_off_at: datetime) -> "Period":
        """The period between two instants."""
        return cls(Kind(kind), local_day(starts_at), last_day_in_time(cut_off_at))


def free(first_day: date, last_day: date) -> Period:
    """A period from any day to any day, both in it."""
    return Period(Kind.FREE, first_day, last_day)


def holding(kind: Kind, at: datetime) -> Period:
    """The regular period whose days hold the instant's local day."""
    return holding_day(kind, local_day(at))


def holding_day(kind: Kind, day: date) -> Period:
    """The regular period that a day belongs to."""
    if kind is Kind.WEEK:
        monday = day - ONE_DAY * day.weekday()
        return Period(kind, monday, monday + ONE_WEEK - ONE_DAY)
    months = day.year * 12 + day.month - (1 if day.day <= CUT_OFF_DAY else 0)
    year, before = divmod(months, 12)
    return _of_months(kind, year, before // MONTHS[kind] + 1)


def periods_ended(kind: Kind, since: datetime, at: datetime, at_most: int = 12) -> Iterator[Period]:
    """Yield the last periods from the one that holds `since` on whose cut-off has passed at `at`.

    Never more than `at_most`, oldest first.
    """
    newest = holding(kind, at).previous()
    ended = []
    while newest.cut_off_at >= since and len(ended) < at_most:
        ended.append(newest)
        newest = newest.previous()
    yield from reversed(ended)


def _of_months(kind: Kind, year: int, number: int) -> Period:
    last_month = MONTHS[kind] * number
    year_before, month_before = divmod(year * 12 + last_month - 1 - MONTHS[kind], 12)
    first = date(year_before, month_before + 1, CUT_OFF_DAY + 1)
    return Period(kind, first, date(year, last_month, CUT_OFF_DAY))


def _last_year(day: date) -> date:
    """The same day a year before; 28/2 for 29/2."""
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)
