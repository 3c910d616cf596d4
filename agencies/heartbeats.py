"""Every job leaves a heartbeat (domain 3.10)."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from celery import current_app
from django.utils import timezone
from django.utils.translation import gettext

from agencies.models import Heartbeat


@contextmanager
def heartbeat(job: str, *, every_seconds: int) -> Iterator[datetime]:
    """Note that a job runs; yields the instant it works with. An error is noted and raised."""
    at = timezone.now()
    Heartbeat.objects.update_or_create(
        job=job, defaults={"every_seconds": every_seconds, "started_at": at}
    )
    try:
        yield at
    except Exception as error:
        Heartbeat.objects.filter(job=job).update(error=f"{type(error).__name__}: {error}"[:1000])
        raise
    Heartbeat.objects.filter(job=job).update(finished_at=timezone.now(), error="")


def names_of_jobs() -> dict[str, str]:
    """Return how the jobs of the beat schedule are called, by their codes."""
    schedule = current_app.conf.beat_schedule
    return {entry["task"]: gettext(name) for name, entry in schedule.items()}
