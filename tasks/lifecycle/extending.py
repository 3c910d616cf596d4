"""Moving a deadline: asked by the lead, decided by who assigned, the original kept (rule 5.6)."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from agencies.acting import Actor
from agencies.deadlines import DeadlineRefused, check_year, local_day, local_midnight_after, spoken
from agencies.files import keep_all
from agencies.functions import Function
from agencies.models import Delegation, Event
from agencies.notices import Owed, owe, owe_all
from agencies.refusals import Refused, demand_words
from tasks.acts import Situation
from tasks.lifecycle.doing import finished, locked, recorded
from tasks.lifecycle.history import put_deadline
from tasks.lifecycle.people import Answering, granters_told, lead_told
from tasks.lifecycle.superior import SuperiorDecision, hold_to_superior
from tasks.lifecycle.working import EVIDENCE
from tasks.models import Extension, Task
from tasks.states import Plea, State

Decision = Extension.Decision


@transaction.atomic
def ask_extension(
    task: Task,
    actor: Actor,
    at: datetime,
    *,
    due_on: date,
    reason: str,
    files: Iterable[UploadedFile] = (),
    version: int | None = None,
) -> Task:
    """The lead's head asks for a later day. Asked before the deadline and undecided, the task
    does not count as overdue against the agency; asked later it is accepted but flagged late.
    """
    case = locked(task, "ask_extension", actor, at, version)
    demand_words(reason, "reason", _("Say why more time is needed."))
    asked_due_at = _day_end(due_on)
    if due_on <= local_day(at):
        raise Refused(_("Ask for a day later than today."), field="due_on")
    _demand_later(case.task, asked_due_at)
    is_in_time = at < case.task.due_at
    event = recorded(
        case,
        "task.extension_asked" if is_in_time else "task.extension_asked_late",
        text=reason,
        due_at=asked_due_at.isoformat(),
    )
    Extension.objects.create(
        task=case.task,
        event=event,
        post=actor.post,
        reason=reason,
        due_at=case.task.due_at,
        asked_at=at,
        asked_due_at=asked_due_at,
    )
    keep_all(list(files), case.task, actor, at, role=EVIDENCE, event=event)
    if is_in_time:
        case.task.plea = Plea.EXTENSION
    owe(granters_told(case), event, immediate=True)
    return finished(case.task)


@transaction.atomic
def withdraw_extension(
    task: Task, actor: Actor, at: datetime, *, version: int | None = None
) -> Task:
    """The lead's head takes the request back before anybody decided."""
    case = locked(task, "withdraw_extension", actor, at, version)
    event = recorded(case, "task.extension_withdrawn")
    _decided(case, Decision.WITHDRAWN)
    owe(granters_told(case), event)
    return finished(case.task)


@transaction.atomic
def grant_extension(task: Task, actor: Actor, at: datetime, *, version: int | None = None) -> Task:
    """Grant the day asked for; the table refuses one past the superior's deadline."""
    case = locked(task, "grant_extension", actor, at, version)
    return _granted(case, _waiting(case).asked_due_at)


@transaction.atomic
def grant_other_day(
    task: Task,
    actor: Actor,
    at: datetime,
    *,
    due_on: date,
    answer: str,
    superior_number: str = "",
    superior_on: date | None = None,
    version: int | None = None,
) -> Task:
    """Grant another day than the one asked for, or one past the superior's deadline by the
    superior's own decision, whose number and date are given.
    """
    case = locked(task, "grant_other_day", actor, at, version)
    due_at = _day_end(due_on)
    _demand_later(case.task, due_at)
    if due_at <= at and case.task.state != State.REPORTED:
        raise Refused(_("This day has passed; give a later one."), field="due_on")
    if due_at != _waiting(case).asked_due_at and not answer.strip():
        raise Refused(_("Say why it is another day than the one asked for."), field="answer")
    superior = hold_to_superior(case.task, due_at, at, number=superior_number, on=superior_on)
    return _granted(case, due_at, answer=answer, superior=superior)


@transaction.atomic
def refuse_extension(
    task: Task, actor: Actor, at: datetime, *, answer: str, version: int | None = None
) -> Task:
    """Refuse with a reason: the deadline stays, and from now on it counts."""
    case = locked(task, "refuse_extension", actor, at, version)
    demand_words(answer, "answer", _("Say why the extension is refused."))
    event = _recorded(case, "task.extension_refused", text=answer)
    _waiting(case).answer = answer
    _decided(case, Decision.REFUSED)
    owe(lead_told(case.task, local_day(at)), event, immediate=True)
    return finished(case.task)


