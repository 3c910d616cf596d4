"""The Celery tasks of this floor: two lines around functions that need no Celery."""

from celery import shared_task

from agencies.heartbeats import heartbeat
from tasks.recurring.opening import open_due

OPEN_EVERY_SECONDS = 1800


@shared_task(name="tasks.open_occurrences")
def open_occurrences() -> int:
    """Open what recurring work owes (rule 5.10)."""
    with heartbeat("tasks.open_occurrences", every_seconds=OPEN_EVERY_SECONDS) as at:
        return open_due(at)
