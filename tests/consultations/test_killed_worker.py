"""A real worker is killed with SIGKILL while it sweeps and while it mails (rules 3.10, 10.2).

Real database, real broker; afterwards a second run finishes, and everything happened once.
"""

import os
import signal
import time
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection, transaction
from django.utils import timezone

from agencies.models import Event, Notice
from agencies.notices import deliver
from consultations.jobs import sweep
from consultations.models import Opinion
from consultations.stances import Outcome
from consultations.sweep import record_deemed
from tests.agencies.test_mail import SilentMailServer, free_port, start_real_worker
from tests.consultations.asking import asked, found_silence_rule
from tests.factories import head_of, moment

pytestmark = pytest.mark.django_db(transaction=True)

LONG_AGO = moment("2026-03-02")  # so that the worker's own clock is past the deadline
DEEMED = {"act": "opinion.deemed_agreed"}


@pytest.fixture
def heads(commune, other_commune):
    """Two silent communes' heads; what they were asked is read and mailed already."""
    found_silence_rule(since=LONG_AGO)
    found = [head_of(commune).user, head_of(other_commune).user]
    asked(commune, other_commune, at=LONG_AGO)
    Notice.objects.all().delete()
    return found


def killed_when(worker, happened) -> None:
    """Kill the worker the moment something is seen to have happened (a minute at most)."""
    try:
        for _turn in range(600):
            if happened():
                return
            time.sleep(0.1)
        raise AssertionError("the worker never came that far")
    finally:
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()


def a_message_waits_to_be_written() -> bool:
    """Whether some other connection waits for the table of notices."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE NOT granted"
            " AND relation = 'agencies_notice'::regclass"
        )
        return cursor.fetchone()[0] > 0


def test_a_worker_killed_between_record_and_message_leaves_neither(heads):
    """Rule 3.10: the event and what it owes are one; the next run writes each once."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE agencies_notice IN SHARE MODE")
        sweep.delay()
        killed_when(start_real_worker(free_port()), a_message_waits_to_be_written)

    assert set(outcomes()) == {Outcome.DEEMED_AGREED}
    assert not Event.objects.filter(**DEEMED).exists()
    assert [record_deemed(timezone.now()) for _run in range(2)] == [2, 0]
    assert Event.objects.filter(**DEEMED).count() == 2
    for head in heads:
        assert sorted(told(head)) == ["app", "mail"]


def test_a_worker_killed_between_record_and_mail_mails_nobody_twice(heads):
    """Rule 10.2: recorded once; by mail at most once, and what is uncertain is shown."""
    server = SilentMailServer()
    sweep.delay()
    killed_when(start_real_worker(server.port), server.asked.is_set)
    server.close()

    assert record_deemed(timezone.now()) == 0
    assert Event.objects.filter(**DEEMED).count() == 2
    deliver(timezone.now)

    uncertain = Notice.objects.uncertain(timezone.now() + timedelta(minutes=11))
    owed = Notice.objects.filter(channel="mail")
    sent = sorted(notice.person.email for notice in owed.exclude(pk__in=uncertain.values("pk")))
    assert uncertain.count() == 1
    assert sorted(address for message in mail.outbox for address in message.to) == sent
    assert {head.email for head in heads} <= {notice.person.email for notice in owed}
    for head in heads:
        assert sorted(told(head)) == ["app", "mail"]


def outcomes() -> list[str]:
    return list(Opinion.objects.with_outcome(timezone.now()).values_list("outcome", flat=True))


def told(person) -> list[str]:
    """Return by which channels the person was told of the silence."""
    owed = Notice.objects.filter(person=person, event__act=DEEMED["act"])
    return list(owed.values_list("channel", flat=True))
