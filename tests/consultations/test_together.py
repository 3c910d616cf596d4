"""Two at once, on connections of their own (rules 3.10, 6.4)."""

import signal
import subprocess
import sys
from datetime import timedelta
from threading import Event as Signal

import pytest
from django.db import transaction

from agencies.models import Event, Notice
from consultations import lifecycle
from consultations.models import Opinion, Reply
from consultations.stances import Outcome, Stance
from consultations.sweep import record_deemed
from tests.consultations.asking import (
    ASKED,
    DUE,
    asked,
    found_silence_rule,
    line_of,
    outcome_of,
    replied,
)
from tests.factories import PostFactory, actor_of, head_of
from tests.processes import own_environment
from tests.racing import at_once, wait_until_somebody_waits

pytestmark = pytest.mark.django_db(transaction=True)

MARGIN = timedelta(minutes=5)
TICK = timedelta(microseconds=1)


@pytest.fixture
def line(commune):
    found_silence_rule()
    asked(commune)
    return line_of(commune)


def test_two_sweeps_at_once_record_each_line_once(line, other_commune):
    """Rule 3.10: on two machines at once each event and message still happens once."""
    asked(other_commune)

    at_once(*[lambda: record_deemed(DUE + MARGIN)] * 4)

    recorded = Event.objects.filter(act="opinion.deemed_agreed")
    assert sorted(recorded.values_list("thing_id", flat=True)) == sorted(
        Opinion.objects.values_list("pk", flat=True)
    )
    told = Notice.objects.filter(event__in=recorded, person=line.agency.posts.get().user)
    assert told.filter(channel="app").count() == 1


def test_two_heads_replying_at_once_both_are_kept_and_the_later_counts(line):
    """Rules 6.4, 6.5: the line's lock puts them in order."""
    chair = head_of(line.agency)
    deputy = actor_of(PostFactory(agency=line.agency, is_deputy=True))
    turn = iter([ASKED + timedelta(hours=1), ASKED + timedelta(hours=2)])

    def clock():
        return next(turn)

    question = line.consultation.questions.get()
    at_once(
        lambda: lifecycle.reply(line.pk, chair, clock, answers={question: ("agreed", "")}),
        lambda: lifecycle.reply(line.pk, deputy, clock, answers={question: ("disagreed", "Sai")}),
    )

    replies = list(Reply.objects.order_by("received_at"))
    assert len(replies) == 2
    assert outcome_of(line, DUE) == replies[-1].stance


def test_one_form_posted_twice_at_once_is_one_reply(line):
    """Issue 4."""
    chair = head_of(line.agency).with_form_key("form:1:same")

    results = at_once(*[lambda: replied(line, ASKED, by=chair)] * 2)

    assert Reply.objects.count() == 1
    assert [type(r).__name__ for r in results].count("AlreadyDone") == 1


def test_a_reply_that_waited_for_the_lock_past_the_deadline_is_late(line):
    """Rule 6.4: the clock is read after the lock, not when the request came."""
    locked, clock_now = Signal(), [DUE - TICK]
    chair = head_of(line.agency)
    question = line.consultation.questions.get()

    def holder():
        with transaction.atomic():
            Opinion.objects.select_for_update().order_by().get(pk=line.pk)
            locked.set()
            wait_until_somebody_waits()
            clock_now[0] = DUE

    def replier():
        locked.wait(5)
        return lifecycle.reply(
            line.pk, chair, lambda: clock_now[0], answers={question: ("disagreed", "Sai")}
        )

    _nothing, sent = at_once(holder, replier)

    assert (sent.received_at, sent.event.act) == (DUE, "opinion.late_reply")
    assert outcome_of(line, DUE) == Outcome.DEEMED_AGREED


def test_a_reply_in_time_that_the_sweep_meets_half_way_wins(line):
    """Rule 6.4: the sweep waits for the same lock and derives again."""
    in_hand = Signal()
    chair = head_of(line.agency)
    question = line.consultation.questions.get()

    def clock():
        in_hand.set()
        wait_until_somebody_waits()
        return DUE - TICK

    def sweeper():
        in_hand.wait(5)
        return record_deemed(DUE + MARGIN)

    sent, recorded = at_once(
        lambda: lifecycle.reply(line.pk, chair, clock, answers={question: ("disagreed", "Sai")}),
        sweeper,
    )

    assert (sent.event.act, recorded) == ("opinion.replied", 0)
    assert not Event.objects.filter(act="opinion.deemed_agreed").exists()
    assert outcome_of(line, DUE + MARGIN) == Outcome.DISAGREED


def test_a_reply_behind_the_sweep_is_late_and_both_are_kept(line):
    """Rules 6.3, 6.4."""
    at_once(
        lambda: record_deemed(DUE + MARGIN),
        lambda: replied(line, DUE + MARGIN, Stance.DISAGREED),
    )

    assert Event.objects.filter(act="opinion.deemed_agreed").count() == 1
    assert Event.objects.filter(act="opinion.late_reply").count() == 1
    assert outcome_of(line, DUE + MARGIN) == Outcome.DEEMED_AGREED


def test_a_sweep_process_killed_half_way_is_caught_up(line, other_commune):
    """Rule 3.10: what is not committed never happened; the next run does the rest."""
    head_of(line.agency), head_of(other_commune)
    asked(other_commune)

    sweeping = subprocess.run(
        [sys.executable, "-c", SWEEP_AND_DIE, str(line_of(other_commune).pk)],
        env=own_environment(), timeout=60, check=False,
    )  # fmt: skip

    assert sweeping.returncode == -signal.SIGKILL
    assert Event.objects.filter(act="opinion.deemed_agreed").get().thing == line
    assert record_deemed(DUE + timedelta(days=3)) == 1
    recorded = Event.objects.filter(act="opinion.deemed_agreed")
    assert recorded.count() == 2
    assert all(event.notices.filter(channel="app").count() == 2 for event in recorded)


# A process of its own sweeps, line by line, until kill -9 ends it between an event and its notices.
SWEEP_AND_DIE = """
import os, signal, sys
import django
django.setup()
from agencies.models import Event
from consultations import sweep
from tests.consultations.test_together import DUE, MARGIN
told = sweep.owe_groups
def owe_groups(act, groups, events, **options):
    if Event.objects.filter(thing_id=int(sys.argv[1]), act="opinion.deemed_agreed").exists():
        os.kill(os.getpid(), signal.SIGKILL)
    told(act, groups, events, **options)
sweep.BATCH, sweep.owe_groups = 1, owe_groups
sweep.record_deemed(DUE + MARGIN)
"""
