"""The sweep records what silence meant and decides nothing (rules 3.10, 6.3, 6.4)."""

from datetime import timedelta

import pytest
import time_machine

from agencies.models import Event, Heartbeat, Notice
from consultations import sweep
from consultations.models import Opinion
from consultations.stances import Outcome, Stance
from consultations.sweep import record_deemed
from tests.consultations.asking import (
    ASKED,
    DUE,
    asked,
    day_off,
    found_silence_rule,
    line_of,
    outcome_of,
    replied,
)
from tests.factories import head_of, moment

pytestmark = pytest.mark.django_db

MARGIN = timedelta(minutes=5)
TICK = timedelta(microseconds=1)


@pytest.fixture
def line(commune):
    """A line of the commune, on which silence is agreement, nobody answering."""
    found_silence_rule()
    head_of(commune)
    asked(commune)
    return line_of(commune)


def test_silence_is_recorded_with_the_deadline_as_its_effective_time(line):
    """Rule 6.3: effective at `due_at`, the time of recording beside it."""
    at = DUE + MARGIN

    assert record_deemed(at) == 1

    event = Event.objects.get(act="opinion.deemed_agreed")
    assert (event.effective_at, event.recorded_at, event.actor) == (DUE, at, None)
    assert event.key == f"deemed:{line.pk}:2026-11-19T17:00:00+00:00"


def test_the_silent_head_and_the_requester_are_told(line, commune):
    """Rules 10.1, 10.2."""
    record_deemed(DUE + MARGIN)

    told = Notice.objects.filter(event__act="opinion.deemed_agreed", channel="app")
    assert {notice.person for notice in told} == {
        commune.posts.get().user,
        line.consultation.asked_by.user,
    }


def test_only_lines_past_due_by_the_margin_are_recorded(line):
    """Rule 6.4: two machines' clocks cannot quarrel; readers have seen the outcome since due."""
    assert record_deemed(DUE + MARGIN - TICK) == 0

    assert outcome_of(line, DUE) == Outcome.DEEMED_AGREED
    assert not Event.objects.filter(act="opinion.deemed_agreed").exists()


def test_it_runs_again_without_a_second_event_or_notice(line):
    """Rule 3.10: twice."""
    record_deemed(DUE + MARGIN)
    notices = Notice.objects.count()

    assert record_deemed(DUE + MARGIN) == 0
    assert sweep.record_line(line.pk, DUE + timedelta(days=1)) is False

    assert Event.objects.filter(act="opinion.deemed_agreed").count() == 1
    assert Notice.objects.count() == notices


def test_three_days_without_a_sweep_change_no_outcome(line):
    """Rule 3.10: it only delays messages, and catches up."""
    late = DUE + timedelta(days=3)
    before = outcome_of(line, late)

    record_deemed(late)

    event = Event.objects.get(act="opinion.deemed_agreed")
    assert before == outcome_of(line, late) == Outcome.DEEMED_AGREED
    assert (event.effective_at, event.recorded_at) == (DUE, late)


def test_silence_without_the_rule_is_recorded_as_no_reply(commune):
    """Rule 6.2: silence stays silence."""
    asked(commune)

    record_deemed(DUE + MARGIN)

    assert not Event.objects.filter(act="opinion.deemed_agreed").exists()
    assert Event.objects.get(act="opinion.no_reply").effective_at == DUE


def test_what_was_answered_in_time_is_left_alone(line):
    """Rule 6.3."""
    replied(line, DUE - TICK, Stance.DISAGREED)

    assert record_deemed(DUE + MARGIN) == 0


def test_a_late_reply_does_not_undo_what_is_recorded_or_will_be(line):
    """Rules 6.3, 11: a late reply never counts as in time."""
    replied(line, DUE + timedelta(minutes=1), Stance.DISAGREED)

    assert record_deemed(DUE + MARGIN) == 1
    assert outcome_of(line, DUE + MARGIN) == Outcome.DEEMED_AGREED


def test_a_sweep_killed_half_way_leaves_whole_lines(line, other_commune, monkeypatch):
    """Rule 3.10: each line is its own transaction; the next run does the rest."""
    asked(other_commune)
    owed = sweep.owe

    def dies_on_the_second(people, event, **options):
        if event.thing_id != line.pk:
            raise SystemExit("killed")
        owed(people, event, **options)

    monkeypatch.setattr(sweep, "owe", dies_on_the_second)
    with pytest.raises(SystemExit):
        record_deemed(DUE + MARGIN)
    assert Event.objects.filter(act="opinion.deemed_agreed").count() == 1
    monkeypatch.undo()

    assert record_deemed(DUE + timedelta(days=1)) == 1

    recorded = Event.objects.filter(act="opinion.deemed_agreed")
    assert recorded.count() == 2
    for event in recorded:
        assert event.notices.exists()


def test_a_deadline_on_a_holiday_is_deemed_on_that_day(commune):
    """Rule 3.2: a named day does not move; what has been deemed stays (3.5)."""
    found_silence_rule()
    day_off("2026-11-24", "Ngày Văn hóa Việt Nam")
    asked(commune, due=moment("2026-11-24").date())

    record_deemed(moment("2026-11-25", 0, 5))

    assert Event.objects.get(act="opinion.deemed_agreed").effective_at == moment("2026-11-25", 0)


def test_the_job_leaves_a_heartbeat(line):
    """Rule 3.10."""
    from consultations.jobs import sweep as job

    with time_machine.travel(DUE + MARGIN, tick=False):
        assert job() == 1

    assert Heartbeat.objects.get(job="consultations.sweep").finished_at == DUE + MARGIN


def test_beat_calls_the_sweep_every_minute():
    from config.celery import app
    from consultations.jobs import sweep as job

    entries = [e for e in app.conf.beat_schedule.values() if e["task"] == job.name]
    assert entries[0]["schedule"].run_every == timedelta(seconds=60)


def test_looking_for_silence_takes_one_question_however_many_lines(
    commune, other_commune, django_assert_num_queries
):
    """Style: counted queries."""
    for agency in (commune, other_commune):
        for _n in range(3):
            replied(asked(agency).opinions.get(), ASKED)

    with django_assert_num_queries(2):  # the margin and the lines
        assert record_deemed(DUE + MARGIN) == 0
    assert Opinion.objects.count() == 6
