"""Writing what holds from an instant on: the history row and its cache together (rule 3.9)."""

from datetime import date, datetime

from agencies.models import Event
from tasks.models import ClassificationRow, DeadlineRow, StateRow, Task


def put_state(task: Task, state: str, event: Event, *, reported_at: datetime | None = None) -> None:
    """Write the task's state from the event on; `reported_at` is the report it rests on."""
    task.state, task.reported_at = state, reported_at
    StateRow.objects.create(
        task=task,
        state=state,
        reported_at=reported_at,
        effective_at=event.effective_at,
        recorded_at=event.recorded_at,
        event=event,
    )


def put_deadline(
    task: Task,
    event: Event,
    *,
    due_at: datetime | None,
    review_on: date | None = None,
    reason: str = "",
) -> None:
    """Write the task's deadline or review day from the event on; the original one is kept."""
    task.due_at, task.review_on = due_at, review_on
    task.original_due_at = task.original_due_at or due_at
    DeadlineRow.objects.create(
        task=task,
        due_at=due_at,
        review_on=review_on,
        reason=reason,
        effective_at=event.effective_at,
        recorded_at=event.recorded_at,
        event=event,
    )


def put_classification(task: Task, event: Event) -> None:
    """Write how the task is classified in figures from the event on."""
    ClassificationRow.objects.create(
        task=task,
        competence=task.competence,
        assigned_by=task.assigned_by,
        supervisor=task.supervisor,
        priority=task.priority,
        effective_at=event.effective_at,
        recorded_at=event.recorded_at,
        event=event,
    )
