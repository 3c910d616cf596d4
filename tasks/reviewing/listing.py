"""What the pages of review campaigns list: campaigns, agencies asked, corrections marked.

Addresses other pages link to:

- campaigns: `q` (words of code or title), `state` (`draft`, `running`, `closed`, `dropped`),
  `as_of` (as things stood at the end of that day, rule 8.9); `sort`: `title`, `due`, `opened`,
  `confirmed`, `marks` (corrections waiting), `own`; descending with `-`
- the agencies of a campaign: `show` (`silent`, `confirmed`, `in_time`, `late`);
  `sort`: `agency`, `confirmed`, `by`, `tasks`, `marks`
- corrections: `campaign` (code), `agency` (code), `kind`, `decision` (`waiting`, `applied`,
  `refused`), `as_of`; `sort`: `made`, `agency`, `kind`, `task`
- spot checks: `sort`: `title`, `period`, `drawn`, `size`, `done`, `not_done`, `waiting`
"""

from datetime import datetime

import django_filters as filters
from django.db.models import (
    Count,
    F,
    Func,
    IntegerField,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Sum,
)
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from agencies.acting import Actor
from agencies.listing import ListFilter
from agencies.models import Agency
from tasks.models import CampaignEntry, CampaignMark, ReviewCampaign, Task

CAMPAIGN_SORTS = {
    "title": ("title",),
    "due": ("due_then",),
    "opened": ("opened_then",),
    "confirmed": ("confirmed",),
    "marks": ("waiting_marks",),
    "own": ("own_confirmed_at",),
}
STATES = {
    "draft": Q(opened_then__isnull=True, closed_then__isnull=True),
    "running": Q(opened_then__isnull=False, closed_then__isnull=True),
    "closed": Q(opened_then__isnull=False, closed_then__isnull=False),
    "dropped": Q(opened_then__isnull=True, closed_then__isnull=False),
}
ENTRY_SORTS = {
    "agency": ("agency__kind__order", "agency__order"),
    "confirmed": ("confirmed_at",),
    "by": ("confirmed_by__user__name_key",),
    "tasks": ("listed_count",),
    "marks": ("mark_count",),
}
SPOT_CHECK_SORTS = {
    "title": ("title",),
    "period": ("to_on",),
    "drawn": ("drawn_at",),
    "size": ("size",),
    "done": ("done",),
    "not_done": ("not_done",),
    "waiting": ("waiting",),
}
MARK_SORTS = {
    "made": ("made_at",),
    "agency": ("entry__agency__kind__order", "entry__agency__order", "made_at"),
    "kind": ("kind", "made_at"),
    "task": ("task__code",),
}
WAITING = Q(marks__decision="")


