"""What every act on a task begins and ends with: the lock, the table, the event (rule 5.2)."""

from datetime import datetime

from agencies.acting import Actor
from agencies.editing import Changed, what_changed
from agencies.models import Event, record
from agencies.refusals import NotYours, Refused
from tasks.acts import ACTS, Situation
from tasks.models import Task


def locked(task: Task, code: str, actor: Actor, at: datetime, version: int | None) -> Situation:
    """Lock the task's row, and return its situation when the table lets the act pass.

    Raises AlreadyDone for a form posted before, Refused or NotYours with the sentence of the
    table, and Refused with what changed when `version` (the one the form was drawn from) is not
    the row's any more (rule 5.14). Without a version only the table decides.
    """
    case = Situation(_locked_row(task), actor, at)
    if version != case.task.version:  # of that version, the form cannot have been posted before
        Event.objects.refuse_again(actor.form_key)
    refusal = _refusal(case, code, version)
    if refusal is not None:
        raise refusal
    return case


def _locked_row(task: Task) -> Task:
    """Return the task as it stands once its lock is ours.

    Locked first, then read: what a query that waits for a lock reads of other rows (requests,
    helpers) is as old as its beginning, so it would miss what the holder of the lock wrote.
    """
    Task.objects.select_for_update().only("pk").get(pk=task.pk)
    rows = Task.objects.for_acts().select_related(
        "lead", "supervisor__user", "officer__user", "responsible__user", "handler__user"
    )
    return rows.get(pk=task.pk)


def _refusal(case: Situation, code: str, version: int | None) -> Refused | None:
    """Return why the act is not done: the table's sentence, or what changed since `version`."""
    is_stale = version is not None and version != case.task.version
    refusal = ACTS[code].refusal(case)
    if not is_stale or isinstance(refusal, NotYours):
        return refusal
    told = what_changed(case.task, times=case.task.version - version)
    if refusal is not None:
        return Refused(f"{refusal.message} {told}")
    return Changed(told=told, version=case.task.version)


def recorded(case: Situation, act: str, **params) -> Event:
    """Write the act's main event, keyed by the form that posted it."""
    return record(act, case.task, case.actor, case.at, key=case.actor.form_key, **params)


def finished(task: Task) -> Task:
    """Save the locked task with a new version, which makes every form drawn before it stale."""
    task.version += 1
    task.save()
    return task
