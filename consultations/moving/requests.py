"""Consultations a closed agency asks: the successor takes the requester's place (rule 2.5)."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agencies.acting import Actor
from agencies.holders import Handing, OpenWork
from agencies.models import Agency, Event, ReorganisationMove, record
from consultations.lifecycle.lines import end_line
from consultations.models import Consultation, Dossier, Opinion
from consultations.stances import Ending
from tasks.models import Task
from tasks.states import OPEN

ENDED = (Dossier.State.REJECTED, Dossier.State.CLOSED, Dossier.State.WITHDRAWN)


class OwnRequests:
    """The consultations closed agencies ask that still run or serve work that goes on. Those of an
    open dossier go along with it.
    """

    model = Consultation

    def open_work(
        self, agencies: Sequence[Agency], at: datetime, *, locking: bool = False
    ) -> Iterator[OpenWork]:
        """Yield them in order."""
        asked = Consultation.objects.filter(requester__in=agencies, withdrawn_at__isnull=True)
        if locking:
            list(asked.select_for_update(of=("self",)).order_by("pk"))
        rows = asked.filter(Q(dossier__isnull=True) | Q(dossier__state__in=ENDED))
        for row in _running_or_needed(rows, at).select_related("task", "requester").order_by("pk"):
            yield OpenWork(
                thing=row,
                agency_id=row.requester_id,
                title=str(row),
                effect=_("the successor takes the requester's place; what was said stays"),
                mark=f"{row.version}:{row.due_at}",
                due_at=row.due_at,
                competence_id=row.task.competence_id if row.task else None,
                words=f"{row.title} {row.background}",
            )

    def transfer(self, handed: Sequence[Handing], actor: Actor, at: datetime) -> list[Consultation]:
        """Put each successor in the requester's place."""
        for one in handed:
            give_request(one.work.thing, one.successor, actor, at)
        return [one.work.thing for one in handed]

    def acted_on(
        self, moves: Sequence[ReorganisationMove], at: datetime, *, locking: bool = False
    ) -> dict[int, str | Promise]:
        """What the successor has done something with as the requester stays with it."""
        rows = Consultation.objects.filter(pk__in=[move.thing_id for move in moves])
        if locking:
            list(rows.select_for_update(of=("self",)).order_by("pk"))
        return {
            move.pk: _("the successor has acted as the requester")
            for move in moves
            if requester_acted(move.thing_id, move.successor, move.reorganisation.moved_at)
        }

    def undo(self, moves: Sequence[ReorganisationMove], actor: Actor, at: datetime) -> None:
        """Put the closed agency back in the requester's place."""
        rows = Consultation.objects.select_related("requester", "task").in_bulk(
            [move.thing_id for move in moves]
        )
        for move in moves:
            give_request_back(rows[move.thing_id], move, actor, at)


def _running_or_needed(rows: QuerySet, at: datetime) -> QuerySet:
    """Narrow to those a line of which runs, and those that serve a task still open."""
    running = Consultation.objects.open(at).order_by().values("pk")
    return rows.filter(Q(pk__in=running) | Q(task__state__in=OPEN))


def give_request(row: Consultation, successor: Agency, actor: Actor, at: datetime) -> None:
    """Put the successor in the requester's place; asked itself, it asks itself no longer."""
    old = row.requester
    ended = row.opinions.filter(agency=successor, ended_at__isnull=True).first()
    if ended is not None:
        end_line(ended, Ending.MOVED, at)
    row.requester = successor
    row.task = _row_of_successor(row.task, old, successor)
    _finished(row)
    record(
        "consultation.moved", row, actor, at, title=row.title, to=successor.short_name,
        ended=ended and ended.pk, **{"from": old.short_name},
    )  # fmt: skip


def give_request_back(
    row: Consultation, move: ReorganisationMove, actor: Actor, at: datetime
) -> None:
    """Put the closed agency back in the requester's place, as it was."""
    moved = Event.objects.of(row).filter(
        act="consultation.moved", recorded_at=move.reorganisation.moved_at
    )
    ended = moved.last().params.get("ended")
    Opinion.objects.filter(pk=ended).update(ending="", ended_at=None)
    old = move.reorganisation.agency
    if row.task is not None and row.task.lead_id == move.successor_id and row.task.previous_id:
        before = Task.objects.get(pk=row.task.previous_id)
        row.task = before if before.lead_id == old.pk else row.task
    row.requester = old
    _finished(row)
    record(
        "consultation.moved_back", row, actor, at, title=row.title, to=old.short_name,
        **{"from": move.successor.short_name},
    )  # fmt: skip


def requester_acted(consultation_id: int, successor: Agency, since: datetime) -> bool:
    """Return whether the successor did anything with a consultation as its requester."""
    types = ContentType.objects.get_for_models(Consultation, Opinion)
    lines = Opinion.objects.filter(consultation=consultation_id).values("pk")
    return (
        Event.objects.filter(
            Q(thing_type=types[Consultation], thing_id=consultation_id)
            | Q(thing_type=types[Opinion], thing_id__in=lines)
        )
        .filter(post__agency=successor, recorded_at__gt=since)
        .exists()
    )


def _row_of_successor(task: Task | None, old: Agency, successor: Agency) -> Task | None:
    """Return the row that took the task over, where its lead was the closed agency."""
    if task is None or task.lead_id != old.pk:
        return task
    return Task.objects.following(task).filter(lead=successor).first() or task


def _finished(row: Consultation) -> None:
    row.version += 1
    row.save()
