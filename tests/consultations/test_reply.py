"""Replying: the clock is read under the lock, and the deadline decides (rules 6.2 to 6.5)."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction

from agencies.acting import Actor
from agencies.editing import Changed
from agencies.functions import Function
from agencies.models import AlreadyDone, Attachment, Delegation, Event, Notice
from agencies.refusals import NotYours, Refused
from consultations import lifecycle
from consultations.models import Reply, ReplyDraft
from consultations.stances import Outcome, Stance
from tests import factories
from tests.consultations.asking import (
    ASKED,
    DUE,
    asked,
    found_silence_rule,
    line_of,
    outcome_of,
    replied,
)
from tests.factories import AgencyFactory, head_of, moment, staff_of

pytestmark = pytest.mark.django_db

TICK = timedelta(microseconds=1)


@pytest.fixture
def line(commune):
    """A line of the commune, on which silence is agreement."""
    found_silence_rule()
    asked(commune, questions=[("Câu một?",), ("Câu hai?", False, "chỉ để biết")])
    return line_of(commune)


@pytest.mark.parametrize(
    ("received", "act", "expected"),
    [
        (DUE - TICK, "opinion.replied", Outcome.DISAGREED),
        (DUE, "opinion.late_reply", Outcome.DEEMED_AGREED),
        (DUE + TICK, "opinion.late_reply", Outcome.DEEMED_AGREED),
    ],
    ids=["one microsecond before", "at", "one microsecond after"],
)
def test_the_deadline_decides_to_the_microsecond(line, received, act, expected):
    """Rules 3.1, 6.3, 6.4: a late reply is kept and changes nothing."""
    sent = replied(line, received, Stance.DISAGREED)

    assert sent.event.act == act
    assert outcome_of(line, received + timedelta(days=1)) == expected
    assert Reply.objects.late().filter(pk=sent.pk).exists() == (received >= DUE)


@pytest.mark.parametrize("hour", [16, 17])
def test_a_deadline_at_an_hour_decides_at_that_hour(commune, hour):
    """Rule 3.1: "trước 16 giờ 00 ngày …" is that instant."""
    asked(commune, due=moment("2026-11-20", hour))
    line = line_of(commune)

    early = replied(line, moment("2026-11-20", hour) - TICK)
    late = replied(line, moment("2026-11-20", hour), Stance.DISAGREED)

    assert (early.event.act, late.event.act) == ("opinion.replied", "opinion.late_reply")
    assert outcome_of(line, moment("2026-11-21")) == Outcome.AGREED


def test_a_form_opened_before_and_posted_after_is_late(line):
    """Rule 6.5: a reply counts by the moment it was received, not when the form was opened."""
    chair = head_of(line.agency)
    lifecycle.note_opening(line, chair, DUE - timedelta(hours=1))

    replied(line, DUE + timedelta(minutes=1), Stance.DISAGREED, by=chair)

    line.refresh_from_db()
    assert (line.opened_at, line.opened_by) == (DUE - timedelta(hours=1), chair.user)
    assert outcome_of(line, DUE + timedelta(hours=1)) == Outcome.DEEMED_AGREED


def test_the_clock_is_read_after_the_lock(line):
    """Rule 6.4: the order of locks."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    chair, read_at = head_of(line.agency), []
    questions = list(line.consultation.questions.all())

    with CaptureQueriesContext(connection) as queries:

        def clock():
            read_at.append(len(queries.captured_queries))
            return DUE - TICK

        lifecycle.reply(line.pk, chair, clock, answers={q: ("agreed", "") for q in questions})

    before = [query["sql"] for query in queries.captured_queries[: read_at[0]]]
    assert any("FOR UPDATE" in sql for sql in before)


def test_a_draft_unsent_at_the_deadline_is_no_reply(line):
    """Rule 6.5."""
    lifecycle.save_draft(
        line.pk, staff_of(line.agency), ASKED, content={"stance": "disagreed"}, version=0
    )

    assert outcome_of(line, DUE) == Outcome.DEEMED_AGREED
    assert not Reply.objects.exists()


def test_a_draft_of_an_opinion_that_was_sent_meanwhile_is_told_so(line):
    """Rule 5.14: the draft is gone because somebody sent it; nothing typed is lost for that."""
    staff = staff_of(line.agency)
    lifecycle.save_draft(line.pk, staff, ASKED, content={"note": "một"}, version=0)
    sent = replied(line, ASKED)

    with pytest.raises(Changed) as refused:
        lifecycle.save_draft(line.pk, staff, ASKED, content={"note": "hai"}, version=1)

    assert sent.post.user.full_name in str(refused.value)


def test_sending_clears_the_draft(line):
    """Rule 6.5: staff prepare, the head sends."""
    lifecycle.save_draft(
        line.pk, staff_of(line.agency), ASKED, content={"stance": "agreed"}, version=0
    )

    replied(line, ASKED)

    assert not ReplyDraft.objects.exists()


def test_a_draft_changed_by_somebody_else_is_not_overwritten(line):
    """Rule 5.14: the second save is refused."""
    first, second = staff_of(line.agency), staff_of(line.agency)
    lifecycle.save_draft(line.pk, first, ASKED, content={"note": "một"}, version=0)

    with pytest.raises(Refused):
        lifecycle.save_draft(line.pk, second, ASKED, content={"note": "hai"}, version=0)

    lifecycle.save_draft(line.pk, second, ASKED, content={"note": "hai"}, version=1)
    assert ReplyDraft.objects.get().content == {"note": "hai"}


