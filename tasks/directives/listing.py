"""The list of directives: filters in the address, search without diacritics, constant queries.

`as_of`: as things stood at the end of that ISO day (rule 8.9).
"""

from datetime import datetime

import django_filters as filters
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from agencies.listing import ListFilter, day_filter, sorted_rows, with_beginnings
from tasks.models import Acknowledgement, Authority, Directive, DirectiveKind, Proposal, Task
from tasks.states import State

SORTS = {
    "number": ("number_key",),
    "date": ("issued_on",),
    "issuer": ("issuer__order", "issuer__name"),
    "tasks": ("task_total",),
    "drafted": ("drafted_at",),
}


class DirectiveFilter(ListFilter):
    """What the list can be narrowed by."""

    q = filters.CharFilter(label=_("Number or words"), method="search")
    state = filters.ChoiceFilter(
        label=_("State"), method="in_state",
        choices=[
            ("draft", _("draft")),
            ("to_approve", _("registered, not approved yet")),
            ("approved", _("approved")),
            ("misdirected", _("returned as misdirected")),
        ],
    )  # fmt: skip
    kind = filters.ModelChoiceFilter(label=_("Kind"), queryset=DirectiveKind.objects.all())
    issuer = filters.ModelChoiceFilter(label=_("Issuer"), queryset=Authority.objects.all())
    issued_from = day_filter(_("From"), field_name="issued_on", lookup_expr="gte")
    issued_to = day_filter(_("To"), field_name="issued_on", lookup_expr="lte")

    class Meta:
        model = Directive
        fields: list[str] = []

    def search(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Find every word, the last ones by their beginning too; no diacritics needed."""
        return with_beginnings(rows, value)

    def in_state(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Narrow to drafts, to what waits for approval, was approved, or was returned."""
        if value in (Directive.State.DRAFT, Directive.State.MISDIRECTED):
            return rows.filter(state_then=value)
        rows = rows.filter(state_then=Directive.State.REGISTERED)
        return rows.filter(approved_then__isnull=value == "to_approve")


def seen(actor, past: datetime | None = None) -> QuerySet:
    """Return the directives the actor may see, as they stand or stood at a past instant; a draft
    then was the Office's alone.
    """
    rows = Directive.objects.visible_to(actor).standing(past)
    return rows if actor.sees_everything else rows.exclude(state_then=Directive.State.DRAFT)


def listed(rows: QuerySet, actor, sort: str, past: datetime | None = None) -> QuerySet:
    """Return the rows with what the list shows, in the order asked for (newest first)."""
    tasks = Task.objects.visible_to(actor).counted().filter(directive=OuterRef("pk"))
    tasks = tasks.now() if past is None else tasks.as_of(past)
    waiting = Acknowledgement.objects.visible_to(actor).waiting(past)
    waiting = waiting.filter(directive=OuterRef("pk"))
    proposals = Proposal.objects.filter(directive=OuterRef("pk")).exclude(
        state=Proposal.State.DROPPED
    )
    rows = rows.select_related("kind", "issuer").annotate(
        task_total=_count(tasks, "directive"),
        task_done=_count(tasks.filter(state_then=State.COMPLETED), "directive"),
        waiting_acknowledgements=_count(waiting, "directive"),
        proposal_total=_count(proposals, "directive"),
    )
    return sorted_rows(rows, SORTS, sort, "-drafted")


def figures(actor, past: datetime | None = None) -> dict[str, int]:
    """Return how many the actor sees, and how many are drafts or wait for approval."""
    draft, registered = Q(state_then=Directive.State.DRAFT), Directive.State.REGISTERED
    return seen(actor, past).aggregate(
        total=Count("pk"),
        drafts=Count("pk", filter=draft),
        to_approve=Count("pk", filter=Q(approved_then__isnull=True, state_then=registered)),
    )


def _count(rows: QuerySet, by: str) -> Coalesce:
    counted = rows.order_by().values(by).annotate(n=Count("pk", distinct=True)).values("n")
    return Coalesce(Subquery(counted), 0)
