"""Writing what holds from an instant on: the history row and its cache together (rule 3.9)."""

from collections.abc import Iterable
from datetime import date, datetime

from agencies.models import Event
from tasks.models import ClassificationRow, DeadlineRow, StateRow, Task
from tasks.states import State


def begin(tasks: Iterable[Task], events: Iterable[Event]) -> None:
    """Write the first rows of tasks just assigned, each from its own event on."""
    born = list(zip(tasks, events, strict=True))
    StateRow.objects.bulk_create([_state_row(task, State.ASSIGNED, event) for task, event in born])
    DeadlineRow.objects.bulk_create(
        [
            _deadline_row(task, event, task.due_at, task.review_on, task.deadline_text)
            for task, event in born
        ]
    )
    ClassificationRow.objects.bulk_create(
        [_classification_row(task, event) for task, event in born]
    )


def put_state(task: Task, state: str, event: Event, *, reported_at: datetime | None = None) -> None:
    """Write the task's state from the event on; `reported_at` is the report it rests on. Of a task
    returned, transferred or suspended it is the moment of the return, or of what the lead had asked
    in time: in time or not is judged by that (rule 8.7).
    """
    _state_row(task, state, event, reported_at).save(force_insert=True)


def put_states(
    changes: Iterable[tuple[Task, str, Event]], *, reported: dict[int, datetime] | None = None
) -> None:
    """Write the states of many tasks, each from its own event on; `reported` is by task."""
    reported = reported or {}
    StateRow.objects.bulk_create(
        [_state_row(task, state, event, reported.get(task.pk)) for task, state, event in changes]
    )


def _state_row(
    task: Task, state: str, event: Event, reported_at: datetime | None = None
) -> StateRow:
    task.state, task.reported_at = state, reported_at
    return StateRow(
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
    _deadline_row(task, event, due_at, review_on, reason).save(force_insert=True)


def _deadline_row(
    task: Task, event: Event, due_at: datetime | None, review_on: date | None, reason: str
) -> DeadlineRow:
    task.due_at, task.review_on = due_at, review_on
    task.original_due_at = task.original_due_at or due_at
    return DeadlineRow(
        task=task,
        due_at=due_at,
        review_on=review_on,
        reason=reason,
        effective_at=event.effective_at,
        recorded_at=event.recorded_at,
        event=event,
    )


def put_classification(task: Task, event: Event) -> None:
    """Write how the task is classified in figures, and who is responsible, from the event on."""
    _classification_row(task, event).save(force_insert=True)


def _classification_row(task: Task, event: Event) -> ClassificationRow:
    return ClassificationRow(
        task=task,
        competence=task.competence,
        assigned_by=task.assigned_by,
        supervisor=task.supervisor,
        priority=task.priority,
        responsible=task.responsible,
        effective_at=event.effective_at,
        recorded_at=event.recorded_at,
        event=event,
    )
