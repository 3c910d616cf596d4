"""Withdrawing, extending for all, closing early, a new round (rules 6.4, 6.7)."""

from datetime import timedelta

import pytest

from agencies.models import AlreadyDone, Event
from agencies.refusals import NotYours, Refused
from consultations import lifecycle
from consultations.models import Consultation, Opinion, TermsRow
from consultations.stances import Outcome, Stance
from tests.consultations.asking import (
    ASKED,
    DUE,
    asked,
    found_silence_rule,
    line_of,
    outcome_of,
    replied,
)
from tests.factories import CompetenceFactory, head_of, moment, staff_of

pytestmark = pytest.mark.django_db

TICK = timedelta(microseconds=1)
NOON = moment("2026-11-17", 12)
WHY = "Dự thảo đã thay đổi, sẽ xin ý kiến lại."


@pytest.fixture
def consultation(requester, commune, other_commune):
    """Two communes are asked; silence is agreement."""
    found_silence_rule()
    return asked(commune, other_commune, by=requester)


def clock(at):
    return lambda: at


def test_withdrawn_nothing_is_asked_or_deemed(consultation, requester, commune):
    """Rule 6.7: before the deadline, with a reason."""
    lifecycle.withdraw(consultation, requester, clock(NOON), reason=WHY)

    assert outcome_of(line_of(commune), DUE) == Outcome.WITHDRAWN
    assert outcome_of(line_of(commune), NOON - TICK) == Outcome.AWAITING
    assert Consultation.objects.closed(NOON).exists()
    assert Event.objects.get(act="consultation.withdrawn").params["text"] == WHY


def test_withdrawing_needs_a_reason(consultation, requester):
    """Rule 6.7."""
    with pytest.raises(Refused):
        lifecycle.withdraw(consultation, requester, clock(NOON), reason=" ")


@pytest.mark.parametrize("at", [DUE, DUE + TICK], ids=["at the deadline", "after it"])
def test_nothing_is_withdrawn_or_extended_from_the_deadline_on(consultation, requester, at):
    """Rule 6.7: never after `due_at`."""
    with pytest.raises(Refused):
        lifecycle.withdraw(consultation, requester, clock(at), reason=WHY)
    with pytest.raises(Refused):
        lifecycle.extend(consultation, requester, clock(at), due="03 ngày làm việc", reason=WHY)


def test_extended_at_the_last_moment_nobody_is_deemed(consultation, requester, commune):
    """Rule 6.7: the instant before the deadline is in time."""
    lifecycle.extend(
        consultation, requester, clock(DUE - TICK), due="03 ngày làm việc", reason="Còn chờ."
    )

    assert outcome_of(line_of(commune), DUE) == Outcome.AWAITING
    assert TermsRow.objects.filter(opinion=line_of(commune)).count() == 2


def test_an_extension_is_never_to_an_earlier_day(consultation, requester):
    """Rule 3.5 for consultations: later only."""
    with pytest.raises(Refused):
        lifecycle.extend(consultation, requester, clock(NOON), due=DUE - TICK, reason="Sớm hơn.")


def test_extended_for_all_a_line_with_a_later_deadline_of_its_own_keeps_it(
    consultation, requester, commune, other_commune
):
    """Rules 6.6, 6.7: one line supplied with much time forbids the others none."""
    replied(line_of(commune), ASKED, Stance.INSUFFICIENT)
    own = lifecycle.supply(
        line_of(commune), requester, clock(NOON), text="Gửi bản đồ.", due="20 ngày làm việc"
    ).due_at

    lifecycle.extend(consultation, requester, clock(NOON), due="05 ngày làm việc", reason="Chờ.")

    assert line_of(commune).due_at == own
    assert line_of(other_commune).due_at == moment("2026-11-25", 0)


def test_a_reply_to_a_withdrawn_consultation_is_refused(consultation, requester, commune):
    """Rule 6.7: nobody is asked any more; what was typed stays on the page."""
    lifecycle.withdraw(consultation, requester, clock(NOON), reason=WHY)

    with pytest.raises(Refused):
        replied(line_of(commune), NOON + TICK)


def test_all_having_replied_it_may_be_closed_early(consultation, requester, commune, other_commune):
    """Rule 6.7: what comes after the closing is late."""
    replied(line_of(commune), NOON, Stance.DISAGREED)
    replied(line_of(other_commune), NOON)

    lifecycle.close_early(consultation, requester, clock(NOON + TICK))
    late = replied(line_of(commune), NOON + timedelta(hours=1), Stance.AGREED)

    assert outcome_of(line_of(commune), DUE) == Outcome.DISAGREED
    assert late.event.act == "opinion.late_reply"
    assert Consultation.objects.closed(NOON + TICK).exists()


