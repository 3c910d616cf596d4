"""Replies marked as poor in a period (rules 6.9, 8.5)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from reports.figures import Terms


@dataclass(frozen=True)
class PoorRow:
    """One reply marked as general, evasive or shifting, whose mark stood at the cut-off."""

    code: str
    title: str
    agency: str
    kind: str
    reason: str
    due_at: None = None

    def columns(self, terms: Terms) -> tuple[str, ...]:
        """Return the one column it counts in."""
        return ("lines_poor",)

    def to_json(self) -> dict:
        """The row as the report freezes it."""
        return dict(vars(self))


def poor_rows(marks: QuerySet, since: datetime, at: datetime) -> Iterator[PoorRow]:
    """Yield the marks of the period, less those a contest upheld by the cut-off."""
    rows = (
        marks.standing(at)
        .filter(marked_at__gt=since)
        .order_by("reply__opinion__agency__kind__order", "reply__opinion__agency__order", "pk")
        .values_list(
            "reply__opinion__consultation__code", "reply__opinion__consultation__title",
            "reply__opinion__agency__code", "kind", "reason",
        )
    )  # fmt: skip
    for code, title, agency, kind, reason in rows:
        yield PoorRow(code, title, agency, kind, reason)
