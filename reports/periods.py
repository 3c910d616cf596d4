"""Reporting periods and their cut-off instants (Decree 09/2019/NĐ-CP art. 12, rule 8.4).

Pure: a calendar and days in, days and instants out.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from agencies.deadlines import (
    Calendar,
    last_day_in_time,
    local_day,
    local_midnight,
    local_midnight_after,
)

CUT_OFF_DAY = 14
"""The last day of a month's period."""


@dataclass(frozen=True, order=True)
class Month:
    """The period of a month: from the 15th of the month before to the 14th."""

    year: int
    month: int

    @property
    def first_day(self) -> date:
        """The 15th of the month before."""
        before = self.previous()
        return date(before.year, before.month, CUT_OFF_DAY + 1)

    @property
    def last_day(self) -> date:
        """The 14th."""
        return date(self.year, self.month, CUT_OFF_DAY)

    @property
    def starts_at(self) -> datetime:
        """The cut-off of the period before: what held then is carried over."""
        return local_midnight(self.first_day)

    @property
    def cut_off_at(self) -> datetime:
        """The local midnight after the last day; an act at that instant still belongs here."""
        return local_midnight_after(self.last_day)

    def previous(self) -> "Month":
        """The period before."""
        return Month(self.year - 1, 12) if self.month == 1 else Month(self.year, self.month - 1)

    def following(self) -> "Month":
        """The period after."""
        return Month(self.year + 1, 1) if self.month == 12 else Month(self.year, self.month + 1)

    def send_by(self, calendar: Calendar, working_days: int) -> datetime:
        """The exclusive instant by which the report goes out: so many working days after."""
        last = calendar.add_working_days(self.last_day, max(1, working_days))
        return local_midnight_after(last)

    @classmethod
    def holding(cls, at: datetime) -> "Month":
        """The period whose days hold the instant's local day."""
        day = local_day(at)
        month = cls(day.year, day.month)
        return month if day.day <= CUT_OFF_DAY else month.following()

    @classmethod
    def ending_at(cls, cut_off_at: datetime) -> "Month":
        """The period of a cut-off instant."""
        day = last_day_in_time(cut_off_at)
        return cls(day.year, day.month)


def months_ended(since: datetime, at: datetime, at_most: int = 12) -> Iterator[Month]:
    """Yield the last periods from the one that holds `since` on whose cut-off has passed at `at`.

    Never more than `at_most`, oldest first.
    """
    newest = Month.holding(at).previous()
    ended = []
    while newest.cut_off_at >= since and len(ended) < at_most:
        ended.append(newest)
        newest = newest.previous()
    yield from reversed(ended)
