"""An agency served on paper answers a meeting's result and contests a mark (2.7, 6.9, 6.10)."""

from datetime import date, timedelta

import pytest

from agencies.functions import Function
from agencies.models import Attachment, Event
from agencies.refusals import NotYours, Refused
from consultations import lifecycle
from consultations.blocking import blocks
from consultations.lifecycle.preparing import begin_dossier
from consultations.models import Opinion, PoorContest, Reconciliation
from consultations.reconciling import Meaning, meaning
from consultations.stances import Stance
from tests.consultations.asking import ASKED, DUE, asked, found_silence_rule, line_of
from tests.consultations.on_paper import (
    AFTER,
    NOON,
    REGISTER_ENDS,
    RESULT_DUE,
    answered,
    entered,
    letter,
    met,
    office_clerk,
)
from tests.factories import PostFactory, actor_of, head_of, office_chief

pytestmark = pytest.mark.django_db

TICK = timedelta(microseconds=1)
MONDAY = AFTER + timedelta(days=3)


@pytest.fixture
def clerk():
    return office_clerk()


@pytest.fixture
def line(requester, commune):
    found_silence_rule()
    asked(commune, by=requester, on_paper=True)
    return line_of(commune)


@pytest.fixture
def result(line, clerk, requester):
    """The commune disagreed on paper, and a result waits for its answer."""
    entered(line, clerk, NOON)
    return met(line, requester)


def means(result: Reconciliation, at) -> Meaning:
    return Reconciliation.objects.get(pk=result.pk).means(at)


def test_the_clerk_enters_the_answer_to_a_result_as_the_agencys_own(line, result, clerk):
    """Rules 2.7, 6.10: with number, date, stamp and scan; who entered it and from what is told."""
    answered(line, clerk, MONDAY)

    assert means(result, MONDAY) == Meaning.OBJECTED
    event = Event.objects.get(act="opinion.result_objected_on_paper")
    assert event.actor == clerk.user
    assert event.sentence.count("31/UBND") == 1
    assert Attachment.objects.filter(event=event).exists()


def test_the_clerk_of_the_agency_that_asks_enters_it_too(line, result, requester):
    """Rule 2.7: whose register the paper is in."""
    own = actor_of(PostFactory(function=Function.CLERK, agency=requester.agency))

    assert answered(line, own, MONDAY).post == own.post


def test_nobody_of_the_agency_asked_enters_its_paper_itself(line, result):
    """Rules 2.7, 6.5: the stamp of receipt is that of the register it came in; what the agency has
    to say in the program its head sends.
    """
    own = actor_of(PostFactory(function=Function.CLERK, agency=line.agency))

    with pytest.raises(NotYours):
        answered(line, own, MONDAY)
    with pytest.raises(NotYours):
        entered(line, own, MONDAY)


@pytest.mark.parametrize(
    ("received", "at", "expected"),
    [
        (RESULT_DUE - TICK, REGISTER_ENDS - TICK, Meaning.OBJECTED),
        (RESULT_DUE, REGISTER_ENDS - TICK, Meaning.BY_SILENCE),
        (RESULT_DUE - TICK, REGISTER_ENDS, Meaning.BY_SILENCE),
    ],
    ids=["stamped and entered in time", "stamped at the deadline", "entered too late"],
)
def test_the_stamp_decides_if_it_is_entered_in_time(line, result, clerk, received, at, expected):
    """Rules 2.7, 6.10: what comes late is kept and changes nothing."""
    paper = answered(line, clerk, at, received_at=received)

    assert means(result, REGISTER_ENDS) == expected
    assert paper.is_late == (expected == Meaning.BY_SILENCE)


def test_until_the_register_is_looked_through_silence_confirms_nothing(line, result):
    """Rule 2.7: to the end of the working day after the deadline."""
    assert means(result, RESULT_DUE - TICK) == Meaning.AWAITING
    assert means(result, RESULT_DUE) == Meaning.AWAITING_REGISTER
    assert means(result, REGISTER_ENDS) == Meaning.BY_SILENCE


