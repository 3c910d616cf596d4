"""The chief refuses a wrong entry from paper: the line stands as without it (rule 2.7)."""

from datetime import timedelta

import pytest

from agencies.functions import Function
from agencies.models import CalendarDay, Event, Notice
from agencies.refusals import NotYours, Refused
from consultations import lifecycle
from consultations.acts import LineCase
from consultations.closing import record_closed
from consultations.models import Consultation, Opinion, PoorMark, Reconciliation, ReturnContest
from consultations.papers.lines import lines_of, remarks
from consultations.reconciling import Meaning
from consultations.signs import lines_with
from consultations.stances import Outcome, Stance
from consultations.sweep import record_deemed
from tests.consultations.asking import DUE, asked, found_silence_rule, line_of, outcome_of
from tests.consultations.on_paper import (
    AFTER,
    NOON,
    RESULT_DUE,
    answered,
    entered,
    letter,
    met,
    office_clerk,
)
from tests.factories import PostFactory, actor_of, moment, office_chief

pytestmark = pytest.mark.django_db

TICK = timedelta(microseconds=1)
UNTIL = moment("2026-11-21", 0)  # the end of the working day after the deadline
SATURDAY = UNTIL + timedelta(hours=9)


@pytest.fixture
def clerk():
    return office_clerk()


@pytest.fixture
def chief():
    return office_chief()


@pytest.fixture
def line(requester, commune):
    found_silence_rule()
    asked(commune, by=requester, on_paper=True)
    return line_of(commune)


def refused(entry, chief, at, reason="Không có trong sổ công văn đến."):
    return lifecycle.refuse_paper(entry.opinion, chief, lambda: at, entry=entry, reason=reason)


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (NOON + timedelta(hours=1), Outcome.AWAITING),
        (AFTER, Outcome.AWAITING_REGISTER),
        (SATURDAY, Outcome.DEEMED_AGREED),
    ],
    ids=["before the deadline", "while the register is looked through", "past both"],
)
def test_refused_the_line_stands_as_without_the_entry(line, clerk, chief, at, expected):
    """Rule 2.7: awaited, or silent by its own deadline."""
    entry = entered(line, clerk, NOON)

    refused(entry, chief, at)

    assert outcome_of(line, at) == expected
    assert outcome_of(line, at - TICK) == Outcome.DISAGREED


def test_the_reply_before_counts_again(line, clerk, chief):
    """Rules 2.7, 6.5: what the wrong entry had replaced; also of two stamped alike."""
    entered(line, clerk, NOON, Stance.AGREED)
    wrong = entered(line, clerk, NOON + TICK, received_at=NOON)

    refused(wrong, chief, AFTER)

    assert outcome_of(line, AFTER) == Outcome.AGREED
    assert LineCase(chief, AFTER, line).counting_reply.stance == Stance.AGREED


def test_the_right_paper_is_entered_after_the_wrong_one(line, clerk, chief):
    """Rule 2.7: with the same stamp, while the register is looked through."""
    refused(entered(line, clerk, NOON), chief, AFTER)

    right = entered(line, clerk, AFTER + TICK, Stance.AGREED, received_at=NOON)

    assert outcome_of(line, SATURDAY) == Outcome.AGREED
    assert lifecycle.confirm_paper(right, chief, SATURDAY).decision == "confirmed"


def test_who_entered_it_and_the_requester_are_told_and_the_history_keeps_both(
    line, clerk, chief, requester
):
    """Rules 2.7, 10.1, 11."""
    entry = entered(line, clerk, NOON)

    refused(entry, chief, AFTER)

    told = Notice.objects.filter(event__act="opinion.paper_refused", channel="app")
    assert {notice.person for notice in told} == {clerk.user, requester.user}
    acts = list(Event.objects.of(line).values_list("act", flat=True))
    assert acts[-2:] == ["opinion.paper_entered", "opinion.paper_refused"]
    assert line.replies.get() == entry
    [on_the_sheet] = lines_of(line.consultation, AFTER)
    assert "từ chối" in remarks(on_the_sheet)


def test_what_is_checked_is_not_checked_again(line, clerk, chief):
    """Rule 2.7: the chief decides once, for or against; never without a reason."""
    entry = entered(line, clerk, NOON)
    with pytest.raises(Refused):
        refused(entry, chief, AFTER, reason=" ")

    refused(entry, chief, AFTER)

    with pytest.raises(Refused):
        lifecycle.confirm_paper(entry, chief, AFTER)
    with pytest.raises(Refused):
        refused(entry, chief, AFTER)


def test_only_who_settles_refuses(line, clerk, requester):
    """Rules 2.3, 2.7: neither who entered it nor who asked."""
    entry = entered(line, clerk, NOON)

    for actor in (clerk, requester):
        with pytest.raises(NotYours):
            refused(entry, actor, AFTER)


