"""A reply races what the requester does with the whole consultation (rules 6.4, 6.7).

Whoever holds the lock first is first; the other reads the clock after it and is told.
"""

from datetime import timedelta
from threading import Event as Signal

import pytest
from django.db import transaction

from agencies.models import Event, Notice
from agencies.refusals import NotYours, Refused
from consultations import lifecycle
from consultations.lifecycle import dossiers
from consultations.lifecycle.lines import locked_round
from consultations.lifecycle.preparing import begin_dossier
from consultations.models import Consultation, Opinion, Reply
from consultations.moving.requests import give_request
from consultations.stances import Outcome, Stance
from tests.consultations.asking import DUE, asked, outcome_of, replied
from tests.factories import (
    AgencyFactory,
    PostFactory,
    actor_of,
    head_of,
    moment,
    office_chief,
)
from tests.racing import at_once, wait_until_somebody_waits

pytestmark = pytest.mark.django_db(transaction=True)

TICK = timedelta(microseconds=1)
NOON = moment("2026-11-17", 12)
TERM = "03 ngày làm việc"


@pytest.fixture
def chair(line):
    return actor_of(line.agency.posts.get())


def first_and_then(first, then, at=NOON, later=NOON + TICK):
    """Run `first(clock)`, whose clock is read while `then(clock)` waits for what it locked."""
    in_hand = Signal()

    def holding():
        in_hand.set()
        wait_until_somebody_waits()
        return at

    def second():
        in_hand.wait(5)
        return then(lambda: later)

    return at_once(lambda: first(holding), second)


def sends(line, chair, stance=Stance.DISAGREED):
    question = line.consultation.questions.get()
    return lambda clock: lifecycle.reply(
        line.pk, chair, clock, answers={question: (stance, "Chồng lấn thửa 212.")}
    )


def test_a_reply_behind_the_withdrawal_is_refused(line, chair, requester):
    """Rule 6.7: nobody is asked any more once the withdrawal holds the lines."""
    withdrawn, refused = first_and_then(
        lambda clock: lifecycle.withdraw(line.consultation, requester, clock, reason="Đổi."),
        sends(line, chair),
    )

    assert withdrawn.withdrawn_at == NOON
    assert isinstance(refused, Refused)
    assert not Reply.objects.exists()


def test_of_two_new_rounds_asked_at_once_one_is_refused(line, chair, requester, commune):
    """Rule 6.7: the second waits for the lock on the round before and finds the first."""
    previous = line.consultation
    asks = [lambda: asked(commune, by=requester, at=DUE, previous=previous) for _n in range(2)]

    results = at_once(*asks)

    assert sorted(type(one).__name__ for one in results) == ["Consultation", "Refused"]
    assert previous.later_rounds.count() == 1


def test_a_reply_before_the_withdrawal_is_kept(line, chair, requester):
    """Rules 6.5, 6.7: what was said stays readable, the line means "withdrawn"."""
    sent, _withdrawn = first_and_then(
        sends(line, chair),
        lambda clock: lifecycle.withdraw(line.consultation, requester, clock, reason="Đổi."),
    )

    assert list(Reply.objects.all()) == [sent]
    assert outcome_of(line, NOON) == Outcome.DISAGREED
    assert outcome_of(line, NOON + TICK) == Outcome.WITHDRAWN


def test_a_reply_racing_the_extension_at_the_last_minute_is_in_time(line, chair, requester):
    """Rules 6.4, 6.7: the extension holds the line first, so the reply meets the new deadline."""
    _extended, sent = first_and_then(
        lambda clock: lifecycle.extend(
            line.consultation, requester, clock, due=TERM, reason="Còn chờ."
        ),
        sends(line, chair),
        at=DUE - TICK,
        later=DUE + TICK,
    )

    line.refresh_from_db()
    assert line.due_at > DUE
    assert sent.event.act == "opinion.replied"
    assert outcome_of(line, line.due_at) == Outcome.DISAGREED


