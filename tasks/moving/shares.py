"""Shares closed agencies still owe as helpers: the successor gives them (rules 2.5, 5.9)."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agencies.acting import Actor
from agencies.holders import Handing, OpenWork
from agencies.models import Agency, ReorganisationMove
from tasks.models import Contribution, Coordination
from tasks.moving.telling import Moved, tell_successors
from tasks.states import OPEN


class HelpersShares:
    """The shares closed agencies owe in tasks that others lead and that go on."""

    model = Coordination

    def open_work(
        self, agencies: Sequence[Agency], at: datetime, *, locking: bool = False
    ) -> Iterator[OpenWork]:
        """Yield what was asked and not given in whole."""
        rows = (
            Coordination.objects.current()
            .filter(agency__in=agencies, delivered_at__isnull=True, task__state__in=OPEN)
            .exclude(task__lead__in=agencies)
        )
        if locking:
            rows = rows.select_for_update(of=("self",))
        for share in rows.select_related("task__lead", "agency").order_by("pk"):
            yield OpenWork(
                thing=share,
                agency_id=share.agency_id,
                title=str(share.task),
                effect=_("the successor gives it; where it helps or leads already, once"),
                mark=f"{share.due_at}:{share.asked}",
                due_at=share.share_due_at,
                competence_id=share.task.competence_id,
                words=f"{share.asked} {share.task.title} {share.task.text}",
            )

    def transfer(self, handed: Sequence[Handing], actor: Actor, at: datetime) -> list[Coordination]:
        """End each old share; begin the successor's, unless it helps with the task or leads it."""
        there = self._there(handed)
        became = []
        for one in handed:
            old: Coordination = one.work.thing
            old.moved_at = at
            began = there.get((old.task_id, one.successor.pk))
            has_its_own = began is not None and began.moved_at is None
            if has_its_own or old.task.lead_id == one.successor.pk:
                became.append(old)
                continue
            new = began or Coordination(task=old.task, agency=one.successor)
            new.asked, new.due_at, new.moved_at = old.asked, old.due_at, None
            new.save()
            there[old.task_id, one.successor.pk] = new
            became.append(new)
        Coordination.objects.bulk_update([one.work.thing for one in handed], ["moved_at"])
        shares = [(one.work.thing, one.successor) for one in handed]
        tell_successors("task.share_moved", _moved(shares), actor, at)
        return became

    def acted_on(
        self, moves: Sequence[ReorganisationMove], at: datetime, *, locking: bool = False
    ) -> dict[int, str | Promise]:
        """A share of which the successor gave anything stays with it."""
        wanted = {pk for move in moves for pk in (move.thing_id, move.new_id)}
        rows = Coordination.objects.filter(pk__in=wanted).order_by("pk")
        if locking:
            rows = rows.select_for_update(of=("self",))
        there = {row.pk: row for row in rows}
        given = Contribution.objects.filter(coordination__in=wanted)
        begun = set(given.values_list("coordination", flat=True))
        acted: dict[int, str | Promise] = {}
        for move in moves:
            if not {move.thing_id, move.new_id} <= there.keys():
                acted[move.pk] = _("the Office has changed who helps")
            elif not move.is_absorbed and (
                there[move.new_id].delivered_at is not None or move.new_id in begun
            ):
                acted[move.pk] = _("the successor has given its share")
        return acted

    def undo(self, moves: Sequence[ReorganisationMove], actor: Actor, at: datetime) -> None:
        """Let the old share be owed again and end the successor's."""
        wanted = {pk for move in moves for pk in (move.thing_id, move.new_id)}
        rows = Coordination.objects.select_related("task", "agency").in_bulk(wanted)
        pairs = [(rows[move.thing_id], move.successor) for move in moves]
        for move in moves:
            rows[move.new_id].moved_at = at
            rows[move.thing_id].moved_at = None
        Coordination.objects.bulk_update(rows.values(), ["moved_at"])
        tell_successors("task.share_moved_back", _moved(pairs), actor, at)

    def _there(self, handed: Sequence[Handing]) -> dict[tuple[int, int], Coordination]:
        """Return the successors' own shares in the same tasks."""
        rows = Coordination.objects.filter(
            task__in=[one.work.thing.task_id for one in handed],
            agency__in={one.successor.pk for one in handed},
        )
        return {(row.task_id, row.agency_id): row for row in rows}


def _moved(shares: Sequence[tuple[Coordination, Agency]]) -> list[Moved]:
    """A share is told on its task."""
    return [(share.task, share.agency, successor) for share, successor in shares]
