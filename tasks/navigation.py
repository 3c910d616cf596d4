"""Counts beside this floor's places in the rail."""

from datetime import datetime

from agencies.acting import Actor
from agencies.navigation import RowCount
from tasks.models import Acknowledgement, Directive, Task


def open_visible(actor: Actor, at: datetime) -> RowCount:
    """Return how many open tasks the actor may see."""
    return RowCount(Task.objects.visible_to(actor).now().counted().open())


def directives_to_prepare(actor: Actor, at: datetime) -> RowCount:
    """Return how many directives the Office has to approve, or the agency to acknowledge."""
    if not actor.sees_everything:
        return RowCount(Acknowledgement.objects.visible_to(actor).waiting())
    return RowCount(Directive.objects.visible_to(actor).to_prepare())
