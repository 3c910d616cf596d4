"""What the list of urgings is narrowed and sorted by.

Addresses other pages link to: `q` (number, agency), `state` (`draft`, `signed`, `unissued`,
`issued`, `dropped`), `agency` (code), `task` (code), `ordinal` (that time or later),
`issued_from`, `issued_to` (days); `as_of` (as things stood at the end of that day, rule 8.9);
`sort`: `newest`, `issued`, `drafted`, `agency`, `ordinal`, `tasks`, `answer`; descending with `-`.
"""

from datetime import date, datetime

import django_filters as filters
from django import forms
from django.db.models import Count, Q, QuerySet, prefetch_related_objects
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from agencies.acting import Actor
from agencies.deadlines import local_midnight, local_midnight_after
from agencies.fold import fold
from agencies.listing import ListFilter, day_filter
from agencies.models import Agency
from tasks.models import Task, Urging

SORTS = {
    "issued": ("issued_then", "drafted_at"),
    "drafted": ("drafted_at",),
    "agency": ("agency__kind__order", "agency__order", "agency__name"),
    "ordinal": ("ordinal",),
    "tasks": ("task_count",),
    "answer": ("answer_by_at",),
    "newest": (Coalesce("issued_then", "drafted_at"),),
}
STATES = {
    "unissued": Q(issued_then__isnull=True, dropped_then__isnull=True),
    Urging.State.DRAFT: Q(signed_then__isnull=True, dropped_then__isnull=True),
    Urging.State.SIGNED: Q(signed_then__isnull=False, issued_then__isnull=True),
    Urging.State.ISSUED: Q(issued_then__isnull=False),
    Urging.State.DROPPED: Q(dropped_then__isnull=False),
}


class UrgingFilter(ListFilter):
    """What the list can be narrowed by."""

    q = filters.CharFilter(label=_("Number or agency"), method="search")
    state = filters.ChoiceFilter(
        label=_("State"),
        method="in_state",
        choices=[("unissued", _("in preparation")), *Urging.State.choices],
    )
    agency = filters.ModelChoiceFilter(
        label=_("Agency"),
        queryset=Agency.objects.in_official_order(),
        to_field_name="code",
    )
    task = filters.ModelChoiceFilter(
        queryset=Task.objects.all(),
        to_field_name="code",
        field_name="listed__task",
        widget=forms.HiddenInput,
    )
    ordinal = filters.NumberFilter(
        label=_("Urged at least (times)"), field_name="ordinal", lookup_expr="gte"
    )
    issued_from = day_filter(_("Issued from"), method="is_issued_from")
    issued_to = day_filter(_("Issued to"), method="is_issued_to")

    class Meta:
        model = Urging
        fields: list[str] = []

    def __init__(self, data, queryset: QuerySet, actor: Actor) -> None:
        super().__init__(data, queryset)
        if not actor.sees_everything:
            for name in ("state", "agency"):
                del self.form.fields[name]
        self.form.fields["task"].queryset = Task.objects.visible_to(actor)

    def search(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Find a number, or words of the agency's name; no diacritics needed."""
        for word in value.split():
            number = word.partition("/")[0]
            found = Q(agency__search_text__contains=fold(word))
            if number.isdecimal():
                found |= Q(paper__number=int(number))
            rows = rows.filter(found)
        return rows

    def in_state(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Narrow to one state, or to what is not sent out yet."""
        return rows.filter(STATES[value])

    def is_issued_from(self, rows: QuerySet, name: str, day: date) -> QuerySet:
        """Narrow to those issued on that day or later."""
        return rows.filter(issued_then__gte=local_midnight(day))

    def is_issued_to(self, rows: QuerySet, name: str, day: date) -> QuerySet:
        """Narrow to those issued on that day or earlier."""
        return rows.filter(issued_then__lt=local_midnight_after(day))


def urgings_of(actor: Actor, past: datetime | None = None) -> QuerySet:
    """Return the urgings the actor may see, with what a row of the list shows; an agency saw at a
    past instant those issued to it by then.
    """
    rows = Urging.objects.visible_to(actor).standing(past)
    if not actor.sees_everything:
        rows = rows.filter(issued_then__isnull=False)
    rows = rows.select_related("agency", "paper", "drafted_by__user")
    return rows.annotate(task_count=Count("listed", distinct=True))


def as_they_stood(urgings: list[Urging]) -> list[Urging]:
    """Return rows of the list as they stood then, for the page to show.

    A signature taken back since stood then: its paper is read.
    """
    for urging in urgings:
        urging.issued_at, urging.dropped_at = urging.issued_then, urging.dropped_then
        urging.paper_id = urging.paper_then
    prefetch_related_objects(urgings, "paper")
    return urgings
