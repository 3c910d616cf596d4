"""The Celery application and the whole beat schedule.

A job is two or three lines in an app's `jobs.py` around a function that can be called without
Celery. No job carries a long countdown: beat asks every few minutes what is due (traps.md).
"""

import os

from celery import Celery
from celery.schedules import schedule

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("dondoc")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(related_name="jobs")


def _(name: str) -> str:
    """Mark a name for translation; Django's own marker would read the settings, too early here."""
    return name


#: what the job does, in words -> {"task": dotted name, "schedule": crontab(...) in local time}
BEAT_SCHEDULE: dict[str, dict[str, str | schedule]] = {
    _("send mail"): {"task": "agencies.send_mail", "schedule": schedule(60)},
    _("record the silence of agencies asked"): {
        "task": "consultations.sweep",
        "schedule": schedule(60),
    },
    _("open recurring tasks"): {"task": "tasks.open_occurrences", "schedule": schedule(1800)},
    _("build periodic reports"): {"task": "reports.build_reports", "schedule": schedule(3600)},
    _("tend cases and praise"): {"task": "reports.tend_cases", "schedule": schedule(3600)},
    _("build the reports asked for"): {
        "task": "reports.build_asked_reports",
        "schedule": schedule(60),
    },
    _("send the day's digests"): {"task": "reports.send_digests", "schedule": schedule(1800)},
}
app.conf.beat_schedule = BEAT_SCHEDULE
