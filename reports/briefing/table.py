"""The acts on a briefing: from which states, by whom, to what (rules 2.8, 8.3).

What a decision changes on a task, a difficulty or an urging is that thing's own act, with its own
permission.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agencies.acting import Actor
from agencies.functions import Function
from agencies.refusals import NotYours, Refused
from reports.models import Briefing

State = Briefing.State
RUNNING, CLOSED, SIGNED, ISSUED = State.RUNNING, State.CLOSED, State.SIGNED, State.ISSUED


def holds(actor: Actor) -> bool:
    """The Office and the leaders hold briefings and record what is decided."""
    return (actor.is_office or actor.is_leader) and actor.may_do("briefing.hold")


def writes(actor: Actor) -> bool:
    """The Office writes the notice."""
    return actor.is_office and actor.may_do("briefing.hold")


def signs(actor: Actor) -> bool:
    """The office chief or a deputy signs the notice in the Office's own name, in person."""
    return actor.has(Function.OFFICE_CHIEF) and actor.delegation is None


@dataclass(frozen=True)
class Act:
    """One act: its button, the states it starts from, who does it, where it leads."""

    code: str
    label: str | Promise
    done: str | Promise
    from_states: tuple[str, ...]
    who: Callable[[Actor], bool]
    who_words: str | Promise
    to: str

    def refusal(self, briefing: Briefing, actor: Actor) -> Refused | None:
        """Return why the actor may not do it on the briefing as it stands, or None."""
        if not self.who(actor):
            return NotYours(str(self.who_words))
        if briefing.state not in self.from_states:
            return Refused(_("The briefing is “%(state)s” now.") % {"state": briefing.state_text})
        if self.code == "direct" and briefing.directive_id is not None:
            return Refused(_("The notice became a directive before."))
        return None


_HOLDERS = _("Leaders and the Office hold briefings.")
_WRITERS = _("The Office writes the notice of a briefing.")
_SIGNERS = _("The office chief or a deputy signs the notice.")

ACTS: dict[str, Act] = {
    act.code: act
    for act in (
        Act("decide", _("Record the decision"), _("The decision is recorded."), (RUNNING,), holds,
            _HOLDERS, RUNNING),
        Act("withdraw", _("Take the decision back"), _("The decision is taken back."), (RUNNING,),
            holds, _HOLDERS, RUNNING),
        Act("close", _("End the briefing and draft the notice"),
            _("The briefing is closed; read the notice drafted from its decisions."), (RUNNING,),
            holds, _HOLDERS, CLOSED),
        Act("edit", _("Edit the notice"), _("The notice is saved."), (CLOSED,), writes, _WRITERS,
            CLOSED),
        Act("sign", _("Sign"), _("Signed. The clerk numbers and issues it."), (CLOSED,), signs,
            _SIGNERS, SIGNED),
        Act("issue", _("Sign, number and issue the notice"),
            _("The notice is issued; the agencies it names are told."), (CLOSED, SIGNED), signs,
            _SIGNERS, ISSUED),
        Act("direct", _("Make it a directive"),
            _("A draft directive was made of the notice; its decisions are proposals."), (ISSUED,),
            writes, _WRITERS, ISSUED),
    )
}  # fmt: skip


def possible(briefing: Briefing, actor: Actor) -> dict[str, Act]:
    """Return the acts the actor may do on the briefing now, by code."""
    return {code: act for code, act in ACTS.items() if act.refusal(briefing, actor) is None}