def test_nobody_refuses_what_he_entered_himself(line, chief):
    """Rule 2.3: as nobody confirms it."""
    both = actor_of(PostFactory(function=Function.CLERK, agency=chief.agency, user=chief.user))
    entry = entered(line, both, NOON)

    with pytest.raises(Refused):
        refused(entry, chief, AFTER)


def test_the_sweep_records_the_silence_a_refusal_lays_open(line, clerk, chief):
    """Rules 3.10, 6.3: it was done with the line while the reply counted."""
    entry = entered(line, clerk, NOON)
    assert record_deemed(SATURDAY) == 0

    refused(entry, chief, SATURDAY)

    assert record_deemed(SATURDAY + TICK) == 1
    assert Event.objects.get(act="opinion.deemed_agreed").effective_at == DUE


def test_a_consultation_told_as_closed_opens_again_where_a_return_comes_to_light(
    line, clerk, chief, requester
):
    """Rules 6.6, 6.7: the requester acts on it, and is told a second time that it closed."""
    entered(line, clerk, NOON, Stance.RETURNED)
    wrong = entered(line, clerk, NOON + TICK)
    assert record_closed(SATURDAY) == 1

    refused(wrong, chief, SATURDAY)

    assert Consultation.objects.open(SATURDAY).exists()
    later = SATURDAY + timedelta(hours=1)
    lifecycle.drop(line, requester, lambda: later, reason="Không cần.")
    assert record_closed(later) == 1
    assert Event.objects.filter(act="consultation.closed").count() == 2


def test_closed_early_on_a_reply_that_was_none_the_agency_has_its_deadline_again(
    line, clerk, chief, requester
):
    """Rules 2.7, 6.7: silent by its own deadline, not by the closing."""
    wrong = entered(line, clerk, NOON, Stance.AGREED)
    lifecycle.close_early(line.consultation, requester, lambda: NOON + timedelta(hours=1))

    refused(wrong, chief, NOON + timedelta(hours=2))

    line.refresh_from_db()
    assert line.due_at == DUE
    assert outcome_of(line, DUE - TICK) == Outcome.AWAITING
    assert Consultation.objects.open(DUE - TICK).exists()


def test_a_contest_about_it_waits_no_more(line, clerk, chief, requester):
    """Rule 6.6: nothing is left to settle of a return that was none."""
    wrong = entered(line, clerk, NOON, Stance.RETURNED)
    lifecycle.contest_return(line, requester, lambda: AFTER, reason="Đúng chức năng.")

    refused(wrong, chief, AFTER + TICK)

    assert ReturnContest.objects.get().decision == "upheld"
    assert not Opinion.objects.waiting_for_the_chief().exists()


def test_a_mark_on_it_counts_for_nobody(line, clerk, chief, requester):
    """Rules 6.9, 6.11: neither against the agency nor against who marked."""
    wrong = entered(line, clerk, NOON, Stance.AGREED)
    lifecycle.mark_poor(line, requester, lambda: AFTER, kind="general", reason="Chung chung.")

    refused(wrong, chief, AFTER + TICK)

    assert PoorMark.objects.standing(AFTER).exists()
    assert not PoorMark.objects.standing(AFTER + TICK).exists()
    for sign in ("poor", "mark_off"):
        found = lines_with(sign, Opinion.objects.all(), SATURDAY, CalendarDay.objects.calendar())
        assert not found.exists()
    assert LineCase(requester, SATURDAY, line).poor_marks == []


def test_a_refused_answer_leaves_the_result_as_without_it(line, clerk, chief, requester):
    """Rules 2.7, 6.10: awaited, and answered anew from the right paper."""
    entered(line, clerk, NOON)
    result = met(line, requester)
    wrong = answered(line, clerk, AFTER + TICK)

    refused(wrong, chief, AFTER + 2 * TICK)

    assert Reconciliation.objects.get().means(RESULT_DUE - TICK) == Meaning.AWAITING
    right = answered(line, clerk, RESULT_DUE, "confirmed", received_at=RESULT_DUE - TICK)
    assert (right.is_refused, right.reconciliation) == (False, result)


def test_a_refused_contest_leaves_the_mark_to_be_contested(line, clerk, chief, requester):
    """Rules 2.7, 6.9."""
    entered(line, clerk, NOON, Stance.AGREED)
    lifecycle.mark_poor(line, requester, lambda: AFTER, kind="general", reason="Chung chung.")

    def contested(at):
        return lifecycle.enter_mark_contest(
            line, clerk, lambda: at, reason="Đã nêu rõ.", received_at=at, letter=letter()
        )

    refused(contested(AFTER + TICK), chief, AFTER + 2 * TICK)

    assert contested(AFTER + 3 * TICK).mark.contest.decision == ""
