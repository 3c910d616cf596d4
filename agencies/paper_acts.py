"""One row of the tables of acts on what becomes an outgoing paper: an urging, a briefing's notice.

Signing, numbers and issue of the paper itself are acts in its register (`agencies.outgoing`).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from agencies.acting import Actor
from agencies.refusals import NotYours, Refused


class Thing(Protocol):
    """What the acts are done on: it knows where it stands."""

    @property
    def state(self) -> str:
        """Where it stands."""

    @property
    def state_text(self) -> str:
        """The same in words."""


@dataclass(frozen=True)
class Act:
    """One act: its button, what the page says when it is `done`, the states it starts from, who
    does it, where it leads; a guard says what else stands against it.
    """

    code: str
    label: str | Promise
    done: str | Promise
    from_states: tuple[str, ...]
    who: Callable[[Actor, Any], bool]
    who_words: str | Promise
    to: str
    guard: Callable[[Any], str | Promise | None] | None = None

    def refusal(self, thing: Thing, actor: Actor) -> Refused | None:
        """Return why the actor may not do it on the thing as it stands, or None."""
        if not self.who(actor, thing):
            return NotYours(str(self.who_words))
        if thing.state not in self.from_states:
            words = _("It is “%(state)s” now; somebody was quicker.")
            return Refused(words % {"state": thing.state_text})
        against = self.guard(thing) if self.guard else None
        return Refused(str(against)) if against else None


def possible(acts: Mapping[str, Act], thing: Thing, actor: Actor) -> dict[str, Act]:
    """Return the acts the actor may do on the thing now, by code."""
    return {code: act for code, act in acts.items() if act.refusal(thing, actor) is None}
