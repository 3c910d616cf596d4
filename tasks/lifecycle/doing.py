"""What every act on a task begins and ends with: the lock, the table, the event (rule 5.2)."""

from datetime import datetime

from django.utils.translation import gettext as _

from agencies.acting import Actor
from agencies.deadlines import ZONE
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
    # Two statements: what one that waited for the lock reads along dates from before the wait.
    Task.objects.select_for_update().only("pk").get(pk=task.pk)
    related = ("lead", "supervisor__user", "officer__user", "responsible__user", "handler__user")
    fresh = Task.objects.for_acts().select_related(*related).get(pk=task.pk)
    Event.objects.refuse_again(actor.form_key)
    case = Situation(fresh, actor, at)
    is_stale = version is not None and version != fresh.version
    refusal = ACTS[code].refusal(case)
    if refusal is not None:
        if is_stale and not isinstance(refusal, NotYours):
            raise Refused(f"{refusal.message} {what_changed(fresh)}")
        raise refusal
    if is_stale:
        raise Refused(
            _("The task changed while you were writing; read what changed and send again.")
            + f" {what_changed(fresh)}"
        )
    return case


def what_changed(task: Task) -> str:
    """Return the last thing that happened to the task, as a sentence with its author."""
    event = Event.objects.of(task).select_related("actor").last()
    if event is None:
        return ""
    who = event.actor.full_name if event.actor else _("the program")
    when = event.effective_at.astimezone(ZONE)
    return f"{when:%d/%m/%Y %H:%M}, {who}: {event.sentence}."


def recorded(case: Situation, act: str, **params) -> Event:
    """Write the act's main event, keyed by the form that posted it."""
    return record(act, case.task, case.actor, case.at, key=case.actor.form_key, **params)


def finished(task: Task) -> Task:
    """Save the locked task with a new version, which makes every form drawn before it stale."""
    task.version += 1
    task.save()
    return task
