"""Letters and papers issued in a period: urgings, criticism and praise (rules 8.2, 8.5, 9.1).

A report names the agency and the paper's day, never the person: a case is seen by name only.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet

from reports.cases.issued import issued_papers
from reports.figures import Terms


@dataclass(frozen=True)
class UrgingRow:
    """One letter by which the Office urged an agency."""

    code: str
    title: str
    agency: str
    ordinal: int
    tasks: int
    issued_at: datetime
    due_at: None = None

    def columns(self, terms: Terms) -> tuple[str, ...]:
        """Return the one column it counts in."""
        return ("urgings",)

    def to_json(self) -> dict:
        """The row as the report freezes it."""
        return vars(self) | {"issued_at": self.issued_at.isoformat()}


def urging_rows(urgings: QuerySet, since: datetime, at: datetime) -> Iterator[UrgingRow]:
    """Yield the urgings issued after `since` and by `at`."""
    sent = urgings.filter(issued_at__gt=since, issued_at__lte=at)
    sent = sent.annotate(tasks=Count("listed")).select_related("agency", "paper")
    for urging in sent.order_by("agency__kind__order", "agency__order", "issued_at", "pk"):
        yield UrgingRow(
            code=str(urging.pk),
            title=str(urging.paper),
            agency=urging.agency.code,
            ordinal=urging.ordinal,
            tasks=urging.tasks,
            issued_at=urging.issued_at,
        )


@dataclass(frozen=True)
class PaperRow:
    """One paper that reminds, criticises or praises an agency."""

    agency: str
    kind: str
    issued_at: datetime
    code: str = ""
    due_at: None = None

    def columns(self, terms: Terms) -> tuple[str, ...]:
        """Return the one column it counts in."""
        return (self.kind,)

    def to_json(self) -> dict:
        """The row as the report freezes it."""
        return vars(self) | {"issued_at": self.issued_at.isoformat()}


def paper_rows(since: datetime, at: datetime) -> Iterator[PaperRow]:
    """Yield the papers of criticism and praise issued after `since` and by `at`."""
    for paper in issued_papers(since, at):
        yield PaperRow(paper.agency, paper.kind, paper.issued_at)
