"""What waits for a decision, and since when: for the Office, or for the leader who looks (8.3)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agencies.acting import Actor
from agencies.deadlines import local_day
from agencies.models import Setting
from consultations.listing import WAITS
from consultations.models import Dossier, DossierStateRow, Opinion
from reports import listing as reports
from reports.cases.listing import cases_waiting_on
from reports.overview.scope import Figure, Scope
from tasks.demands.listing import owed_upward
from tasks.models import (
    Acknowledgement,
    CampaignMark,
    Directive,
    ImportBatch,
    Obstacle,
    Task,
    Urging,
)
from tasks.urging.listing import STATES as URGINGS


@dataclass(frozen=True)
class Waiting:
    """Something that waits, and since how many working days at the longest."""

    label: str | Promise
    figure: Figure
    oldest_days: int
    is_long: bool
    own: Figure | None = None  # what of it the leader who looks supervises


@dataclass(frozen=True)
class Owed:
    """What is owed upward, how much of it is overdue, and its earliest day."""

    figure: Figure
    overdue: Figure
    earliest: datetime | None


def waiting_for_the_office(scope: Scope) -> list[Waiting]:
    """Return the Office's own work, what is asked most often first."""
    return [
        _reports(scope),
        _requests(scope, "extension", _("extensions to decide")),
        _requests(scope, "return", _("returns to decide")),
        _obstacles(scope, _("difficulties not answered")),
        _dossiers(scope, "office", _("dossiers to check")),
        *_directives(scope),
        acknowledgements_overdue(scope),
        *_periodic(scope, reports.APPROVE, reports.SEND),
        *_rare(scope, _urgings, _corrections, _lists, _cases),
        *_of_consultations(scope),
    ]


def waiting_for_a_leader(scope: Scope) -> list[Waiting]:
    """Return what the leader decides: dossiers, difficulties told to him, requests on his work."""
    return [
        _dossiers(scope, "leader", _("dossiers to decide"), leader=True),
        _obstacles(scope, _("difficulties told to leaders"), addressee="leader"),
        _requests(scope, "extension", _("extensions to decide")),
        _requests(scope, "return", _("returns to decide")),
        _reports(scope),
        *_periodic(scope, reports.SIGN),
        *_rare(scope, _cases),
    ]


def _rare(scope: Scope, *kinds: Callable[[Scope], Waiting]) -> list[Waiting]:
    """Return what is shown only where there is any."""
    return _any(kind(scope) for kind in kinds)


def _any(found: Iterable[Waiting]) -> list[Waiting]:
    return [waiting for waiting in found if waiting.figure.count]


def owed(scope: Scope) -> Owed:
    """What the body owes its superiors: demands no document has answered (rules 4.1, 8.3)."""
    found = owed_upward(scope.actor, scope.at, past=scope.past)
    overdue = Figure(found["overdue"], scope.url("demands", state="overdue"))
    return Owed(
        Figure(found["owed"], scope.url("demands", state="open")), overdue, found["earliest"]
    )


def overdue_acknowledgements(
    actor: Actor, at: datetime, *, past: datetime | None = None
) -> QuerySet:
    """Return acknowledgements not given by their day, now or at a past instant (4.3, 8.9)."""
    return Acknowledgement.objects.visible_to(actor).waiting(past).filter(due_at__lte=at)


def acknowledgements_overdue(scope: Scope) -> Waiting:
    """Directives some addressee should have acknowledged by now (rule 4.3)."""
    late = overdue_acknowledgements(scope.actor, scope.at, past=scope.past)
    count, days = _counted(scope, late, "due_at")
    figure = Figure(count, scope.url("acknowledgements_overdue"))
    return Waiting(_("acknowledgements overdue"), figure, days, count > 0)


def _reports(scope: Scope) -> Waiting:
    """Reports of completion to verify; over the setting they count against the Office (5.5)."""
    waiting = scope.tasks.awaiting_verification()
    figure, days = _tasks(scope, waiting, "reported_then", "verification")
    return Waiting(_("reports to verify"), figure, days, days > _limit(scope, "verification_days"))


