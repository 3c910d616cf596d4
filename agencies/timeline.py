"""A thing's story as pages show it: by day, the newest first, filtered, older entries folded.

Pages give events (`Event.objects.of(…).for_timeline()`), and facts of time that look like them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from itertools import groupby
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from agencies.deadlines import local_day
from agencies.differences import Difference, of_event
from agencies.models import Attachment, Event

SHOWN = 30
"""How many entries a page shows before the others fold."""
FEW = 8
"""A shorter story needs no filter."""
ALL, DECISIONS, FILES = "", "decisions", "files"
WORDS: dict[str, str | Promise] = {
    ALL: _("All"),
    DECISIONS: _("Decisions"),
    FILES: _("With files"),
}

_DECISIONS: set[str] = set()


def register_decisions(*acts: str) -> None:
    """Say which acts are decisions, by beginnings of their codes."""
    _DECISIONS.update(acts)


def is_decision(act: str) -> bool:
    """Whether an act decides something, so that it stays when only decisions are shown."""
    return act.startswith(tuple(_DECISIONS))


@dataclass(frozen=True)
class Passed:
    """A fact of time in a story: nobody's act, derived when it is read (rule 3.7)."""

    effective_at: datetime
    sentence: str
    actor: None = None
    params: dict = field(default_factory=dict)
    files: models.QuerySet = field(default_factory=Attachment.objects.none)
    act: str = ""
    is_weighty: bool = True
    pk: int = 0

    @property
    def recorded_at(self) -> datetime:
        """Equal to the effective time: nothing was recorded."""
        return self.effective_at


@dataclass(frozen=True)
class Entry:
    """One event, or fact of time, with what it changed, in the reader's words."""

    event: Event | Passed

    @cached_property
    def turns(self) -> list[Difference]:
        """What the page knows the event to have turned: a state, a deadline."""
        return getattr(self.event, "turns", [])

    @cached_property
    def differences(self) -> list[Difference]:
        """The fields the event keeps as changed."""
        changes = self.event.params.get("changes") or []
        return of_event(self.event.act, _model_of(self.event), changes) if changes else []

    @property
    def under(self) -> str:
        """The post acted under with its capacity, and whose authority that was (rules 2.1, 2.2)."""
        event = self.event
        if event.actor is None or event.post is None:
            return ""
        words = f"{event.capacity} {event.post.words}".strip()
        if event.on_behalf_of is None:
            return words
        return f"{words} ({_now('for %(head)s') % {'head': event.on_behalf_of.words}})"

    @property
    def day(self) -> date:
        """The local day on which it took effect."""
        return local_day(self.event.effective_at)

    @property
    def is_recorded_later(self) -> bool:
        """Whether it was written down at another moment than it took effect."""
        return self.event.recorded_at != self.event.effective_at


class Timeline:
    """The entries of a page, as its address narrows them: `?story=decisions&older=1`."""

    def __init__(self, events: Iterable, query: QueryDict | None = None) -> None:
        self.query = QueryDict() if query is None else query
        wanted = self.query.get("story", ALL)
        self.kind = wanted if wanted in WORDS else ALL
        self.shows_all = self.query.get("older") == "1"
        self.everything = sorted(events, key=_place, reverse=True)

    @classmethod
    def whole(cls, events: Iterable) -> "Timeline":
        """Return the complete story, to be printed: from the beginning on."""
        story = cls(events, QueryDict("older=1"))
        story.everything.reverse()
        return story

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many entries each filter holds."""
        return {kind: sum(_is_of(event, kind) for event in self.everything) for kind in WORDS}

    @property
    def filters(self) -> list[dict]:
        """The ways to narrow a story long enough for it; one without entries is left out."""
        if len(self.everything) <= FEW:
            return []
        return [
            {
                "label": label,
                "count": self.counts[kind],
                "url": self._address(story=kind, older=""),
                "here": kind == self.kind,
            }
            for kind, label in WORDS.items()
            if self.counts[kind] or kind == self.kind
        ]

    @property
    def older_url(self) -> str:
        """Where everything is shown."""
        return self._address(older="1")

    def _address(self, **changed: str) -> str:
        query = self.query.copy()
        for name, value in changed.items():
            query[name] = value
            if not value:
                del query[name]
        return f"?{query.urlencode()}#story"

    @cached_property
    def entries(self) -> list[Entry]:
        """What is shown."""
        fitting = [Entry(event) for event in self.everything if _is_of(event, self.kind)]
        return fitting if self.shows_all else fitting[:SHOWN]

    @property
    def folded(self) -> int:
        """How many older entries are not shown."""
        return self.counts[self.kind] - len(self.entries)

    @property
    def days(self) -> Iterator[tuple[date, list[Entry]]]:
        """The entries shown, by local day."""
        return ((day, list(of_day)) for day, of_day in groupby(self.entries, lambda one: one.day))


def _place(event: Any) -> tuple[datetime, int]:
    return event.effective_at, event.pk


def _is_of(event: Any, kind: str) -> bool:
    if kind == DECISIONS:
        return is_decision(event.act)
    return kind == ALL or bool(event.files.all())


def _model_of(event: Event) -> type[models.Model] | None:
    return ContentType.objects.get_for_id(event.thing_type_id).model_class()
