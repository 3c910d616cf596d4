"""A list brought in by mistake is taken back, as far as nobody has worked on its tasks since."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from agencies.acting import Actor
from agencies.models import AlreadyDone, Event, record, record_all
from agencies.refusals import Refused
from tasks.directives.permits import demand
from tasks.importing.bringing_in import event_of
from tasks.importing.messages import tell_taken_back
from tasks.importing.permits import may_bring_in
from tasks.lifecycle.history import put_states
from tasks.models import ImportBatch, ImportRow, Task
from tasks.questions import TaskQuerySet
from tasks.states import State

# The act that ends a task as if it had not been given in that period (rule 8.6).
UNDONE = "task.import_undone"
# What bringing in itself does to a task.
OWN_ACTS = (
    "task.assigned", "task.assigned_for_review", "task.group_assigned", "task.begun_before",
)  # fmt: skip


def tasks_of(batch: ImportBatch) -> TaskQuerySet:
    """Return every task the batch made, the parents of its groups included."""
    made = ImportRow.objects.filter(batch=batch, task__isnull=False).values("task")
    return Task.objects.filter(Q(pk__in=made) | Q(parent__in=made))


def touched(batch: ImportBatch) -> set[int]:
    """Return the ids of tasks something happened to since they were brought in."""
    events = Event.objects.of_many(tasks_of(batch))
    later = events.exclude(recorded_at=batch.applied_at, act__in=OWN_ACTS)
    return set(later.values_list("thing_id", flat=True))


def undo(batch: ImportBatch, actor: Actor, at: datetime) -> ImportBatch:
    """Cancel every task of the batch that nobody has worked on since; those worked on stay.

    Brought in and taken back within one period, a task stands in none of its figures; taken back
    in a later one it leaves as cancelled (docs/design.md).
    """
    demand(may_bring_in(actor))
    with transaction.atomic():
        locked = ImportBatch.objects.select_for_update().get(pk=batch.pk)
        if locked.undone_at is not None:
            raise AlreadyDone(event_of(locked, "import.undone"))
        if locked.applied_at is None:
            raise Refused(_("The list was not brought in yet; there is nothing to take back."))
        rows = tasks_of(locked).select_for_update(of=("self",)).select_related("lead")
        tasks = list(rows.order_by("pk"))
        kept = touched(locked)
        gone = _to_cancel(tasks, kept)
        if not gone:
            raise Refused(_("Every task of the list was worked on since; cancel them one by one."))
        counted = [task for task in gone if not task.is_group]
        left = sum(not task.is_group for task in tasks) - len(counted)
        record(
            "import.undone", locked, actor, at, key=actor.form_key, tasks=len(counted), left=left
        )
        _cancel(gone, locked, actor, at)
        locked.undone_at = at
        locked.version += 1
        locked.save()
        tell_taken_back(counted, locked, actor, at)
    return locked


def _to_cancel(tasks: list[Task], kept: set[int]) -> list[Task]:
    """The tasks nobody touched; a parent goes when all its children go."""
    staying = {task.parent_id for task in tasks if task.pk in kept}
    return [t for t in tasks if t.pk not in kept and not (t.is_group and t.pk in staying)]


def _cancel(tasks: list[Task], batch: ImportBatch, actor: Actor, at: datetime) -> None:
    events = record_all(UNDONE, [(task, {"batch": batch.code}) for task in tasks], actor, at)
    put_states([(task, State.CANCELLED, event) for task, event in zip(tasks, events, strict=True)])
    for task in tasks:
        task.version += 1
    Task.objects.bulk_update(tasks, ["state", "reported_at", "version"], batch_size=500)