@transaction.atomic
def move_deadline(
    task: Task,
    actor: Actor,
    at: datetime,
    *,
    due_on: date,
    reason: str,
    superior_number: str = "",
    superior_on: date | None = None,
    version: int | None = None,
) -> Task:
    """Who assigned sets another deadline unasked, with a reason; undated work gets its first."""
    case = locked(task, "move_deadline", actor, at, version)
    demand_words(reason, "reason", _("Say why the deadline changes."))
    due_at = _day_end(due_on)
    if due_at <= at:
        raise Refused(_("This day has passed; give a later one."), field="due_on")
    if due_at == case.task.due_at:
        raise Refused(_("This is the deadline already."), field="due_on")
    superior = hold_to_superior(case.task, due_at, at, number=superior_number, on=superior_on)
    was_at = case.task.due_at
    event = _recorded(
        case,
        "task.deadline_changed" if was_at else "task.deadline_set",
        superior,
        text=reason,
        was_at=was_at and was_at.isoformat(),
        due_at=due_at.isoformat(),
    )
    put_deadline(case.task, event, due_at=due_at, reason=reason[:300])
    owe_all(_deadline_told(case, event))
    return finished(case.task)


def _granted(
    case: Situation,
    due_at: datetime,
    *,
    answer: str = "",
    superior: SuperiorDecision | None = None,
) -> Task:
    """Move the deadline of the waiting request; the history row keeps why, the task the first."""
    waiting = _waiting(case)
    event = _recorded(
        case,
        "task.extension_granted",
        superior,
        text=answer,
        was_at=case.task.due_at.isoformat(),
        due_at=due_at.isoformat(),
    )
    waiting.granted_due_at, waiting.answer = due_at, answer
    if superior is not None:
        waiting.superior_number, waiting.superior_on = superior.number, superior.on
    is_as_asked = due_at == waiting.asked_due_at
    _decided(case, Decision.APPROVED if is_as_asked else Decision.OTHER_DAY)
    put_deadline(case.task, event, due_at=due_at, reason=waiting.reason[:300])
    owe_all(_deadline_told(case, event))
    return finished(case.task)


def _waiting(case: Situation) -> Extension:
    """Return the request that waits, which the table made sure of, under the task's lock."""
    if case.waiting_extension is None:
        raise Refused(_("Nobody asked for an extension."))
    return case.waiting_extension


def _decided(case: Situation, decision: str) -> None:
    """Close the waiting request; what was asked in time pleads no longer."""
    waiting = _waiting(case)
    waiting.decision, waiting.decided_at, waiting.decided_by = decision, case.at, case.actor.post
    waiting.mandate = _mandate(case)
    waiting.save()
    case.task.plea = Plea.NONE


def _mandate(case: Situation) -> Delegation | None:
    """Return the authority the decision rests on when no leader decides in person (rule 5.6)."""
    actor = case.actor
    if actor.delegation is not None:
        return actor.delegation
    return case.mandate if actor.has(Function.OFFICE_CHIEF) and not actor.is_leader else None


def _recorded(
    case: Situation, act: str, superior: SuperiorDecision | None = None, **params
) -> Event:
    """Write a decision's event; the chief's says whose authority he used (rules 2.2, 5.6)."""
    authorised = case.actor.under(_mandate(case))
    told = superior.told if superior is not None else {}
    return recorded(replace(case, actor=authorised), act, **params, **told)


def _deadline_told(case: Situation, event: Event) -> list[Owed]:
    """Tell the lead at once, and the helpers, whose shares may be due with the task (5.9)."""
    task, helpers = case.task, []
    if case.has_helpers:
        helpers = [one.agency for one in task.coordinations.current().select_related("agency")]
    told = Answering([task.lead, *helpers], local_day(case.at))
    return [
        Owed(told.lead_told(task), event, immediate=True),
        *(Owed(told.heads_told(helper), event) for helper in helpers),
    ]


def _day_end(day: date) -> datetime:
    """Return the deadline of a named day, which never moves (rules 3.1, 3.2)."""
    try:
        check_year(day.year)
    except DeadlineRefused as refused:
        raise Refused(_(refused.message) % refused.params, field="due_on") from None
    return local_midnight_after(day)


def _demand_later(task: Task, due_at: datetime) -> None:
    """An extension leads past the deadline as it stands."""
    if due_at <= task.due_at:
        raise Refused(
            _("Give a day later than the deadline, %(day)s.") % {"day": spoken(task.due_at)},
            field="due_on",
        )
