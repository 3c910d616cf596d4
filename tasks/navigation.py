"""Counts beside this floor's places in the rail."""

from datetime import datetime

from agencies.acting import Actor
from tasks.models import Acknowledgement, Directive, Task


def open_visible(actor: Actor, at: datetime) -> int:
    """Return how many open tasks the actor may see."""
    return Task.objects.visible_to(actor).now().counted().open().count()


def directives_to_prepare(actor: Actor, at: datetime) -> int:
    """Return how many directives the Office has to approve, or the agency to acknowledge."""
    if not actor.sees_everything:
        return Acknowledgement.objects.visible_to(actor).waiting().count()
    return Directive.objects.visible_to(actor).filter(approved_at__isnull=True).count()
