"""The columns of a report's tables, what adds up to what, and the rates (rules 8.5 to 8.7).

Pure. A row of a table is a mapping of column to count; each task has one entry and one exit.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from agencies.papers.words import percent

ENTRIES = ("carried_over", "new", "reopened", "received")
COMPLETED = ("completed_before", "completed_on", "completed_late", "completed_undated")
AWAITING = ("awaiting_in_time", "awaiting_late", "awaiting_undated")
OPEN = ("open_in_time", *AWAITING, "overdue", "undecided", "open_undated", "suspended")
ON_TIME = ("completed_before", "completed_on")
DATED = (*ON_TIME, "completed_late")
"""Completed work that had a deadline."""
FALLEN_DUE = (*DATED, "overdue", "stopped_overdue")
"""The base of the on-time rate (rule 8.7); a task stands in one of these columns at most."""
LEFT = ("returned", "transferred", "cancelled")
EXITS = (*COMPLETED, *OPEN, *LEFT)

LINE_ENTRIES = ("lines_carried", "lines_received")
LINE_EXITS = ("lines_in_time", "lines_late", "lines_silent", "lines_awaiting", "lines_ended")

SPOT_ENTRIES = ("spot_carried", "spot_drawn")
SPOT_EXITS = ("spot_done", "spot_not_done", "spot_waiting")
BALANCES = ((ENTRIES, EXITS), (LINE_ENTRIES, LINE_EXITS), (SPOT_ENTRIES, SPOT_EXITS))

#: Said of tasks that stand in the columns above; never added to them.
REMARKS = (
    "stopped_overdue", "not_updated", "extended", "urged", "original_completed_late",
    "original_overdue",
)  # fmt: skip
#: The greatest of the rows, not their sum.
GREATEST = ("longest_overdue", "oldest_undated")

Counts = Mapping[str, int]


class Unbalanced(Exception):
    """A row whose entries are not its exits: figures that must never be frozen."""


@dataclass(frozen=True)
class Rate:
    """A part of a base; the head names the base (rule 8.7)."""

    part: int
    base: int

    def __str__(self) -> str:
        """The rate to one decimal, half up; "-" where nothing fell due."""
        return percent(self.part, self.base)

    @property
    def whole_percent(self) -> int:
        """How far a bar of 100 is filled; never wholly by less than all."""
        return 100 * self.part // self.base if self.base else 0


@dataclass(frozen=True)
class Change:
    """How much more or less than in an earlier period."""

    value: int

    def __bool__(self) -> bool:
        """Whether anything changed."""
        return self.value != 0

    def __str__(self) -> str:
        """The difference with its sign."""
        return f"{self.value:+d}" if self.value else "0"


def band(from_day: int) -> str:
    """Return the column of open work overdue since that day or longer, up to the next band."""
    return f"overdue_from_{from_day}"


def add_up(rows: Iterable[Counts]) -> Counter:
    """Return the total of rows: counts added, the greatest of what is a length of time."""
    total: Counter = Counter()
    for row in rows:
        for column, value in row.items():
            if column in GREATEST:
                total[column] = max(total[column], value)
            else:
                total[column] += value
    return total


def together(counts: Counts, columns: Iterable[str]) -> int:
    """Return the sum of some columns."""
    return sum(counts.get(column, 0) for column in columns)


def assigned(counts: Counts) -> int:
    """Return all tasks of the period: carried over, new, reopened and received."""
    return together(counts, ENTRIES)


def completed(counts: Counts) -> int:
    """Return the tasks whose completion was confirmed in the period."""
    return together(counts, COMPLETED)


def still_open(counts: Counts) -> int:
    """Return the tasks open at the cut-off, suspended included."""
    return together(counts, OPEN)


def awaiting(counts: Counts) -> int:
    """Return the tasks reported and not yet verified at the cut-off (rule 5.5)."""
    return together(counts, AWAITING)


def on_time_rate(counts: Counts) -> Rate:
    """Completed on time of what fell due: dated completed work and open work past its day.

    What awaits verification, what awaits a decision asked for in time (`undecided`) and undated
    work are left out; work returned, transferred or
    suspended when already overdue stays in the base (rule 8.7).
    """
    return Rate(together(counts, ON_TIME), together(counts, FALLEN_DUE))


def completed_rate(counts: Counts) -> Rate:
    """Completed of all assigned in the period."""
    return Rate(completed(counts), assigned(counts))


def differs_by_original(counts: Counts) -> bool:
    """Whether anything was extended in the period or is judged otherwise by the original deadline
    (rule 5.6).
    """
    pairs = (("completed_late", "original_completed_late"), ("overdue", "original_overdue"))
    moved = any(counts.get(now, 0) != counts.get(first, 0) for now, first in pairs)
    return moved or bool(counts.get("extended"))


def check(counts: Counts, of: str) -> None:
    """Hold the equation of rule 8.6 for tasks, lines of consultations and spot checks."""
    for entries, exits in BALANCES:
        came, went = together(counts, entries), together(counts, exits)
        if came != went:
            raise Unbalanced(f"{of}: {came} in {entries}, {went} in {exits}")
    bands = sum(value for column, value in counts.items() if column.startswith("overdue_from_"))
    if bands != counts.get("overdue", 0):
        raise Unbalanced(f"{of}: {bands} by age, {counts.get('overdue', 0)} overdue")