def _requests(scope: Scope, kind: str, label: Promise) -> Waiting:
    """Requests to extend, tasks handed back, that nobody decided yet (rules 5.3, 5.6)."""
    rows = scope.tasks
    waiting = {"extension": rows.awaiting_extension, "return": rows.awaiting_return}[kind](scope.at)
    figure, days = _tasks(scope, waiting, "asked_then", kind)
    is_long = days > _limit(scope, "verification_days")
    return Waiting(label, figure, days, is_long, own=_own(scope, kind))


def _own(scope: Scope, kind: str) -> Figure | None:
    """Return how many extensions wait on work that the leader who looks at all supervises."""
    actor = scope.actor
    if kind != "extension" or not actor.is_leader or scope.leader or scope.as_of:
        return None
    rows = Task.objects.visible_to(actor).counted().now().awaiting_extension(scope.at)
    own = rows.filter(supervisor__in=actor.answers_for).count()
    return Figure(own, scope.tasks_url(waiting=kind, leader=actor.authority.pk))


def _tasks(scope: Scope, rows: QuerySet, since: str, waiting: str) -> tuple[Figure, int]:
    count, days = _counted(scope, rows, since)
    return Figure(count, scope.tasks_url(waiting=waiting)), days


def _obstacles(scope: Scope, label: Promise, **narrowed) -> Waiting:
    """Difficulties nobody has answered; they stay until somebody does (rule 5.12)."""
    rows = Obstacle.objects.visible_to(scope.actor).unanswered(scope.past).filter(**narrowed)
    if scope.agency is not None:
        rows = rows.filter(agency=scope.agency)
        narrowed = narrowed | {"agency": scope.agency.code}
    count, days = _counted(scope, rows, "raised_at")
    figure = Figure(count, scope.url("obstacles", state="open", **narrowed))
    return Waiting(label, figure, days, days > _limit(scope, "obstacle_answer_days"))


def _dossiers(scope: Scope, hands: str, label: Promise, *, leader: bool = False) -> Waiting:
    """Dossiers that lie with the Office or a leader, since they came there (rules 7.2, 7.3)."""
    rows = Dossier.objects.visible_to(scope.actor).standing(scope.past).in_hands_of(hands)
    asked = {"hands": hands}
    if leader and scope.leader is not None:
        is_chair = not scope.leader.title.is_deputy
        rows = rows.to_be_decided_by(scope.supervising, is_chair=is_chair)
        asked["decides"] = scope.leader.pk
    moves = DossierStateRow.objects.filter(dossier=OuterRef("pk"), effective_at__lte=scope.at)
    came = moves.order_by("-effective_at", "-id").values("effective_at")[:1]
    count, days = _counted(scope, rows.annotate(came_at=Subquery(came)), "came_at")
    limit = _limit(scope, "dossier_office_days" if hands == "office" else "dossier_leader_days")
    return Waiting(label, Figure(count, scope.url("dossiers", **asked)), days, days > limit)


def _cases(scope: Scope) -> Waiting:
    """Cases in which the actor is the next to act: they are shown by name only (rules 2.4, 9.1)."""
    rows = cases_waiting_on(scope.actor, scope.at)
    rows = rows.annotate(waits_since=Coalesce("opened_at", "drafted_at"))
    count, days = _counted(scope, rows, "waits_since")
    return Waiting(
        _("cases to go on with"), Figure(count, scope.url("cases", waits="me")), days, False
    )


PERIODIC = {
    reports.APPROVE: _("periodic reports to approve"),
    reports.SIGN: _("reports upward to sign"),
    reports.SEND: _("periodic reports to send"),
}


