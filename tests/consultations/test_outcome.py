"""What a line means at an instant, in Python and in SQL (rules 6.2, 6.3, 3.9)."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agencies.models import record
from consultations.models import Opinion, Reply, TermsRow
from consultations.outcome import Received, Terms, outcome, terms_at
from consultations.stances import Outcome, SilenceRule, Stance, gravest
from tests.consultations.asking import ASKED, DUE, asked, line_of
from tests.factories import head_of

TICK = timedelta(microseconds=1)
NEAR = st.integers(-3, 3).map(lambda ticks: ticks * TICK)
FAR = st.timedeltas(timedelta(days=-3), timedelta(days=3))
AROUND_DUE = st.one_of(NEAR, FAR).map(lambda d: DUE + d)


@pytest.mark.parametrize(
    ("stances", "expected"),
    [
        (["agreed"], Stance.AGREED),
        (["agreed", "with_comments"], Stance.WITH_COMMENTS),
        (["disagreed", "with_comments", "agreed"], Stance.DISAGREED),
    ],
)
def test_a_replys_stance_is_the_gravest_of_its_answers(stances, expected):
    """Rule 6.2."""
    assert gravest(stances) is expected


@pytest.mark.parametrize(
    ("received", "expected"),
    [
        (DUE - TICK, Outcome.DISAGREED),
        (DUE, Outcome.DEEMED_AGREED),
        (DUE + TICK, Outcome.DEEMED_AGREED),
    ],
    ids=["one microsecond before", "at", "one microsecond after"],
)
def test_in_time_is_before_the_deadline(received, expected):
    """Rules 3.1, 6.4: `due_at` is exclusive."""
    replies = [Received(received, Stance.DISAGREED)]

    assert outcome(DUE, SilenceRule.DEEMED_AGREED, replies, DUE + timedelta(days=9)) == expected


def test_the_last_reply_in_time_counts():
    """Rule 6.5: before the deadline another may replace it."""
    replies = [
        Received(ASKED + timedelta(hours=1), Stance.DISAGREED),
        Received(ASKED + timedelta(hours=2), Stance.AGREED),
        Received(DUE, Stance.DISAGREED),
    ]

    assert outcome(DUE, SilenceRule.NO_REPLY, replies, DUE) == Outcome.AGREED


@pytest.mark.django_db
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    received=st.lists(st.tuples(AROUND_DUE, st.sampled_from(Stance.values)), max_size=5),
    terms=st.lists(
        st.tuples(AROUND_DUE, AROUND_DUE, st.sampled_from(SilenceRule.values)), max_size=3
    ),
    instants=st.lists(AROUND_DUE, min_size=1, max_size=4),
)
def test_sql_and_python_judge_alike(received, terms, instants):
    """Rules 6.2, 3.7, 3.9: one rule twice, over random replies, terms and instants."""
    from django.db import transaction

    from tests.factories import AgencyFactory

    with transaction.atomic():
        agency = AgencyFactory(code="quang-trung")
        chair = head_of(agency)
        asked(agency)
        line = line_of(agency)
        facts, history = [], [Terms(ASKED, DUE, line.silence_rule)]
        for index, (at, stance) in enumerate(received):
            event = record("opinion.replied", line, chair, at, key=f"test:{index}")
            Reply.objects.create(
                opinion=line, event=event, post=chair.post, stance=stance, received_at=at
            )
            facts.append(Received(at, stance))
        for effective_at, due_at, rule in terms:
            event = record("opinion.deadline_moved", line, chair, effective_at)
            TermsRow.objects.create(
                opinion=line, due_at=due_at, silence_rule=rule,
                effective_at=effective_at, recorded_at=effective_at, event=event,
            )  # fmt: skip
            history.append(Terms(effective_at, due_at, rule))

        for at in [*instants, DUE, DUE - TICK, *(f.received_at for f in facts)]:
            held = terms_at(history, at)
            now = Opinion.objects.with_outcome(at).get(pk=line.pk)
            then = Opinion.objects.as_of(at).with_outcome(at).get(pk=line.pk)

            assert now.outcome == outcome(line.due_at, line.silence_rule, facts, at)
            assert then.outcome == outcome(held.due_at, held.silence_rule, facts, at)
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_a_line_is_not_there_before_it_was_asked(commune):
    """Rule 3.9: as of any day."""
    asked(commune)

    assert not Opinion.objects.as_of(ASKED - TICK).exists()
    assert Opinion.objects.as_of(ASKED).with_outcome(ASKED).get().outcome == Outcome.AWAITING
