"""The ground floor's Celery tasks: two lines around functions that need no Celery."""

from celery import shared_task
from django.utils import timezone

from agencies.heartbeats import heartbeat
from agencies.notices import deliver

SEND_EVERY_SECONDS = 60


@shared_task(name="agencies.send_mail")
def send_mail() -> int:
    """Send the mail that is owed (rule 10.2)."""
    with heartbeat("agencies.send_mail", every_seconds=SEND_EVERY_SECONDS):
        return deliver(timezone.now)
