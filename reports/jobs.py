"""The top floor's Celery tasks: two lines around functions that need no Celery."""

from celery import shared_task

from agencies.heartbeats import heartbeat
from reports.build import build_due

BUILD_EVERY_SECONDS = 3600


@shared_task(name="reports.build_reports")
def build_reports() -> int:
    """Build the periodic reports whose cut-off has passed (rule 8.4)."""
    with heartbeat("reports.build_reports", every_seconds=BUILD_EVERY_SECONDS) as at:
        return len(build_due(at))
