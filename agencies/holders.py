"""The registry through which an operation reaches what higher floors hold (style.md).

A calendar change or a merged agency must touch every open deadline and every piece of open work,
wherever it lives. Each app registers one holder in `AppConfig.ready()`.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.functional import Promise

from agencies.models import Agency, ReorganisationMove


@dataclass(frozen=True)
class OpenDeadline:
    """One open deadline that came from a term: the thing, its instant and its arithmetic."""

    thing: models.Model
    due_at: datetime
    arithmetic: dict


@dataclass(frozen=True)
class OpenWork:
    """One open thing of an agency that is closed, and what moving it would do (rule 2.5).

    `mark` changes with whatever would make the preview wrong. With `stays` (why) it does not move.
    `competence_id` and `words` suggest which of several successors takes it over.
    """

    thing: models.Model
    agency_id: int
    title: str
    effect: str | Promise
    mark: str
    due_at: datetime | None = None
    stays: str | Promise = ""
    competence_id: int | None = None
    words: str = ""

    @property
    def group(self) -> str | Promise:
        """What kind of thing it is, in the reader's language."""
        return self.thing._meta.verbose_name_plural

    @property
    def key(self) -> str:
        """What names it in a form."""
        return f"{ContentType.objects.get_for_model(self.thing).pk}-{self.thing.pk}"


@dataclass(frozen=True)
class Handing:
    """One thing on its way to the successor chosen for it."""

    work: OpenWork
    successor: Agency


class MovesWork(Protocol):
    """What moves a closed agency's open work to its successors, and back (rule 2.5)."""

    def open_work(
        self, agencies: Sequence[Agency], at: datetime, *, locking: bool = False
    ) -> Iterable[OpenWork]:
        """Return the open things of agencies, movable or not; `locking` locks their rows first."""

    def transfer(self, handed: Sequence[Handing], actor, at: datetime) -> list[models.Model]:
        """Give things to their successors, each with its event; return what each became."""

    def acted_on(
        self, moves: Sequence[ReorganisationMove], at: datetime, *, locking: bool = False
    ) -> dict[int, str | Promise]:
        """Return why moves can no longer be undone, by their id; those that can are left out."""

    def undo(self, moves: Sequence[ReorganisationMove], actor, at: datetime) -> None:
        """Give things back to the closed agency, each with its event."""


class WorkKind(MovesWork, Protocol):
    """One kind of open work a holder moves: things of one model."""

    model: type[models.Model]


class Holder(MovesWork, Protocol):
    """What an app that holds deadlines and work offers the ground floor."""

    def open_deadlines(self, at: datetime) -> Iterable[OpenDeadline]:
        """Return the open deadlines counted from a term (named days never move, rule 3.2)."""

    def move(self, deadline: OpenDeadline, due_at: datetime, arithmetic: dict, actor, at) -> None:
        """Move one deadline to a later instant, with its event."""


class HolderByKind:
    """A holder whose work is of several kinds, each a class of its own; locked in their order."""

    kinds: tuple[WorkKind, ...] = ()

    def open_work(
        self, agencies: Sequence[Agency], at: datetime, *, locking: bool = False
    ) -> Iterator[OpenWork]:
        """Yield the open things of every kind."""
        for kind in self.kinds:
            yield from kind.open_work(agencies, at, locking=locking)

    def transfer(self, handed: Sequence[Handing], actor, at: datetime) -> list[models.Model]:
        """Hand each thing to its kind; return what they became, in the order given."""
        became: dict[str, models.Model] = {}
        for kind in self.kinds:
            own = [one for one in handed if isinstance(one.work.thing, kind.model)]
            if own:
                news = kind.transfer(own, actor, at)
                became |= {one.work.key: new for one, new in zip(own, news, strict=True)}
        return [became[one.work.key] for one in handed]

    def acted_on(
        self, moves: Sequence[ReorganisationMove], at: datetime, *, locking: bool = False
    ) -> dict[int, str | Promise]:
        """Ask each kind about its own moves."""
        acted: dict[int, str | Promise] = {}
        for kind, own in self._by_kind(moves):
            acted |= kind.acted_on(own, at, locking=locking)
        return acted

    def undo(self, moves: Sequence[ReorganisationMove], actor, at: datetime) -> None:
        """Let each kind give its own back."""
        for kind, own in self._by_kind(moves):
            kind.undo(own, actor, at)

    def _by_kind(
        self, moves: Sequence[ReorganisationMove]
    ) -> Iterator[tuple[WorkKind, list[ReorganisationMove]]]:
        for kind in self.kinds:
            content_type = ContentType.objects.get_for_model(kind.model)
            own = [move for move in moves if move.thing_type_id == content_type.pk]
            if own:
                yield kind, own


_HOLDERS: dict[str, Holder] = {}


def register_holder(name: str, holder: Holder) -> None:
    """Add an app's holder under a name of its own."""
    _HOLDERS[name] = holder


def holders() -> dict[str, Holder]:
    """Return every holder by its name."""
    return _HOLDERS


def open_deadlines(at: datetime) -> Iterator[tuple[Holder, OpenDeadline]]:
    """Yield every open term deadline of every floor with the holder that can move it."""
    for holder in _HOLDERS.values():
        for deadline in holder.open_deadlines(at):
            yield holder, deadline


def open_work(
    agencies: Sequence[Agency], at: datetime, *, locking: bool = False
) -> Iterator[tuple[str, OpenWork]]:
    """Yield every open thing of agencies with the name of its holder."""
    for name, holder in _HOLDERS.items():
        for work in holder.open_work(agencies, at, locking=locking):
            yield name, work
