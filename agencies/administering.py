"""The guard before what only the system administrator does (section 2)."""

from django.utils.translation import gettext as _

from agencies.acting import Actor
from agencies.functions import Function
from agencies.refusals import NotYours


def administers(actor: Actor) -> bool:
    """Whether the actor is the system administrator, who has no power over content."""
    return actor.has(Function.ADMINISTRATOR)


def only_administrator(actor: Actor) -> None:
    """Refuse everybody else."""
    if not administers(actor):
        raise NotYours(_("Only the system administrator does this."))
