"""The Celery task of consultations: two lines around a function that needs no Celery."""

from celery import shared_task

from agencies.heartbeats import heartbeat
from consultations.closing import record_closed
from consultations.silent_results import record_silent_results
from consultations.sweep import record_deemed

SWEEP_EVERY_SECONDS = 60


@shared_task(name="consultations.sweep")
def sweep() -> int:
    """Record what silence meant, and tell requesters what is over (rules 6.4, 6.8, 6.10)."""
    with heartbeat("consultations.sweep", every_seconds=SWEEP_EVERY_SECONDS) as at:
        recorded = record_deemed(at)
        record_silent_results(at)
        record_closed(at)
        return recorded
