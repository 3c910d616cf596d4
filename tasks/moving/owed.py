"""What closed agencies owe once within a thing, and how it is handed over and back (rule 2.5).

A share of a task, the acknowledgement of a directive, the list of a campaign: an agency has one row
there. Moved, the old row ends (`moved_at`) and the successor's begins, unless it was asked itself.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Generic, TypeVar

from django.db import models

from agencies.acting import Actor
from agencies.holders import Handing, OpenWork
from agencies.models import Agency, ReorganisationMove
from tasks.models import Acknowledgement, CampaignEntry, Coordination
from tasks.moving.telling import Moved, tell_successors

Row = TypeVar("Row", Acknowledgement, CampaignEntry, Coordination)


class OwedOnce(Generic[Row]):
    """One kind of `WorkKind` whose rows belong to a thing and an agency and know `moved_at`."""

    model: type[Row]
    within: str
    """The field of the thing the row belongs to."""
    goes_along: tuple[str, ...] = ()
    """The fields that hold for the successor as they held for the closed agency."""
    moved: str
    moved_back: str
    """The acts that tell either way."""

    def owed(self, agencies: Sequence[Agency]) -> models.QuerySet:
        """Return what the agencies have still to give."""
        raise NotImplementedError

    def work(self, row: Row) -> OpenWork:
        """Say what moving the row would do."""
        raise NotImplementedError

    def needs_none(self, row: Row, successor: Agency) -> bool:
        """Whether the successor owes nothing of the kind there."""
        return False

    def told_on(self, row: Row) -> models.Model:
        """Return whose story tells of the move."""
        return getattr(row, self.within)

    def open_work(
        self, agencies: Sequence[Agency], at: datetime, *, locking: bool = False
    ) -> Iterator[OpenWork]:
        """Yield what is owed in order."""
        rows = self.owed(agencies)
        if locking:
            rows = rows.select_for_update(of=("self",))
        for row in rows.select_related("agency").order_by("pk"):
            yield self.work(row)

    def transfer(self, handed: Sequence[Handing], actor: Actor, at: datetime) -> list[Row]:
        """End each old row as moved; begin the successor's, unless it owes it itself or never."""
        there = self._there(handed)
        became = []
        for one in handed:
            old: Row = one.work.thing
            old.moved_at = at
            place = (getattr(old, f"{self.within}_id"), one.successor.pk)
            began = there.get(place)
            has_its_own = began is not None and began.moved_at is None
            if has_its_own or self.needs_none(old, one.successor):
                became.append(old)
                continue
            there[place] = self._taken_over(old, one.successor, began)
            became.append(there[place])
        self.model.objects.bulk_update([one.work.thing for one in handed], ["moved_at"])
        told = [
            (self.told_on(new), one.work.thing.agency, one.successor)
            for one, new in zip(handed, became, strict=True)
        ]
        tell_successors(self.moved, told, actor, at)
        return became

    def undo(self, moves: Sequence[ReorganisationMove], actor: Actor, at: datetime) -> None:
        """Let the closed agency owe it again and the successor no longer."""
        wanted = {pk for move in moves for pk in (move.thing_id, move.new_id)}
        rows = self.model.objects.select_related(self.within, "agency").in_bulk(wanted)
        self._put_back([(rows[move.thing_id], rows[move.new_id]) for move in moves], at)
        told = [
            (self.told_on(rows[move.new_id]), rows[move.thing_id].agency, move.successor)
            for move in moves
        ]
        self.tell_back(told, actor, at)

    def _put_back(self, moved: Sequence[tuple[Row, Row]], at: datetime) -> None:
        """Let each old row stand again, and the successor's no longer."""
        for old, new in moved:
            new.moved_at = at
            old.moved_at = None
        rows = {row.pk: row for pair in moved for row in pair}
        self.model.objects.bulk_update(rows.values(), ["moved_at"])

    def tell_back(self, told: Sequence[Moved], actor: Actor, at: datetime) -> None:
        """Tell the successors that it is theirs no longer."""
        tell_successors(self.moved_back, told, actor, at)

    def _there(self, handed: Sequence[Handing]) -> dict[tuple[int, int], Row]:
        """Return the successors' own rows within the same things."""
        rows = self.model.objects.filter(
            **{f"{self.within}__in": [getattr(one.work.thing, self.within) for one in handed]},
            agency__in={one.successor.pk for one in handed},
        )
        return {
            (getattr(row, f"{self.within}_id"), row.agency_id): row
            for row in rows.select_related(self.within)
        }

    def _taken_over(self, old: Row, successor: Agency, began: Row | None) -> Row:
        """Return the successor's row: a new one, or one that had moved away before."""
        thing = getattr(old, self.within)
        new = began or self.model(**{self.within: thing}, agency=successor)
        for field in self.goes_along:
            setattr(new, field, getattr(old, field))
        new.moved_at = None
        new.save()
        return new
