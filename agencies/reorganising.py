"""A closed agency's open work moves to its successors: preview, move, undo (rule 2.5).

One explicit operation in one transaction, one event a moved thing. The preview is what is moved:
its fingerprint is compared again once every row is locked. What nobody has acted on since can be
given back.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from hashlib import sha256

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.acting import Actor, heads_by_agency, holders_of
from agencies.deadlines import local_day
from agencies.fold import fold
from agencies.functions import Function
from agencies.holders import Handing, OpenWork, holders, open_work
from agencies.models import (
    Agency,
    AgencyCompetence,
    AlreadyDone,
    Event,
    Reorganisation,
    ReorganisationMove,
    record,
)
from agencies.notices import owe
from agencies.refusals import NotYours, Refused, demand_words

MOVE = "reorganisation.move"
CHANGED = gettext_lazy(
    "Something changed since this page was opened. Look at the list again, then move."
)


def may_move(actor: Actor, at: datetime) -> bool:
    """Return whether the actor moves closed agencies' work: the chief, without one the Chair."""
    if not actor.may_do(MOVE):
        return False
    if actor.has(Function.OFFICE_CHIEF):
        return True
    is_chair = actor.is_leader and not actor.authority.title.is_deputy
    return is_chair and actor.post in holders_of(Function.OFFICE_CHIEF, local_day(at))


@dataclass(frozen=True)
class Line:
    """One thing of the preview with the successor suggested for it, and why that one."""

    holder: str
    work: OpenWork
    suggested: Agency | None = None
    why: str | Promise = ""


@dataclass
class Preview:
    """What moving a closed agency's open work would do at an instant."""

    agency: Agency
    at: datetime
    locking: bool = field(default=False, repr=False)

    @cached_property
    def successors(self) -> list[Agency]:
        """The successors that are there on the day, in official order."""
        day = local_day(self.at)
        return list(self.agency.successors.open_on(day).in_official_order())

    @cached_property
    def _found(self) -> list[tuple[str, OpenWork]]:
        return list(open_work([self.agency], self.at, locking=self.locking))

    @cached_property
    def lines(self) -> list[Line]:
        """What moves, each with its suggestion."""
        suggesting = Suggesting(self.successors)
        return [
            Line(holder, work, *suggesting.of(work))
            for holder, work in self._found
            if not work.stays
        ]

    @property
    def staying(self) -> list[OpenWork]:
        """What does not move, with why."""
        return [work for _holder, work in self._found if work.stays]

    @property
    def fingerprint(self) -> str:
        """Changes with anything the preview shows, so that nothing moves that was not seen."""
        marks = sorted((work.key, work.mark, bool(work.stays)) for _holder, work in self._found)
        successors = [agency.pk for agency in self.successors]
        return sha256(repr((marks, successors)).encode()).hexdigest()[:20]


class Suggesting:
    """Which of several successors a thing fits: by competence, else by who its words name."""

    def __init__(self, successors: Sequence[Agency]) -> None:
        self.successors = successors
        rows = AgencyCompetence.objects.filter(agency__in=successors)
        self.competent = set(rows.values_list("agency", "competence")) if successors else set()
        self.names = {
            agency: {
                f" {fold(name)} " for name in (agency.name, agency.short_name, *agency.aliases)
            }
            for agency in successors
        }

    def of(self, work: OpenWork) -> tuple[Agency | None, str | Promise]:
        """Return the successor and why; nothing where none fits or several do."""
        if len(self.successors) == 1:
            return self.successors[0], ""
        competent = [a for a in self.successors if (a.pk, work.competence_id) in self.competent]
        if len(competent) == 1:
            return competent[0], gettext_lazy("by its competence")
        words = f" {fold(work.words)} "
        named = [a for a, names in self.names.items() if any(name in words for name in names)]
        if len(named) == 1:
            return named[0], gettext_lazy("named in its text")
        return None, ""


@transaction.atomic
def move(
    agency: Agency,
    actor: Actor,
    at: datetime,
    *,
    document_number: str,
    chosen: Mapping[str, Agency],
    fingerprint: str,
) -> Reorganisation:
    """Move everything the preview of that `fingerprint` showed; `chosen` is by the line's key.

    Refused as a whole when anything changed since the preview: a report sent meanwhile, a task
    assigned, a successor closed.
    """
    agency = _locked(agency, actor, at)
    if not agency.is_closed_on(local_day(at)):
        raise Refused(_("This agency is not closed yet."))
    if Reorganisation.objects.live().filter(agency=agency).exists():
        raise Refused(_("Its open work was moved already."))
    demand_words(document_number, "document_number", _("Give the number of the decision."))
    preview = Preview(agency, at, locking=True)
    if preview.fingerprint != fingerprint:
        raise Refused(CHANGED)
    handed = [(line.holder, _handing(line, preview, chosen)) for line in preview.lines]
    if not handed:
        raise Refused(_("Nothing of this agency is open any more."))
    moved = Reorganisation.objects.create(
        agency=agency,
        document_number=document_number.strip(),
        moved_at=at,
        moved_by=actor.post,
    )
    counted = Counter(one.successor for _holder, one in handed)
    record(
        "reorganisation.moved", moved, actor, at, key=actor.form_key, agency=agency.short_name,
        count=len(handed), number=moved.document_number,
        successors=[f"{one.short_name} ({count})" for one, count in counted.items()],
    )  # fmt: skip
    quiet = actor.with_form_key(None)
    for name, holder in holders().items():
        own = [one for holder_name, one in handed if holder_name == name]
        if own:
            _note(moved, name, own, holder.transfer(own, quiet, at))
    _tell(moved, counted, quiet, at)
    return moved


