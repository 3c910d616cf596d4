"""Shares closed agencies still owe as helpers: the successor gives them (rules 2.5, 5.9)."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agencies.holders import Handing, OpenWork
from agencies.models import Agency, ReorganisationMove
from tasks.models import Contribution, Coordination
from tasks.models.working import CoordinationQuerySet
from tasks.moving.owed import OwedOnce
from tasks.states import OPEN


class HelpersShares(OwedOnce[Coordination]):
    """The shares closed agencies owe in tasks that others lead and that go on."""

    model = Coordination
    within = "task"
    goes_along = ("asked", "due_at")
    moved = "task.share_moved"
    moved_back = "task.share_moved_back"

    def owed(self, agencies: Sequence[Agency]) -> CoordinationQuerySet:
        """Return what was asked and not given in whole."""
        rows = Coordination.objects.current().filter(
            agency__in=agencies, delivered_at__isnull=True, task__state__in=OPEN
        )
        return rows.exclude(task__lead__in=agencies).select_related("task__lead")

    def work(self, row: Coordination) -> OpenWork:
        """Say that the successor gives the share."""
        return OpenWork(
            thing=row,
            agency_id=row.agency_id,
            title=str(row.task),
            effect=_("the successor gives it; where it helps or leads already, once"),
            mark=f"{row.due_at}:{row.asked}",
            due_at=row.share_due_at,
            competence_id=row.task.competence_id,
            words=f"{row.asked} {row.task.title} {row.task.text}",
        )

    def needs_none(self, row: Coordination, successor: Agency) -> bool:
        """Whoever leads the task does not help with it."""
        return row.task.lead_id == successor.pk

    def _there(self, handed: Sequence[Handing]) -> dict[tuple[int, int], Coordination]:
        """Return the successors' shares that stand: what ended is not begun again, but anew."""
        there = super()._there(handed)
        return {place: row for place, row in there.items() if row.is_current}

    def _taken_over(
        self, old: Coordination, successor: Agency, began: Coordination | None
    ) -> Coordination:
        """Return the successor's share, asked of it from the move on (rule 3.9)."""
        return Coordination.objects.create(
            task=old.task, agency=successor, asked=old.asked, due_at=old.due_at,
            asked_at=old.moved_at,
        )  # fmt: skip

    def _put_back(self, moved: Sequence[tuple[Coordination, Coordination]], at: datetime) -> None:
        """End the successor's share and ask the old agency again: what stood between stays."""
        for old, new in moved:
            if new != old:
                Coordination.objects.filter(pk=new.pk).update(left_at=at)
        Coordination.objects.bulk_create(
            Coordination(
                task=old.task, agency=old.agency, asked=old.asked, due_at=old.due_at, asked_at=at
            )
            for old, _new in moved
        )

    def acted_on(
        self, moves: Sequence[ReorganisationMove], at: datetime, *, locking: bool = False
    ) -> dict[int, str | Promise]:
        """A share of which the successor gave anything stays with it."""
        wanted = {pk for move in moves for pk in (move.thing_id, move.new_id)}
        rows = Coordination.objects.filter(pk__in=wanted).order_by("pk")
        if locking:
            rows = rows.select_for_update(of=("self",))
        there = {row.pk: row for row in rows if row.left_at is None}
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
