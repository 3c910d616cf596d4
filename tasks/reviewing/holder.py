"""What the ground floor may move of review campaigns: deadlines counted from a term (rule 3.5),
lists a closed agency has still to confirm (rule 2.5).
"""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction

from agencies.acting import Actor
from agencies.deadlines import Kind, local_day
from agencies.holders import HolderByKind, OpenDeadline
from agencies.models import record
from agencies.notices import owe_all
from tasks.models import ReviewCampaign
from tasks.moving.entries import ListsToConfirm
from tasks.reviewing.opening import told


class CampaignHolder(HolderByKind):
    """The holder of campaigns' deadlines and lists, registered in `agencies.holders`."""

    kinds = (ListsToConfirm(),)

    def open_deadlines(self, at: datetime) -> Iterator[OpenDeadline]:
        """Yield the running campaigns whose deadline was counted from a term."""
        rows = ReviewCampaign.objects.running()
        for campaign in rows.filter(due_at__gt=at, arithmetic__kind=str(Kind.TERM)).order_by("pk"):
            yield OpenDeadline(campaign, campaign.due_at, campaign.arithmetic)

    @transaction.atomic
    def move(
        self,
        deadline: OpenDeadline,
        due_at: datetime,
        arithmetic: dict,
        actor: Actor,
        at: datetime,
    ) -> None:
        """Move one campaign's deadline to a later instant, with its event; never to an earlier."""
        campaign = ReviewCampaign.objects.select_for_update().get(pk=deadline.thing.pk)
        if campaign.due_at != deadline.due_at or due_at <= campaign.due_at:
            return
        campaign.due_at, campaign.arithmetic = due_at, arithmetic
        campaign.version += 1
        campaign.save()
        event = record(
            "campaign.deadline_moved", campaign, actor, at, due_at=due_at.isoformat()
        )  # fmt: skip
        entries = (
            campaign.entries.current().filter(confirmed_at__isnull=True).select_related("agency")
        )
        owe_all(told([entry.agency for entry in entries], event, local_day(at)))
