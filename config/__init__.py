"""The project: settings, addresses, jobs and the servers of a laptop."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
