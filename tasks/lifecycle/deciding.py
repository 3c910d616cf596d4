"""What the Office makes of a report: verify, complete, send back (rules 5.4, 5.5)."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.acting import Actor
from agencies.deadlines import give_back, local_day
from agencies.models import Event, record
from agencies.notices import owe
from agencies.refusals import Refused, demand_words
from tasks.acts import Situation
from tasks.lifecycle.doing import finished, locked, recorded
from tasks.lifecycle.history import put_deadline, put_state
from tasks.lifecycle.limits import within_superior
from tasks.lifecycle.people import chiefs_told, lead_told
from tasks.lifecycle.successor import lapse_requests
from tasks.models import CompletionReport, Task
from tasks.states import State


@dataclass(frozen=True)
class Returned:
    """What sending a report back does to the deadline: where it moves, or why it stays."""

    due_at: datetime | None
    moves: bool
    reason: str = ""


def deadline_after_send_back(
    case: Situation, report: CompletionReport, *, lacks_evidence: bool
) -> Returned:
    """Return the deadline a report sent back now leaves (rule 5.5).

    A report made before `due_at` gets its remaining working time again, at least one working
    day, once a task, and not after one without evidence.
    """
    due_at = case.task.due_at
    if due_at is None:
        return Returned(None, moves=False)
    if report.sent_at >= due_at:
        return Returned(due_at, False, _("the report came after the deadline"))
    if lacks_evidence:
        return Returned(due_at, False, _("the report had no evidence"))
    if report.time_was_given_back:
        return Returned(due_at, False, _("its remaining time was given back once before"))
    given = give_back(case.standing.calendar, due_at, report.sent_at, case.at)
    new = within_superior(case.task, given)
    return Returned(new, moves=new > due_at)


@transaction.atomic
def verify(task: Task, actor: Actor, at: datetime, *, version: int | None = None) -> Task:
    """An officer marks the waiting report as verified; the chief still decides (rule 5.4)."""
    case = locked(task, "verify", actor, at, version)
    waiting = _waiting(case)
    event = recorded(case, "task.verified")
    waiting.verified_at, waiting.verified_by = at, actor.post
    waiting.save(update_fields=["verified_at", "verified_by"])
    owe(chiefs_told(local_day(at)), event)
    return finished(case.task)


@transaction.atomic
def complete(task: Task, actor: Actor, at: datetime, *, version: int | None = None) -> Task:
    """Confirm completion: the task finished at the moment of the report (rule 5.5)."""
    case = locked(task, "complete", actor, at, version)
    waiting = _waiting(case)
    is_late = case.task.due_at is not None and waiting.sent_at >= case.task.due_at
    event = recorded(case, "task.completed_late" if is_late else "task.completed")
    _decided(waiting, CompletionReport.Decision.CONFIRMED, actor, at)
    put_state(case.task, State.COMPLETED, event, reported_at=waiting.sent_at)
    case.task.completed_at, case.task.percent = at, 100
    if case.waiting_extension is not None:
        lapse_requests(case.task, actor, at)
    owe(lead_told(case.task, local_day(at)), event, immediate=True)
    return finished(case.task)


@transaction.atomic
def send_back(
    task: Task,
    actor: Actor,
    at: datetime,
    *,
    reason: str,
    lacks_evidence: bool = False,
    version: int | None = None,
) -> Task:
    """Send the report back with a reason; the lead goes on working (rules 5.4, 5.5)."""
    case = locked(task, "send_back", actor, at, version)
    demand_words(reason, "reason", _("Say why the report goes back."))
    event = send_the_report_back(case, reason, lacks_evidence=lacks_evidence, key=actor.form_key)
    owe(lead_told(case.task, local_day(at)), event, immediate=True)
    return finished(case.task)


def send_the_report_back(
    case: Situation, reason: str, *, lacks_evidence: bool = False, key: str | None = None
) -> Event:
    """Decide the waiting report of the locked task as sent back: its clock runs again (5.5)."""
    waiting = _waiting(case)
    returned = deadline_after_send_back(case, waiting, lacks_evidence=lacks_evidence)
    event = record(
        "task.sent_back", case.task, case.actor, case.at, key=key,
        text=reason, lacks_evidence=lacks_evidence,
        due_at=returned.due_at and returned.due_at.isoformat(),
    )  # fmt: skip
    waiting.reason, waiting.lacks_evidence = reason, lacks_evidence
    _decided(waiting, CompletionReport.Decision.SENT_BACK, case.actor, case.at)
    put_state(case.task, State.IN_PROGRESS, event)
    if returned.moves:
        put_deadline(case.task, event, due_at=returned.due_at, reason=reason[:300])
    return event


def _waiting(case: Situation) -> CompletionReport:
    """Return the waiting report, its row under the task's lock."""
    if case.waiting_report is None:
        raise Refused(_("No report waits for a decision."))
    return case.waiting_report


def _decided(report: CompletionReport, decision: str, actor: Actor, at: datetime) -> None:
    report.decision, report.decided_at, report.decided_by = decision, at, actor.post
    report.save()
