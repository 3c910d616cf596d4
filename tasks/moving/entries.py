"""Lists closed agencies have still to confirm: the successor confirms them (rules 2.5, 5.13)."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agencies.acting import Actor
from agencies.holders import Handing, OpenWork
from agencies.models import Agency, ReorganisationMove, record_all
from tasks.models import CampaignEntry, CampaignMark
from tasks.moving.telling import tell_successors


class ListsToConfirm:
    """The closed agencies' parts of running campaigns, not confirmed. What moved stands on the
    successor's list by itself; ticks and marks the old agency prepared stay its drafts.
    """

    model = CampaignEntry

    def open_work(
        self, agencies: Sequence[Agency], at: datetime, *, locking: bool = False
    ) -> Iterator[OpenWork]:
        """Yield them by campaign."""
        rows = CampaignEntry.objects.waiting().filter(agency__in=agencies)
        if locking:
            rows = rows.select_for_update(of=("self",))
        for entry in rows.select_related("campaign", "agency").order_by("pk"):
            yield OpenWork(
                thing=entry,
                agency_id=entry.agency_id,
                title=str(entry.campaign),
                effect=_("the successor confirms its list; asked itself, once"),
                mark=f"{entry.campaign.due_at}",
                due_at=entry.campaign.due_at,
                words=entry.campaign.title,
            )

    def transfer(
        self, handed: Sequence[Handing], actor: Actor, at: datetime
    ) -> list[CampaignEntry]:
        """End each entry as moved; ask the successor, unless it is asked itself."""
        there = self._there(handed)
        became = []
        for one in handed:
            old: CampaignEntry = one.work.thing
            old.moved_at = at
            began = there.get((old.campaign_id, one.successor.pk))
            if began is not None and began.moved_at is None:
                became.append(old)
                continue
            new = began or CampaignEntry(campaign=old.campaign, agency=one.successor)
            new.moved_at = None
            new.save()
            there[old.campaign_id, one.successor.pk] = new
            became.append(new)
        CampaignEntry.objects.bulk_update([one.work.thing for one in handed], ["moved_at"])
        moved = [(one.work.thing.campaign, one.work.thing.agency, one.successor) for one in handed]
        tell_successors("campaign.moved", moved, actor, at)
        return became

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

    def undo(self, moves: Sequence[ReorganisationMove], actor: Actor, at: datetime) -> None:
        """Ask the closed agency again and the successor no longer."""
        wanted = {pk for move in moves for pk in (move.thing_id, move.new_id)}
        rows = CampaignEntry.objects.select_related("campaign", "agency").in_bulk(wanted)
        for move in moves:
            rows[move.new_id].moved_at = at
            rows[move.thing_id].moved_at = None
        CampaignEntry.objects.bulk_update(rows.values(), ["moved_at"])
        told = [
            (
                rows[move.thing_id].campaign,
                {"from": move.successor.short_name, "to": rows[move.thing_id].agency.short_name},
            )
            for move in moves
        ]
        record_all("campaign.moved_back", told, actor, at)

    @staticmethod
    def _there(handed: Sequence[Handing]) -> dict[tuple[int, int], CampaignEntry]:
        """Return the successors' own entries in the same campaigns."""
        rows = CampaignEntry.objects.filter(
            campaign__in=[one.work.thing.campaign_id for one in handed],
            agency__in={one.successor.pk for one in handed},
        )
        return {(row.campaign_id, row.agency_id): row for row in rows.select_related("campaign")}
