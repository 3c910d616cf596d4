"""Two people editing one thing: the second save is refused with what changed (rule 5.14)."""

from collections.abc import Callable, Iterable
from hashlib import sha256
from typing import Any, Protocol

from django.db import models
from django.utils.translation import gettext as _

from agencies.deadlines import ZONE
from agencies.models import Event
from agencies.refusals import Refused

MOST_TOLD = 3


class Versioned(Protocol):
    """A row that counts its changes; every form carries the number it was drawn from."""

    version: int


class Changed(Refused):
    """Somebody saved in between, so nothing is overwritten.

    `differences` are (field, stored, typed), `told` says who changed what and when, `version` is
    the one stored now. The page shows both, and the next save is knowingly on top.
    """

    def __init__(
        self,
        differences: Iterable[tuple[str, Any, Any]] = (),
        *,
        told: str = "",
        version: int | str | None = None,
    ) -> None:
        self.differences = list(differences)
        self.version = version
        sentence = _(
            "This changed while the page was open. What you typed is kept: read what changed, "
            "then send again."
        )
        super().__init__(f"{sentence} {told}".strip())


def refuse_stale(
    row: Versioned,
    version: int | None,
    *,
    told: Callable[[], str] = str,
    differences: Callable[[], Iterable[tuple[str, Any, Any]]] = list,
) -> None:
    """Refuse a form drawn from another version than the locked row has now; None asks nothing."""
    refuse_other(row.version, version, told=told, differences=differences)


def refuse_other(
    stored: int | str,
    given: int | str | None,
    *,
    told: Callable[[], str] = str,
    differences: Callable[[], Iterable[tuple[str, Any, Any]]] = list,
) -> None:
    """The same for what counts no versions: both are marks of a state (`mark_of`)."""
    if given is not None and given != stored:
        raise Changed(differences(), told=told(), version=stored)


def mark_of(*facts: Any) -> str:
    """Return what changes with any of the facts, for forms to carry."""
    return sha256(repr(facts).encode()).hexdigest()[:20]


def what_changed(*things: models.Model, acts: str = "", times: int = 1, **narrowed: Any) -> str:
    """Return the last acts on the things, each a sentence with its author and moment.

    `acts` is a beginning of their codes, `times` how many changes there were.
    """
    events = Event.objects.of(*things).filter(act__startswith=acts, **narrowed)
    last = events.select_related("actor").order_by("-effective_at", "-id")
    return " ".join(_told(event) for event in reversed(last[: max(1, min(times, MOST_TOLD))]))


def _told(event: Event) -> str:
    who = event.actor.full_name if event.actor else _("the program")
    when = event.effective_at.astimezone(ZONE)
    return f"{when:%d/%m/%Y %H:%M}, {who}: {event.sentence}."
