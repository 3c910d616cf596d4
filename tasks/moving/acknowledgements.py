"""Acknowledgements closed agencies still owe: the successor gives them (rules 2.5, 4.3)."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agencies.holders import OpenWork
from agencies.models import Agency, ReorganisationMove
from tasks.models import Acknowledgement
from tasks.models.proposal import AcknowledgementQuerySet
from tasks.moving.owed import OwedOnce


class OwedAcknowledgements(OwedOnce[Acknowledgement]):
    """Directives closed agencies have not acknowledged: the successor does, by the same day."""

    model = Acknowledgement
    within = "directive"
    goes_along = ("proposal_id", "title", "due_at")
    moved = "directive.acknowledgement_moved"
    moved_back = "directive.acknowledgement_moved_back"

    def owed(self, agencies: Sequence[Agency]) -> AcknowledgementQuerySet:
        """Return those that wait."""
        rows = Acknowledgement.objects.waiting().filter(agency__in=agencies)
        return rows.select_related("directive__kind")

    def work(self, row: Acknowledgement) -> OpenWork:
        """Say that the successor acknowledges."""
        directive = row.directive
        return OpenWork(
            thing=row,
            agency_id=row.agency_id,
            title=f"{directive} {directive.abstract}",
            effect=_("the successor acknowledges by the same day; asked itself, once"),
            mark=f"{row.due_at}",
            due_at=row.due_at,
            words=directive.abstract,
        )

    def told_on(self, row: Acknowledgement) -> Acknowledgement:
        """An acknowledgement is between the addressee and the Office: it tells its own story."""
        return row

    def acted_on(
        self, moves: Sequence[ReorganisationMove], at: datetime, *, locking: bool = False
    ) -> dict[int, str | Promise]:
        """What the successor acknowledged stays acknowledged."""
        by_new = {move.new_id: move for move in moves if not move.is_absorbed}
        rows = Acknowledgement.objects.filter(pk__in=by_new)
        if locking:
            rows = rows.select_for_update(of=("self",)).order_by("pk")
        return {
            by_new[row.pk].pk: _("the successor has acknowledged it")
            for row in rows
            if row.acknowledged_at is not None
        }
