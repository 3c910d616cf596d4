"""What the list of periodic reports is narrowed by, and whom a report waits for (rule 8.4).

Addresses other pages link to: `kind`, `year`, `waits` (`approve`: the chief; `sign`: a leader, the
report upward; `send`: signed and not issued), `as_of` (as things stood at the end of that day,
rule 8.9), `sort`.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, Count, Exists, F, Min, OuterRef, Q, QuerySet, Subquery, When

from agencies.acting import Actor
from agencies.models import Event, OutgoingPaper
from reports.models import DRAFT_UPWARD, PeriodicReport, PeriodKind, UpwardReport, WrittenReport

APPROVE, SIGN, SEND = "approve", "sign", "send"
WAITS = (APPROVE, SIGN, SEND)
OWED = tuple(kind for kind in PeriodKind.values if kind != PeriodKind.FREE)
"""The kinds whose report is owed by its day; one of other days somebody asked for, to read it."""


def reports_of(actor: Actor, past: datetime | None = None) -> QuerySet:
    """Return the reports the actor may see that were built, with `upward_since`: when the report
    upward was drafted.
    """
    rows = PeriodicReport.objects.visible_to(actor)
    if past is not None:
        rows = rows.filter(built_at__lte=past)
    drafted = Event.objects.of_many(UpwardReport.objects.all()).filter(act=DRAFT_UPWARD)
    own = drafted.filter(thing_id=OuterRef("upward__pk")).values("effective_at")[:1]
    return rows.annotate(upward_since=Subquery(own))


def waits(what: str, past: datetime | None = None) -> Q:
    """Return what makes a report of `reports_of` wait for somebody, now or at a past instant."""
    return {
        APPROVE: Q(kind__in=OWED) & ~_is("approved_at", past),
        SIGN: _is("upward_since", past) & ~_is("upward__approved_at", past),
        SEND: _unsent("", past) | _unsent("upward__", past),
    }[what]


@dataclass(frozen=True)
class Waits:
    """How many reports wait, since when the oldest does, and their earliest day to be sent."""

    count: int
    oldest: datetime | None
    send_by: datetime | None


def waiting(rows: QuerySet, *kinds: str, past: datetime | None = None) -> dict[str, Waits]:
    """Return what of `reports_of` waits, by kind of waiting (one query)."""
    sent_since = Case(
        When(_unsent("", past), then=F("approved_at")), default=F("upward__approved_at")
    )
    since = {APPROVE: F("built_at"), SIGN: F("upward_since"), SEND: sent_since}
    asked = {}
    for kind in kinds:
        which = waits(kind, past)
        asked[f"{kind}_count"] = Count("pk", filter=which)
        asked[f"{kind}_oldest"] = Min(since[kind], filter=which)
        asked[f"{kind}_send_by"] = Min("send_by_at", filter=which)
    found = rows.order_by().aggregate(**asked)
    return {
        kind: Waits(*(found[f"{kind}_{part}"] for part in ("count", "oldest", "send_by")))
        for kind in kinds
    }


def unsent(until: datetime) -> QuerySet:
    """Return the newest report of each kind that is owed by the instant and did not go out.

    One before it stays on the dashboard: its figures are in the newer one's "carried over".
    """
    owed = PeriodicReport.objects.filter(kind__in=OWED)
    newer = owed.filter(kind=OuterRef("kind"), cut_off_at__gt=OuterRef("cut_off_at"))
    rows = owed.exclude(Exists(newer)).filter(send_by_at__lte=until, paper__issued_at__isnull=True)
    return rows.listed().defer("figures").order_by("send_by_at", "pk")


def _unsent(prefix: str, past: datetime | None) -> Q:
    approved = _is(f"{prefix}approved_at", past)
    return approved & ~_is(f"{prefix}paper__issued_at", past)


def _is(column: str, past: datetime | None) -> Q:
    """Whether an instant has come, by now or by a past instant; one that never came has not."""
    come = Q(**{f"{column}__isnull": False})
    return come if past is None else come & Q(**{f"{column}__lte": past})


def as_it_stood(report: PeriodicReport, past: datetime | None) -> PeriodicReport:
    """Return a row of the list as it stood then, for the page to show."""
    report.upward_then = getattr(report, "upward", None)
    if past is None:
        return report
    if report.upward_then is not None and report.upward_since > past:
        report.upward_then = None
    for written in filter(None, (report, report.upward_then)):
        _set_back(written, past)
    return report


def _set_back(written: WrittenReport, past: datetime) -> None:
    if written.approved_at is None or written.approved_at > past:
        written.state, written.paper = WrittenReport.State.DRAFT, None
    elif written.paper.issued_at is None or written.paper.issued_at > past:
        written.paper.state = OutgoingPaper.State.SIGNED
        written.paper.hide_number_after(past)