class CampaignFilter(ListFilter):
    """What the list of campaigns can be narrowed by."""

    q = filters.CharFilter(label=_("Code or words"), method="search")
    state = filters.ChoiceFilter(
        label=_("State"),
        method="in_state",
        choices=[
            ("draft", _("draft")),
            ("running", _("running")),
            ("closed", _("closed")),
            ("dropped", _("dropped")),
        ],
    )

    class Meta:
        model = ReviewCampaign
        fields: list[str] = []

    def search(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Find words of the code or the title."""
        for word in value.split():
            rows = rows.filter(Q(code__icontains=word) | Q(title__icontains=word))
        return rows

    def in_state(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Narrow to one state."""
        return rows.filter(STATES[value])


class MarkFilter(ListFilter):
    """What the list of corrections can be narrowed by."""

    campaign = filters.ModelChoiceFilter(
        label=_("Review campaign"),
        queryset=ReviewCampaign.objects.filter(opened_at__isnull=False),
        to_field_name="code",
        field_name="entry__campaign",
    )
    agency = filters.ModelChoiceFilter(
        label=_("Agency"),
        queryset=Agency.objects.in_official_order(),
        to_field_name="code",
        field_name="entry__agency",
    )
    kind = filters.ChoiceFilter(label=_("What is wrong"), choices=CampaignMark.Kind.choices)
    decision = filters.ChoiceFilter(
        label=_("State"),
        method="is_decided",
        choices=[("waiting", _("waiting")), *CampaignMark.Decision.choices],
    )

    class Meta:
        model = CampaignMark
        fields: list[str] = []

    def is_decided(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Narrow to what waits, was applied or was refused."""
        return rows.filter(decision_then="" if value == "waiting" else value)


def campaigns_of(actor: Actor, past: datetime | None = None) -> QuerySet:
    """Return the campaigns the actor may see, with how far each is or was at a past instant; an
    agency saw then those opened by then (constant queries).
    """
    entries = CampaignEntry.objects.current(past).filter(campaign=OuterRef("pk")).order_by()
    given = Q(confirmed_at__isnull=False) if past is None else Q(confirmed_at__lte=past)
    marks = CampaignMark.objects.undecided(past).filter(entry__campaign=OuterRef("pk"))
    rows = ReviewCampaign.objects.visible_to(actor).standing(past)
    if not actor.sees_everything:
        rows = rows.filter(opened_then__isnull=False)
    return rows.select_related("directive__kind").annotate(
        asked=_count(entries, "campaign"),
        confirmed=_count(entries.filter(given), "campaign"),
        waiting_marks=_count(marks, "entry__campaign"),
        own_confirmed_at=Subquery(
            entries.filter(given, agency=actor.agency_id).values("confirmed_at")[:1]
        ),
    )


def as_it_stood(campaign: ReviewCampaign) -> ReviewCampaign:
    """Return a row of the list as it stood then, for the page to show."""
    campaign.opened_at, campaign.closed_at = campaign.opened_then, campaign.closed_then
    campaign.due_at = campaign.due_then
    return campaign


def _count(rows: QuerySet, by: str) -> Coalesce:
    counted = rows.order_by().values(by).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


def entries_of(campaign: ReviewCampaign, show: str = "") -> QuerySet:
    """Return the agencies asked, with how long their list was and how many marks wait."""
    rows = (
        campaign.entries.current()
        .select_related("agency", "campaign", "confirmed_by__user", "confirmed_by__title")
        .annotate(
            listed_count=_length("listed"),
            mark_count=Count("marks"),
            waiting_count=Count("marks", filter=WAITING),
        )
    )
    given = Q(confirmed_at__isnull=False)
    narrowed = {
        "silent": ~given,
        "confirmed": given,
        "in_time": Q(confirmed_at__lt=campaign.due_at),
        "late": Q(confirmed_at__gte=campaign.due_at),
    }
    return rows.filter(narrowed[show]) if show in narrowed else rows


def marks_of(actor: Actor, past: datetime | None = None) -> QuerySet:
    """Return the corrections given to the Office that the actor may see, with what acts ask."""
    tasks = Task.objects.for_acts().select_related("lead", "supervisor", "officer__user")
    return (
        CampaignMark.objects.visible_to(actor)
        .standing(past)
        .select_related(
            "entry__campaign__directive__kind", "entry__agency", "made_by__user",
            "decided_by__user",
        )
        .prefetch_related(Prefetch("task", queryset=tasks))
    )  # fmt: skip


def figures_of(campaign: ReviewCampaign) -> dict:
    """Return the campaign in figures: who confirmed, what was listed, what was marked (5.13)."""
    given = Q(confirmed_at__isnull=False)
    counted = campaign.entries.current().aggregate(
        asked=Count("pk"),
        confirmed=Count("pk", filter=given),
        late=Count("pk", filter=Q(confirmed_at__gte=campaign.due_at)),
        listed=Coalesce(Sum(_length("listed")), 0),
    )
    marks = CampaignMark.objects.given().filter(entry__campaign=campaign)
    by_kind = marks.order_by().values("kind").annotate(
        marked=Count("pk"),
        waiting=Count("pk", filter=Q(decision="")),
        applied=Count("pk", filter=Q(decision=CampaignMark.Decision.APPLIED)),
        refused=Count("pk", filter=Q(decision=CampaignMark.Decision.REFUSED)),
    )  # fmt: skip
    kinds = {row["kind"]: row for row in by_kind}
    lines = [
        {"kind": kind, "label": label, **_line(kinds.get(kind, {}))}
        for kind, label in CampaignMark.Kind.choices
    ]
    wrong = marks.filter(task__isnull=False).order_by().values("entry", "task").distinct().count()
    total = {name: sum(line[name] for line in lines) for name in COLUMNS}
    return {
        **counted,
        "in_time": counted["confirmed"] - counted["late"],
        "silent": counted["asked"] - counted["confirmed"],
        "right": counted["listed"] - wrong,
        "wrong": wrong,
        "kinds": lines,
        "total": total,
    }


COLUMNS = ("marked", "waiting", "applied", "refused")


def _line(row: dict) -> dict[str, int]:
    return {name: row.get(name, 0) for name in COLUMNS}


def _length(column: str) -> Func:
    return Func(F(column), function="jsonb_array_length", output_field=IntegerField())
