"""What a line means at an instant, in Python and in SQL (rules 6.2, 6.3, 3.9)."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cached_property

import pytest
from django.db import connection, transaction
from django.db.models import QuerySet
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agencies.models import record
from consultations.models import Opinion, PaperCheck, Reply, TermsRow
from consultations.outcome import Received, Terms, is_late, is_running, outcome
from consultations.stances import SILENCE, Ending, Outcome, SilenceRule, Stance, gravest
from tests.consultations.asking import ASKED, DUE, asked, line_of
from tests.consultations.dated import terms_at
from tests.factories import head_of

TICK = timedelta(microseconds=1)
NEAR = st.integers(-3, 3).map(lambda ticks: ticks * TICK)
FAR = st.timedeltas(timedelta(days=-3), timedelta(days=3))
AROUND_DUE = st.one_of(NEAR, FAR).map(lambda d: DUE + d)
LATER = st.timedeltas(timedelta(0), timedelta(days=2))


def terms(rule: str = SilenceRule.DEEMED_AGREED, **changed) -> Terms:
    return Terms(ASKED, DUE, rule, **changed)


@pytest.mark.parametrize(
    ("stances", "expected"),
    [
        (["agreed"], Stance.AGREED),
        (["agreed", "with_comments"], Stance.WITH_COMMENTS),
        (["disagreed", "with_comments", "agreed"], Stance.DISAGREED),
        (["disagreed", "insufficient"], Stance.INSUFFICIENT),
        (["agreed", "returned", "insufficient"], Stance.RETURNED),
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

    assert outcome(terms(SilenceRule.DEEMED_AGREED), replies, DUE + timedelta(days=9)) == expected


def test_the_last_reply_in_time_counts():
    """Rule 6.5: before the deadline another may replace it."""
    replies = [
        Received(ASKED + timedelta(hours=1), Stance.DISAGREED),
        Received(ASKED + timedelta(hours=2), Stance.AGREED),
        Received(DUE, Stance.DISAGREED),
    ]

    assert outcome(terms(SilenceRule.NO_REPLY), replies, DUE) == Outcome.AGREED


@pytest.mark.parametrize("stance", [Stance.INSUFFICIENT, Stance.RETURNED])
def test_what_waits_for_the_requester_is_never_deemed(stance):
    """Rule 6.6: it blocks only the requester, whatever the clock says."""
    replies = [Received(DUE - TICK, stance)]

    assert outcome(terms(), replies, DUE + timedelta(days=90)) == Outcome(stance)


def test_settled_the_line_awaits_anew_and_silence_counts_again():
    """Rule 6.6: supplied or refused, what was said before no longer stands."""
    replies = [Received(ASKED + timedelta(hours=1), Stance.INSUFFICIENT)]
    anew = terms(counts_from=ASKED + timedelta(hours=2))

    assert outcome(anew, replies, DUE - TICK) == Outcome.AWAITING
    assert outcome(anew, replies, DUE) == Outcome.DEEMED_AGREED


def test_a_line_on_paper_waits_for_the_register_of_incoming_papers():
    """Rule 2.7: no deeming until the end of the working day after `due_at`."""
    until = DUE + timedelta(days=1)
    on_paper = terms(register_until=until)

    assert outcome(on_paper, [], DUE) == Outcome.AWAITING_REGISTER
    assert outcome(on_paper, [], until) == Outcome.DEEMED_AGREED


@pytest.mark.parametrize(
    ("entered", "expected"),
    [
        (DUE + timedelta(hours=23), Outcome.DISAGREED),
        (DUE + timedelta(days=1), Outcome.DEEMED_AGREED),
    ],
    ids=["by then", "later"],
)
def test_the_stamp_counts_if_entered_in_time(entered, expected):
    """Rule 2.7: entered later, the reply is late."""
    replies = [Received(DUE - TICK, Stance.DISAGREED, entered)]
    on_paper = terms(register_until=DUE + timedelta(days=1))

    assert outcome(on_paper, replies, DUE + timedelta(days=9)) == expected


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (DUE - timedelta(hours=2), Outcome.AGREED),
        (DUE - timedelta(hours=1), Outcome.AWAITING),
        (DUE + timedelta(days=1), Outcome.DEEMED_AGREED),
    ],
    ids=["before the refusal", "from it on", "past its deadline"],
)
def test_a_refused_paper_stands_for_nothing_from_then_on(at, expected):
    """Rule 2.7: what was read before stays what it was."""
    entered = DUE - timedelta(days=1)
    replies = [Received(entered, Stance.AGREED, entered, DUE - timedelta(hours=1))]

    assert outcome(terms(register_until=DUE + timedelta(days=1)), replies, at) == expected


@pytest.mark.parametrize(
    ("at", "expected"),
    [(DUE - TICK, True), (DUE, True), (DUE + timedelta(days=1), False)],
    ids=["before the deadline", "while the register is looked through", "after it"],
)
def test_a_paper_line_with_a_reply_runs_until_the_register_was_looked_through(at, expected):
    """Rule 2.7: no closing until the end of the working day after `due_at`."""
    on_paper = terms(register_until=DUE + timedelta(days=1))
    replies = [Received(DUE - timedelta(days=1), Stance.AGREED, DUE - timedelta(days=1))]

    assert is_running(on_paper, replies, at) is expected


@pytest.mark.parametrize("ending", Ending.values)
def test_a_line_that_ended_means_its_ending(ending):
    """Rules 2.5, 6.6, 6.7: from that moment on."""
    replies = [Received(ASKED + TICK, Stance.AGREED)]
    at = ASKED + timedelta(hours=5)

    assert outcome(terms(), replies, at, ending=ending, ended_at=at) == Outcome(ending)
    assert outcome(terms(), replies, at - TICK, ending=ending, ended_at=at) == Outcome.AGREED


class AnyInstant:
    """A question about lines, asked at many instants: building what a line means takes Django far
    longer than answering takes PostgreSQL, so it is built once, with a mark for the instant.
    """

    MARK = datetime.max.replace(tzinfo=UTC)

    def __init__(self, lines: Callable[[datetime], QuerySet], *columns: str) -> None:
        self.lines, self.columns = lines, ("pk", *columns)

    @cached_property
    def compiled(self) -> tuple[str, tuple]:
        return self.lines(self.MARK).values_list(*self.columns).query.sql_with_params()

    def __call__(self, at: datetime) -> list[tuple]:
        sql, params = self.compiled
        with connection.cursor() as cursor:
            cursor.execute(sql, [at if param == self.MARK else param for param in params])
            return cursor.fetchall()


OUTCOME_NOW = AnyInstant(lambda at: Opinion.objects.with_outcome(at), "outcome")
OUTCOME_THEN = AnyInstant(lambda at: Opinion.objects.as_of(at).with_outcome(at), "outcome")
RUNS = AnyInstant(lambda at: Opinion.objects.running(at))
RAN = AnyInstant(lambda at: Opinion.objects.as_of(at).running(at))
LATE = AnyInstant(lambda at: Opinion.objects.as_of(at).answered_late(at))


@pytest.fixture
def chair(commune):
    return head_of(commune)


@pytest.fixture
def line(commune, chair):
    asked(commune)
    return line_of(commune)


@pytest.mark.django_db
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    received=st.lists(
        st.tuples(
            AROUND_DUE, st.sampled_from(Stance.values), st.none() | LATER,
            st.none() | st.tuples(LATER, st.booleans()),
        ),
        max_size=5,
    ),
    given_terms=st.lists(
        st.tuples(
            AROUND_DUE, AROUND_DUE, st.sampled_from(SilenceRule.values), st.none() | AROUND_DUE,
            st.none() | LATER,
        ),
        max_size=3,
    ),
    ended=st.none() | st.tuples(AROUND_DUE, st.sampled_from(Ending.values)),
    instants=st.lists(AROUND_DUE, min_size=1, max_size=4),
)  # fmt: skip
def test_sql_and_python_judge_alike(line, chair, received, given_terms, ended, instants):
    """Rules 6.2, 3.7, 3.9: one rule twice, over random replies, terms and instants."""
    with transaction.atomic():
        facts, history = [], [Terms(ASKED, DUE, line.silence_rule)]
        for index, (at, stance, later, checked) in enumerate(received):
            event = record("opinion.replied", line, chair, at, key=f"test:{index}")
            entered_at = at + later if later else None
            reply = Reply.objects.create(
                opinion=line, event=event, post=chair.post, stance=stance, received_at=at,
                entered_at=entered_at,
            )  # fmt: skip
            refused_at = None
            if entered_at and checked:
                waited, is_refused = checked
                PaperCheck.objects.create(
                    reply=reply, checked_at=entered_at + waited, checked_by=chair.post,
                    decision="refused" if is_refused else "confirmed", reason="Không có trong sổ",
                )  # fmt: skip
                refused_at = entered_at + waited if is_refused else None
            facts.append(Received(at, stance, entered_at, refused_at))
        for effective_at, due_at, rule, counts_from, register in given_terms:
            event = record("opinion.deadline_moved", line, chair, effective_at)
            until = due_at + register if register else None
            TermsRow.objects.create(
                opinion=line, due_at=due_at, silence_rule=rule, counts_from=counts_from,
                register_until=until, effective_at=effective_at, recorded_at=effective_at,
                event=event,
            )  # fmt: skip
            history.append(Terms(effective_at, due_at, rule, counts_from, until))
        line.ended_at, line.ending = ended or (None, "")
        line.save()
        end = {"ended_at": line.ended_at, "ending": line.ending}

        for at in [*instants, DUE, DUE - TICK, *(f.received_at for f in facts)]:
            in_force = terms_at(history, at)
            then = outcome(in_force, facts, at, **end)
            assert OUTCOME_NOW(at) == [(line.pk, outcome(history[0], facts, at, **end))]
            assert OUTCOME_THEN(at) == [(line.pk, then)]
            assert bool(RUNS(at)) == is_running(history[0], facts, at, **end)
            assert bool(RAN(at)) == is_running(in_force, facts, at, **end)
            said_late = [
                fact for fact in facts
                if fact.is_known(at) and is_late(fact, in_force.due_at, in_force.register_until)
            ]  # fmt: skip
            assert bool(LATE(at)) == (then in SILENCE and bool(said_late))
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_a_line_is_not_there_before_it_was_asked(commune):
    """Rule 3.9: as of any day."""
    asked(commune)

    assert not Opinion.objects.as_of(ASKED - TICK).exists()
    assert Opinion.objects.as_of(ASKED).with_outcome(ASKED).get().outcome == Outcome.AWAITING