def test_a_reply_may_be_replaced_before_the_deadline_and_all_are_kept(line):
    """Rule 6.5."""
    replied(line, ASKED + timedelta(hours=1), Stance.DISAGREED)
    replied(line, ASKED + timedelta(hours=2), Stance.AGREED)

    assert line.replies.count() == 2
    assert outcome_of(line, ASKED + timedelta(hours=1)) == Outcome.DISAGREED
    assert outcome_of(line, DUE) == Outcome.AGREED


def test_replies_are_written_once(line):
    """Domain 11: the database refuses to change them."""
    sent = replied(line, ASKED)

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Reply.objects.filter(pk=sent.pk).update(stance="disagreed")


def test_the_gravest_answer_is_the_replys_stance(line):
    """Rule 6.2."""
    first, second = line.consultation.questions.all()

    sent = lifecycle.reply(
        line.pk,
        head_of(line.agency),
        lambda: ASKED,
        answers={first: ("disagreed", "Ranh giới sai."), second.pk: ("with_comments", "Nêu rõ.")},
    )

    assert sent.stance == Stance.DISAGREED
    assert sent.answers.count() == 2


@pytest.mark.parametrize("stance", [Stance.WITH_COMMENTS, Stance.DISAGREED])
def test_comments_and_disagreement_need_text(line, stance):
    """Rule 6.2: specific text."""
    question = line.consultation.questions.first()

    with pytest.raises(Refused) as caught:
        lifecycle.reply(
            line.pk, head_of(line.agency), lambda: ASKED, answers={question: (stance, "  ")}
        )

    assert caught.value.field == f"text-{question.pk}"
    assert not Event.objects.filter(act="opinion.replied").exists()


def test_a_question_of_another_consultation_is_refused(line, other_commune):
    other = asked(other_commune)

    with pytest.raises(Refused):
        lifecycle.reply(
            line.pk,
            head_of(line.agency),
            lambda: ASKED,
            answers={other.questions.get(): ("agreed", "")},
        )


def test_a_form_posted_twice_is_one_reply(line):
    """Issue 4."""
    chair = head_of(line.agency).with_form_key("form:7:once")
    sent = replied(line, ASKED, by=chair)

    with pytest.raises(AlreadyDone) as caught:
        replied(line, ASKED, by=chair)

    assert caught.value.event == sent.event
    assert line.replies.count() == 1


def test_the_requester_is_told_and_files_hang_on_the_line(line):
    """Rules 10.2, 2.8."""
    asker = line.consultation.asked_by.user
    upload = SimpleUploadedFile("y-kien.txt", "Ý kiến của xã".encode())

    sent = replied(line, ASKED, document_number="31/UBND", files=[upload])

    assert Notice.objects.filter(person=asker, event=sent.event).exists()
    assert Attachment.objects.of(line).get().event == sent.event


ROLES = {
    "head": lambda agency: head_of(agency),
    "deputy": lambda agency: factories.actor_of(
        factories.PostFactory(agency=agency, is_deputy=True)
    ),
    "delegate": lambda agency: _delegate(agency, []),
    "delegate for replies": lambda agency: _delegate(agency, ["opinion."]),
    "delegate for something else": lambda agency: _delegate(agency, ["task."]),
    "staff": lambda agency: staff_of(agency),
    "clerk": lambda agency: factories.actor_of(
        factories.PostFactory(function=Function.CLERK, agency=agency)
    ),
    "another head": lambda agency: head_of(AgencyFactory()),
    "office chief": lambda agency: factories.office_chief(),
    "officer": lambda agency: factories.officer(),
    "chair": lambda agency: factories.chair(),
    "administrator": lambda agency: factories.administrator(),
    "nobody": lambda agency: Actor(factories.UserFactory()),
}
MAY_SEND = {"head", "deputy", "delegate", "delegate for replies"}
MAY_PREPARE = MAY_SEND | {"staff", "clerk"}


def _delegate(agency, acts):
    head, other = head_of(agency), staff_of(agency)
    lent = Delegation.objects.create(
        from_post=head.post,
        to_post=other.post,
        acts=acts,
        starts_on=date(2026, 11, 1),
        ends_on=date(2026, 11, 30),
        document_number="05/UQ-UBND",
    )
    return Actor(other.user, other.post, lent, date(2026, 11, 16))


@pytest.mark.parametrize("role", ROLES)
def test_who_may_send(line, role):
    """Rules 2.1, 6.5: only the agency's head, a deputy or a delegate sends."""
    actor = ROLES[role](line.agency)

    if role in MAY_SEND:
        assert replied(line, ASKED, by=actor).event.actor == actor.user
    else:
        with pytest.raises(NotYours):
            replied(line, ASKED, by=actor)
        assert not line.replies.exists()


@pytest.mark.parametrize("role", ROLES)
def test_who_may_prepare(line, role):
    """Rules 2 (table), 6.5: staff prepare drafts of official acts of their own agency."""
    actor = ROLES[role](line.agency)

    if role in MAY_PREPARE:
        lifecycle.save_draft(line.pk, actor, ASKED, content={"note": "x"}, version=0)
        assert ReplyDraft.objects.get().saved_by == actor.post
    else:
        with pytest.raises(NotYours):
            lifecycle.save_draft(line.pk, actor, ASKED, content={"note": "x"}, version=0)
