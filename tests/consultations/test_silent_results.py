"""A result confirmed by silence is dated and told, once (rules 3.10, 6.10)."""

from datetime import timedelta

import pytest
import time_machine

from agencies.models import Event, Notice
from consultations import lifecycle
from consultations.jobs import sweep
from consultations.silent_results import record_silent_results
from consultations.stances import Stance
from tests.consultations.asking import DUE, asked, found_silence_rule, line_of, replied
from tests.consultations.on_paper import (
    AFTER,
    NOON,
    REGISTER_ENDS,
    RESULT_DUE,
    answered,
    entered,
    met,
    office_clerk,
)
from tests.factories import actor_of, office_chief

pytestmark = pytest.mark.django_db

MARGIN = timedelta(minutes=5)
TICK = timedelta(microseconds=1)
ACT = "opinion.result_silent"


@pytest.fixture
def result(line, requester):
    replied(line, NOON, Stance.DISAGREED, by=actor_of(line.agency.posts.get()))
    return met(line, requester)


def test_it_is_dated_at_the_instant_silence_became_agreement(result, line):
    """Rule 6.10: effective at the deadline, the time of recording beside it."""
    assert record_silent_results(RESULT_DUE + MARGIN - TICK) == 0
    late = RESULT_DUE + timedelta(days=3)

    assert record_silent_results(late) == 1

    event = Event.objects.of(line).get(act=ACT)
    assert (event.effective_at, event.recorded_at, event.actor) == (RESULT_DUE, late, None)


def test_the_agency_and_the_asker_are_told_once(result, line, requester):
    """Rules 3.10, 10.1: however often it runs."""
    for days in (1, 2):
        record_silent_results(RESULT_DUE + timedelta(days=days))

    told = Notice.objects.filter(event__act=ACT, channel="app")
    assert sorted(notice.person_id for notice in told) == sorted(
        [line.agency.posts.get().user_id, requester.user.pk]
    )


def test_what_was_answered_is_not_silence(result, line):
    """Rule 6.10."""
    head = actor_of(line.agency.posts.get())
    lifecycle.confirm_result(line, head, lambda: RESULT_DUE - TICK)

    assert record_silent_results(RESULT_DUE + MARGIN) == 0


def test_a_disagreement_replaced_before_leaves_nothing_to_confirm(line, requester):
    """Rules 6.5, 6.10: the meeting was about what the agency says no more."""
    head = actor_of(line.agency.posts.get())
    replied(line, NOON, Stance.DISAGREED, by=head)
    lifecycle.extend(
        line.consultation, requester, lambda: NOON, due="20 ngày làm việc", reason="Cần họp."
    )
    met(line, requester)
    replied(line, AFTER + TICK, Stance.AGREED, by=head)

    assert record_silent_results(RESULT_DUE + MARGIN) == 0
    assert record_silent_results(RESULT_DUE + MARGIN) == 0


def test_on_paper_the_register_is_looked_through_first(requester, commune):
    """Rule 2.7."""
    found_silence_rule()
    asked(commune, by=requester, on_paper=True)
    entered(line_of(commune), office_clerk(), NOON)
    met(line_of(commune), requester)

    assert record_silent_results(RESULT_DUE + MARGIN) == 0
    assert record_silent_results(REGISTER_ENDS + MARGIN) == 1
    assert Event.objects.get(act=ACT).effective_at == RESULT_DUE


def test_a_refused_answer_lets_silence_be_recorded_after_all(requester, commune):
    """Rule 2.7: the sweep had passed the answered result over."""
    found_silence_rule()
    asked(commune, by=requester, on_paper=True)
    line, clerk, chief = line_of(commune), office_clerk(), office_chief()
    entered(line, clerk, NOON)
    met(line, requester)
    wrong = answered(line, clerk, AFTER + TICK)
    at = REGISTER_ENDS + MARGIN
    assert record_silent_results(at) == 0

    lifecycle.refuse_paper(line, chief, lambda: at, entry=wrong, reason="Không có.")

    assert record_silent_results(at + TICK) == 1


def test_the_minutely_job_records_it(result):
    """Rule 3.10: with the silence of lines."""
    with time_machine.travel(RESULT_DUE + MARGIN, tick=False):
        sweep()

    assert Event.objects.filter(act=ACT, effective_at=RESULT_DUE).count() == 1


def test_several_results_ask_a_constant_number_of_questions_of_people(
    requester, commune, other_commune, django_assert_max_num_queries
):
    """Standards: not two a result."""
    found_silence_rule()
    asked(commune, other_commune, by=requester)
    for agency in (commune, other_commune):
        replied(line_of(agency), DUE - TICK, Stance.DISAGREED)
        met(line_of(agency), requester)

    with django_assert_max_num_queries(40):
        assert record_silent_results(RESULT_DUE + MARGIN) == 2
