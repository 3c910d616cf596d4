"""Noting what a superior demands, correcting it, moving its day, closing it (rule 4.1)."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from agencies.acting import Actor
from agencies.deadlines import DeadlineRefused, check_year, local_day, local_midnight
from agencies.deadlines import local_midnight_after as day_end
from agencies.files import keep_all
from agencies.models import CodeCounter, Event, record, record_all
from agencies.notices import Owed, owe, owe_all
from agencies.refusals import NotYours, Refused, demand_words
from tasks.demands.standing import Standing, standing
from tasks.lifecycle.doing import what_changed
from tasks.lifecycle.people import Answering, chiefs_told
from tasks.lifecycle.superior import SuperiorDecision, named_decision
from tasks.models import Demand, DemandDeadline, Directive, Task
from tasks.states import OPEN

CODE_PREFIX = "YC"
CLOSING = "closing"


@dataclass(frozen=True)
class Wording:
    """What the superior asks, in words."""

    title: str
    text: str = ""
    clause: str = ""
    product: str = ""


def may_keep(actor: Actor) -> bool:
    """Return whether the actor keeps the register of demands: the Office does (rule 4.1)."""
    return actor.is_office and actor.may_do("demand.")


def may_hold_demands(directive: Directive) -> bool:
    """Return whether demands can be noted from a directive: a registered one from above."""
    is_registered = directive.state == Directive.State.REGISTERED
    return is_registered and directive.issuer is not None and directive.issuer.is_superior


@transaction.atomic
def note(
    directive: Directive,
    actor: Actor,
    at: datetime,
    *,
    wording: Wording,
    due_at: datetime,
    deadline_text: str = "",
    arithmetic: dict | None = None,
) -> Demand:
    """Note one thing a superior's directive asks of the body itself, with the superior's day."""
    _demand(actor)
    Event.objects.refuse_again(actor.form_key)
    if not may_hold_demands(directive):
        raise Refused(_("Demands are noted from registered directives of a superior."))
    _check(wording)
    if due_at <= local_midnight(directive.issued_on):
        raise Refused(_("The day lies before the directive's own."), field="due_on")
    demand = Demand.objects.create(
        code=CodeCounter.take(CODE_PREFIX, local_day(at).year),
        directive=directive,
        due_at=due_at,
        original_due_at=due_at,
        deadline_text=deadline_text,
        arithmetic=arithmetic,
        noted_at=at,
        noted_by=actor.post,
        **asdict(wording),
    )
    event = record("demand.noted", demand, actor, at, key=actor.form_key, due_at=due_at.isoformat())
    _put_deadline(demand, event, due_at)
    owe(chiefs_told(local_day(at)), event)
    return demand


@transaction.atomic
def correct(
    demand: Demand, actor: Actor, at: datetime, *, wording: Wording, version: int | None = None
) -> Demand:
    """Correct the wording; the day is the superior's and moves only by `move`."""
    demand = _locked(demand, actor, version)
    _check(wording)
    typed = asdict(wording)
    changes = [
        [name, getattr(demand, name), value]
        for name, value in typed.items()
        if getattr(demand, name) != value
    ]
    if not changes:
        raise Refused(_("Nothing was changed."))
    for name, value in typed.items():
        setattr(demand, name, value)
    record("demand.corrected", demand, actor, at, key=actor.form_key, changes=changes)
    return _finished(demand)


@transaction.atomic
def move(
    demand: Demand,
    actor: Actor,
    at: datetime,
    *,
    due_on: date,
    superior_number: str,
    superior_on: date | None,
    version: int | None = None,
) -> Demand:
    """Move the day as the superior decided; open tasks below are bound to the new one (5.6)."""
    demand = _locked(demand, actor, version)
    decision = named_decision(superior_number, superior_on, at)
    due_at = _day_end(due_on)
    if due_on < decision.on:
        raise Refused(_("The day lies before the superior's decision."), field="due_on")
    if due_at == demand.due_at:
        raise Refused(_("This is the deadline already."), field="due_on")
    told = {"was_at": demand.due_at.isoformat(), "due_at": due_at.isoformat(), **decision.told}
    event = record("demand.moved", demand, actor, at, key=actor.form_key, **told)
    demand.due_at = due_at
    _put_deadline(demand, event, due_at, decision)
    _bind_tasks(demand, actor, at, told)
    return _finished(demand)


