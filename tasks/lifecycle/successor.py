"""Every change of lead closes the row and opens a linked one (rule 5.3)."""

from collections.abc import Iterable
from datetime import date, datetime

from django.utils.translation import gettext as _

from agencies.acting import Actor
from agencies.deadlines import local_day
from agencies.models import Agency, CodeCounter, Event, record
from agencies.notices import Owed, owe_all
from agencies.refusals import Refused
from tasks.acts import Situation
from tasks.lifecycle.assigning import end_of_month
from tasks.lifecycle.history import begin, put_state
from tasks.lifecycle.people import Answering
from tasks.models import Coordination, Extension, Return, Task
from tasks.states import Plea

COPIED = (
    "directive", "proposal", "parent", "demand", "recurrence", "period_on", "source", "clause",
    "title", "text", "product", "competence", "assigned_by", "supervisor", "officer", "priority",
    "superior_due_at", "original_due_at", "deadline_text",
)  # fmt: skip


def hand_over(
    old: Task,
    lead: Agency,
    actor: Actor,
    at: datetime,
    closing: Event,
    *,
    state: str,
    due_at: datetime | None,
    review_on: date | None = None,
    asked_at: datetime | None = None,
) -> Task:
    """Close the locked row as returned or transferred and open the new lead's; return the new one.

    The original deadline goes along; `due_at` is the new lead's day. `asked_at` is the moment a
    return was asked. The caller saves the old row (`finished`).
    """
    if lead.pk == old.lead_id:
        raise Refused(_("This agency leads the task already."), field="lead")
    if lead.closed_on is not None and lead.closed_on <= local_day(at):
        raise Refused(_("This agency is closed."), field="lead")
    lapse_requests(old, actor, at)
    put_state(old, state, closing, reported_at=asked_at)
    helpers = list(old.coordinations.select_related("agency").exclude(agency=lead))
    told = Answering([lead, *(one.agency for one in helpers)], local_day(at), old.competence)
    is_as_before = due_at == old.due_at
    new = Task(
        **{name: getattr(old, name) for name in COPIED},
        code=CodeCounter.take("NV", local_day(at).year),
        previous=old,
        lead=lead,
        responsible=told.responsible(lead),
        due_at=due_at,
        review_on=review_on if due_at is None else None,
        arithmetic=old.arithmetic if is_as_before else None,
        assigned_at=at,
    )
    new.original_due_at = old.original_due_at or due_at
    new.save()
    Coordination.objects.bulk_create(_shares(new, helpers))
    opening = record(
        "task.taken_over" if due_at else "task.taken_over_for_review", new, actor, at,
        lead=lead.short_name, code=old.code, due_at=due_at and due_at.isoformat(),
        **{"from": old.lead.short_name},
    )  # fmt: skip
    begin([new], [opening])
    owe_all(
        [
            Owed(told.lead_told(new), opening, immediate=True),
            *(Owed(told.heads_told(one.agency), opening) for one in helpers),
        ]
    )
    return new


def pass_on(
    case: Situation,
    lead: Agency,
    closing: Event,
    *,
    state: str,
    due_at: datetime | None,
    asked_at: datetime | None = None,
) -> Task:
    """Hand the locked task of an act over; undated work is reviewed at the month's end at last."""
    today, review_on = local_day(case.at), case.task.review_on
    if review_on is not None and review_on <= today:
        review_on = end_of_month(today)
    return hand_over(
        case.task, lead, case.actor, case.at, closing,
        state=state, due_at=due_at, review_on=review_on, asked_at=asked_at,
    )  # fmt: skip


def asked_in_time_at(case: Situation) -> datetime | None:
    """Return when the lead asked, in time, what is still undecided: its clock stood still there."""
    match case.task.plea:
        case Plea.EXTENSION:
            return case.waiting_extension.asked_at
        case Plea.RETURN:
            return case.waiting_return.asked_at
    return None


def lapse_requests(task: Task, actor: Actor, at: datetime) -> None:
    """Close what the lead had asked and nobody decided: the task takes another way."""
    for requests in (Return, Extension):
        waiting = requests.objects.filter(task=task, decision="")
        waiting.update(decision=requests.Decision.LAPSED, decided_at=at, decided_by=actor.authority)
    task.plea = Plea.NONE


def _shares(new: Task, helpers: Iterable[Coordination]) -> list[Coordination]:
    return [
        Coordination(
            task=new,
            agency=one.agency,
            asked=one.asked,
            due_at=one.due_at,
            delivered_at=one.delivered_at,
        )
        for one in helpers
    ]
