"""Stopping work and taking it up again: suspend, resume, cancel, reopen (rules 5.2, 5.7)."""

from collections.abc import Iterable
from datetime import date, datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from agencies.acting import Actor
from agencies.deadlines import after_suspension, local_day
from agencies.files import keep_all
from agencies.models import Event
from agencies.notices import Owed, owe_all
from agencies.refusals import Refused, demand_words
from tasks.acts import Situation
from tasks.lifecycle.assigning import end_of_month
from tasks.lifecycle.doing import finished, locked, recorded
from tasks.lifecycle.history import put_deadline, put_state
from tasks.lifecycle.limits import Wanted, day_reopened, within_superior
from tasks.lifecycle.people import Answering, follower_told
from tasks.lifecycle.successor import asked_in_time_at, lapse_requests
from tasks.models import CompletionReport, Task
from tasks.states import State

PERMIT = "permit"


def suspended_since(task: Task) -> datetime:
    """Return the moment a suspended task's clock stopped."""
    return task.state_rows.filter(state=State.SUSPENDED).latest("effective_at", "id").effective_at


def deadline_after_suspension(case: Situation) -> datetime | None:
    """Return the deadline of a suspended task that goes on at the instant (rule 5.7).

    Suspended working days are given back, as far as the superior's deadline allows (5.6).
    """
    return _given_back(case, case.task.due_at)


def _given_back(case: Situation, due_at: datetime | None) -> datetime | None:
    if due_at is None:
        return None
    given = after_suspension(case.calendar, due_at, suspended_since(case.task), case.at)
    return within_superior(case.task, given, present=due_at)


@transaction.atomic
def suspend(
    task: Task,
    actor: Actor,
    at: datetime,
    *,
    reason: str,
    document_number: str = "",
    files: Iterable[UploadedFile] = (),
    version: int | None = None,
) -> Task:
    """The clock stands still from now on, by the document that allows it (rule 5.7).

    What the lead had asked and nobody decided lapses: it may ask again when the work goes on.
    """
    case = locked(task, "suspend", actor, at, version)
    event = _stopped(case, "task.suspended", reason, document_number, files)
    asked_at = asked_in_time_at(case)
    _lapse(case)
    put_state(case.task, State.SUSPENDED, event, reported_at=asked_at)
    return finished(case.task)


@transaction.atomic
def resume(
    task: Task, actor: Actor, at: datetime, *, reason: str, version: int | None = None
) -> Task:
    """The work goes on where it stood; suspended working days are given back (rule 5.7)."""
    case = locked(task, "resume", actor, at, version)
    demand_words(reason, "reason", _("Say why the work goes on."))
    due_at = deadline_after_suspension(case)
    event = recorded(
        case,
        "task.resumed" if due_at == case.task.due_at else "task.resumed_later",
        text=reason,
        due_at=due_at and due_at.isoformat(),
    )
    give_helpers_back(case)
    put_state(case.task, _state_before(case.task), event)
    if due_at != case.task.due_at:
        put_deadline(case.task, event, due_at=due_at, reason=reason[:300])
    _reviewed_later(case, event)
    _tell_all(case, event)
    return finished(case.task)


@transaction.atomic
def cancel(
    task: Task,
    actor: Actor,
    at: datetime,
    *,
    reason: str,
    document_number: str = "",
    files: Iterable[UploadedFile] = (),
    version: int | None = None,
) -> Task:
    """The work is called off, by the document that allows it; what waited lapses (rule 5.7)."""
    case = locked(task, "cancel", actor, at, version)
    event = _stopped(case, "task.cancelled", reason, document_number, files)
    _lapse(case)
    case.task.reports.filter(decision="").update(
        decision=CompletionReport.Decision.LAPSED, decided_at=at, decided_by=actor.post
    )
    put_state(case.task, State.CANCELLED, event)
    return finished(case.task)


@transaction.atomic
def reopen(
    task: Task,
    actor: Actor,
    at: datetime,
    *,
    reason: str,
    due_on: date | None = None,
    superior_number: str = "",
    superior_on: date | None = None,
    version: int | None = None,
) -> Task:
    """A task that had ended is worked on again; where its day has passed a new one may be given.

    Without one it counts as overdue at once, as it was not done by its day (rule 5.13).
    """
    case = locked(task, "reopen", actor, at, version)
    demand_words(reason, "reason", _("Say why the task is opened again."))
    day = day_reopened(case, Wanted(due_on, superior_number, superior_on))
    is_as_before = day.due_at == case.task.due_at
    event = recorded(
        case,
        "task.reopened" if is_as_before else "task.reopened_for",
        text=reason,
        due_at=day.due_at and day.due_at.isoformat(),
        **day.told,
    )
    put_state(case.task, State.IN_PROGRESS, event)
    case.task.completed_at, case.task.percent = None, _percent_before(case.task)
    if not is_as_before:
        put_deadline(case.task, event, due_at=day.due_at, reason=reason[:300])
    _reviewed_later(case, event)
    _tell_all(case, event)
    return finished(case.task)


def _stopped(
    case: Situation, act: str, reason: str, document_number: str, files: Iterable[UploadedFile]
) -> Event:
    """Write the event of a stop, with the document that allows it and its files."""
    files = list(files)
    demand_words(reason, "reason", _("Say why."))
    if not document_number.strip() and not files:
        raise Refused(
            _("Give the number or the file of the document that allows it."),
            field="document_number",
        )
    event = recorded(case, act, text=reason, permit=document_number)
    keep_all(files, case.task, case.actor, case.at, role=PERMIT, event=event)
    _tell_all(case, event)
    return event


def _lapse(case: Situation) -> None:
    if case.waiting_return is not None or case.waiting_extension is not None:
        lapse_requests(case.task, case.actor, case.at)


def _tell_all(case: Situation, event: Event) -> None:
    """Tell the lead at once, and those who follow or help."""
    task, day, helpers = case.task, local_day(case.at), []
    if case.has_helpers:
        shares = task.coordinations.current().select_related("agency")
        helpers = [share.agency for share in shares]
    told = Answering([task.lead, *helpers], day)
    owe_all(
        [
            Owed(told.lead_told(task), event, immediate=True),
            Owed(follower_told(task, day), event),
            *(Owed(told.heads_told(helper), event) for helper in helpers),
        ]
    )


def _state_before(task: Task) -> str:
    """Return the state a suspended task was in: the work goes on there."""
    return task.state_rows.exclude(state=State.SUSPENDED).latest("effective_at", "id").state


def give_helpers_back(case: Situation) -> None:
    """Give the helpers whose share has a day of its own their suspended days back too."""
    if not case.has_helpers:
        return
    owed = case.task.coordinations.current().filter(delivered_at__isnull=True)
    for share in owed.filter(due_at__isnull=False):
        share.due_at = _given_back(case, share.due_at)
        share.save(update_fields=["due_at"])


def _reviewed_later(case: Situation, event: Event) -> None:
    """Undated work whose review day passed meanwhile is reviewed at the month's end (5.11)."""
    today = local_day(case.at)
    if case.task.review_on is not None and case.task.review_on <= today:
        put_deadline(case.task, event, due_at=None, review_on=end_of_month(today))


def _percent_before(task: Task) -> int:
    """Return how far the lead had said the work was, before completion made it all."""
    last = task.updates.last()
    return last.percent if last is not None else 0
