"""Lines, requests and dossiers of a closed agency move to its successors (rule 2.5)."""

from datetime import date, timedelta

import pytest

from agencies.models import Event, Reorganisation, Setting
from agencies.refusals import Refused
from agencies.reorganising import Preview, moves_of, undo
from consultations import lifecycle
from consultations.lifecycle.preparing import begin_dossier
from consultations.models import Consultation, Dossier, Opinion, ReplyDraft
from consultations.stances import Outcome
from consultations.sweep import record_deemed
from tasks.models import Task
from tests import factories as make
from tests.agencies.reorganised import AT, moved, succeed

pytestmark = pytest.mark.django_db
ASKED, DUE = make.moment("2026-11-06"), date(2026, 11, 20)
TERM = "05 ngày làm việc"
LATER, PAST = make.moment("2026-11-13"), make.moment("2026-11-23")


@pytest.fixture
def old():
    return make.AgencyFactory(code="xa-cu")


@pytest.fixture
def new():
    return make.AgencyFactory(code="xa-moi")


@pytest.fixture
def asker():
    return make.head_of(make.AgencyFactory(code="tu-phap"))


def ask(asker, *agencies, at=ASKED, **fields) -> Consultation:
    facts = {
        "title": "Quy chế phối hợp",
        "provision": "Điều 19",
        "questions": [("Có đồng ý không?",)],
        "agencies": agencies,
        "due": DUE,
    }
    return lifecycle.ask(asker, at, **(facts | fields))


def reply(line, head, at):
    question = line.consultation.questions.get()
    return lifecycle.reply(line.pk, head, lambda: at, answers={question: ("agreed", "")})


def outcomes(consultation, at) -> dict:
    lines = consultation.opinions.with_outcome(at).order_by("pk")
    return {(line.agency.code, line.pk): line.outcome for line in lines}


def test_an_awaited_line_is_asked_of_the_successor_on_the_same_terms(old, new, asker, chief):
    """Rules 2.5, 3.9: the old line ends, a new one begins."""
    consultation = ask(asker, old)
    line = consultation.opinions.get()
    succeed(old, new)

    moved(old, chief)

    after = Opinion.objects.get(redirected_from=line)
    assert (after.agency, after.due_at, after.silence_rule) == (new, line.due_at, line.silence_rule)
    assert after.visible_at == AT
    assert list(outcomes(consultation, AT).values()) == [Outcome.MOVED, Outcome.AWAITING]


def test_the_closed_agency_is_never_deemed_to_agree(old, new, asker, chief):
    """Rule 6.3: silence means nothing on a line that ended."""
    make.head_of(new)
    consultation = ask(asker, old)
    succeed(old, new)
    moved(old, chief)

    record_deemed(PAST)

    assert Event.objects.filter(act="opinion.no_reply").count() == 1
    assert list(outcomes(consultation, PAST).values()) == [Outcome.MOVED, Outcome.NO_REPLY]


def test_what_was_said_stays_the_old_agencys(old, new, asker, chief):
    """Rule 6.2: replies are append-only."""
    head = make.head_of(old)
    consultation = ask(asker, old)
    reply(consultation.opinions.get(), head, ASKED + timedelta(hours=2))
    succeed(old, new)

    assert Preview(old, AT).lines == []


def sent_back(line, head, stance):
    answers = {q: (stance, "Thiếu bản đồ.") for q in line.consultation.questions.all()}
    return lifecycle.reply(
        line.pk,
        head,
        lambda: ASKED + timedelta(hours=2),
        answers=answers,
        competent_words="Chưa rõ.",
    )


def test_a_closed_agency_that_found_the_basis_insufficient_is_never_awaited_again(
    old, new, asker, chief
):
    """Rules 2.5, 6.3: neither supplied nor refused; the successor is asked, or it is dropped."""
    make.head_of(new)
    line = ask(asker, old).opinions.get()
    sent_back(line, make.head_of(old), "insufficient")
    succeed(old, new)
    at = make.moment("2026-12-01")

    for act, facts in (
        ("supply", {"text": "Đây.", "due": TERM}),
        ("refuse_supply", {"reason": "Đủ"}),
    ):
        with pytest.raises(Refused, match=old.short_name):
            getattr(lifecycle, act)(line, asker, lambda: at, **facts)
    asked_instead = lifecycle.redirect(line, asker, lambda: at, agency=new, due=TERM)

    assert outcomes(line.consultation, asked_instead.due_at) == {
        (old.code, line.pk): Outcome.REDIRECTED, (new.code, asked_instead.pk): Outcome.NO_REPLY,
    }  # fmt: skip


def test_what_an_open_agency_found_insufficient_is_not_given_to_another(old, new, asker):
    """Rule 6.6: it answers itself."""
    line = ask(asker, old).opinions.get()
    sent_back(line, make.head_of(old), "insufficient")

    with pytest.raises(Refused):
        lifecycle.redirect(line, asker, lambda: LATER, agency=new, due=TERM)
    with pytest.raises(Refused):
        lifecycle.drop(line, asker, lambda: LATER, reason="Không cần")


def test_a_closed_agency_is_not_told_to_answer_what_it_returned(old, new, asker, chief):
    """Rules 2.5, 6.6: its return can only stand; then the successor is asked."""
    line = ask(asker, old).opinions.get()
    sent_back(line, make.head_of(old), "returned")
    lifecycle.contest_return(line, asker, lambda: ASKED + timedelta(hours=3), reason="Đất của xã.")
    succeed(old, new)

    with pytest.raises(Refused) as refused:
        lifecycle.settle_return(line, chief, lambda: PAST, must_answer=True, answer="Thuộc xã.")
    assert refused.value.field == "must_answer"
    lifecycle.settle_return(line, chief, lambda: PAST, must_answer=False, answer="Đã giải thể.")
    lifecycle.redirect(line, asker, lambda: PAST, agency=new, due=TERM)