@transaction.atomic
def undo(reorganisation: Reorganisation, actor: Actor, at: datetime) -> Reorganisation:
    """Give back what nobody has acted on since; what was acted on stays with the successor."""
    _locked(reorganisation.agency, actor, at)
    moved = Reorganisation.objects.select_for_update().get(pk=reorganisation.pk)
    if moved.undone_at is not None:
        raise Refused(_("This was undone already."))
    going = [move for move, why in moves_of(moved, at, locking=True) if not why]
    if not going:
        raise Refused(_("Every thing has been acted on since; nothing can be given back."))
    kept = moved.moves.count() - len(going)
    moved.undone_at, moved.undone_by = at, actor.post
    moved.save(update_fields=["undone_at", "undone_by"])
    record(
        "reorganisation.undone", moved, actor, at, key=actor.form_key,
        agency=moved.agency.short_name, count=len(going), kept=kept,
    )  # fmt: skip
    quiet = actor.with_form_key(None)
    for name, holder in holders().items():
        own = [move for move in going if move.holder == name]
        if own:
            holder.undo(own, quiet, at)
    ReorganisationMove.objects.filter(pk__in=[move.pk for move in going]).update(undone_at=at)
    return moved


def moves_of(
    moved: Reorganisation, at: datetime, *, locking: bool = False
) -> list[tuple[ReorganisationMove, str | Promise]]:
    """Return the moves, each with why it can no longer be undone (empty: it can)."""
    rows = list(moved.moves.select_related("successor", "reorganisation"))
    acted: dict[int, str | Promise] = {}
    for name, holder in holders().items():
        own = [row for row in rows if row.holder == name]
        if own:
            acted |= holder.acted_on(own, at, locking=locking)
    return [(row, acted.get(row.pk, "")) for row in rows]


def unmoved(at: datetime) -> list[tuple[Agency, int]]:
    """Return the closed agencies whose open work nobody has moved, with how much that is."""
    closed = Agency.objects.filter(closed_on__lte=local_day(at)).in_official_order()
    waiting = list(closed.exclude(pk__in=Reorganisation.objects.live().values("agency")))
    if not waiting:
        return []
    counted = Counter(work.agency_id for _holder, work in open_work(waiting, at) if not work.stays)
    return [(agency, counted[agency.pk]) for agency in waiting if counted[agency.pk]]


def _locked(agency: Agency, actor: Actor, at: datetime) -> Agency:
    """Lock the agency's row: one reorganisation of an agency at a time."""
    if not may_move(actor, at):
        raise NotYours(_("The office chief moves a closed agency's work."))
    agency = Agency.objects.select_for_update().get(pk=agency.pk)
    done = actor.form_key and Event.objects.filter(key=actor.form_key).first()
    if done:
        raise AlreadyDone(done)
    return agency


def _handing(line: Line, preview: Preview, chosen: Mapping[str, Agency]) -> Handing:
    successor = chosen.get(line.work.key)
    if successor is None and len(preview.successors) == 1:
        successor = preview.successors[0]
    if successor not in preview.successors:
        raise Refused(
            _("Choose a successor for “%(thing)s”.") % {"thing": line.work.title},
            field=f"to-{line.work.key}",
        )
    return Handing(line.work, successor)


def _note(
    moved: Reorganisation, holder: str, handed: list[Handing], became: list[models.Model]
) -> None:
    """Write what moved where: the list of the result, and what undoing needs."""
    ReorganisationMove.objects.bulk_create(
        [
            ReorganisationMove(
                reorganisation=moved,
                holder=holder,
                thing_type=ContentType.objects.get_for_model(one.work.thing),
                thing_id=one.work.thing.pk,
                new_type=ContentType.objects.get_for_model(new),
                new_id=new.pk,
                successor=one.successor,
                text=one.work.title[:500],
                url=one.work.thing.get_absolute_url(),
                new_url=new.get_absolute_url(),
            )
            for one, new in zip(handed, became, strict=True)
        ]
    )


def _tell(moved: Reorganisation, counted: Counter[Agency], actor: Actor, at: datetime) -> None:
    """Tell each successor's head once how much it took over; each thing waits in the list."""
    heads = heads_by_agency([agency.pk for agency in counted], local_day(at))
    for agency, count in counted.items():
        event = record(
            "agency.took_over", agency, actor, at, **{"from": moved.agency.short_name},
            count=count, number=moved.document_number,
        )  # fmt: skip
        if agency.pk in heads:
            owe([heads[agency.pk].user], event, immediate=True)
