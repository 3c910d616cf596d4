"""Dossiers submitted and returned in a period (rules 7.2, 8.5)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from reports.figures import Terms


@dataclass(frozen=True)
class DossierRow:
    """One version of a dossier that was submitted or given back in the period, or both."""

    code: str
    title: str
    agency: str
    version: int
    submitted: bool
    returned: bool
    reason: str = ""
    due_at: None = None

    def columns(self, terms: Terms) -> tuple[str, ...]:
        """Return what happened to it in the period."""
        happened = (("dossiers_submitted", self.submitted), ("dossiers_returned", self.returned))
        return tuple(column for column, is_so in happened if is_so)

    def to_json(self) -> dict:
        """The row as the report freezes it."""
        return dict(vars(self))


def dossier_rows(versions: QuerySet, since: datetime, at: datetime) -> Iterator[DossierRow]:
    """Yield the versions submitted or returned after `since` and by `at`, one row each: every
    return is counted, however often a dossier came back.
    """
    submitted = Q(submitted_at__gt=since, submitted_at__lte=at)
    returned = Q(returned__returned_at__gt=since, returned__returned_at__lte=at)
    rows = (
        versions.filter(submitted | returned)
        .order_by(
            "dossier__agency__kind__order", "dossier__agency__order", "dossier__code", "number"
        )
        .values_list(
            "dossier__code", "dossier__title", "dossier__agency__code", "number", "submitted_at",
            "returned__returned_at", "returned__reason__name",
        )
    )  # fmt: skip
    for code, title, agency, number, submitted_at, returned_at, reason in rows:
        is_returned = returned_at is not None and since < returned_at <= at
        yield DossierRow(
            code=code,
            title=title,
            agency=agency,
            version=number,
            submitted=since < submitted_at <= at,
            returned=is_returned,
            reason=reason if is_returned else "",
        )
