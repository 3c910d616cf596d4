"""Dossiers of a closed agency: the successor goes on with them as they lie (rules 2.5, 7)."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agencies.acting import Actor
from agencies.holders import Handing, OpenWork
from agencies.models import Agency, Event, ReorganisationMove, record
from consultations.models import Consultation, Dossier
from consultations.moving.requests import (
    ENDED,
    give_request,
    give_request_back,
    requester_acted,
)
from tasks.models import Task


class OpenDossiers:
    """The dossiers of closed agencies that no decision or withdrawal has ended."""

    model = Dossier

    def open_work(
        self, agencies: Sequence[Agency], at: datetime, *, locking: bool = False
    ) -> Iterator[OpenWork]:
        """Yield them in order."""
        rows = Dossier.objects.filter(agency__in=agencies).exclude(state__in=ENDED)
        if locking:
            rows = rows.select_for_update(of=("self",))
        for row in rows.select_related("agency").order_by("pk"):
            yield OpenWork(
                thing=row,
                agency_id=row.agency_id,
                title=str(row),
                effect=_("goes on where it lies, with its consultations"),
                mark=f"{row.version}:{row.state}",
                due_at=row.due_at,
                competence_id=row.competence_id,
                words=row.title,
            )

    def transfer(self, handed: Sequence[Handing], actor: Actor, at: datetime) -> list[Dossier]:
        """Give each dossier, its consultations and the rows of its tasks to the successor."""
        for one in handed:
            row: Dossier = one.work.thing
            old = row.agency
            for asked in self._asked(row, old):
                give_request(asked, one.successor, actor, at)
            took_over = Task.objects.filter(previous__in=row.tasks.all(), lead=one.successor)
            row.tasks.add(*took_over)
            self._put(row, one.successor)
            record(
                "dossier.moved", row, actor, at,
                to=one.successor.short_name, **{"from": old.short_name},
            )  # fmt: skip
        return [one.work.thing for one in handed]

    def acted_on(
        self, moves: Sequence[ReorganisationMove], at: datetime, *, locking: bool = False
    ) -> dict[int, str | Promise]:
        """A dossier anybody has acted on since, or whose consultations the successor has."""
        by_id = {move.thing_id: move for move in moves}
        moved_at = moves[0].reorganisation.moved_at
        rows = Dossier.objects.filter(pk__in=by_id).prefetch_related("consultations")
        if locking:
            list(Dossier.objects.filter(pk__in=by_id).select_for_update().order_by("pk"))
        events = Event.objects.filter(
            thing_type=ContentType.objects.get_for_model(Dossier),
            thing_id__in=by_id,
            recorded_at__gt=moved_at,
        )
        touched = set(events.values_list("thing_id", flat=True))
        return {
            by_id[row.pk].pk: _("it has been acted on")
            for row in rows
            if row.pk in touched
            or any(
                requester_acted(one.pk, by_id[row.pk].successor, moved_at)
                for one in row.consultations.all()
            )
        }

    def undo(self, moves: Sequence[ReorganisationMove], actor: Actor, at: datetime) -> None:
        """Give each dossier back as it was."""
        rows = Dossier.objects.select_related("agency").in_bulk([move.thing_id for move in moves])
        for move in moves:
            row, old = rows[move.thing_id], move.reorganisation.agency
            for asked in self._asked(row, move.successor):
                give_request_back(asked, move, actor, at)
            row.tasks.remove(*row.tasks.filter(lead=move.successor, previous__lead=old))
            self._put(row, old)
            record(
                "dossier.moved_back", row, actor, at,
                to=old.short_name, **{"from": move.successor.short_name},
            )  # fmt: skip

    @staticmethod
    def _asked(row: Dossier, requester: Agency) -> list[Consultation]:
        asked = row.consultations.filter(requester=requester).select_related("requester", "task")
        return list(asked.order_by("pk"))

    @staticmethod
    def _put(row: Dossier, agency: Agency) -> None:
        row.agency = agency
        row.version += 1
        row.save()
