"""A changed calendar moves open lines, never to an earlier instant (rules 3.5, 3.9)."""

from datetime import date, timedelta

import pytest

from agencies.deadlines import Deadline, recount
from agencies.holders import open_deadlines
from agencies.models import CalendarDay, Event, Notice
from consultations.holder import LineHolder
from consultations.models import Opinion, TermsRow
from consultations.stances import Outcome
from tests import factories
from tests.consultations.asking import (
    ASKED,
    DUE,
    asked,
    day_off,
    found_silence_rule,
    line_of,
    outcome_of,
)
from tests.factories import actor_of, moment

pytestmark = pytest.mark.django_db

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


def test_a_named_day_is_not_offered_for_moving(commune):
    """Rule 3.2: only terms roll."""
    asked(commune, due=date(2026, 11, 30))

    assert held(line_of(commune), ASKED) == []
