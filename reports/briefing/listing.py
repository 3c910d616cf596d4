"""What the list of briefings is narrowed and sorted by.

- `state`: of `Briefing.State`; `as_of`: as things stood at the end of that ISO day (rule 8.9)
- `sort`: `title`, `day`, `chair`; descending with `-`
"""

from datetime import datetime

import django_filters as filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from agencies.acting import Actor
from agencies.listing import ListFilter
from agencies.models import OutgoingPaper
from reports.models import Briefing

SORTS = {"title": ("title",), "day": ("held_on",), "chair": ("chaired_by__user__name_key",)}


class BriefingFilter(ListFilter):
    """What the list can be narrowed by."""

    state = filters.ChoiceFilter(
        label=_("State"), choices=Briefing.State.choices, field_name="state_then"
    )

    class Meta:
        model = Briefing
        fields: list[str] = []


def listed(actor: Actor, past: datetime | None = None) -> QuerySet:
    """Return the briefings the actor may see, now or then; an agency saw those whose notice was
    issued by then.
    """
    rows = Briefing.objects.visible_to(actor).standing(past)
    if past is not None and not actor.sees_everything:
        rows = rows.filter(state_then=Briefing.State.ISSUED)
    return rows.select_related("paper", "chaired_by__user")


def as_it_stood(briefing: Briefing, past: datetime | None = None) -> Briefing:
    """Return a row of the list as it stood then, for the page to show."""
    state, paper = briefing.state_then, briefing.paper
    if state == Briefing.State.RUNNING:
        briefing.closed_at = None
    if state in (Briefing.State.RUNNING, Briefing.State.CLOSED):
        briefing.paper = None
    else:
        paper.hide_number_after(past)
    if state == Briefing.State.SIGNED:
        paper.state = OutgoingPaper.State.SIGNED
    return briefing
