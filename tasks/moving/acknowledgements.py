"""Acknowledgements closed agencies still owe: the successor gives them (rules 2.5, 4.3)."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agencies.acting import Actor
from agencies.holders import Handing, OpenWork
from agencies.models import Agency, ReorganisationMove
from tasks.models import Acknowledgement
from tasks.moving.telling import tell_successors


class OwedAcknowledgements:
    """Directives closed agencies have not acknowledged."""

    model = Acknowledgement

    def open_work(
        self, agencies: Sequence[Agency], at: datetime, *, locking: bool = False
    ) -> Iterator[OpenWork]:
        """Yield those that wait."""
        rows = Acknowledgement.objects.waiting().filter(agency__in=agencies)
        if locking:
            rows = rows.select_for_update(of=("self",))
        for row in rows.select_related("agency", "directive__kind").order_by("pk"):
            directive = row.directive
            yield OpenWork(
                thing=row,
                agency_id=row.agency_id,
                title=f"{directive} {directive.abstract}",
                effect=_("the successor acknowledges by the same day; asked itself, once"),
                mark=f"{row.due_at}",
                due_at=row.due_at,
                words=directive.abstract,
            )

    def transfer(
        self, handed: Sequence[Handing], actor: Actor, at: datetime
    ) -> list[Acknowledgement]:
        """Ask the successor by the same day, unless it was asked itself."""
        there = self._there(handed)
        became = []
        for one in handed:
            old: Acknowledgement = one.work.thing
            old.moved_at = at
            began = there.get((old.directive_id, one.successor.pk))
            if began is not None and began.moved_at is None:
                became.append(old)
                continue
            new = began or Acknowledgement(directive=old.directive, agency=one.successor)
            new.proposal_id, new.title, new.due_at = old.proposal_id, old.title, old.due_at
            new.moved_at = None
            new.save()
            there[old.directive_id, one.successor.pk] = new
            became.append(new)
        Acknowledgement.objects.bulk_update([one.work.thing for one in handed], ["moved_at"])
        pairs = [
            (new, one.work.thing.agency, one.successor)
            for one, new in zip(handed, became, strict=True)
        ]
        tell_successors("directive.acknowledgement_moved", pairs, actor, at)
        return became

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

    def undo(self, moves: Sequence[ReorganisationMove], actor: Actor, at: datetime) -> None:
        """Let the old one be owed again and end the successor's."""
        wanted = {pk for move in moves for pk in (move.thing_id, move.new_id)}
        rows = Acknowledgement.objects.select_related("agency", "directive").in_bulk(wanted)
        for move in moves:
            rows[move.new_id].moved_at = at
            rows[move.thing_id].moved_at = None
        Acknowledgement.objects.bulk_update(rows.values(), ["moved_at"])
        pairs = [(rows[move.new_id], rows[move.thing_id].agency, move.successor) for move in moves]
        tell_successors("directive.acknowledgement_moved_back", pairs, actor, at)

    def _there(self, handed: Sequence[Handing]) -> dict[tuple[int, int], Acknowledgement]:
        rows = Acknowledgement.objects.filter(
            directive__in=[one.work.thing.directive_id for one in handed],
            agency__in={one.successor.pk for one in handed},
        )
        return {(row.directive_id, row.agency_id): row for row in rows}
