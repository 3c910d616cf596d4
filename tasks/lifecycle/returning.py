"""Handing a task back as not one's function, and what the chief makes of it (rule 5.3)."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.acting import Actor
from agencies.deadlines import Unit, by_term, give_back, local_day
from agencies.models import Agency, Setting
from agencies.notices import owe
from agencies.refusals import Refused, demand_words
from tasks.acts import Situation
from tasks.lifecycle.doing import finished, locked, recorded
from tasks.lifecycle.history import put_deadline
from tasks.lifecycle.limits import Wanted, day_of_the_next, within_superior
from tasks.lifecycle.people import deciders_told, lead_told
from tasks.lifecycle.successor import pass_on
from tasks.models import Return, Task
from tasks.states import Plea, State


def return_is_late_from(case: Situation) -> datetime:
    """Return the instant after which handing back is late: some working days after receipt.

    The number is a setting; what came after office hours or on a day off counts as received on
    the next working day (rules 3.4, 5.3).
    """
    return by_term(
        Setting.objects.value("late_return_days", case.at),
        Unit.WORKING_DAY,
        case.task.assigned_at,
        case.calendar,
        from_receipt=True,
        day_ends_at=Setting.objects.day_ends_at(case.at),
    ).due_at


def deadline_after_refusal(case: Situation) -> datetime | None:
    """Return the deadline when a return is refused and the work goes on.

    Nobody may work while a return waits, so one asked in time gets its remaining working days
    again: the Office's delay makes no agency late (rules 5.3, 5.5). Refused on the day it was
    asked, nothing was lost and the deadline stays.
    """
    due_at, waiting = case.task.due_at, case.waiting_return
    if due_at is None or waiting is None or not waiting.is_in_time:
        return due_at
    if local_day(case.at) == local_day(waiting.asked_at):
        return due_at
    given = give_back(case.calendar, due_at, waiting.asked_at, case.at)
    return within_superior(case.task, given)


@transaction.atomic
def hand_back(
    task: Task,
    actor: Actor,
    at: datetime,
    *,
    reason: str,
    suggested: Agency | None = None,
    version: int | None = None,
) -> Task:
    """The lead hands the task back with a reason; later than it may, the return is flagged.

    Asked before the deadline, it does not count against the agency while the chief decides.
    """
    case = locked(task, "hand_back", actor, at, version)
    demand_words(reason, "reason", _("Say why this is not your agency's function."))
    if suggested is not None and suggested.pk == case.task.lead_id:
        raise Refused(_("Name another agency than your own."), field="suggested")
    late_from = return_is_late_from(case)
    event = recorded(
        case,
        "task.handed_back_late" if at >= late_from else "task.handed_back",
        text=reason,
        suggested=suggested.short_name if suggested else "",
    )
    asked = Return.objects.create(
        task=case.task,
        event=event,
        post=actor.post,
        reason=reason,
        due_at=case.task.due_at,
        asked_at=at,
        suggested=suggested,
        late_from=late_from,
    )
    if case.task.due_at is not None and asked.is_in_time:
        case.task.plea = Plea.RETURN
    owe(deciders_told(case), event, immediate=True)
    return finished(case.task)


@transaction.atomic
def withdraw_return(task: Task, actor: Actor, at: datetime, *, version: int | None = None) -> Task:
    """The lead keeps the task after all; its deadline stands."""
    case = locked(task, "withdraw_return", actor, at, version)
    event = recorded(case, "task.return_withdrawn")
    _decided(case, Return.Decision.WITHDRAWN)
    owe(deciders_told(case), event)
    return finished(case.task)


@transaction.atomic
def refuse_return(
    task: Task, actor: Actor, at: datetime, *, answer: str, version: int | None = None
) -> Task:
    """The return is refused with an answer, and the work goes on where it was."""
    case = locked(task, "refuse_return", actor, at, version)
    demand_words(answer, "answer", _("Say why the task stays with the agency."))
    due_at = deadline_after_refusal(case)
    event = recorded(
        case,
        "task.return_refused" if due_at == case.task.due_at else "task.return_refused_later",
        text=answer,
        due_at=due_at and due_at.isoformat(),
    )
    _decided(case, Return.Decision.REFUSED, answer)
    if due_at != case.task.due_at:
        put_deadline(case.task, event, due_at=due_at, reason=answer[:300])
    owe(lead_told(case.task, local_day(at)), event, immediate=True)
    return finished(case.task)


@transaction.atomic
def confirm_return(
    task: Task,
    actor: Actor,
    at: datetime,
    *,
    lead: Agency,
    due_on: date | None = None,
    answer: str = "",
    superior_number: str = "",
    superior_on: date | None = None,
    version: int | None = None,
) -> Task:
    """The return is right: the row ends as returned, and a linked one begins at the agency named.

    Returns the old row; the new one is `task.following`.
    """
    case = locked(task, "confirm_return", actor, at, version)
    wanted = Wanted(due_on, superior_number, superior_on)
    day = day_of_the_next(case, wanted, standing=case.task.due_at)
    asked_at = case.waiting_return.asked_at
    event = recorded(case, "task.returned", lead=lead.short_name, text=answer, **day.told)
    _decided(case, Return.Decision.CONFIRMED, answer)
    pass_on(case, lead, event, state=State.RETURNED, due_at=day.due_at, asked_at=asked_at)
    owe(lead_told(case.task, local_day(at)), event, immediate=True)
    return finished(case.task)


def _decided(case: Situation, decision: str, answer: str = "") -> None:
    waiting = case.waiting_return
    waiting.decision, waiting.answer = decision, answer
    waiting.decided_at, waiting.decided_by = case.at, case.actor.post
    waiting.save(update_fields=["decision", "answer", "decided_at", "decided_by"])
    case.task.plea = Plea.NONE
