"""The acts on an inspection, from its plan to its conclusion (rule 9.2)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from agencies.acting import Actor, heads_by_agency
from agencies.deadlines import local_day, local_midnight_after
from agencies.editing import refuse_stale, what_changed
from agencies.files import keep_all
from agencies.models import Agency, CodeCounter, Event, Post, User, record
from agencies.notices import owe
from agencies.refusals import NotYours, Refused, demand_words
from reports.inspections.table import (
    INSPECTION_ACTS,
    InspectionCase,
    corrects_itself,
    inspects_others,
    manages,
    may_plan,
)
from reports.models import Finding, Inspection, InspectionMember
from tasks.lifecycle.assigning import Work, give
from tasks.models import Authority, Task

PREFIX = "KT"
State, Role = Inspection.State, InspectionMember.Role


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What an inspection is planned as."""

    kind: str
    agency: Agency
    subject: str
    starts_on: date
    ends_on: date
    head: Post
    members: tuple[Post, ...] = ()
    secretary: Post | None = None
    basis: str = ""

    @property
    def team(self) -> dict[Post, str]:
        """The people and their roles, each once."""
        roles = dict.fromkeys(self.members, Role.MEMBER)
        if self.secretary is not None:
            roles[self.secretary] = Role.SECRETARY
        return roles | {self.head: Role.HEAD}


@transaction.atomic
def plan(actor: Actor, at: datetime, *, plan: Plan) -> Inspection:
    """Plan an inspection of an agency by the actor's own.

    The agency is told of a planned one now, of a surprise one when it begins.
    """
    _check(actor, at, plan)
    Event.objects.refuse_again(actor.form_key)
    inspection = Inspection.objects.create(
        code=CodeCounter.take(PREFIX, local_day(at).year), inspector=actor.agency,
        planned_at=at, planned_by=actor.post, **_columns(plan),
    )  # fmt: skip
    _put_team(inspection, plan)
    event = record("inspection.planned", inspection, actor, at, key=actor.form_key,
                   **_told(inspection))  # fmt: skip
    told = [] if plan.kind == Inspection.Kind.SURPRISE else _heads(inspection, at)
    owe([*_team(inspection), *told], event, immediate=True)
    return inspection


@transaction.atomic
def edit(
    inspection: Inspection, actor: Actor, at: datetime, *, plan: Plan, version: int
) -> Inspection:
    """Change what is planned and has not begun (rule 5.14)."""
    held = _locked(inspection)
    Event.objects.refuse_again(actor.form_key)
    if not manages(InspectionCase(actor, at, held)):
        raise NotYours(_("The agency that holds the inspection changes its plan."))
    if held.state != State.PLANNED:
        raise Refused(_("The inspection has begun; its plan no longer changes."))
    refuse_stale(held, version, told=lambda: what_changed(held))
    _check(actor, at, plan)
    for name, value in _columns(plan).items():
        setattr(held, name, value)
    held.team.all().delete()
    _put_team(held, plan)
    event = record("inspection.edited", held, actor, at, key=actor.form_key)
    told = [] if held.kind == Inspection.Kind.SURPRISE else _heads(held, at)
    owe([*_team(held), *told], event)
    return _finished(held)


@transaction.atomic
def start(inspection: Inspection, actor: Actor, at: datetime) -> Inspection:
    """Begin it; the agency sees it from now on at the latest."""
    case = _begun(inspection, actor, at, "start")
    held = case.inspection
    held.state, held.started_at = State.UNDER_WAY, at
    event = _recorded(case, "inspection.started", agency=held.agency.short_name)
    owe([*_heads(held, at), *_team(held)], event, immediate=True)
    return _finished(held)


@transaction.atomic
def find(
    inspection: Inspection,
    actor: Actor,
    at: datetime,
    *,
    text: str,
    rating: str,
    files: Iterable[UploadedFile] = (),
) -> Finding:
    """Record one thing that was found, rated, with its evidence."""
    case = _begun(inspection, actor, at, "find")
    text = demand_words(text, "text", _("Say what was found."))
    if rating not in Finding.Rating.values:
        raise Refused(_("Rate the finding."), field="rating")
    event = _recorded(case, "inspection.found", text=text)
    finding = Finding.objects.create(
        inspection=case.inspection, text=text, rating=rating, post=actor.post, event=event,
        found_at=at,
    )  # fmt: skip
    keep_all(list(files), case.inspection, actor, at, role="evidence", event=event)
    return finding


@transaction.atomic
def give_view(inspection: Inspection, actor: Actor, at: datetime, *, text: str) -> Inspection:
    """Give the view of the agency inspected, which the minutes carry."""
    case = _begun(inspection, actor, at, "give_view")
    held = case.inspection
    held.view_of_agency = demand_words(text, "text", _("Write the agency's view."))
    event = _recorded(case, "inspection.answered", text=held.view_of_agency)
    owe(_team(held), event)
    return _finished(held)


