"""Consultations on a dashboard: those that end soon, and an agency's own (rule 8.3)."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from consultations.models import Consultation, Opinion
from consultations.stances import OPINIONS, SILENCE, Outcome
from consultations.wording import Days
from reports.overview.scope import Figure, Scope

EXPIRING_SHOWN = 6


@dataclass(frozen=True)
class Expiring:
    """A consultation about to end: how many were asked, how many have not answered, time left."""

    consultation: Consultation
    asked: int
    awaited: Figure
    left: str


def expiring(scope: Scope) -> list[Expiring]:
    """Return the consultations that end soon with how many have not answered."""
    visible = Consultation.objects.visible_to(scope.actor)
    if scope.agency is not None:
        visible = visible.asked_by(scope.agency.pk)
    found = visible.expiring(scope.at, scope.terms.soon_at, past=scope.past)
    shown = list(found.order_by("due_at", "pk")[:EXPIRING_SHOWN])
    counted = (
        _lines(scope).filter(consultation__in=shown).with_outcome(scope.at).order_by()
        .values("consultation")
        .annotate(asked=Count("pk"), awaited=Count("pk", filter=Q(outcome=Outcome.AWAITING)))
    )  # fmt: skip
    counts = {row["consultation"]: row for row in counted}
    days = Days(scope.terms.calendar, scope.at, scope.terms.soon_at)

    def awaited(each: Consultation) -> Figure:
        url = scope.url(
            "consultations", tab="lines", consultation=each.code, outcome=Outcome.AWAITING.value
        )
        return Figure(counts[each.pk]["awaited"], url)

    return [
        Expiring(each, counts[each.pk]["asked"], awaited(each), days.left(each.due_at))
        for each in shown
    ]


def expiring_url(scope: Scope) -> str:
    """Return the address of all consultations that end soon."""
    return scope.url("consultations", tab="all", expiring=scope.terms.due_soon_days)


def _lines(scope: Scope) -> QuerySet:
    lines = Opinion.objects.visible_to(scope.actor, scope.at)
    return lines.now() if scope.past is None else lines.as_of(scope.at)


@dataclass(frozen=True)
class Asked:
    """An agency's consultations: what it has to answer, and how it answered; what it asks."""

    awaited: Figure
    answered: Figure
    late: Figure
    silent: Figure
    asks_open: Figure
    asks: Figure


def asked_of(scope: Scope) -> Asked:
    """Return the consultations an agency answers and asks (three queries)."""
    agency = scope.agency
    own = _lines(scope).filter(agency=agency).with_outcome(scope.at)
    outcomes = own.order_by().values_list("outcome").annotate(n=Count("pk"))
    counts = Counter(dict(outcomes))
    late = own.answered_late(scope.at).count()
    asks = Consultation.objects.visible_to(scope.actor).asked_by(agency.pk)
    asks = asks.filter(asked_at__lte=scope.at)

    def lines(count: int, **parameters) -> Figure:
        url = scope.url("consultations", tab="lines", agency=agency.code, **parameters)
        return Figure(count, url)

    def rounds(count: int, **parameters) -> Figure:
        tab = "all" if scope.actor.sees_everything else "asked"
        url = scope.url("consultations", tab=tab, requester=agency.code, **parameters)
        return Figure(count, url)

    return Asked(
        awaited=lines(counts[Outcome.AWAITING], outcome=Outcome.AWAITING.value),
        answered=lines(sum(counts[each] for each in OPINIONS), answered=1),
        late=lines(late, late=1),
        silent=lines(sum(counts[each] for each in SILENCE), silent=1),
        asks_open=rounds(asks.open(scope.at, past=scope.past).count(), state="open"),
        asks=rounds(asks.count()),
    )
