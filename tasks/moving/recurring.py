"""Recurring work of closed agencies: the coming occurrences open for the successor (2.5, 5.10).

The rule's row changes hands itself, so that the constraint on its periods still makes doubles
impossible; occurrences opened before are tasks of their own and move as such.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agencies.acting import Actor
from agencies.deadlines import local_day
from agencies.holders import Handing, OpenWork
from agencies.models import Agency, Event, ReorganisationMove, record_all
from tasks.models import Recurrence


class RecurringWork:
    """Recurrences that closed agencies lead or help with, and that go on."""

    model = Recurrence

    def open_work(
        self, agencies: Sequence[Agency], at: datetime, *, locking: bool = False
    ) -> Iterator[OpenWork]:
        """Yield those that have not ended."""
        goes_on = Q(ends_on__isnull=True) | Q(ends_on__gte=local_day(at))
        helped = Recurrence.objects.filter(coordinating__in=agencies).order_by().values("pk")
        rows = Recurrence.objects.filter(goes_on, Q(lead__in=agencies) | Q(pk__in=helped))
        if locking:
            rows = rows.select_for_update(of=("self",))
        found = rows.select_related("lead").prefetch_related("coordinating").order_by("pk")
        for row in found:
            for agency in agencies:
                if agency == row.lead or agency in row.coordinating.all():
                    yield self._work(row, agency)

    def _work(self, row: Recurrence, agency: Agency) -> OpenWork:
        leads = row.lead_id == agency.pk
        return OpenWork(
            thing=row,
            agency_id=agency.pk,
            title=str(row),
            effect=_("coming occurrences open for the successor")
            if leads
            else _("the successor helps with coming occurrences"),
            mark=f"{row.version}",
            competence_id=row.competence_id,
            words=f"{row.title} {row.text}",
        )

    def transfer(self, handed: Sequence[Handing], actor: Actor, at: datetime) -> list[Recurrence]:
        """Give each rule's lead, or its helper's place, to the successor."""
        told = [
            (one.work.thing, _give(one.work.thing, one.work.agency_id, one.successor))
            for one in handed
        ]
        record_all("recurrence.moved", told, actor, at)
        return [row for row, _params in told]

    def acted_on(
        self, moves: Sequence[ReorganisationMove], at: datetime, *, locking: bool = False
    ) -> dict[int, str | Promise]:
        """A rule that opened an occurrence since, or was changed, stays with the successor."""
        moved_at = moves[0].reorganisation.moved_at
        by_id = {move.thing_id: move for move in moves}
        rows = Recurrence.objects.filter(pk__in=by_id)
        if locking:
            list(rows.select_for_update().order_by("pk"))
        changed = Event.objects.filter(
            thing_type=ContentType.objects.get_for_model(Recurrence),
            thing_id__in=by_id,
            recorded_at__gt=moved_at,
        )
        opened = rows.filter(
            occurrences__assigned_at__gt=moved_at, occurrences__previous__isnull=True
        )
        acted = {*changed.values_list("thing_id", flat=True), *opened.values_list("pk", flat=True)}
        return {by_id[pk].pk: _("an occurrence was opened since") for pk in acted}

    def undo(self, moves: Sequence[ReorganisationMove], actor: Actor, at: datetime) -> None:
        """Give the rule back to the closed agency, in the place it had."""
        rows = Recurrence.objects.select_related("lead").in_bulk([m.thing_id for m in moves])
        moved = Event.objects.filter(
            thing_type=ContentType.objects.get_for_model(Recurrence),
            thing_id__in=rows,
            act="recurrence.moved",
            recorded_at=moves[0].reorganisation.moved_at,
        )
        params = {event.thing_id: event.params for event in moved}
        told = []
        for move in moves:
            row, old = rows[move.thing_id], move.reorganisation.agency
            _give_back(row, old, move.successor, params[row.pk])
            told.append((row, {"from": move.successor.short_name, "to": old.short_name}))
        record_all("recurrence.moved_back", told, actor, at)


def _give(row: Recurrence, old_id: int, new: Agency) -> dict:
    """Put the successor in the closed agency's place; return what undoing needs to know."""
    helped = row.coordinating.filter(pk=new.pk).exists()
    if row.lead_id == old_id:
        place, name = "lead", row.lead.short_name
        row.lead = new
        row.coordinating.remove(new)
    else:
        old = Agency.objects.get(pk=old_id)
        place, name = "helper", old.short_name
        row.coordinating.remove(old)
        if row.lead_id != new.pk:
            row.coordinating.add(new)
    _finished(row)
    return {"from": name, "to": new.short_name, "place": place, "helped": helped}


def _give_back(row: Recurrence, old: Agency, new: Agency, moved: dict) -> None:
    if moved["place"] == "lead":
        row.lead = old
        if moved["helped"]:
            row.coordinating.add(new)
    else:
        if not moved["helped"]:
            row.coordinating.remove(new)
        row.coordinating.add(old)
    _finished(row)


def _finished(row: Recurrence) -> None:
    row.version += 1
    row.save(update_fields=["lead", "version"])
