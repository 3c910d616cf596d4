"""Spot checks of a period, as rows a report freezes: drawn, done, not done (rules 5.13, 8.5)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from reports.figures import Terms
from tasks.models import SpotCheckItem

EXITS = {
    SpotCheckItem.Result.DONE: "spot_done",
    SpotCheckItem.Result.NOT_DONE: "spot_not_done",
}


@dataclass(frozen=True)
class SpotRow:
    """One drawn task of a period, in one entry and one exit column."""

    code: str
    title: str
    check: str
    lead: str
    entry: str
    exit: str
    due_at: None = None

    @property
    def agency(self) -> str:
        """The lead whose completed task was drawn."""
        return self.lead

    def columns(self, terms: Terms) -> tuple[str, ...]:
        """Return entry and exit."""
        return (self.entry, self.exit)

    def to_json(self) -> dict:
        """The row as the report freezes it."""
        return dict(vars(self))


def spot_rows(items: QuerySet, since: datetime, at: datetime) -> Iterator[SpotRow]:
    """Yield the tasks drawn by `at` and not checked by `since`, as things stood at `at`."""
    waited = Q(checked_at__isnull=True) | Q(checked_at__gt=since)
    rows = (
        items.filter(waited, spot_check__drawn_at__lte=at)
        .order_by("task__lead__kind__order", "task__lead__order", "spot_check", "pk")
        .values_list(
            "task__code", "task__title", "spot_check__code", "task__lead__code",
            "spot_check__drawn_at", "checked_at", "result",
        )
    )  # fmt: skip
    for code, title, check, lead, drawn_at, checked_at, result in rows:
        entry = "spot_drawn" if drawn_at > since else "spot_carried"
        is_checked = checked_at is not None and checked_at <= at
        gone = EXITS[result] if is_checked else "spot_waiting"
        yield SpotRow(code, title, check, lead, entry, gone)
