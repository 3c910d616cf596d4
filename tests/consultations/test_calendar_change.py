"""A changed calendar moves open lines, never to an earlier instant (rules 3.5, 3.9)."""

from datetime import date, timedelta

import pytest

from agencies.deadlines import Deadline, recount
from agencies.holders import open_deadlines
from agencies.models import CalendarDay, Event, Notice
from consultations import lifecycle
from consultations.holder import LineHolder
from consultations.models import Opinion, TermsRow
from consultations.stances import Outcome, Stance
from tests import factories
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
from tests.factories import actor_of, moment

pytestmark = pytest.mark.django_db

TUESDAY = moment("2026-11-17", 9)
WEDNESDAY = moment("2026-11-18", 9)
MOVED = moment("2026-11-21", 0)


@pytest.fixture
def line(commune):
    found_silence_rule()
    asked(commune)
    return line_of(commune)


def held(line, at):
    """Return the line's deadline as the registry offers it."""
    return [d for h, d in open_deadlines(at) if isinstance(h, LineHolder) and d.thing == line]


def move(line, due_at, at=WEDNESDAY):
    [deadline] = held(line, at) or [held(line, ASKED)[0]]
    LineHolder().move(deadline, due_at, deadline.arithmetic, factories.administrator(), at)
    line.refresh_from_db()


def test_a_new_holiday_moves_the_open_line_with_its_event(line, commune):
    """Rule 3.5: one event each; the arithmetic is counted again."""
    head = actor_of(commune.posts.get())
    [deadline] = held(line, WEDNESDAY)
    day_off("2026-11-19", "Nghỉ bão")
    again = recount(Deadline.from_json(deadline.arithmetic), CalendarDay.objects.calendar())

    LineHolder().move(deadline, again.due_at, again.to_json(), factories.administrator(), WEDNESDAY)

    line.refresh_from_db()
    assert line.due_at == line.consultation.due_at == MOVED
    assert Event.objects.get(act="opinion.deadline_moved").thing == line
    assert Notice.objects.filter(person=head.user, event__act="opinion.deadline_moved").exists()


def test_the_past_keeps_the_old_deadline(line):
    """Rule 3.9: as of any instant the terms of then are read."""
    move(line, MOVED)

    before = Opinion.objects.as_of(ASKED).get(pk=line.pk)
    after = Opinion.objects.as_of(WEDNESDAY).with_outcome(DUE).get(pk=line.pk)

    assert (before.due_then, after.due_then) == (DUE, MOVED)
    assert after.outcome == Outcome.AWAITING
    assert TermsRow.objects.filter(opinion=line).count() == 2


def test_a_deadline_never_moves_to_an_earlier_instant(line):
    """Rule 3.5."""
    move(line, DUE - timedelta(days=1))

    assert line.due_at == DUE
    assert not Event.objects.filter(act="opinion.deadline_moved").exists()


def test_what_has_been_deemed_stays(line):
    """Rule 3.5."""
    move(line, MOVED, at=DUE)

    assert outcome_of(line, DUE) == Outcome.DEEMED_AGREED
    assert held(line, DUE) == []


def counted_again(deadline):
    """Move the deadline as the calendar says now."""
    again = recount(Deadline.from_json(deadline.arithmetic), CalendarDay.objects.calendar())
    LineHolder().move(deadline, again.due_at, again.to_json(), factories.administrator(), WEDNESDAY)


def supplied(commune, requester, due):
    """A line that awaits anew by a term of its own, asked with another deadline."""
    asked(commune, by=requester, due=due)
    line = line_of(commune)
    replied(line, ASKED, Stance.INSUFFICIENT)
    return lifecycle.supply(
        line, requester, lambda: TUESDAY, text="Gửi bản đồ.", due="05 ngày làm việc"
    )


@pytest.mark.parametrize("due", [date(2026, 11, 20), "04 ngày làm việc"], ids=["day", "term"])
def test_a_line_with_a_term_of_its_own_is_counted_by_it(commune, requester, due):
    """Rules 3.5, 6.6: supplied on the 17th, five working days; the consultation stays as it is."""
    line = supplied(commune, requester, due)
    before = line.consultation.due_at
    day_off("2026-11-20", "Nghỉ bão")

    [deadline] = held(line, WEDNESDAY)
    counted_again(deadline)

    line.refresh_from_db()
    line.consultation.refresh_from_db()
    assert (line.due_at, line.consultation.due_at) == (moment("2026-11-26", 0), before)


def test_a_supplied_line_with_a_named_day_is_not_offered(commune, requester):
    """Rule 3.2: whatever the consultation has."""
    asked(commune, by=requester)
    line = line_of(commune)
    replied(line, ASKED, Stance.INSUFFICIENT)
    lifecycle.supply(line, requester, lambda: TUESDAY, text="Đây.", due=date(2026, 11, 30))

    assert held(line, WEDNESDAY) == []


def test_the_deadline_of_a_meetings_result_moves_too(commune, requester):
    """Rules 3.5, 6.10: nobody confirms by silence while the offices are closed."""
    asked(commune, by=requester)
    line = line_of(commune)
    replied(line, ASKED, Stance.DISAGREED)
    result = lifecycle.reconcile(
        line, requester, lambda: TUESDAY, held_on=TUESDAY.date(), minutes="Họp.", result="Lùi 5 m.",
        due="03 ngày làm việc",
    )  # fmt: skip
    day_off("2026-11-19", "Nghỉ bão")

    [deadline] = held(result, WEDNESDAY)
    counted_again(deadline)

    result.refresh_from_db()
    assert (deadline.due_at, result.due_at) == (moment("2026-11-21", 0), moment("2026-11-24", 0))
    assert Event.objects.get(act="opinion.result_deadline_moved").thing == line
    assert held(result, moment("2026-11-24", 0)) == []


def test_what_is_open_is_found_by_the_same_questions_however_many_lines(
    commune, requester, django_assert_num_queries
):
    """Style: counted queries."""
    for _n in range(3):
        asked(commune, by=requester)

    with django_assert_num_queries(3):
        assert len(list(LineHolder().open_deadlines(WEDNESDAY))) == 3


def test_a_named_day_is_not_offered_for_moving(commune):
    """Rule 3.2: only terms roll."""
    asked(commune, due=date(2026, 11, 30))

    assert held(line_of(commune), ASKED) == []