def test_merged_agencies_asked_both_give_one_opinion(old, new, asker, chief):
    other = make.AgencyFactory()
    consultation = ask(asker, old, other)
    succeed(old, new)
    succeed(other, new)

    moved(old, chief)
    moved(other, chief)

    assert sorted(outcomes(consultation, AT).values()) == ["awaiting", "moved", "moved"]


def test_a_draft_goes_along(old, new, asker, chief):
    """Rule 6.5: staff prepare."""
    head = make.head_of(old)
    line = ask(asker, old).opinions.get()
    lifecycle.save_draft(line.pk, head, ASKED, content={"note": "Đang xem"}, version=0)
    succeed(old, new)

    moved(old, chief)

    assert ReplyDraft.objects.get(opinion__agency=new).content == {"note": "Đang xem"}


def test_undone_the_closed_agency_is_asked_again_and_the_past_stays(old, new, asker, chief):
    """Rule 3.9: what ended stays ended, so that past figures stay as they were."""
    consultation = ask(asker, old)
    succeed(old, new)
    done = moved(old, chief)

    undo(done, chief, LATER)

    assert list(outcomes(consultation, LATER).values()) == ["moved", "moved", "awaiting"]
    assert consultation.opinions.get(ended_at__isnull=True).agency == old


@pytest.mark.parametrize("by", ["a reply", "its deadline"])
def test_what_was_settled_since_stays(old, new, asker, chief, by):
    """Rule 2.5: undoable until the first act on it."""
    new_head = make.head_of(new)
    consultation = ask(asker, old)
    succeed(old, new)
    done = moved(old, chief)
    at = LATER if by == "a reply" else PAST
    if by == "a reply":
        reply(consultation.opinions.get(agency=new), new_head, LATER)

    assert [bool(why) for _move, why in moves_of(done, at)] == [True]
    with pytest.raises(Refused):
        undo(done, chief, at)


def test_the_successor_takes_the_requesters_place(old, new, asker, chief):
    """Rule 2.5."""
    head, new_head = make.head_of(old), make.head_of(new)
    consultation = ask(head, asker.agency)
    succeed(old, new)

    done = moved(old, chief)

    consultation.refresh_from_db()
    assert consultation.requester == new
    assert Consultation.objects.visible_to(new_head).get() == consultation
    undo(done, chief, LATER)
    consultation.refresh_from_db()
    assert consultation.requester == old


def test_it_then_serves_the_successors_task(old, new, asker, chief):
    head = make.head_of(old)
    task = make.assigned_task(old, actor=chief)
    consultation = ask(head, asker.agency, task=task)
    succeed(old, new)

    done = moved(old, chief)

    consultation.refresh_from_db()
    assert consultation.task == Task.objects.get(previous=task)
    undo(done, chief, LATER)
    consultation.refresh_from_db()
    assert consultation.task == task


def test_a_successor_that_was_asked_does_not_ask_itself(old, new, chief):
    head = make.head_of(old)
    other = make.AgencyFactory()
    consultation = ask(head, new, other)
    succeed(old, new)

    done = moved(old, chief)

    assert sorted(outcomes(consultation, AT).values()) == ["awaiting", "moved"]
    undo(done, chief, LATER)
    assert sorted(outcomes(consultation, LATER).values()) == ["awaiting", "awaiting"]


def test_what_the_successor_did_as_requester_is_not_undone(old, new, asker, chief):
    head, new_head = make.head_of(old), make.head_of(new)
    consultation = ask(head, asker.agency)
    succeed(old, new)
    done = moved(old, chief)
    consultation.refresh_from_db()
    lifecycle.withdraw(consultation, new_head, lambda: LATER, reason="Gộp chung một đợt.")

    with pytest.raises(Refused):
        undo(done, chief, LATER + timedelta(hours=1))


def test_a_dossier_goes_on_with_its_consultations(old, new, asker, chief):
    """Rules 2.5, 7.1."""
    head = make.head_of(old)
    consultation = ask(head, asker.agency)
    dossier = begin_dossier(
        head, ASKED, title="Quy chế", recipient=Dossier.Recipient.CHAIR,
        consultations=[consultation],
    )  # fmt: skip
    succeed(old, new)

    done = moved(old, chief)

    dossier.refresh_from_db()
    consultation.refresh_from_db()
    assert (dossier.agency, consultation.requester) == (new, new)
    assert Reorganisation.objects.get().moves.count() == 1
    undo(done, chief, LATER)
    dossier.refresh_from_db()
    consultation.refresh_from_db()
    assert (dossier.agency, consultation.requester) == (old, old)


def test_the_rule_of_silence_binds_who_succeeds_an_addressee(old, new, asker):
    """Rules 2.5, 6.2: the directive's clause 1.3 founded it for its addressees."""
    rule = Setting.objects.create(
        code="silence_is_agreement", value=True, effective_from=make.moment("2026-01-01"),
        source="966/UBND-NCKTGS, điểm 1.3", recorded_at=make.moment("2026-01-01"),
    )  # fmt: skip
    rule.agencies.set([old])
    assert ask(asker, new).opinions.get().silence_rule == "no_reply"

    succeed(old, new)

    assert ask(asker, new, at=AT).opinions.get().silence_rule == "deemed_agreed"
