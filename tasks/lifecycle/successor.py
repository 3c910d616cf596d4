"""Every change of lead closes the row and opens a linked one (rule 5.3)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F
from django.utils.translation import gettext as _

from agencies.acting import Actor
from agencies.deadlines import local_day
from agencies.models import Agency, CodeCounter, Competence, Event, record_all
from agencies.notices import Owed, owe_all
from agencies.refusals import Refused
from tasks.acts import Situation
from tasks.lifecycle.assigning import end_of_month
from tasks.lifecycle.history import begin, put_states
from tasks.lifecycle.people import Answering
from tasks.models import Coordination, Extension, Return, Task
from tasks.states import Plea

COPIED = (
    "directive", "proposal", "parent", "demand", "recurrence", "period_on", "source", "clause",
    "title", "text", "product", "competence", "assigned_by", "supervisor", "officer", "priority",
    "superior_due_at", "original_due_at", "deadline_text",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Handed:
    """One locked row on its way to another lead, with the event that closes it.

    `due_at` or `review_on` is the new lead's day; `asked_at` the moment from which the old lead's
    clock stood still (a return, a plea). `percent` and `note` say how far the work is.
    """

    old: Task
    lead: Agency
    closing: Event
    due_at: datetime | None
    review_on: date | None = None
    asked_at: datetime | None = None
    percent: int = 0
    note: str = ""


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
    handed = Handed(
        old=old, lead=lead, closing=closing, due_at=due_at, review_on=review_on, asked_at=asked_at
    )
    return hand_over_each([handed], actor, at, state=state)[0]


def hand_over_each(
    handed: Sequence[Handed],
    actor: Actor,
    at: datetime,
    *,
    state: str,
    tells_at_once: bool = True,
) -> list[Task]:
    """Hand over many rows as `hand_over` does, with a number of queries that does not grow."""
    day = local_day(at)
    for one in handed:
        if one.lead.pk == one.old.lead_id:
            raise Refused(_("This agency leads the task already."), field="lead")
        if one.lead.is_closed_on(day):
            raise Refused(_("This agency is closed."), field="lead")
    olds = [one.old for one in handed]
    _lapse(olds, actor, at)
    asked = {one.old.pk: one.asked_at for one in handed if one.asked_at is not None}
    put_states([(one.old, state, one.closing) for one in handed], reported=asked)
    helpers = _helpers_of(olds)
    told = _answering(handed, helpers, day)
    codes = CodeCounter.take_many("NV", day.year, len(handed))
    news = [
        _row_after(one, code, told[one.old.competence], at)
        for one, code in zip(handed, codes, strict=True)
    ]
    Task.objects.bulk_create(news)
    shares = {
        new.pk: [share for share in helpers[new.previous_id] if share.agency_id != new.lead_id]
        for new in news
    }
    Coordination.objects.bulk_create([row for new in news for row in _shares(new, shares[new.pk])])
    openings = _openings(handed, news, actor, at)
    begin(news, openings)
    owe_all(
        owed
        for new, opening in zip(news, openings, strict=True)
        for owed in (
            Owed(told[new.competence].lead_told(new), opening, immediate=tells_at_once),
            *(
                Owed(told[new.competence].heads_told(share.agency), opening)
                for share in shares[new.pk]
            ),
        )
    )
    return news


def _helpers_of(olds: Sequence[Task]) -> dict[int, list[Coordination]]:
    found: dict[int, list[Coordination]] = {old.pk: [] for old in olds}
    rows = Coordination.objects.current().filter(task__in=olds).select_related("agency")
    for share in rows.order_by("pk"):
        found[share.task_id].append(share)
    return found


def _answering(
    handed: Sequence[Handed], helpers: dict[int, list[Coordination]], day: date
) -> dict[Competence | None, Answering]:
    """Who answers in all the agencies concerned, for each competence of the rows."""
    agencies = [one.lead for one in handed]
    agencies += [share.agency for shares in helpers.values() for share in shares]
    competences = dict.fromkeys(one.old.competence for one in handed)
    return {competence: Answering(agencies, day, competence) for competence in competences}


def _row_after(one: Handed, code: str, told: Answering, at: datetime) -> Task:
    """Return the new lead's row, not saved yet."""
    old = one.old
    new = Task(
        **{name: getattr(old, name) for name in COPIED},
        code=code,
        previous=old,
        lead=one.lead,
        responsible=told.responsible(one.lead),
        due_at=one.due_at,
        review_on=one.review_on if one.due_at is None else None,
        arithmetic=old.arithmetic if one.due_at == old.due_at else None,
        percent=one.percent,
        assigned_at=at,
    )
    new.original_due_at = old.original_due_at or one.due_at
    new.keep_search_text()
    return new


def _openings(
    handed: Sequence[Handed], news: Sequence[Task], actor: Actor, at: datetime
) -> list[Event]:
    told = [
        (
            new,
            {
                "lead": new.lead.short_name,
                "from": one.old.lead.short_name,
                "code": one.old.code,
                "due_at": new.due_at and new.due_at.isoformat(),
            }
            | ({"text": one.note} if one.note else {}),
        )
        for one, new in zip(handed, news, strict=True)
    ]
    dated = [one for one in told if one[0].due_at is not None]
    undated = [one for one in told if one[0].due_at is None]
    events = [
        *record_all("task.taken_over", dated, actor, at),
        *record_all("task.taken_over_for_review", undated, actor, at),
    ]
    by_task = {event.thing_id: event for event in events}
    return [by_task[new.pk] for new in news]


def asked_in_time(tasks: Iterable[Task]) -> dict[int, datetime]:
    """Return when each lead asked, in time, what is undecided: its clock stood still there."""
    asked: dict[int, datetime] = {}
    for requests in (Return, Extension):
        waiting = requests.objects.filter(task__in=tasks, decision="", asked_at__lt=F("due_at"))
        asked |= dict(waiting.values_list("task", "asked_at"))
    return asked


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
    _lapse([task], actor, at)


def _lapse(tasks: Sequence[Task], actor: Actor, at: datetime) -> None:
    for requests in (Return, Extension):
        waiting = requests.objects.filter(task__in=tasks, decision="")
        waiting.update(decision=requests.Decision.LAPSED, decided_at=at, decided_by=actor.authority)
    for task in tasks:
        task.plea = Plea.NONE


def _shares(new: Task, helpers: Iterable[Coordination]) -> list[Coordination]:
    return [
        Coordination(
            task=new,
            agency=one.agency,
            asked=one.asked,
            due_at=one.due_at,
            asked_at=new.assigned_at,
            delivered_at=one.delivered_at,
        )
        for one in helpers
    ]