def test_it_is_not_closed_while_one_is_silent(consultation, requester, commune):
    """Rule 6.7: when all have replied."""
    replied(line_of(commune), NOON)

    with pytest.raises(Refused, match="An Tiến"):
        lifecycle.close_early(consultation, requester, clock(NOON + TICK))


def test_it_is_not_closed_while_a_return_waits(consultation, requester, commune, other_commune):
    """Rules 6.6, 6.7: first settle what was sent back."""
    replied(line_of(commune), NOON)
    replied(line_of(other_commune), NOON, Stance.RETURNED)

    with pytest.raises(Refused, match="An Tiến"):
        lifecycle.close_early(consultation, requester, clock(NOON + TICK))


def test_only_the_requesters_head_does_it(consultation, requester, commune):
    """Rule 2: official acts are the head's; the asked agency has none here."""
    for actor in (staff_of(requester.agency), head_of(commune)):
        with pytest.raises(NotYours):
            lifecycle.withdraw(consultation, actor, clock(NOON), reason=WHY)


def test_a_new_round_waits_for_the_end_of_the_old(consultation, requester, commune):
    """Rule 6.7: refused while the old one is open."""
    with pytest.raises(Refused):
        asked(commune, by=requester, at=NOON, previous=consultation)

    assert not Opinion.objects.filter(consultation__previous=consultation).exists()


def test_a_second_new_round_waits_for_the_end_of_the_first(consultation, requester, commune):
    """Rule 6.7: two rounds of one matter do not run side by side."""
    first = asked(commune, by=requester, at=DUE, previous=consultation)

    with pytest.raises(Refused, match=first.code):
        asked(commune, by=requester, at=DUE + TICK, previous=consultation)

    lifecycle.withdraw(first, requester, clock(DUE + 2 * TICK), reason=WHY)
    again = asked(commune, by=requester, at=DUE + 3 * TICK, previous=consultation)
    assert again.previous == consultation


def test_a_new_round_posted_twice_is_one_round(consultation, requester, commune):
    """Issue 4: the second posting leads to the first one's round."""
    posting = requester.with_form_key("posted-twice")
    asked(commune, by=posting, at=DUE, previous=consultation)

    with pytest.raises(AlreadyDone):
        asked(commune, by=posting, at=DUE + TICK, previous=consultation)


def test_silence_is_not_carried_over_to_a_new_round(consultation, requester, commune):
    """Rule 6.7: who was deemed to agree is asked anew."""
    again = asked(commune, by=requester, at=DUE, previous=consultation)

    line = again.opinions.get()
    assert outcome_of(line, DUE) == Outcome.AWAITING
    assert again.previous == consultation


def test_an_objection_of_an_earlier_round_stays_visible(consultation, requester, commune):
    """Rule 6.7."""
    replied(line_of(commune), ASKED + TICK, Stance.DISAGREED)

    again = asked(commune, by=requester, at=DUE, previous=consultation)

    earlier = again.previous.opinions.with_outcome(DUE).filter(outcome=Outcome.DISAGREED)
    assert [line.agency for line in earlier] == [commune]


def test_outside_its_competences_an_agency_is_asked_with_a_reason(requester, commune):
    """Rule 6.1: competences matched; one outside them needs a reason."""
    land = CompetenceFactory()
    with pytest.raises(Refused):
        asked(commune, by=requester, competences=[land])

    again = asked(commune, by=requester, competences=[land], why="Có thửa đất.")

    line = again.opinions.get()
    assert (line.is_outside, line.why_asked) == (True, "Có thửa đất.")


def test_an_agency_without_accounts_is_served_on_paper(requester, commune):
    """Rule 2.7: until the end of the working day after the deadline the register is awaited."""
    found_silence_rule()
    asked(commune, by=requester, on_paper=True)

    line = line_of(commune)
    assert line.is_on_paper
    assert line.register_until == moment("2026-11-21", 0)
    assert outcome_of(line, DUE) == Outcome.AWAITING_REGISTER
    assert not Consultation.objects.closed(DUE).exists()
    assert outcome_of(line, line.register_until) == Outcome.DEEMED_AGREED
