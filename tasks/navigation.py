"""Counts beside this floor's places in the rail."""

from datetime import datetime

from agencies.acting import Actor
from tasks.models import Task


def open_visible(actor: Actor, at: datetime) -> int:
    """Return how many open tasks the actor may see."""
    return Task.objects.visible_to(actor).now().counted().open().count()
