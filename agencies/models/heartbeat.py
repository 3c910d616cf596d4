"""What each job last did, for the administrator's page (domain 3.10)."""

from datetime import datetime, timedelta

from django.db import models


class Heartbeat(models.Model):
    """One row a job: when it last began, ended, and what went wrong."""

    job = models.CharField(max_length=60, unique=True)
    every_seconds = models.PositiveIntegerField()
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    class Meta:
        ordering = ["job"]

    def __str__(self) -> str:
        return self.job

    def is_late(self, at: datetime) -> bool:
        """Return whether the job missed two of its turns."""
        last = self.finished_at or self.started_at
        return at - last > timedelta(seconds=2 * self.every_seconds + 60)
