"""The acts on an urging: from which states, by whom, to what (rules 2.2, 2.3, 2.8, 8.2).

Numbers and issue of a signed letter are acts on its paper, in the register of outgoing papers.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agencies.acting import Actor
from agencies.functions import Function
from agencies.refusals import NotYours, Refused
from tasks.models import Urging

State = Urging.State
DRAFT, SIGNED, ISSUED, DROPPED = State.DRAFT, State.SIGNED, State.ISSUED, State.DROPPED


def prepares(actor: Actor, urging: Urging | None = None) -> bool:
    """Officers and the chief prepare urgings."""
    return actor.is_office and actor.may_do("urging.draft")


def signs(actor: Actor, urging: Urging) -> bool:
    """The chief or a deputy by order, or a leader: in person, as an order is not passed on.

    An urging of the Office itself is a leader's (rule 2.3).
    """
    if actor.delegation is not None or actor.post is None:
        return False
    return actor.is_leader or (actor.has(Function.OFFICE_CHIEF) and not urging.is_the_offices)


def issues(actor: Actor, urging: Urging) -> bool:
    """The chief signs, numbers and issues in one act; a leader leaves numbers to the clerk."""
    return signs(actor, urging) and actor.has(Function.OFFICE_CHIEF)


@dataclass(frozen=True)
class Act:
    """One act: its name on a button, the states it starts from, who does it, where it leads."""

    code: str
    label: str | Promise
    done: str | Promise
    from_states: tuple[str, ...]
    who: Callable[[Actor, Urging], bool]
    who_words: str | Promise
    to: str

    def refusal(self, urging: Urging, actor: Actor) -> Refused | None:
        """Return why the actor may not do it on the urging as it stands, or None."""
        if not self.who(actor, urging):
            return NotYours(str(self.who_words))
        if urging.state not in self.from_states:
            return Refused(
                _("The urging is “%(state)s” now; somebody was quicker.")
                % {"state": urging.state_text}
            )
        return None


_OFFICE = _("Officers and the office chief prepare urgings.")
_SIGNERS = _("The office chief, a deputy or a leader signs an urging; the Office's own, a leader.")

ACTS: dict[str, Act] = {
    act.code: act
    for act in (
        Act("edit", _("Edit the text"), _("The text is saved."), (DRAFT,), prepares, _OFFICE,
            DRAFT),
        Act("renew", _("Bring the list up to date"), _("The list is up to date."), (DRAFT,),
            prepares, _OFFICE, DRAFT),
        Act("drop", _("Throw the draft away"), _("The draft is thrown away."), (DRAFT,), prepares,
            _OFFICE, DROPPED),
        Act("sign", _("Sign"), _("Signed. The clerk numbers and issues it."), (DRAFT,), signs,
            _SIGNERS, SIGNED),
        Act("issue", _("Sign, number and issue"), _("The urging is issued; the agency is told."),
            (DRAFT, SIGNED), issues, _SIGNERS, ISSUED),
    )
}  # fmt: skip


def possible(urging: Urging, actor: Actor) -> list[Act]:
    """Return the acts the actor may do on the urging now."""
    return [act for act in ACTS.values() if act.refusal(urging, actor) is None]
