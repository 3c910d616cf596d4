"""Who may ask, prepare and send at all: what a post carries before any line is looked at
(domain 2, 6.1, 6.5). What may be done on a thing in a state stands in `table.py`.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agencies.acting import Actor
from agencies.functions import Function
from agencies.refusals import NotYours

HEADS = (Function.AGENCY_HEAD, Function.OFFICE_CHIEF)
PREPARES = (*HEADS, Function.AGENCY_STAFF, Function.OFFICER, Function.CLERK)


@dataclass(frozen=True)
class Permit:
    """One kind of act: its code (delegations name beginnings of it), who may, and what one is told
    who may not. An act on a line is its own agency's only.
    """

    code: str
    functions: tuple[str, ...]
    refusal: str | Promise


ASK = Permit(
    "consultation.ask",
    HEADS,
    _("Only the head of an agency, a deputy or a delegate asks for opinions."),
)
DRAFT = Permit(
    "opinion.draft",
    PREPARES,
    _("Only the agency that is asked prepares this opinion."),
)
REPLY = Permit(
    "opinion.reply",
    HEADS,
    _("Only the head of the agency asked, a deputy or a delegate sends its opinion."),
)


def may(act: Permit, actor: Actor, agency_id: int | None = None) -> bool:
    """Return whether the actor may do the act, for the agency of the line where it is on one."""
    if agency_id is not None and actor.agency_id != agency_id:
        return False
    return actor.agency_id is not None and actor.has(*act.functions) and actor.may_do(act.code)


def demand(act: Permit, actor: Actor, agency_id: int | None = None) -> None:
    """Refuse whoever may not do the act."""
    if not may(act, actor, agency_id):
        raise NotYours(act.refusal)
