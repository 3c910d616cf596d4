"""What the Office sees of one campaign: who confirmed when, who is silent, what is marked."""

from collections.abc import Mapping
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet

from agencies.acting import Actor
from agencies.deadlines import local_day
from agencies.listing import sorted_rows
from agencies.models import Event
from tasks.judgement import Judgement
from tasks.models import CampaignEntry, ReviewCampaign
from tasks.reviewing.listing import ENTRY_SORTS, entries_of, figures_of
from tasks.reviewing.opening import asked_on
from tasks.reviewing.permits import (
    may_close_campaign,
    may_open_campaign,
    may_prepare_campaign,
)

PAGE = 50


def page_of(campaign: ReviewCampaign, actor: Actor, at: datetime, query: Mapping) -> dict:
    """Return the context of a campaign's page, narrowed and sorted as the address says."""
    judgement, show = Judgement.at(at), query.get("show", "")
    rows = sorted_rows(entries_of(campaign, show), ENTRY_SORTS, query.get("sort", ""), "agency")
    page = Paginator(rows, PAGE).get_page(query.get("page"))
    for entry in page.object_list:
        entry.silent_days = silent_days(campaign, entry, judgement)
    is_draft = campaign.is_draft
    return {
        "campaign": campaign,
        "figures": figures_of(campaign),
        "page": page,
        "show": show,
        "judgement": judgement,
        "asked": asked_on(campaign, local_day(at)) if is_draft else [],
        "may_prepare": is_draft and may_prepare_campaign(actor),
        "may_open": is_draft and may_open_campaign(actor),
        "may_close": campaign.is_running and may_close_campaign(actor),
        "events": _story(campaign),
    }


def silent_days(campaign: ReviewCampaign, entry: CampaignEntry, judgement: Judgement) -> int:
    """Return for how many working days the agency has been silent; 0 once it confirmed.

    A closed campaign counts to its closing.
    """
    if entry.confirmed_at is not None or campaign.opened_at is None:
        return 0
    until = campaign.closed_at or judgement.instant
    return judgement.calendar.working_days_between(local_day(campaign.opened_at), local_day(until))


def _story(campaign: ReviewCampaign) -> QuerySet:
    types = ContentType.objects.get_for_models(ReviewCampaign, CampaignEntry)
    entries = campaign.entries.order_by().values("pk")
    events = Event.objects.filter(
        Q(thing_type=types[ReviewCampaign], thing_id=campaign.pk)
        | Q(thing_type=types[CampaignEntry], thing_id__in=entries)
    )
    return events.order_by("-effective_at", "-id").for_timeline()
