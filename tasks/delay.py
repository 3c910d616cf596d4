"""Why an overdue task is late and until when its lead is committed, on its page (rule 5.12)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from agencies.deadlines import local_day
from agencies.models import Event, User
from tasks.judgement import Judgement
from tasks.models import Task
from tasks.timeliness import Timeliness

EXPLAINED = "task.explained"
# When the cause of the delay is shown: past the deadline and still worked on.
PAST_DUE = (Timeliness.OVERDUE, Timeliness.OVERDUE_EXTENSION, Timeliness.OVERDUE_RETURN)


@dataclass(frozen=True)
class Explained:
    """The latest cause, as its event tells it."""

    cause: str
    commitment_on: date
    needs: str
    said_by: User
    said_at: datetime


def delay_of(task: Task, events: Sequence[Event], judgement: Judgement) -> dict:
    """Return what a task's page says of its delay out of its story; nothing in time."""
    if task.is_group or judgement.of(task) not in PAST_DUE:
        return {}
    last = next((event for event in reversed(events) if event.act == EXPLAINED), None)
    said = last and Explained(
        cause=last.params["text"],
        commitment_on=date.fromisoformat(last.params["commitment_on"]),
        needs=last.params["needs"],
        said_by=last.actor,
        said_at=last.effective_at,
    )
    is_broken = said is not None and said.commitment_on < local_day(judgement.instant)
    return {"is_past_due": True, "explanation": said, "commitment_is_broken": is_broken}
