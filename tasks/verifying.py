"""The list of reports that wait for the Office: each row shows what is decided on, and is decided
where it stands (rule 5.4).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import prefetch_related_objects

from agencies.acting import Actor
from tasks.acts import ACTS, Act, Situation, situations
from tasks.effects import effect
from tasks.models import Task

# In the order of the buttons.
DECISIONS = ("complete", "verify", "send_back")


@dataclass(frozen=True)
class ReportRow:
    """One report that waits, and what the actor may do with it."""

    case: Situation
    acts: list[Act]
    effect: str

    @property
    def task(self) -> Task:
        """The task reported."""
        return self.case.task


def report_rows(tasks: Iterable[Task], actor: Actor, at: datetime) -> list[ReportRow]:
    """Return the rows of reported tasks, read `for_acts`, with evidence (five queries in all)."""
    cases = situations(tasks, actor, at)
    reports = [case.waiting_report for case in cases if case.waiting_report is not None]
    prefetch_related_objects(reports, "event__files")
    return [_row(case) for case in cases]


def _row(case: Situation) -> ReportRow:
    acts = [ACTS[code] for code in DECISIONS if ACTS[code].refusal(case) is None]
    decides = any(act.code == "complete" for act in acts)
    return ReportRow(case, acts, effect("complete", case) if decides else "")
