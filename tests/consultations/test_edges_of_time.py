"""Clocks that differ, and moments around the deadline (rules 2.5, 3, 6.3, 6.4)."""

from datetime import date, timedelta

import pytest

from agencies.functions import Function
from agencies.models import Event
from consultations import lifecycle
from consultations.models import Opinion
from consultations.stances import Outcome, Stance
from consultations.sweep import record_deemed
from tests.agencies.reorganised import moved, succeed
from tests.consultations.asking import (
    DUE,
    asked,
    day_off,
    found_silence_rule,
    line_of,
    outcome_of,
    replied,
)
from tests.factories import (
    AgencyFactory,
    OfficeFactory,
    PostFactory,
    actor_of,
    head_of,
    moment,
    office_chief,
)
from tests.world import paper_file

pytestmark = pytest.mark.django_db

MARGIN = timedelta(minutes=5)
TICK = timedelta(microseconds=1)
SKEW = timedelta(minutes=2)
NOON = moment("2026-11-17", 12)


@pytest.fixture
def line(commune):
    found_silence_rule()
    asked(commune)
    return line_of(commune)


def test_the_workers_clock_two_minutes_ahead_records_nothing_too_early(line):
    """Rule 6.4: a reply at the last instant of the web server's clock is in time."""
    last = DUE - TICK

    recorded = record_deemed(last + SKEW)
    sent = replied(line, last, Stance.DISAGREED)

    assert (recorded, sent.event.act) == (0, "opinion.replied")
    assert record_deemed(DUE + MARGIN + SKEW) == 0


def test_the_workers_clock_two_minutes_behind_records_only_later(line):
    """Rule 6.4: the web server saw the deadline pass first; a late reply stays late."""
    late = replied(line, DUE, Stance.DISAGREED)

    assert late.event.act == "opinion.late_reply"
    assert record_deemed(DUE + MARGIN - SKEW) == 0
    assert record_deemed(DUE + MARGIN) == 1
    assert Event.objects.get(act="opinion.deemed_agreed").effective_at == DUE


def test_a_paper_reply_entered_at_the_last_instant_is_never_swept_as_silence(commune):
    """Rules 2.7, 6.4: the worker's clock two minutes ahead, at the end of the register's day."""
    found_silence_rule()
    asked(commune, on_paper=True)
    line = line_of(commune)
    last = line.register_until - TICK
    clerk = actor_of(PostFactory(function=Function.CLERK, agency=OfficeFactory()))

    assert record_deemed(last + SKEW) == 0
    lifecycle.enter_paper(
        line, clerk, lambda: last, received_at=DUE - TICK, files=[paper_file("quet")],
        answers={q: ("disagreed", "Chồng lấn.") for q in line.consultation.questions.all()},
    )  # fmt: skip

    assert record_deemed(line.register_until + MARGIN) == 0
    assert outcome_of(line, line.register_until + MARGIN) == Outcome.DISAGREED


def test_silence_on_paper_is_recorded_by_the_margin_past_the_registers_day(commune):
    """Rules 2.7, 6.3, 6.4: effective at the deadline all the same."""
    found_silence_rule()
    asked(commune, on_paper=True)
    until = line_of(commune).register_until

    assert [record_deemed(until + MARGIN - TICK), record_deemed(until + MARGIN)] == [0, 1]
    assert Event.objects.get(act="opinion.deemed_agreed").effective_at == DUE


def test_a_deadline_on_a_worked_saturday_decides_at_its_midnight(commune):
    """Rules 3.1, 3.5: the government's swap makes it a working day like any other."""
    found_silence_rule()
    day_off("2026-11-21", "Làm bù", kind="worked")
    asked(commune, due="05 ngày làm việc")
    line, saturday_ends = line_of(commune), moment("2026-11-22", 0)

    assert line.due_at == saturday_ends
    assert outcome_of(line, saturday_ends - TICK) == Outcome.AWAITING
    assert outcome_of(line, saturday_ends) == Outcome.DEEMED_AGREED


def test_a_deadline_over_tet_is_deemed_when_its_last_day_ends(commune):
    """Rules 3.3, 3.5, 6.3: nobody is deemed to agree while the offices are closed."""
    found_silence_rule(since=moment("2026-01-01"))
    for day in range(16, 21):
        day_off(f"2026-02-{day}", "Tết Bính Ngọ")
    asked(commune, at=moment("2026-02-12"), due="03 ngày làm việc")
    line = line_of(commune)

    assert line.due_at == moment("2026-02-25", 0)
    assert outcome_of(line, moment("2026-02-20")) == Outcome.AWAITING
    assert outcome_of(line, line.due_at) == Outcome.DEEMED_AGREED


def test_an_agency_merged_the_day_before_the_deadline_is_never_deemed(commune):
    """Rules 2.5, 6.3: the successor is asked by the same deadline, and its silence counts."""
    found_silence_rule()
    chief, successor = office_chief(), AgencyFactory(name="UBND xã Quang Tiến")
    head_of(successor)
    asked(commune)
    day_before = DUE - timedelta(days=1)
    succeed(commune, successor, closed_on=date(2026, 11, 19))

    moved(commune, chief, day_before + timedelta(hours=9))

    old, new = Opinion.objects.order_by("pk")
    assert (new.agency, new.due_at) == (successor, DUE)
    assert outcome_of(old, DUE) == Outcome.MOVED
    assert outcome_of(new, DUE) == Outcome.DEEMED_AGREED
    assert record_deemed(DUE + MARGIN) == 1


def test_what_was_deemed_stays_when_the_rest_is_withdrawn(commune, other_commune):
    """Rules 3.5, 6.3, 6.7: one line runs on after the others' deadline, then all is withdrawn."""
    found_silence_rule()
    requester, third = head_of(AgencyFactory()), AgencyFactory()
    head_of(third)
    consultation = asked(commune, other_commune, by=requester)
    returned = replied(line_of(other_commune), NOON, Stance.RETURNED).opinion
    lifecycle.redirect(returned, requester, lambda: DUE, agency=third, due="03 ngày làm việc")
    at = DUE + timedelta(hours=9)

    lifecycle.withdraw(consultation, requester, lambda: at, reason="Dự thảo đổi.")

    assert outcome_of(line_of(commune), at) == Outcome.DEEMED_AGREED
    assert outcome_of(line_of(third), at) == Outcome.WITHDRAWN
    assert record_deemed(at) == 1


def test_closed_at_the_very_instant_of_the_last_reply_that_reply_counts(commune):
    """Rules 6.4, 6.7: all had replied; closing makes no one late."""
    found_silence_rule()
    requester = head_of(AgencyFactory())
    consultation = asked(commune, by=requester)
    replied(line_of(commune), NOON, Stance.DISAGREED)

    lifecycle.close_early(consultation, requester, lambda: NOON)

    assert outcome_of(line_of(commune), DUE) == Outcome.DISAGREED


def test_a_new_round_after_a_withdrawal_needs_no_deadline_to_pass(commune):
    """Rule 6.7: withdrawn is closed; the new round starts from nothing."""
    requester = head_of(AgencyFactory())
    first = asked(commune, by=requester)
    lifecycle.withdraw(first, requester, lambda: NOON, reason="Dự thảo đổi.")

    again = asked(commune, by=requester, at=NOON, due="05 ngày làm việc", previous=first)

    assert outcome_of(again.opinions.get(), NOON) == Outcome.AWAITING
