"""The registry through which an operation reaches what higher floors hold (style.md).

A calendar change or a merged agency must touch every open deadline and every piece of open work,
wherever it lives. Each app registers one holder in `AppConfig.ready()`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.db import models


@dataclass(frozen=True)
class OpenDeadline:
    """One open deadline that came from a term: the thing, its instant and its arithmetic."""

    thing: models.Model
    due_at: datetime
    arithmetic: dict


class Holder(Protocol):
    """What an app that holds deadlines and work offers the ground floor."""

    def open_deadlines(self, at: datetime) -> Iterable[OpenDeadline]:
        """Return the open deadlines counted from a term (named days never move, rule 3.2)."""

    def move(self, deadline: OpenDeadline, due_at: datetime, arithmetic: dict, actor, at) -> None:
        """Move one deadline to a later instant, with its event."""


_HOLDERS: dict[str, Holder] = {}


def register_holder(name: str, holder: Holder) -> None:
    """Add an app's holder under a name of its own."""
    _HOLDERS[name] = holder


def open_deadlines(at: datetime) -> Iterator[tuple[Holder, OpenDeadline]]:
    """Yield every open term deadline of every floor with the holder that can move it."""
    for holder in _HOLDERS.values():
        for deadline in holder.open_deadlines(at):
            yield holder, deadline
