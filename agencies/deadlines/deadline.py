"""A deadline with its arithmetic: frozen facts, stored as JSON beside the `due_at` they explain.

It reads the same for ever, whatever the calendar becomes (domain 3.6).
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Self

from agencies.deadlines.calendar import DayOff
from agencies.deadlines.instants import ZONE, day_of, read_start

DAY_ENDS_AT = time(17)


class Kind(StrEnum):
    """What a deadline was written as: a named day, an hour (or hours), a term that rolls."""

    DAY = "day"
    INSTANT = "instant"
    TERM = "term"


class Unit(StrEnum):
    """What a term is counted in."""

    WORKING_DAY = "working_day"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    HOUR = "hour"


class Warned(StrEnum):
    """What a form should say about a deadline it accepts."""

    DAY_OFF = "day_off"  # a named day is a day off, and does not move (domain 3.2)
    BEFORE_START = "before_start"  # it had passed when it was set
    UNCONFIRMED_YEAR = "unconfirmed_year"  # its days off are not confirmed yet (domain 3.5)


class StepKind(StrEnum):
    """One line of "Why this date?"."""

    START = "start"
    RECEIVED = "received"
    COUNTED = "counted"
    SKIPPED = "skipped"
    ROLL = "roll"
    NAMED = "named"
    INSTANT = "instant"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the arithmetic: the day, what happened to it, why (a code), a row's name.

    `number` numbers the counted days from 1.
    """

    day: date
    kind: StepKind
    reason: str = ""
    name: str = ""
    number: int = 0


@dataclass(frozen=True)
class Deadline:
    """A deadline and how it came about.

    `start` is what the term was counted from as given; `begins_on` the day it counts as received
    (domain 3.4). `counted`: the days of a term, or the days its months or years end on. `skipped`:
    the days off passed over, those of the roll included; `rolled_from`: the term's own last day
    when it was a day off.
    """

    expression: str
    kind: Kind
    start: date | datetime
    due_at: datetime
    last_day: date
    begins_on: date
    counted: tuple[date, ...] = ()
    skipped: tuple[DayOff, ...] = ()
    rolled_from: date | None = None
    warnings: tuple[str, ...] = ()
    from_receipt: bool = False
    day_ends_at: time = DAY_ENDS_AT

    @property
    def rolled(self) -> bool:
        """Whether the term ended on a day off and so on the next working day."""
        return self.rolled_from is not None

    @property
    def start_day(self) -> date:
        """The local day of the start."""
        return day_of(self.start)

    def to_json(self) -> dict:
        """The arithmetic as plain JSON values, for a column; `from_json` gives it back whole."""
        return {
            "expression": self.expression,
            "kind": str(self.kind),
            "start": self.start.isoformat(),
            "due_at": self.due_at.isoformat(),
            "last_day": self.last_day.isoformat(),
            "begins_on": self.begins_on.isoformat(),
            "counted": [day.isoformat() for day in self.counted],
            "skipped": [
                {"day": off.day.isoformat(), "code": str(off.code), "name": off.name}
                for off in self.skipped
            ],
            "rolled_from": self.rolled_from.isoformat() if self.rolled_from else None,
            "warnings": [str(warning) for warning in self.warnings],
            "from_receipt": self.from_receipt,
            "day_ends_at": self.day_ends_at.isoformat(),
        }

    @classmethod
    def from_json(cls, data: dict) -> Self:
        """The deadline that `to_json` wrote."""
        return cls(
            expression=data["expression"],
            kind=Kind(data["kind"]),
            start=read_start(data["start"]),
            due_at=datetime.fromisoformat(data["due_at"]).astimezone(ZONE),
            last_day=date.fromisoformat(data["last_day"]),
            begins_on=date.fromisoformat(data["begins_on"]),
            counted=tuple(map(date.fromisoformat, data["counted"])),
            skipped=tuple(
                DayOff(date.fromisoformat(off["day"]), off["code"], off["name"])
                for off in data["skipped"]
            ),
            rolled_from=date.fromisoformat(data["rolled_from"]) if data["rolled_from"] else None,
            warnings=tuple(data["warnings"]),
            from_receipt=data["from_receipt"],
            day_ends_at=time.fromisoformat(data["day_ends_at"]),
        )
