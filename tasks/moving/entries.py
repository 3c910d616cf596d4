"""Lists closed agencies have still to confirm: the successor confirms them (rules 2.5, 5.13)."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agencies.acting import Actor
from agencies.holders import OpenWork
from agencies.models import Agency, ReorganisationMove, record_all
from tasks.models import CampaignEntry, CampaignMark
from tasks.models.review import EntryQuerySet
from tasks.moving.owed import OwedOnce
from tasks.moving.telling import Moved


class ListsToConfirm(OwedOnce[CampaignEntry]):
    """The closed agencies' parts of running campaigns, not confirmed. What moved stands on the
    successor's list by itself; ticks and marks the old agency prepared stay its drafts.
    """

    model = CampaignEntry
    within = "campaign"
    moved = "campaign.moved"
    moved_back = "campaign.moved_back"

    def owed(self, agencies: Sequence[Agency]) -> EntryQuerySet:
        """Return them by campaign."""
        rows = CampaignEntry.objects.waiting().filter(agency__in=agencies)
        return rows.select_related("campaign")

    def work(self, row: CampaignEntry) -> OpenWork:
        """Say that the successor confirms the list."""
        return OpenWork(
            thing=row,
            agency_id=row.agency_id,
            title=str(row.campaign),
            effect=_("the successor confirms its list; asked itself, once"),
            mark=f"{row.campaign.due_at}",
            due_at=row.campaign.due_at,
            words=row.campaign.title,
        )

    def tell_back(self, told: Sequence[Moved], actor: Actor, at: datetime) -> None:
        """A campaign's story tells it of the agency that is asked again; nobody gets a message."""
        events = [
            (campaign, {"from": successor.short_name, "to": old.short_name})
            for campaign, old, successor in told
        ]
        record_all(self.moved_back, events, actor, at)

    def acted_on(
        self, moves: Sequence[ReorganisationMove], at: datetime, *, locking: bool = False
    ) -> dict[int, str | Promise]:
        """A list the successor has begun to go through stays with it."""
        by_new = {move.new_id: move for move in moves if not move.is_absorbed}
        rows = CampaignEntry.objects.filter(pk__in=by_new)
        if locking:
            list(rows.select_for_update(of=("self",)).order_by("pk"))
        marked = set(CampaignMark.objects.filter(entry__in=by_new).values_list("entry", flat=True))
        return {
            by_new[row.pk].pk: _("the successor has begun to confirm its list")
            for row in rows
            if row.confirmed_at is not None or row.checked or row.pk in marked
        }