@transaction.atomic
def conclude(inspection: Inspection, actor: Actor, at: datetime, *, conclusion: str) -> Inspection:
    """Conclude it on what was found."""
    case = _begun(inspection, actor, at, "conclude")
    held = case.inspection
    held.conclusion = demand_words(conclusion, "conclusion", _("Write the conclusion."))
    held.state, held.concluded_at = State.CONCLUDED, at
    event = _recorded(case, "inspection.concluded", agency=held.agency.short_name,
                      text=held.conclusion)  # fmt: skip
    owe([*_heads(held, at), *_team(held)], event, immediate=True)
    return _finished(held)


@transaction.atomic
def follow_up(
    inspection: Inspection,
    actor: Actor,
    at: datetime,
    *,
    title: str,
    lead: Agency,
    due_on: date,
    assigned_by: Authority | None = None,
    text: str = "",
) -> Task:
    """Give a task that follows from the inspection, as any task without a directive (rule 4.6).

    From an agency's inspection of itself its head gives it work, in the agency's own name (9.2).
    """
    case = _begun(inspection, actor, at, "follow_up")
    if due_on <= local_day(at):
        raise Refused(_("Give a day that lies ahead."), field="due_on")
    work = Work(
        title=demand_words(title, "title", _("Name the task.")), lead=lead, text=text,
        source=_("Inspection %(code)s") % {"code": inspection.code},
        assigned_by=_gives(case, lead, assigned_by), due_at=local_midnight_after(due_on),
    )  # fmt: skip
    (task,) = give(actor.with_form_key(None), at, [work])
    case.inspection.tasks.add(task)
    _recorded(case, "inspection.followed_up", code=task.code, lead=lead.short_name)
    return task


def _gives(case: InspectionCase, lead: Agency, assigned_by: Authority | None) -> Authority:
    """Return in whose name the work is given."""
    if corrects_itself(case):
        if lead.pk != case.inspection.agency_id:
            raise Refused(_("You give work to your own agency only."), field="lead")
        return Authority.of_agency(lead)
    if assigned_by is None:
        raise Refused(_("Say who assigns the work."), field="assigned_by")
    return assigned_by


@transaction.atomic
def cancel(inspection: Inspection, actor: Actor, at: datetime, *, reason: str) -> Inspection:
    """Cancel it, with the reason. A surprise one that never began stays unknown to the agency."""
    case = _begun(inspection, actor, at, "cancel")
    held = case.inspection
    held.state, held.cancelled_at = State.CANCELLED, at
    event = _recorded(
        case, "inspection.cancelled", text=demand_words(reason, "reason", _("Say why."))
    )
    is_known = held.started_at is not None or held.kind == Inspection.Kind.PLANNED
    owe([*_team(held), *(_heads(held, at) if is_known else [])], event)
    return _finished(held)


def _check(actor: Actor, at: datetime, plan: Plan) -> None:
    if not may_plan(actor):
        raise NotYours(_("The Office, internal affairs, inspection or an agency's head plans it."))
    is_own = plan.agency.pk == actor.agency_id
    if not is_own and not inspects_others(actor):
        raise Refused(_("You plan inspections of your own agency."), field="agency")
    if not plan.subject.strip():
        raise Refused(_("Say what is inspected."), field="subject")
    if plan.ends_on < plan.starts_on:
        raise Refused(_("It ends before it begins."), field="ends_on")
    if plan.starts_on < local_day(at):
        raise Refused(_("The day has passed."), field="starts_on")
    if not is_own and any(post.agency_id == plan.agency.pk for post in plan.team):
        raise Refused(_("Nobody inspects his own agency for the district."), field="members")


def _columns(plan: Plan) -> dict:
    return {
        "kind": plan.kind,
        "agency": plan.agency,
        "subject": plan.subject.strip(),
        "basis": plan.basis.strip(),
        "starts_on": plan.starts_on,
        "ends_on": plan.ends_on,
    }


def _put_team(inspection: Inspection, plan: Plan) -> None:
    InspectionMember.objects.bulk_create(
        [
            InspectionMember(inspection=inspection, post=post, role=role)
            for post, role in plan.team.items()
        ]
    )


def _told(inspection: Inspection) -> dict[str, str]:
    return {
        "agency": inspection.agency.short_name,
        "starts_on": inspection.starts_on.isoformat(),
        "ends_on": inspection.ends_on.isoformat(),
    }


def _locked(inspection: Inspection) -> Inspection:
    rows = Inspection.objects.select_for_update(of=("self",)).select_related("agency")
    return rows.get(pk=inspection.pk)


def _begun(inspection: Inspection, actor: Actor, at: datetime, code: str) -> InspectionCase:
    held = _locked(inspection)
    Event.objects.refuse_again(actor.form_key)
    case = InspectionCase(actor, at, held)
    refusal = INSPECTION_ACTS[code].refusal(case)
    if refusal is not None:
        raise refusal
    return case


def _recorded(case: InspectionCase, act: str, **params) -> Event:
    return record(act, case.inspection, case.actor, case.at, key=case.actor.form_key, **params)


def _finished(inspection: Inspection) -> Inspection:
    inspection.version += 1
    inspection.save()
    return inspection


def _heads(inspection: Inspection, at: datetime) -> list[User]:
    heads = heads_by_agency([inspection.agency_id], local_day(at))
    return [post.user for post in heads.values()]


def _team(inspection: Inspection) -> list[User]:
    return [member.post.user for member in inspection.team.select_related("post__user")]