@transaction.atomic
def close(
    demand: Demand,
    actor: Actor,
    at: datetime,
    *,
    document_number: str,
    document_on: date | None,
    files: Iterable[UploadedFile] = (),
    version: int | None = None,
) -> Demand:
    """Close a demand by the document that answers it; its date says whether it was in time."""
    demand = _locked(demand, actor, version)
    demand_words(document_number, "document_number", _("Give the number of the closing document."))
    if document_on is None:
        raise Refused(_("Give the date of the closing document."), field="document_on")
    if document_on > local_day(at):
        raise Refused(_("The date lies in the future: check day, month, year."), "document_on")
    if document_on < demand.directive.issued_on:
        raise Refused(
            _("The directive is dated %(day)s; the document that answers it is later.")
            % {"day": f"{demand.directive.issued_on:%d/%m/%Y}"},
            field="document_on",
        )
    demand.closed_at, demand.closed_by = at, actor.post
    demand.document_number, demand.document_on = document_number.strip(), document_on
    is_late = standing(demand.due_at, document_on, at, at) == Standing.MET_LATE
    event = record(
        "demand.closed_late" if is_late else "demand.closed", demand, actor, at,
        key=actor.form_key, number=demand.document_number, document_on=document_on.isoformat(),
    )  # fmt: skip
    keep_all(list(files), demand, actor, at, role=CLOSING, event=event)
    owe(chiefs_told(local_day(at)), event)
    return _finished(demand)


def _demand(actor: Actor) -> None:
    if not may_keep(actor):
        raise NotYours(_("The Office keeps the register of superiors' demands."))


def _check(wording: Wording) -> None:
    demand_words(wording.title, "title", _("Say what is demanded."))


def _locked(demand: Demand, actor: Actor, version: int | None) -> Demand:
    """Lock an open demand's row, once the actor may change it and saw it as it stands (5.14).

    The lock leaves its key free: a task that changes its lead points at it under its own lock.
    """
    _demand(actor)
    found = (
        Demand.objects.select_for_update(of=("self",), no_key=True)
        .select_related("directive")
        .get(pk=demand.pk)
    )
    Event.objects.refuse_again(actor.form_key)
    if found.closed_at is not None:
        closed = _("This demand is closed.")
        raise Refused(f"{closed} {what_changed(found)}")
    if version is not None and version != found.version:
        raise Refused(
            _("The demand changed while you were writing; read what changed and send again.")
            + f" {what_changed(found)}"
        )
    return found


def _finished(demand: Demand) -> Demand:
    demand.version += 1
    demand.save()
    return demand


def _put_deadline(
    demand: Demand, event: Event, due_at: datetime, decision: SuperiorDecision | None = None
) -> None:
    DemandDeadline.objects.create(
        demand=demand,
        due_at=due_at,
        superior_number=decision.number if decision else "",
        superior_on=decision.on if decision else None,
        effective_at=event.effective_at,
        recorded_at=event.recorded_at,
        event=event,
    )


def _bind_tasks(demand: Demand, actor: Actor, at: datetime, told: Mapping[str, str]) -> None:
    """Give the open tasks below the superior's new day, each with its event; tell their leads."""
    below = Task.objects.filter(demand=demand, state__in=OPEN).order_by("pk")
    locked = below.select_for_update(of=("self",)).select_related("lead", "responsible__user")
    list(locked)  # a change of lead that had the lock has by now left a new row, read below
    tasks = list(locked.exclude(superior_due_at=demand.due_at))
    for task in tasks:
        task.superior_due_at = demand.due_at
        task.version += 1
    Task.objects.bulk_update(tasks, ["superior_due_at", "version"])
    events = record_all(
        "task.superior_deadline_moved", [(task, dict(told)) for task in tasks], actor, at
    )
    answering = Answering([task.lead for task in tasks if task.lead], local_day(at))
    owe_all(
        Owed(answering.lead_told(task), event)
        for task, event in zip(tasks, events, strict=True)
        if task.lead is not None
    )


def _day_end(day: date) -> datetime:
    try:
        check_year(day.year)
    except DeadlineRefused as refused:
        raise Refused(_(refused.message) % refused.params, field="due_on") from None
    return day_end(day)
