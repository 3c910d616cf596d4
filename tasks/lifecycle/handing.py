"""Inside the lead's agency: the head hands a task to staff, one level only (rule 5.8)."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from agencies.acting import Actor
from agencies.deadlines import local_day
from agencies.functions import Function
from agencies.models import Agency, Body, Post
from agencies.notices import Owed, owe, owe_all
from agencies.refusals import Refused
from tasks.lifecycle.doing import finished, locked, recorded
from tasks.models import Task

HEADS = (Function.AGENCY_HEAD, Function.OFFICE_CHIEF, Function.LEADER)


def may_handle(lead: Agency, day: date) -> QuerySet[Post]:
    """Return the posts a task of the agency may be handed to: its own staff that day.

    In the Office these are its officers and clerks too; never a head or deputy, who answers
    himself and would hand it on again (one level only, rule 5.8).
    """
    functions = [Function.AGENCY_STAFF]
    if Body.objects.filter(office=lead).exists():
        functions += [Function.OFFICER, Function.CLERK]
    staff = Post.objects.held_on(day).filter(agency=lead).with_function(*functions)
    return staff.exclude(title__functions__overlap=HEADS).for_display()


@transaction.atomic
def hand_on(
    task: Task,
    actor: Actor,
    at: datetime,
    *,
    handler: Post,
    text: str = "",
    version: int | None = None,
) -> Task:
    """The lead's head hands the task to one of the staff; handed to somebody else, it replaces."""
    case = locked(task, "hand_on", actor, at, version)
    day, before = local_day(at), case.task.handler
    if not may_handle(case.task.lead, day).filter(pk=handler.pk).exists():
        raise Refused(_("A task is handed to staff of the lead agency itself."), field="handler")
    if handler == before:
        raise Refused(
            _("%(name)s works on it already.") % {"name": handler.user.full_name}, field="handler"
        )
    case.task.handler = handler
    event = recorded(case, "task.handed_on", handler=handler.user.full_name, text=text)
    relieved = [before.user] if before is not None and before.is_held_on(day) else []
    owe_all([Owed([handler.user], event, immediate=True), Owed(relieved, event)])
    return finished(case.task)


@transaction.atomic
def take_back(task: Task, actor: Actor, at: datetime, *, version: int | None = None) -> Task:
    """The lead's head takes the task back: nobody works on it by name any more."""
    case = locked(task, "take_back", actor, at, version)
    before, case.task.handler = case.task.handler, None
    event = recorded(case, "task.taken_back", handler=before.user.full_name)
    if before.is_held_on(local_day(at)):
        owe([before.user], event, immediate=True)
    return finished(case.task)
