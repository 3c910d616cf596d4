"""What in an agency's period founds a case or a commendation: pure, from frozen figures (9.1).

A ground says which threshold was reached, by which value, and the rows behind it.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from reports.columns import DATED, ON_TIME, on_time_rate, together

Rows = Sequence[Mapping[str, Any]]
Key = tuple[str, str]
"""What tells one fact of a kind from another: the code of its thing and, where it has one, its day.
"""


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


def key_of(row: Mapping[str, Any]) -> Key:
    """Return what tells a row from others of its kind."""
    return row["code"], row.get("day") or ""


def _longest(rows: Rows) -> tuple[int, Rows]:
    return (rows[0]["days_overdue"] if rows else 0), rows[:1]


def _counted(rows: Rows) -> tuple[int, Rows]:
    return len(rows), rows


@dataclass(frozen=True)
class Threshold:
    """What a setting is held against: the rows of an agency's tally, counted or measured."""

    rows: Callable[[Tally], Rows]
    measure: Callable[[Rows], tuple[int, Rows]] = _counted


# Of lateness of tasks, which a small unit with one late task must not found alone.
OF_TASKS = {
    "case_overdue_tasks": Threshold(lambda tally: tally.overdue),
    "case_longest_overdue_days": Threshold(lambda tally: tally.overdue, _longest),
}
OF_CONDUCT = {
    "case_silent_lines": Threshold(
        lambda tally: [row for row in tally.lines if row["exit"] == "lines_silent"]
    ),
    "case_dossiers_returned": Threshold(lambda tally: tally.dossiers_returned),
    "case_late_returns": Threshold(lambda tally: tally.late_returns),
    "case_poor_replies": Threshold(lambda tally: tally.poor_replies),
}
FAULT_SETTINGS = (*OF_TASKS, *OF_CONDUCT, "case_minimum_tasks")
MERIT_SETTINGS = (
    "commendation_minimum_tasks", "commendation_ahead_percent", "commendation_hard_tasks",
)  # fmt: skip


def faults(
    tally: Tally, limits: Mapping[str, int], told: Mapping[str, Collection[Key]] | None = None
) -> list[Ground]:
    """Return the thresholds an agency reached; a limit of 0 is none.

    Lateness of tasks counts only from the least number of tasks fallen due on. `told` are the
    facts that founded a case under the same threshold before: none founds a second one.
    """
    thresholds = dict(OF_CONDUCT)
    if tally.fallen_due >= limits["case_minimum_tasks"]:
        thresholds = OF_TASKS | thresholds
    found = []
    for code, threshold in thresholds.items():
        before = (told or {}).get(code, ())
        rows = [row for row in threshold.rows(tally) if key_of(row) not in before]
        value, rows = threshold.measure(rows)
        if limits[code] and value >= limits[code]:
            found.append(Ground(code, value, limits[code], rows))
    return found


def _is_blameless(tally: Tally) -> bool:
    """Whether all that fell due was completed on time, no late report waits, no spot check found
    work not done (rule 5.13), and no conduct founds a case.
    """
    is_on_time = tally.fallen_due == len(tally.tasks_that(*ON_TIME))
    spoiled = together(tally.counts, ("awaiting_late", "spot_not_done"))
    return (
        is_on_time
        and not spoiled
        and not any(threshold.rows(tally) for threshold in OF_CONDUCT.values())
    )


def merits(
    tally: Tally, limits: Mapping[str, int], told: Collection[str] = frozenset()
) -> list[Ground]:
    """Return what an agency may be praised for: all on time, ahead of time, hard tasks.

    None of it with anything late, overdue or badly done, nor below the least number of tasks.
    `told` are the codes of tasks it was praised for before.
    """
    dated = [row for row in tally.tasks_that(*DATED) if row["code"] not in told]
    least = limits["commendation_minimum_tasks"]
    if not _is_blameless(tally) or len(dated) < least:
        return []
    ahead = [row for row in dated if row["exit"] == "completed_before"]
    key = [row for row in dated if row["code"] in tally.key_tasks]
    found = [
        Ground("commendation_minimum_tasks", len(dated), least, ()),
        Ground("commendation_ahead_percent", len(ahead) * 100 // len(dated),
               limits["commendation_ahead_percent"], ()),
        Ground("commendation_hard_tasks", len(key), limits["commendation_hard_tasks"], key),
    ]  # fmt: skip
    return [ground for ground in found if ground.limit and ground.value >= ground.limit]
