"""Lines of consultations in a period: received, answered, silent (rule 8.5)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from consultations.models import Reply, TermsRow
from reports.figures import Terms

CHUNK = 2000


@dataclass(frozen=True)
class LineRow:
    """One line of a consultation in a period."""

    code: str
    title: str
    agency: str
    entry: str
    exit: str
    due_at: datetime
    line: int = 0
    previous: int = 0

    def columns(self, terms: Terms) -> tuple[str, ...]:
        """Return entry and exit."""
        return (self.entry, self.exit)

    def to_json(self) -> dict:
        """The row as the report freezes it."""
        return vars(self) | {"due_at": self.due_at.isoformat()}


def line_rows(lines: QuerySet, since: datetime, at: datetime) -> Iterator[LineRow]:
    """Yield the lines of consultations received in the period or awaiting at its beginning."""
    known = Q(received_at__lte=at) & (Q(entered_at__isnull=True) | Q(entered_at__lte=at))
    replies = Reply.objects.filter(known, opinion=OuterRef("pk")).order_by("received_at")
    before = TermsRow.objects.filter(opinion=OuterRef("pk"), effective_at__lte=since)
    before = before.order_by("-effective_at", "-id")
    rows = (
        lines.as_of(at)
        .annotate(
            received_first=Subquery(replies.values("received_at")[:1]),
            entered_first=Subquery(replies.values("entered_at")[:1]),
            due_before=Coalesce(Subquery(before.values("due_at")[:1]), F("due_then")),
            register_before=Subquery(before.values("register_until")[:1]),
        )
        .filter(Q(visible_at__gt=since) | Q(due_before__gt=since) | Q(register_before__gt=since))
        .order_by("agency__kind__order", "agency__order", "consultation__code", "pk")
        .values(
            "pk", "redirected_from", "consultation__code", "consultation__title", "agency__code",
            "visible_at", "due_before", "register_before", "due_then", "register_then",
            "received_first", "entered_first", "ended_at",
        )
    )  # fmt: skip
    for row in rows.iterator(chunk_size=CHUNK):
        is_new = row["visible_at"] > since
        if is_new or _exit(row, since, "before") == "lines_awaiting":
            yield LineRow(
                code=row["consultation__code"],
                title=row["consultation__title"],
                agency=row["agency__code"],
                entry="lines_received" if is_new else "lines_carried",
                exit=_exit(row, at, "then"),
                due_at=row["due_then"],
                line=row["pk"],
                previous=row["redirected_from"] or 0,
            )


def _exit(row: dict, at: datetime, when: str) -> str:
    reply = FirstReply(row["received_first"], row["entered_first"])
    return line_exit(
        row[f"due_{when}"], reply, at, row["ended_at"], register_until=row[f"register_{when}"]
    )


@dataclass(frozen=True)
class FirstReply:
    """When the first reply was received, and for one on paper when it was entered (rule 2.7)."""

    received_at: datetime | None
    entered_at: datetime | None = None

    def is_known(self, at: datetime) -> bool:
        """Whether it stood in the program at the instant."""
        known_at = self.entered_at or self.received_at
        return known_at is not None and known_at <= at

    def is_in_time(self, due_at: datetime, register_until: datetime | None) -> bool:
        """Whether it came before the deadline, and on paper was entered while that counts."""
        entered_late = register_until and self.entered_at and self.entered_at >= register_until
        return self.received_at < due_at and not entered_late


def line_exit(
    due_at: datetime,
    reply: FirstReply,
    at: datetime,
    ended_at: datetime | None = None,
    *,
    register_until: datetime | None = None,
) -> str:
    """Return the exit column of a line: the first reply decides whether any came in time; one that
    ended before its deadline (withdrawn, dropped, taken over) is asked no longer; one on paper is
    awaited until the register was looked through.
    """
    replied = reply.is_known(at)
    if replied and reply.is_in_time(due_at, register_until):
        return "lines_in_time"
    if ended_at is not None and ended_at <= at and ended_at < due_at:
        return "lines_ended"
    if at < due_at or (not replied and register_until is not None and at < register_until):
        return "lines_awaiting"
    return "lines_late" if replied else "lines_silent"