def _periodic(scope: Scope, *kinds: str) -> list[Waiting]:
    """Periodic reports that wait for a signature or to be sent: late from their day on (8.4)."""
    rows = reports.reports_of(scope.actor, scope.past)
    found = reports.waiting(rows, *kinds, past=scope.past)
    return _any(
        Waiting(
            PERIODIC[kind],
            Figure(waits.count, scope.url("reports", waits=kind)),
            _working_days_since(scope, waits.oldest),
            waits.send_by is not None and waits.send_by <= scope.at,
        )
        for kind, waits in found.items()
    )


def _urgings(scope: Scope) -> Waiting:
    """Prepared urgings that nobody signed yet (rule 8.2)."""
    draft = Urging.State.DRAFT
    rows = Urging.objects.visible_to(scope.actor).standing(scope.past).filter(URGINGS[draft])
    count, days = _counted(scope, rows, "drafted_at")
    figure = Figure(count, scope.url("urgings", state=draft.value))
    return Waiting(_("urgings to sign"), figure, days, False)


def _of_consultations(scope: Scope) -> list[Waiting]:
    """What the chief settles in consultations: contests (6.1, 6.6, 6.9) and replies entered from
    paper to be confirmed (2.7).
    """
    labels = {"contest": _("contests to settle"), "paper": _("paper replies to confirm")}
    lines = Opinion.objects.visible_to(scope.actor, scope.at).waiting_for_the_chief(scope.past)
    asked = {}
    for kind, since in WAITS.items():
        asked |= {kind: Count(since), f"{kind}_oldest": Min(since)}
    found = lines.order_by().aggregate(**asked)
    return _any(
        Waiting(
            label,
            Figure(found[kind], scope.url("consultations", tab="lines", waits=kind)),
            _working_days_since(scope, found[f"{kind}_oldest"]),
            False,
        )
        for kind, label in labels.items()
    )


def _corrections(scope: Scope) -> Waiting:
    """Corrections agencies marked on their lists, to apply or to refuse (rule 5.13)."""
    rows = CampaignMark.objects.visible_to(scope.actor).undecided(scope.past)
    count, days = _counted(scope, rows, "entry__confirmed_at")
    figure = Figure(count, scope.url("campaign_marks", decision="waiting"))
    return Waiting(_("corrections of lists to settle"), figure, days, False)


def _lists(scope: Scope) -> Waiting:
    """Imported lists handed to the chief, who brings them in."""
    state = ImportBatch.State.SUBMITTED
    lists = ImportBatch.objects.visible_to(scope.actor).standing(scope.past)
    count, days = _counted(scope, lists.filter(state_then=state), "submitted_at")
    figure = Figure(count, scope.url("imports", state=state.value))
    return Waiting(_("lists to bring in"), figure, days, False)


def _directives(scope: Scope) -> list[Waiting]:
    """Drafts to register and registered directives to approve."""
    draft = Q(state_then=Directive.State.DRAFT)
    ready = Q(state_then=Directive.State.REGISTERED, approved_then__isnull=True)
    found = (
        Directive.objects.visible_to(scope.actor)
        .standing(scope.past)
        .aggregate(
            draft=Count("pk", filter=draft),
            draft_oldest=Min("drafted_at", filter=draft),
            to_approve=Count("pk", filter=ready),
            to_approve_oldest=Min("registered_at", filter=ready),
        )
    )
    labels = {"draft": _("directives to register"), "to_approve": _("directives to approve")}
    return [
        Waiting(
            label,
            Figure(found[state], scope.url("directives", state=state)),
            _working_days_since(scope, found[f"{state}_oldest"]),
            False,
        )
        for state, label in labels.items()
    ]


def _counted(scope: Scope, rows: QuerySet, since: str) -> tuple[int, int]:
    """Return how many wait, and the working days the oldest has waited."""
    found = rows.order_by().aggregate(count=Count("pk"), oldest=Min(F(since)))
    return found["count"], _working_days_since(scope, found["oldest"])


def _working_days_since(scope: Scope, since: datetime | None) -> int:
    if since is None:
        return 0
    return scope.terms.calendar.working_days_between(local_day(since), scope.day)


def _limit(scope: Scope, code: str) -> int:
    return Setting.objects.value(code, scope.at)
