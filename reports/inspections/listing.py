"""The list of inspections as its address asks for it.

- `kind`, `state`: of `Inspection`; `agency`: code of the agency inspected; `q`: words
- `whose`: `district` or `own` (agencies of themselves)
- `as_of`: as things stood at the end of that ISO day (rule 8.9)
- `sort`: `starts`, `agency`, `subject`, `findings`, `tasks`, descending with `-`
"""

from datetime import datetime

import django_filters as filters
from django.db.models import Count, Expression, F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from agencies.acting import Actor
from agencies.deadlines import local_day
from agencies.listing import ListFilter, with_words
from agencies.models import Agency
from agencies.navigation import RowCount
from reports.models import Finding, Inspection

State = Inspection.State
SORTS = {
    "subject": ("subject",),
    "agency": ("agency__kind__order", "agency__order"),
    "starts": ("starts_on",),
    "findings": ("found",),
    "tasks": ("followed",),
}
PILLS = {State.PLANNED: "track", State.UNDER_WAY: "waiting"}


class InspectionFilter(ListFilter):
    """What the list can be narrowed by."""

    q = filters.CharFilter(label=_("Code or words"), method="search")
    kind = filters.ChoiceFilter(label=_("Kind"), choices=Inspection.Kind.choices)
    state = filters.ChoiceFilter(label=_("State"), choices=State.choices, field_name="state_then")
    agency = filters.ModelChoiceFilter(
        label=_("Agency"), queryset=Agency.objects.in_official_order(), to_field_name="code",
    )  # fmt: skip
    whose = filters.ChoiceFilter(
        label=_("Held by"), method="held_by",
        choices=[("district", _("the district")), ("own", _("the agency itself"))],
    )  # fmt: skip

    class Meta:
        model = Inspection
        fields: list[str] = []

    def search(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Find every word; no diacritics needed."""
        return with_words(rows, value)

    def held_by(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Narrow to those of the district, or of agencies of themselves."""
        own = Q(inspector=F("agency"))
        return rows.filter(own) if value == "own" else rows.exclude(own)


def listed(actor: Actor, past: datetime | None = None) -> QuerySet:
    """Return the inspections with what a list shows of each, now or then (one query)."""
    rows = Inspection.objects.visible_to(actor).standing(past)
    found = Q() if past is None else Q(findings__found_at__lte=past)
    given = Q() if past is None else Q(tasks__assigned_at__lte=past)
    is_bad = found & ~Q(findings__rating=Finding.Rating.GOOD)
    return rows.select_related("agency", "inspector").annotate(
        found=Count("findings", filter=found, distinct=True),
        bad=Count("findings", filter=is_bad, distinct=True),
        followed=Count("tasks", filter=given, distinct=True),
    )


def inspections_waiting_on(actor: Actor, at: datetime) -> QuerySet:
    """Return those the actor's agency holds whose day has come or whose last day has passed."""
    day = local_day(at)
    due = Q(state=State.PLANNED, starts_on__lte=day) | Q(state=State.UNDER_WAY, ends_on__lt=day)
    own = Q(inspector=actor.agency_id) | Q(team__post__user=actor.user)
    rows = Inspection.objects.visible_to(actor)
    return rows.filter(due, own).distinct() if actor.agency_id else rows.none()


def inspections_count(actor: Actor, at: datetime) -> Expression:
    """Return how many wait on the actor, as a figure of the rail's query."""
    return RowCount(inspections_waiting_on(actor, at))
