"""The list of superiors' demands: open, overdue or closed, the nearest day first (rule 4.1)."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import django_filters as filters
from django import forms
from django.db.models import Count, Min, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from agencies.acting import Actor
from tasks.demands.standing import Standing
from tasks.judgement import Judgement, progress_by
from tasks.models import Authority, Demand, Task

SORTS = {"due": "due_at", "code": "code", "issuer": "directive__issuer__order"}
UNMET = Q(closed_at__isnull=True)


class DemandFilter(filters.FilterSet):
    """What the list can be narrowed by; without a parameter it shows what is owed."""

    q = filters.CharFilter(label=_("Code, number or words"), method="search")
    state = filters.ChoiceFilter(
        label=_("State"),
        method="in_state",
        empty_label=_("all"),
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
        empty_label=_("all"),
    )

    class Meta:
        model = Demand
        fields: list[str] = []

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for field in self.form.fields.values():
            is_select = isinstance(field.widget, forms.Select)
            field.widget.attrs["class"] = "form-select" if is_select else "form-control"

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
    rows: QuerySet
    owed: int
    overdue: int


def listed(parameters: QueryDict, actor: Actor, at: datetime) -> Listed:
    """Return the actor's demands narrowed and sorted as the address says."""
    data = parameters.copy()
    if not data.keys() - {"page", "sort"}:
        data["state"] = "open"
    judgement = Judgement.at(at)
    visible = Demand.objects.visible_to(actor).with_standing(at, judgement.soon_at)
    narrowed = DemandFilter(data, visible)
    rows = narrowed.qs if narrowed.is_valid() else narrowed.qs.none()
    sort = data.get("sort", "")
    sign = "-" if sort.startswith("-") else ""
    name = SORTS.get(sort.removeprefix("-"), SORTS["due"])
    shown = rows.select_related("directive__kind", "directive__issuer")
    counts = owed_upward(actor, at)
    return Listed(
        narrowed,
        judgement,
        shown.order_by(f"{sign}{name}", f"{sign}pk"),
        owed=counts["owed"],
        overdue=counts["overdue"],
    )


def owed_upward(actor: Actor, at: datetime) -> dict:
    """Return how many demands are owed, how many of them overdue, and the earliest day (8.3)."""
    return Demand.objects.visible_to(actor).aggregate(
        owed=Count("pk", filter=UNMET),
        overdue=Count("pk", filter=UNMET & Q(due_at__lte=at)),
        earliest=Min("due_at", filter=UNMET),
    )


def tasks_below(
    demands: Iterable[Demand], actor: Actor, judgement: Judgement
) -> dict[int, Counter]:
    """Return by demand how many tasks the actor sees below it, how many done and overdue."""
    rows = Task.objects.visible_to(actor).filter(demand__in=demands)
    return progress_by("demand", rows, judgement)
