"""The list of superiors' demands: open, overdue or closed, the nearest day first (rule 4.1); with
`as_of` as things stood at the end of that ISO day (rule 8.9).
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import django_filters as filters
from django.db.models import Count, Min, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from agencies.acting import Actor
from agencies.as_of import AsOf
from agencies.listing import ListFilter, sorted_rows
from tasks.demands.standing import Standing
from tasks.judgement import Judgement, progress_by
from tasks.models import Authority, Demand, Task

SORTS = {"due": ("due_then",), "code": ("code",), "issuer": ("directive__issuer__order",)}
UNMET = Q(document_then__isnull=True)


class DemandFilter(ListFilter):
    """What the list can be narrowed by; without a parameter it shows what is owed."""

    q = filters.CharFilter(label=_("Code, number or words"), method="search")
    state = filters.ChoiceFilter(
        label=_("State"),
        method="in_state",
        choices=[
            ("open", _("owed")),
            ("overdue", _("owed, overdue")),
            ("closed", _("closed")),
        ],
    )
    issuer = filters.ModelChoiceFilter(
        label=_("Issuer"),
        queryset=Authority.objects.filter(is_superior=True),
        to_field_name="code",
        field_name="directive__issuer",
    )

    class Meta:
        model = Demand
        fields: list[str] = []

    def search(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Find the words in the demand or its directive's number."""
        words = value.strip()
        return rows.filter(
            Q(code__icontains=words)
            | Q(title__icontains=words)
            | Q(directive__number__icontains=words)
        )

    def in_state(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Narrow to what is owed, what of it is overdue, or what was closed."""
        if value == "overdue":
            return rows.filter(standing_then=Standing.OVERDUE)
        return rows.filter(UNMET if value == "open" else ~UNMET)


@dataclass(frozen=True)
class Listed:
    """The narrowed rows with what the page says of all the actor sees."""

    filter: DemandFilter
    judgement: Judgement
    as_of: AsOf
    rows: QuerySet
    owed: int
    overdue: int


def listed(parameters: QueryDict, actor: Actor, at: datetime) -> Listed:
    """Return the actor's demands narrowed and sorted as the address says."""
    data = parameters.copy()
    if not data.keys() - {"page", "sort", "as_of"}:
        data["state"] = "open"
    as_of = AsOf.read(parameters, at)
    judgement = Judgement.at(as_of.at)
    visible = _read(actor, as_of.past).with_standing(as_of.at, judgement.soon_at)
    narrowed = DemandFilter(data, visible)
    rows = narrowed.qs if narrowed.is_valid() else narrowed.qs.none()
    shown = rows.select_related("directive__kind", "directive__issuer")
    counts = owed_upward(actor, as_of.at, past=as_of.past)
    return Listed(
        narrowed,
        judgement,
        as_of,
        sorted_rows(shown, SORTS, data.get("sort", ""), "due"),
        owed=counts["owed"],
        overdue=counts["overdue"],
    )


def owed_upward(actor: Actor, at: datetime, *, past: datetime | None = None) -> dict:
    """Return how many demands are owed, how many of them overdue, and the earliest day (8.3)."""
    return _read(actor, past).aggregate(
        owed=Count("pk", filter=UNMET),
        overdue=Count("pk", filter=UNMET & Q(due_then__lte=at)),
        earliest=Min("due_then", filter=UNMET),
    )


def _read(actor: Actor, past: datetime | None) -> QuerySet:
    """Return what the actor sees, as it stands now or stood at a past instant."""
    visible = Demand.objects.visible_to(actor)
    return visible.now() if past is None else visible.as_of(past)


def tasks_below(
    demands: Iterable[Demand],
    actor: Actor,
    judgement: Judgement,
    past: datetime | None = None,
) -> dict[int, Counter]:
    """Return by demand how many tasks the actor sees below it, how many done and overdue."""
    rows = Task.objects.visible_to(actor).filter(demand__in=demands)
    return progress_by("demand", rows, judgement, past)


def as_it_stood(rows: Iterable[Demand]) -> list[Demand]:
    """Return rows read `now` or `as_of` that show the deadline and document of that instant."""
    found = list(rows)
    for row in found:
        row.due_at, row.document_on = row.due_then, row.document_then
        if row.document_then is None:
            row.document_number, row.closed_at = "", None
    return found
