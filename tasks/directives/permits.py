"""Who may do what with a directive (domain 2, table; rules 2.1, 4.3)."""

from django.utils.translation import gettext as _

from agencies.acting import Actor
from agencies.functions import Function
from agencies.models import Post
from agencies.refusals import NotYours
from tasks.models import Acknowledgement


def may_register(actor: Actor) -> bool:
    """Officers, the chief and the Office's clerk register directives and upload their files."""
    return (actor.is_office or actor.is_office_clerk) and actor.may_do("directive.register")


def may_review(actor: Actor) -> bool:
    """Officers and the chief prepare tasks, up to approval."""
    return actor.is_office and actor.may_do("proposal.")


def may_approve(actor: Actor) -> bool:
    """The office chief approves assignment; on a day without one, a leader (rule 2.1)."""
    permitted = actor.may_do("directive.approve") and actor.may_do("task.assign")
    return permitted and _is_chief(actor)


def may_correct(actor: Actor) -> bool:
    """Once work was assigned, the chief corrects the header (rule 4.5)."""
    return actor.may_do("directive.correct") and _is_chief(actor)


def _is_chief(actor: Actor) -> bool:
    if actor.has(Function.OFFICE_CHIEF):
        return True
    return actor.is_leader and not (
        Post.objects.held_on(actor.day).with_function(Function.OFFICE_CHIEF).exists()
    )


def may_acknowledge(actor: Actor, acknowledgement: Acknowledgement) -> bool:
    """The addressee's own head confirms (rule 4.3)."""
    return (
        actor.heads_agency
        and actor.agency_id == acknowledgement.agency_id
        and actor.may_do("directive.acknowledge")
    )


def demand(permitted: bool) -> None:
    """Refuse an act whose permission was not given."""
    if not permitted:
        raise NotYours(_("Your post does not carry this act."))
