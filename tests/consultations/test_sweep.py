"""The sweep records what silence meant and decides nothing (rules 3.10, 6.3, 6.4)."""

from datetime import UTC, timedelta

import pytest
import time_machine
from django.db import connection, transaction

from agencies.models import Event, Heartbeat, Notice
from consultations import sweep
from consultations.models import Opinion
from consultations.stances import Outcome, Stance
from consultations.sweep import ACT_OF, record_deemed
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
    assert sweep.record_lines([line.pk], DUE + timedelta(days=1)) == 0

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
    """Rule 3.10: each batch is its own transaction; the next run does the rest."""
    asked(other_commune)
    told = sweep.owe_groups

    def dies_on_the_second(act, groups, events, **options):
        if Event.objects.filter(act="opinion.deemed_agreed").count() == 2:
            raise SystemExit("killed")
        told(act, groups, events, **options)

    monkeypatch.setattr(sweep, "BATCH", 1)
    monkeypatch.setattr(sweep, "owe_groups", dies_on_the_second)
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


def test_looking_for_silence_takes_the_same_questions_however_many_lines(
    commune, other_commune, django_assert_num_queries
):
    """Style: counted queries."""
    for agency in (commune, other_commune):
        for _n in range(3):
            replied(asked(agency).opinions.get(), ASKED)

    with django_assert_num_queries(8):  # the margin, and what follows; a batch has six
        assert record_deemed(DUE + MARGIN) == 0
    with django_assert_num_queries(2):  # what was answered in time is not looked at again
        assert record_deemed(DUE + MARGIN) == 0


def test_batches_record_what_is_recorded_line_by_line(commune, other_commune, monkeypatch):
    """Issue 6: the same events and messages, whatever the batch; each line by its own rule."""
    found_silence_rule(commune)
    for agency in (commune, other_commune, commune):
        asked(agency)
    lines = list(Opinion.objects.with_outcome(DUE).order_by("pk"))
    with transaction.atomic():
        record_deemed(DUE + MARGIN)
        in_one = rows_recorded()
        transaction.set_rollback(True)
    monkeypatch.setattr(sweep, "BATCH", 1)

    assert record_deemed(DUE + MARGIN) == 3

    assert rows_recorded() == in_one
    for line, event in zip(lines, Event.objects.filter(act__in=ACT_OF.values()), strict=True):
        assert (event.thing, event.act) == (line, ACT_OF[line.outcome])
        assert (event.thing_text, event.thing_url) == (str(line), line.get_absolute_url())
        assert event.params["due_at"] == DUE.astimezone(UTC).isoformat()


def rows_recorded() -> list[tuple]:
    """Return what the sweep wrote, without the rows' numbers."""
    notices = Notice.objects.filter(event__act__in=ACT_OF.values()).order_by(
        "event__thing_id", "person", "channel"
    )
    return list(
        notices.values_list(
            "event__act", "event__key", "event__thing_url", "event__params", "event__effective_at",
            "person", "channel", "kind", "delivery", "subject", "url", "created_at",
        )
    )  # fmt: skip


def test_a_line_that_waits_for_the_requester_is_looked_at_again(line):
    """Rule 6.6: contested after the deadline and sent back, its silence by the new one counts."""
    replied(line, ASKED, Stance.RETURNED)
    assert record_deemed(DUE + MARGIN) == 0
    due_at = DUE + timedelta(days=2)
    Opinion.objects.update(due_at=due_at, counts_from=DUE + timedelta(hours=1))

    assert record_deemed(due_at + MARGIN) == 1


def test_the_index_finds_what_is_left_to_sweep(line):
    """Issue 6: what was recorded costs nothing any more."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        plan = sweep.past_margin(DUE).order_by("due_at", "id").explain()

    assert "line_to_sweep" in plan