def test_a_reply_racing_early_closing_is_late_and_the_first_one_counts(line, chair, requester):
    """Rule 6.7: once closed, what comes changes nothing."""
    replied(line, NOON - TICK, Stance.AGREED, by=chair)

    _closed, sent = first_and_then(
        lambda clock: lifecycle.close_early(line.consultation, requester, clock),
        sends(line, chair),
    )

    assert sent.event.act == "opinion.late_reply"
    assert outcome_of(line, DUE) == Outcome.AGREED


def test_early_closing_behind_a_reply_counts_that_reply(line, chair, requester):
    """Rules 6.4, 6.7: replaced at the last moment before the closing."""
    replied(line, NOON - TICK, Stance.AGREED, by=chair)

    first_and_then(
        sends(line, chair),
        lambda clock: lifecycle.close_early(line.consultation, requester, clock),
    )

    assert Reply.objects.count() == 2
    assert outcome_of(line, DUE) == Outcome.DISAGREED


def test_a_redirection_racing_the_withdrawal_leaves_nobody_asked(
    line, chair, requester, other_commune
):
    """Rules 6.4, 6.6, 6.7: no deadlock, and the new line is withdrawn with the others."""
    head_of(other_commune)
    replied(line, NOON - TICK, Stance.RETURNED, by=chair)

    given = first_and_then(
        lambda clock: lifecycle.redirect(line, requester, clock, agency=other_commune, due=TERM),
        lambda clock: lifecycle.withdraw(line.consultation, requester, clock, reason="Đổi."),
    )

    assert [type(one) for one in given] == [Opinion, Consultation]
    endings = list(Opinion.objects.order_by("pk").values_list("ending", flat=True))
    assert endings == ["redirected", "withdrawn"]


def test_an_agency_that_gave_the_request_on_meanwhile_withdraws_nothing(line, requester):
    """Rules 2.5, 2.3: merged while its head waits for the lock, it is the successor's request."""
    successor, chief = AgencyFactory(), office_chief()

    @transaction.atomic
    def moved(clock):
        held, _lines = locked_round(line.consultation)
        give_request(held, successor, chief, clock())

    _moved, refused = first_and_then(
        moved,
        lambda clock: lifecycle.withdraw(line.consultation, requester, clock, reason="Đổi."),
    )

    assert isinstance(refused, NotYours)
    assert outcome_of(line, NOON + TICK) == Outcome.AWAITING


def test_a_deputy_replying_while_the_head_does(line, chair):
    """Rules 2.1, 6.5: each for the agency, both kept; the one received later counts."""
    deputy = actor_of(PostFactory(agency=line.agency, is_deputy=True))

    head_sent, deputy_sent = first_and_then(
        sends(line, chair), sends(line, deputy, Stance.WITH_COMMENTS)
    )

    assert (head_sent.event.capacity, deputy_sent.event.capacity) == ("", "KT.")
    assert outcome_of(line, DUE) == Outcome.WITH_COMMENTS
    assert Event.objects.filter(act="opinion.replied").count() == 2


def test_two_heads_of_one_agency_replying_at_once(line, chair):
    """Rules 2.1, 6.4: two posts of head on one day; the lock puts their replies in order."""
    acting_head = head_of(line.agency, is_acting=True)

    _first, second = first_and_then(
        sends(line, chair), sends(line, acting_head, Stance.WITH_COMMENTS)
    )

    assert Reply.objects.count() == 2
    assert outcome_of(line, NOON) == Outcome.DISAGREED
    assert outcome_of(line, DUE) == second.stance == Outcome.WITH_COMMENTS


def test_a_dossier_submitted_by_the_head_and_the_deputy_at_once_is_one_version(requester):
    """Rules 5.14, 7.1: whoever comes second meets a dossier that lies with the Office."""
    dossier = begin_dossier(requester, NOON, title="Quy hoạch", recipient="chair")
    deputy = actor_of(PostFactory(agency=requester.agency, is_deputy=True))
    chief = office_chief()

    def submit(actor):
        return dossiers.submit(dossier, actor, NOON, text="Kính trình", proposal="Duyệt")

    given = at_once(lambda: submit(requester), lambda: submit(deputy))

    assert sum(isinstance(one, Refused) for one in given) == 1
    assert dossier.versions.count() == 1
    assert Notice.objects.filter(person=chief.user, channel="app").count() == 1
