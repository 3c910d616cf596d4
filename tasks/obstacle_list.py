"""The list of difficulties: what it can be narrowed and sorted by.

- `state`: `open` (waits for an answer), `answered`; without it the open ones come first
- `addressee`: `chief` or `leader`; `agency`: reported by the agency of that code
- `about`: `task` or `directive`
- `as_of`: as things stood at the end of that ISO day
- `sort`: `raised` (the oldest first), `agency`, `addressee`; descending with `-`
"""

from dataclasses import dataclass
from datetime import datetime

import django_filters as filters
from django.db.models import F, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from agencies.acting import Actor
from agencies.listing import ListFilter, sorted_rows
from agencies.models import Agency
from tasks.models import Obstacle

SORTS = {
    "agency": ("agency__kind__order", "agency__order"),
    "addressee": ("addressee",),
    "raised": ("raised_at",),
}
THINGS = (
    "agency",
    "post__user",
    "post__title",
    "post__agency",
    "answered_by__user",
    "answered_by__title",
    "answered_by__agency",
    "task__lead",
    "task__assigned_by",
    "task__demand__directive__issuer",
    "task__supervisor__user",
    "directive__kind",
)


class ObstacleFilter(ListFilter):
    """What the list can be narrowed by; see the module's table."""

    state = filters.ChoiceFilter(
        label=_("State"),
        method="in_state",
        choices=[("open", _("waits for an answer")), ("answered", _("answered"))],
    )
    addressee = filters.ChoiceFilter(label=_("Reported to"), choices=Obstacle.Addressee.choices)
    about = filters.ChoiceFilter(
        label=_("About"),
        method="is_about",
        choices=[("task", _("a task")), ("directive", _("a directive"))],
    )
    agency = filters.ModelChoiceFilter(
        label=_("Agency"),
        queryset=Agency.objects.in_official_order(),
        to_field_name="code",
    )

    class Meta:
        model = Obstacle
        fields: list[str] = []

    def __init__(self, data: QueryDict, queryset: QuerySet, *, actor: Actor) -> None:
        super().__init__(data, queryset=queryset)
        if not actor.sees_everything:
            del self.form.fields["agency"]

    def in_state(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Narrow to those that wait, or to those that were answered."""
        return rows.filter(answered_then__isnull=value == "open")

    def is_about(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Narrow to difficulties with tasks, or with directives."""
        return rows.filter(task__isnull=value == "directive")


@dataclass(frozen=True)
class Listed:
    """The narrowed rows, and how many of them wait for an answer."""

    filter: ObstacleFilter
    rows: QuerySet
    total: int
    waiting: int


def listed(parameters: QueryDict, actor: Actor, past: datetime | None = None) -> Listed:
    """Return the difficulties the actor sees, narrowed and sorted as the address says; those told
    by a past instant, when one is given.
    """
    visible = Obstacle.objects.visible_to(actor).standing(past)
    narrowed = ObstacleFilter(parameters, visible, actor=actor)
    rows = narrowed.qs if narrowed.is_valid() else narrowed.qs.none()
    shown, sort = rows.select_related(*THINGS), parameters.get("sort", "")
    if sort.removeprefix("-") in SORTS:
        shown = sorted_rows(shown, SORTS, sort, sort)
    else:
        shown = shown.order_by(F("answered_then").desc(nulls_first=True), "raised_at", "pk")
    waiting = rows.filter(answered_then__isnull=True).count()
    return Listed(narrowed, shown, rows.count(), waiting)


def as_it_stood(obstacle: Obstacle) -> Obstacle:
    """Return a row of the list as it stood then, for the page to show."""
    if obstacle.answered_then is None:
        obstacle.answered_at = obstacle.answered_by = obstacle.granted_due_at = None
    return obstacle
