"""Working days: Monday to Friday less confirmed days off, plus worked ones (domain 3.5)."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType

NATIONAL_FILE = Path(__file__).resolve().parent.parent / "data" / "calendar.json"
ONE_DAY = timedelta(days=1)
SATURDAY, SUNDAY = 5, 6


class RowKind(StrEnum):
    """What a calendar row says of its day."""

    OFF = "off"
    WORKED = "worked"


class OffCode(StrEnum):
    """Why nobody works on a day; a holiday (or swapped day) also has the row's name."""

    SATURDAY = "saturday"
    SUNDAY = "sunday"
    HOLIDAY = "holiday"


@dataclass(frozen=True, slots=True)
class DayOff:
    """One day off, why, and the name its calendar row gives it (empty for a plain weekend)."""

    day: date
    code: str
    name: str = ""


@dataclass(frozen=True)
class Calendar:
    """The confirmed days off and worked days, each with its name, and the years confirmed.

    A day of an unconfirmed year is judged by its weekday (and by the rows, if any); `Deadline`
    carries a warning then.
    """

    off_days: Mapping[date, str] = field(default_factory=dict)
    worked_days: Mapping[date, str] = field(default_factory=dict)
    confirmed_years: frozenset[int] = frozenset()

    @classmethod
    def from_rows(
        cls,
        rows: Iterable[tuple[date, str, str]],
        confirmed_years: Iterable[int] | None = None,
    ) -> "Calendar":
        """A calendar of (day, kind, name) rows; the years are those of the rows unless given."""
        off: dict[date, str] = {}
        worked: dict[date, str] = {}
        for day, kind, name in rows:
            (off if RowKind(kind) is RowKind.OFF else worked)[day] = name
        years = (
            {day.year for day in (*off, *worked)} if confirmed_years is None else confirmed_years
        )
        return cls(MappingProxyType(off), MappingProxyType(worked), frozenset(years))

    @classmethod
    def national(cls) -> "Calendar":
        """The country's calendar as shipped, for commands that run without a database."""
        return _national()

    def is_working(self, day: date) -> bool:
        """Whether offices work on this day."""
        if day in self.worked_days:
            return True
        return day not in self.off_days and day.weekday() < SATURDAY

    def why_off(self, day: date) -> DayOff | None:
        """The reason nobody works on this day; None on a working day."""
        if self.is_working(day):
            return None
        if day in self.off_days:
            return DayOff(day, OffCode.HOLIDAY, self.off_days[day])
        return DayOff(day, OffCode.SUNDAY if day.weekday() == SUNDAY else OffCode.SATURDAY)

    def next_working(self, day: date) -> date:
        """The first working day after this one."""
        return self.add_working_days(day, 1)

    def working_day_from(self, day: date) -> date:
        """The day itself if offices work on it, else the next working day: where a term rolls."""
        return day if self.is_working(day) else self.next_working(day)

    def add_working_days(self, day: date, count: int) -> date:
        """The count-th working day after this day (before it when negative; 0: the day itself)."""
        step = ONE_DAY if count > 0 else -ONE_DAY
        for _ in range(abs(count)):
            day += step
            while not self.is_working(day):
                day += step
        return day

    def working_days_between(self, after: date, until: date) -> int:
        """How many working days lie after the first day, up to and with the second; 0 if none."""
        return sum(
            self.is_working(after + timedelta(days=n)) for n in range(1, (until - after).days + 1)
        )

    def days_off_between(self, first: date, until: date) -> tuple[DayOff, ...]:
        """The days off from the first day on, the last one not included."""
        days = (first + timedelta(days=n) for n in range((until - first).days))
        return tuple(off for off in map(self.why_off, days) if off)


def national_rows() -> list[tuple[date, str, str]]:
    """The shipped (day, kind, name) rows: they seed `CalendarDay`."""
    return [(date.fromisoformat(d["day"]), d["kind"], d["name"]) for d in _file()["days"]]


@cache
def _national() -> Calendar:
    return Calendar.from_rows(national_rows(), _file()["confirmed_years"])


@cache
def _file() -> dict:
    return json.loads(NATIONAL_FILE.read_text(encoding="utf-8"))
