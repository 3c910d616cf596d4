"""Lines of consultations in a period: received, answered, silent (rule 8.5)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from consultations.models import PaperCheck, Reply, TermsRow
from consultations.outcome import counting_condition, said_condition
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
    """Yield the lines of consultations received in the period or awaiting at its beginning; one
    that was answered and then asked anew (rule 6.6), or whose paper was refused (2.7), is received
    again.
    """
    rows = (
        _as_of(lines, since, at)
        .filter(
            Q(visible_at__gt=since) | Q(counts_from_then__gt=since)
            | Q(due_before__gt=since) | Q(register_before__gt=since) | Q(is_refused=True)
        )
        .order_by("agency__kind__order", "agency__order", "consultation__code", "pk")
        .values(
            "pk", "redirected_from", "consultation__code", "consultation__title", "agency__code",
            "visible_at", "ended_at", "counts_from_then", "due_before", "register_before",
            "in_time_before", "said_before", "due_then", "register_then", "in_time_then",
            "said_then", "is_refused",
        )
    )  # fmt: skip
    for row in rows.iterator(chunk_size=CHUNK):
        entry = _entry(row, since)
        if entry:
            yield LineRow(
                code=row["consultation__code"],
                title=row["consultation__title"],
                agency=row["agency__code"],
                entry=entry,
                exit=_exit(row, at, "then"),
                due_at=row["due_then"],
                line=row["pk"],
                previous=row["redirected_from"] or 0,
            )


def _as_of(lines: QuerySet, since: datetime, at: datetime) -> QuerySet:
    """Annotate the terms at both ends of the period, and which replies were known by then."""
    before = TermsRow.objects.filter(opinion=OuterRef("pk"), effective_at__lte=since)
    before = before.order_by("-effective_at", "-id")
    rows = lines.as_of(at).annotate(
        due_before=Coalesce(Subquery(before.values("due_at")[:1]), F("due_then")),
        register_before=Subquery(before.values("register_until")[:1]),
        counts_from_before=Subquery(before.values("counts_from")[:1]),
    )
    refused = PaperCheck.objects.filter(
        reply__opinion=OuterRef("pk"), reply__entered_at__lte=since, decision="refused",
        checked_at__gt=since, checked_at__lte=at,
    )  # fmt: skip
    rows = rows.annotate(is_refused=Exists(refused))
    return _with_replies(_with_replies(rows, since, "before"), at, "then")


def _with_replies(rows: QuerySet, at: datetime, when: str) -> QuerySet:
    """Say whether a reply counted at the instant, and whether any was known, late ones too."""
    replies = Reply.objects.filter(opinion=OuterRef("pk")).order_by()
    return rows.annotate(
        **{
            f"in_time_{when}": Exists(replies.filter(counting_condition(at, when))),
            f"said_{when}": Exists(replies.filter(said_condition(at, when))),
        }
    )


def _entry(row: Mapping, since: datetime) -> str:
    """Return the entry column, empty for a line that was over before and is not asked anew."""
    if row["visible_at"] > since:
        return "lines_received"
    if _exit(row, since, "before") == "lines_awaiting":
        return "lines_carried"
    counts_from = row["counts_from_then"]
    is_asked_anew = counts_from is not None and counts_from > since
    return "lines_received" if is_asked_anew or row["is_refused"] else ""


def _exit(row: Mapping, at: datetime, when: str) -> str:
    """Return the exit column at an instant. Any reply in time decides, also one a later one
    replaced; what was said before the line was asked anew is settled and says nothing. A line that
    ended before its deadline (withdrawn, dropped, taken over) is asked no longer; one on paper is
    awaited until the register was looked through.
    """
    due_at, said, ended_at = row[f"due_{when}"], row[f"said_{when}"], row["ended_at"]
    register_until = row[f"register_{when}"]
    if row[f"in_time_{when}"]:
        return "lines_in_time"
    if ended_at is not None and ended_at <= at and ended_at < due_at:
        return "lines_ended"
    if at < due_at or (not said and register_until is not None and at < register_until):
        return "lines_awaiting"
    return "lines_late" if said else "lines_silent"
