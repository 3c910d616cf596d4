"""Giving a task to another agency without a return: a wrong lead put right (rules 4.5, 5.3)."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.acting import Actor
from agencies.deadlines import local_day
from agencies.models import Agency
from agencies.notices import owe
from agencies.refusals import demand_words
from tasks.acts import Situation
from tasks.lifecycle.deciding import deadline_after_send_back, send_the_report_back
from tasks.lifecycle.doing import finished, locked, recorded
from tasks.lifecycle.history import put_deadline
from tasks.lifecycle.limits import Wanted, day_of_the_next
from tasks.lifecycle.people import lead_told
from tasks.lifecycle.stopping import deadline_after_suspension, give_helpers_back
from tasks.lifecycle.successor import asked_in_time_at, pass_on
from tasks.models import Task
from tasks.states import State


def standing_deadline(case: Situation) -> datetime | None:
    """Return the deadline that would go along, with what the Office held up given back first."""
    task = case.task
    if task.state == State.SUSPENDED:
        return deadline_after_suspension(case)
    if task.state == State.REPORTED:
        report = case.waiting_report
        return deadline_after_send_back(case, report, lacks_evidence=False).due_at
    return task.due_at


@transaction.atomic
def change_lead(
    task: Task,
    actor: Actor,
    at: datetime,
    *,
    lead: Agency,
    reason: str,
    due_on: date | None = None,
    superior_number: str = "",
    superior_on: date | None = None,
    version: int | None = None,
) -> Task:
    """The row ends as transferred, and a linked one begins at the agency named.

    A waiting report is sent back first, and suspended days are given back, so that what the
    Office held up is not held against the agency that leaves. Returns the old row.
    """
    case = locked(task, "change_lead", actor, at, version)
    demand_words(reason, "reason", _("Say why another agency leads."))
    if case.task.state == State.REPORTED:
        send_the_report_back(case, reason)
    standing = standing_deadline(case)
    wanted = Wanted(due_on, superior_number, superior_on)
    day = day_of_the_next(case, wanted, standing=standing)
    event = recorded(case, "task.transferred", lead=lead.short_name, text=reason, **day.told)
    if case.task.state == State.SUSPENDED:
        give_helpers_back(case)
    if standing != case.task.due_at:
        put_deadline(case.task, event, due_at=standing, reason=reason[:300])
    asked_at = asked_in_time_at(case)
    pass_on(case, lead, event, state=State.TRANSFERRED, due_at=day.due_at, asked_at=asked_at)
    owe(lead_told(case.task, local_day(at)), event, immediate=True)
    return finished(case.task)
