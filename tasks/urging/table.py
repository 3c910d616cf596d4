"""The acts on an urging: from which states, by whom, to what (rules 2.2, 2.3, 2.8, 8.2).

Numbers and issue of a signed letter are acts on its paper, in the register of outgoing papers.
"""

from django.utils.translation import gettext_lazy as _

from agencies.acting import Actor
from agencies.functions import Function
from agencies.paper_acts import Act
from tasks.models import Urging

State = Urging.State
FOR_THE_COMMITTEE, BY_ORDER = "TM.", "TL."
"""The capacities in which urgings are signed: a leader's, and the chief's (rule 2.2)."""
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


def withdraws(actor: Actor, urging: Urging) -> bool:
    """Who signs may take a signature back before the letter goes out; a leader's, a leader."""
    by_a_leader = urging.paper is not None and urging.paper.capacity == FOR_THE_COMMITTEE
    return signs(actor, urging) and (actor.is_leader or not by_a_leader)


_OFFICE = _("Officers and the office chief prepare urgings.")
_SIGNERS = _("The office chief, a deputy or a leader signs an urging; the Office's own, a leader.")

_WITHDRAWERS = _("Whoever may sign an urging takes its signature back; a leader's, a leader.")

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
        Act("withdraw", _("Take the signature back"), _("The letter is a draft again."), (SIGNED,),
            withdraws, _WITHDRAWERS, DRAFT),
    )
}  # fmt: skip