def test_an_answer_is_known_from_its_entry_on():
    """Rule 3.9: as of an instant between stamp and entry nobody knew."""
    said = ("objected", REGISTER_ENDS - TICK, RESULT_DUE)

    assert meaning(*said, RESULT_DUE, register_until=REGISTER_ENDS) == Meaning.AWAITING_REGISTER
    assert meaning(*said, REGISTER_ENDS, register_until=REGISTER_ENDS) == Meaning.OBJECTED


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"number": " "}, "document_number"),
        ({"dated_on": None}, "document_on"),
        ({"dated_on": date(2026, 11, 24)}, "document_on"),
        ({"signed": []}, "files"),
    ],
    ids=["no number", "no date", "dated after its stamp", "no scan"],
)
def test_an_answer_on_paper_is_a_whole_letter(line, result, clerk, changed, field):
    """Rule 2.7: exactly as paper replies are entered."""
    with pytest.raises(Refused) as refused:
        lifecycle.enter_result_answer(
            line, clerk, lambda: MONDAY, response="confirmed", letter=letter(**changed),
            received_at=MONDAY,
        )  # fmt: skip

    assert refused.value.field == field


def test_a_result_is_answered_once(line, result, clerk):
    """Rule 6.10: the chief refuses a wrong entry, nobody writes over it."""
    answered(line, clerk, MONDAY, "confirmed")

    with pytest.raises(Refused):
        answered(line, clerk, MONDAY + TICK)


def test_a_confirmation_on_paper_stands_in_a_dossier_once_the_chief_has_checked_it(
    requester, commune, clerk
):
    """Rules 2.7, 7.1: no use in a dossier before."""
    dossier = begin_dossier(requester, ASKED, title="Quy hoạch", recipient="chair")
    asked(commune, by=requester, on_paper=True, dossier=dossier)
    line = line_of(commune)
    reply = entered(line, clerk, NOON)
    lifecycle.confirm_paper(reply, office_chief(), NOON)
    met(line, requester)
    settle = {one.pk: lifecycle.Settled(True) for one in lifecycle.comments_of(line, MONDAY)}
    lifecycle.settle_comments(line, requester, lambda: MONDAY, settlements=settle)
    paper = answered(line, clerk, MONDAY, "confirmed")

    [block] = blocks(dossier, MONDAY)
    assert line.agency.short_name in block.sentence
    lifecycle.confirm_paper(paper, office_chief(), MONDAY)
    assert blocks(dossier, MONDAY) == []


def test_the_clerk_enters_that_the_agency_contests_a_mark(line, clerk, requester):
    """Rules 2.7, 6.9: the chief settles it; settling it he has checked the paper."""
    chief = office_chief()
    entered(line, clerk, NOON, Stance.AGREED)
    lifecycle.confirm_paper(line.replies.get(), chief, NOON)
    lifecycle.mark_poor(
        line, requester, lambda: NOON + TICK, kind="general", reason="Chung chung."
    )  # fmt: skip

    lifecycle.enter_mark_contest(
        line, clerk, lambda: DUE, reason="Đã nêu rõ.", received_at=NOON + timedelta(hours=2),
        letter=letter(dated_on=date(2026, 11, 17)),
    )  # fmt: skip

    assert PoorContest.objects.get().reason == "Đã nêu rõ."
    [waiting] = Opinion.objects.waiting_for_the_chief()
    assert (waiting.contested_then, waiting.entered_then) == (DUE, DUE)
    lifecycle.settle_mark(line, chief, lambda: AFTER, upheld=True, answer="Đã xem.")
    assert not Opinion.objects.waiting_for_the_chief().exists()


def test_an_agency_with_accounts_answers_in_the_program(requester, commune, clerk):
    """Rule 2.7: a clerk enters for agencies served on paper only."""
    head_of(commune)
    asked(commune, by=requester)
    line = line_of(commune)

    with pytest.raises(Refused):
        answered(line, clerk, MONDAY)
