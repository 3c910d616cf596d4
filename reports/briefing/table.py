"""The acts on a briefing: from which states, by whom, to what (rules 2.8, 8.3).

What a decision changes on a task, a difficulty or an urging is that thing's own act, with its own
permission.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agencies.acting import Actor
from agencies.functions import Function
from agencies.paper_acts import Act
from reports.models import Briefing

State = Briefing.State
RUNNING, CLOSED, SIGNED, ISSUED = State.RUNNING, State.CLOSED, State.SIGNED, State.ISSUED


def holds(actor: Actor, briefing: Briefing | None = None) -> bool:
    """The Office and the leaders hold briefings and record what is decided."""
    return (actor.is_office or actor.is_leader) and actor.may_do("briefing.hold")


def writes(actor: Actor, briefing: Briefing | None = None) -> bool:
    """The Office writes the notice."""
    return actor.is_office and actor.may_do("briefing.hold")


def signs(actor: Actor, briefing: Briefing | None = None) -> bool:
    """The office chief or a deputy signs the notice in the Office's own name, in person."""
    return actor.has(Function.OFFICE_CHIEF) and actor.delegation is None


def is_no_directive_yet(briefing: Briefing) -> str | Promise | None:
    """A notice becomes one directive, once."""
    if briefing.directive_id is not None:
        return _("The notice became a directive before.")
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
            writes, _WRITERS, ISSUED, is_no_directive_yet),
    )
}  # fmt: skip
