"""Counts beside this floor's places in the rail."""

from datetime import datetime

from django.utils.translation import ngettext

from agencies.acting import Actor
from tasks.models import Acknowledgement, Directive, Task


def open_visible(actor: Actor, at: datetime) -> int:
    """Return how many open tasks the actor may see."""
    return Task.objects.visible_to(actor).now().counted().open().count()


def directives_to_prepare(actor: Actor, at: datetime) -> str:
    """Return how many drafts wait for the Office, or which directives the agency must acknowledge.

    Nothing to do shows no figure.
    """
    if not actor.sees_everything:
        own = Acknowledgement.objects.visible_to(actor).waiting().count()
        words = ngettext("%(n)d to acknowledge", "%(n)d to acknowledge", own) % {"n": own}
        return words if own else ""
    open_ones = Directive.objects.visible_to(actor).filter(approved_at__isnull=True).count()
    words = ngettext("%(n)d to approve", "%(n)d to approve", open_ones) % {"n": open_ones}
    return words if open_ones else ""
