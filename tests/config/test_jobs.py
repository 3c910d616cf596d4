"""Jobs: beat knows every one, and the broker carries them (rule 3.10)."""

import pytest
from celery.contrib.testing.worker import start_worker

from agencies.models import Heartbeat
from config.celery import BEAT_SCHEDULE, app
from config.run import wait_until

OURS = ("agencies.", "tasks.", "consultations.", "reports.")


def test_beat_starts_every_job_there_is():
    app.loader.import_default_modules()

    jobs = {name for name in app.tasks if name.startswith(OURS)}

    assert {entry["task"] for entry in BEAT_SCHEDULE.values()} == jobs


@pytest.mark.django_db(transaction=True)
def test_a_job_goes_through_the_broker_and_leaves_a_heartbeat():
    app.loader.import_default_modules()

    with start_worker(app, pool="solo", perform_ping_check=False, shutdown_timeout=30):
        app.send_task("agencies.send_mail")

        assert wait_until(Heartbeat.objects.filter(job="agencies.send_mail").exists, 20)
