"""What in an agency's period founds a case or a commendation: pure, from frozen figures (9.1).

A ground says which threshold was reached, by which value, and the rows behind it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from reports.columns import on_time_rate

Rows = Sequence[Mapping[str, Any]]
ON_TIME = ("completed_before", "completed_on")
DATED = (*ON_TIME, "completed_late")


@dataclass(frozen=True)
class Tally:
    """One agency in one period: its counts, and the rows they count."""

    counts: Mapping[str, int]
    tasks: Rows = ()
    lines: Rows = ()
    dossiers_returned: Rows = ()
    late_returns: Rows = ()
    poor_replies: Rows = ()
    key_tasks: frozenset[str] = field(default_factory=frozenset)

    def tasks_that(self, *exits: str) -> list[Mapping[str, Any]]:
        """Return the tasks with one of these exits."""
        return [row for row in self.tasks if row["exit"] in exits]

    @property
    def overdue(self) -> list[Mapping[str, Any]]:
        """The tasks not completed, overdue, the longest first."""
        return sorted(self.tasks_that("overdue"), key=lambda row: -row["days_overdue"])

    @property
    def fallen_due(self) -> int:
        """How many tasks fell due: the base of lateness (rule 8.7)."""
        return on_time_rate(self.counts).base


@dataclass(frozen=True)
class Ground:
    """One threshold reached."""

    code: str
    value: int
    limit: int
    rows: Rows

    def to_json(self, source: str) -> dict:
        """The ground as the case freezes it, with the document the limit comes from."""
        return {
            "code": self.code,
            "value": self.value,
            "limit": self.limit,
            "source": source,
            "rows": [dict(row) for row in self.rows],
        }


Measured = Callable[[Tally], tuple[int, Rows]]


def _longest(tally: Tally) -> tuple[int, Rows]:
    rows = tally.overdue[:1]
    return (rows[0]["days_overdue"] if rows else 0), rows


def _counted(rows: Rows) -> tuple[int, Rows]:
    return len(rows), rows


# Of lateness of tasks, which a small unit with one late task must not found alone.
OF_TASKS: dict[str, Measured] = {
    "case_overdue_tasks": lambda tally: _counted(tally.overdue),
    "case_longest_overdue_days": _longest,
}
OF_CONDUCT: dict[str, Measured] = {
    "case_silent_lines": lambda tally: _counted(
        [row for row in tally.lines if row["exit"] == "lines_silent"]
    ),
    "case_dossiers_returned": lambda tally: _counted(tally.dossiers_returned),
    "case_late_returns": lambda tally: _counted(tally.late_returns),
    "case_poor_replies": lambda tally: _counted(tally.poor_replies),
}
FAULT_SETTINGS = (*OF_TASKS, *OF_CONDUCT, "case_minimum_tasks")
MERIT_SETTINGS = (
    "commendation_minimum_tasks", "commendation_ahead_percent", "commendation_hard_tasks",
)  # fmt: skip


def faults(tally: Tally, limits: Mapping[str, int]) -> list[Ground]:
    """Return the thresholds an agency reached; a limit of 0 is none.

    Lateness of tasks counts only from the least number of tasks fallen due on.
    """
    measured = dict(OF_CONDUCT)
    if tally.fallen_due >= limits["case_minimum_tasks"]:
        measured = OF_TASKS | measured
    found = [(code, limits[code], *measure(tally)) for code, measure in measured.items()]
    return [Ground(code, value, limit, rows) for code, limit, value, rows in found
            if limit and value >= limit]  # fmt: skip


def merits(tally: Tally, limits: Mapping[str, int]) -> list[Ground]:
    """Return what an agency may be praised for: all on time, ahead of time, hard tasks.

    None of it with anything late, overdue or badly done, nor below the least number of tasks.
    """
    dated = tally.tasks_that(*DATED)
    is_blameless = tally.fallen_due == len(tally.tasks_that(*ON_TIME)) and not any(
        measure(tally)[0] for measure in OF_CONDUCT.values()
    )
    least = limits["commendation_minimum_tasks"]
    if not is_blameless or len(dated) < least:
        return []
    ahead = tally.tasks_that("completed_before")
    key = [row for row in dated if row["code"] in tally.key_tasks]
    found = [
        Ground("commendation_minimum_tasks", len(dated), least, ()),
        Ground("commendation_ahead_percent", len(ahead) * 100 // len(dated),
               limits["commendation_ahead_percent"], ()),
        Ground("commendation_hard_tasks", len(key), limits["commendation_hard_tasks"], key),
    ]  # fmt: skip
    return [ground for ground in found if ground.limit and ground.value >= ground.limit]
