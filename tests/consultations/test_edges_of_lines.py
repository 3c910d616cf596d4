"""Many questions, newer documents, paper: what a line may hold (rules 2.7, 6.1, 6.6, 6.10)."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from agencies.functions import Function
from agencies.models import Attachment, CalendarDay
from agencies.refusals import Refused
from consultations import lifecycle
from consultations.blocking import blocks
from consultations.lifecycle.preparing import begin_dossier
from consultations.models import Answer, Consultation, Opinion
from consultations.papers.lines import lines_of, remarks
from consultations.signs import lines_with
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
from tests.consultations.test_pages import form_of
from tests.factories import (
    OfficeFactory,
    PostFactory,
    actor_of,
    chair,
    head_of,
    moment,
    office_chief,
)
from tests.world import paper_file

pytestmark = pytest.mark.django_db

TICK = timedelta(microseconds=1)
NOON = moment("2026-11-17", 12)
TERM = "03 ngày làm việc"


# Questions ------------------------------------------------------------------------------


def many_questions(count: int) -> dict:
    texts = {f"q-{n}-text": f"Câu hỏi thứ {n + 1}?" for n in range(count)}
    return texts | {"q-TOTAL_FORMS": str(count)}


def test_nothing_is_asked_with_no_question(requester, commune):
    """Rule 6.1: numbered questions are required."""
    with pytest.raises(Refused) as refused:
        asked(commune, by=requester, questions=())

    assert refused.value.field == "questions"


def test_fifty_questions_are_asked_and_answered_by_their_forms(client, requester, commune):
    """Rule 6.1: one stance answers all of them."""
    chair_of_commune = head_of(commune)
    OfficeFactory()
    with time_machine.travel(NOON, tick=False):
        client.force_login(requester.user)
        client.post(
            reverse("consultation_new"),
            form_of(commune, acting=requester.key, **many_questions(50)),
        )
        client.force_login(chair_of_commune.user)
        sent = client.post(
            reverse("opinion_answer", args=[line_of(commune).pk]),
            {"act": "send", "stance": "agreed", "acting": chair_of_commune.key},
        )

    assert sent.status_code == 302
    numbers = Answer.objects.filter(stance="agreed").values_list("question__number", flat=True)
    assert list(numbers) == list(range(1, 51))


def test_the_fifty_first_question_is_refused_and_what_was_typed_stays(client, requester, commune):
    """Rule 6.1: a limit is told, never cut off silently."""
    OfficeFactory()
    client.force_login(requester.user)
    with time_machine.travel(NOON, tick=False):
        page = client.post(
            reverse("consultation_new"),
            form_of(commune, acting=requester.key, **many_questions(51)),
        )

    assert page.status_code == 400
    assert "Câu hỏi thứ 50?" in page.content.decode()
    assert not Consultation.objects.exists()


# Documents ------------------------------------------------------------------------------


def test_superseded_documents_stay_beside_the_newer_ones(requester, commune, other_commune):
    """Rules 2.4, 6.6: the newer ones go to all who are asked; what they replace stays as sent."""
    consultation = asked(
        commune, other_commune, by=requester, files=[paper_file("ban-cu")]
    )  # fmt: skip
    replied(line_of(commune), NOON, Stance.INSUFFICIENT)

    lifecycle.supply(
        line_of(commune), requester, lambda: NOON + TICK, text="Bản đồ thay bản cũ.", due=TERM,
        files=[paper_file("ban-moi")],
    )  # fmt: skip

    seen = Attachment.objects.of(consultation).visible_to(actor_of(other_commune.posts.get()))
    assert [(file.name, file.role) for file in seen] == [
        ("minh-chung-ban-cu.txt", "consultation"), ("minh-chung-ban-moi.txt", "supplied"),
    ]  # fmt: skip


def test_a_changed_draft_is_asked_in_a_new_round_with_its_own_documents(requester, commune):
    """Rule 6.7: the superseded draft and what was said of it stay with the earlier round."""
    first = asked(commune, by=requester, files=[paper_file("du-thao-1")])
    replied(line_of(commune), NOON, Stance.DISAGREED)
    lifecycle.withdraw(first, requester, lambda: NOON + TICK, reason="Dự thảo đổi.")

    again = asked(
        commune, by=requester, at=NOON + TICK, previous=first, due="05 ngày làm việc",
        files=[paper_file("du-thao-2")],
    )  # fmt: skip

    names = [[file.name for file in Attachment.objects.of(one)] for one in (first, again)]
    assert names == [["minh-chung-du-thao-1.txt"], ["minh-chung-du-thao-2.txt"]]
    assert first.opinions.get().replies.count() == 1
    assert not again.opinions.get().replies.exists()


# Sent back ------------------------------------------------------------------------------


def test_insufficient_then_silence_is_agreement_once_supplied(line, requester):
    """Rules 6.3, 6.6: the line awaits anew, and from its fresh deadline silence counts."""
    replied(line, NOON, Stance.INSUFFICIENT)
    lifecycle.supply(line, requester, lambda: NOON + TICK, text="Gửi bản đồ.", due=TERM)

    line.refresh_from_db()
    assert outcome_of(line, line.due_at - TICK) == Outcome.AWAITING
    assert outcome_of(line, line.due_at) == Outcome.DEEMED_AGREED


@pytest.mark.parametrize(
    ("day", "is_late"), [("2026-11-17", False), ("2026-11-18", True)], ids=["in time", "late"]
)
def test_a_late_return_is_flagged_where_it_is_made_and_where_it_is_read(
    client, line, requester, day, is_late
):
    """Rule 6.6: later than one working day after receipt; on the form, the board, the sheet."""
    OfficeFactory()
    head, at = head_of(line.agency), moment(day, 15)
    [question] = line.consultation.questions.all()
    with time_machine.travel(at, tick=False):
        client.force_login(head.user)
        form = client.get(reverse("opinion_answer", args=[line.pk]))
        client.post(
            reverse("opinion_answer", args=[line.pk]),
            {
                "act": "send", "stance": "returned", "acting": head.key,
                "competent_words": "Chưa xác định được.",
                f"text-{question.pk}": "Thuộc Phòng TN&MT.",
            },
        )  # fmt: skip
        client.force_login(requester.user)
        board = client.get(line.consultation.get_absolute_url())

    [sheet_line] = lines_of(line.consultation, at)
    assert form.context["return_is_late"] is is_late
    assert board.context["lines"][0].is_returned_late is is_late
    assert ("Trả lại muộn" in remarks(sheet_line)) is is_late


def test_on_paper_a_return_is_late_by_when_the_copy_was_delivered(paper_line, clerk):
    """Rules 6.6, 6.8."""
    delivered = moment("2026-11-18", 10)
    lifecycle.register_delivery(paper_line, clerk, lambda: delivered, delivered_at=delivered)
    entered(
        paper_line, clerk, moment("2026-11-19", 16), Stance.RETURNED,
        received_at=moment("2026-11-19", 15),
    )  # fmt: skip

    [sheet_line] = lines_of(paper_line.consultation, DUE)
    calendar = CalendarDay.objects.calendar()
    assert not sheet_line.is_returned_late
    assert not lines_with("returned_late", Opinion.objects.all(), DUE, calendar).exists()


def test_a_return_that_the_chief_let_stand_is_not_contested_again(line, requester):
    """Rule 6.6: settled is settled; the requester redirects or drops."""
    chief = office_chief()
    replied(line, NOON, Stance.RETURNED)
    lifecycle.contest_return(line, requester, lambda: NOON + TICK, reason="Đất của xã.")
    lifecycle.settle_return(
        line, chief, lambda: NOON + 2 * TICK, must_answer=False, answer="Không thuộc xã."
    )

    with pytest.raises(Refused):
        lifecycle.contest_return(line, requester, lambda: DUE, reason="Vẫn là đất của xã.")


def test_a_contest_holds_against_the_return_not_against_a_later_reply(line, requester):
    """Rules 6.3, 6.6: a late reply changes nothing, here neither."""
    sent = replied(line, NOON, Stance.RETURNED)
    replied(line, DUE, Stance.AGREED)

    lifecycle.contest_return(line, requester, lambda: DUE + TICK, reason="Đất của xã.")

    assert sent.return_contest.reason == "Đất của xã."


# Meetings -------------------------------------------------------------------------------


def met(line, requester, at):
    return lifecycle.reconcile(
        line, requester, lambda: at, held_on=date(2026, 11, 17), minutes="Họp tại xã.",
        result="Lùi ranh giới 5 m.", due=TERM,
    )  # fmt: skip


def test_a_meeting_settles_no_disagreement_sent_after_it(requester, commune):
    """Rule 6.10: the agency disagreed again before its deadline; its silence on the older result
    does not confirm against what it said since.
    """
    dossier = begin_dossier(requester, ASKED, title="Quy hoạch", recipient="chair")
    asked(commune, by=requester, dossier=dossier)
    line = line_of(commune)
    replied(line, NOON, Stance.DISAGREED)
    made = met(line, requester, NOON + TICK)
    replied(line, NOON + timedelta(hours=1), Stance.DISAGREED, "Vẫn chưa đủ 10 m.")
    [comment] = lifecycle.comments_of(line, DUE)
    lifecycle.settle_comments(
        line, requester, lambda: DUE,
        settlements={comment.pk: lifecycle.Settled(False, "Theo quy hoạch.")},
    )  # fmt: skip

    assert len(blocks(dossier, made.due_at)) == 1
    again = met(line, requester, made.due_at)
    assert blocks(dossier, again.due_at) == []


# Paper ----------------------------------------------------------------------------------


@pytest.fixture
def clerk():
    return actor_of(PostFactory(function=Function.CLERK, agency=OfficeFactory()))


@pytest.fixture
def paper_line(requester, commune):
    found_silence_rule()
    asked(commune, by=requester, on_paper=True)
    return line_of(commune)


def entered(line: Opinion, clerk, at, stance=Stance.DISAGREED, **fields):
    question = line.consultation.questions.get()
    facts = {"received_at": DUE - timedelta(hours=8), "files": [paper_file("quet")]}
    if stance == Stance.RETURNED and "competent" not in fields:
        facts["competent_words"] = "Công văn không nêu."
    return lifecycle.enter_paper(
        line, clerk, lambda: at, answers={question: (stance, "Chồng lấn.")}, **facts | fields
    )


def test_insufficient_on_paper_needs_a_working_day_left_at_its_stamp(paper_line, clerk):
    """Rule 6.6: stamped on the last day it is refused, however it came; stamped before, it counts
    whenever it is entered.
    """
    with pytest.raises(Refused, match="một ngày làm việc"):
        entered(paper_line, clerk, DUE + timedelta(hours=10), Stance.INSUFFICIENT)

    entered(paper_line, clerk, DUE, Stance.INSUFFICIENT, received_at=NOON)
    assert outcome_of(paper_line, DUE + timedelta(days=9)) == Outcome.INSUFFICIENT


def test_insufficient_on_paper_entered_too_late_is_kept(paper_line, clerk):
    """Rules 2.7, 6.3: it changes nothing."""
    sent = entered(paper_line, clerk, DUE + timedelta(days=3), Stance.INSUFFICIENT)

    assert sent.is_late
    assert outcome_of(paper_line, DUE + timedelta(days=9)) == Outcome.DEEMED_AGREED


def test_a_paper_is_not_dated_after_its_stamp(paper_line, clerk):
    """Rule 2.7."""
    stamped = DUE - timedelta(hours=8)

    with pytest.raises(Refused) as refused:
        entered(paper_line, clerk, DUE, document_on=stamped.date() + timedelta(days=1))

    assert refused.value.field == "document_on"


def test_a_paper_does_not_return_the_request_to_the_agency_asked(paper_line, clerk, commune):
    """Rule 6.2: a return names who is competent."""
    with pytest.raises(Refused):
        entered(paper_line, clerk, DUE, Stance.RETURNED, competent=commune)


def test_a_paper_reply_entered_the_day_after_counts_by_its_stamp(paper_line, clerk):
    """Rule 2.7: until the end of the working day after the deadline."""
    entered(paper_line, clerk, DUE + timedelta(hours=10))

    assert outcome_of(paper_line, DUE + timedelta(days=9)) == Outcome.DISAGREED


def test_a_paper_reply_entered_two_days_after_is_late(paper_line, clerk):
    """Rule 2.7: it is kept with its stamp and changes nothing."""
    sent = entered(paper_line, clerk, DUE + timedelta(days=1, hours=10))

    assert outcome_of(paper_line, DUE + timedelta(days=9)) == Outcome.DEEMED_AGREED
    sent.opinion.refresh_from_db()
    assert sent.received_at < paper_line.due_at
    assert sent.is_late


def test_a_paper_reply_entered_too_late_is_shown_as_late_not_as_replaced(
    client, paper_line, clerk, requester
):
    """Rules 2.7, 6.3, 6.11: on the board, on the result sheet and among the signs."""
    head = office_chief()
    at = DUE + timedelta(days=1, hours=10)
    entered(paper_line, clerk, at)
    with time_machine.travel(at, tick=False):
        client.force_login(requester.user)
        page = client.get(paper_line.consultation.get_absolute_url())

    [line] = page.context["lines"]
    [sheet_line] = lines_of(paper_line.consultation, at)
    assert [(said.is_late, said.counts) for said in line.said] == [(True, False)]
    assert remarks(sheet_line).startswith("Trả lời muộn bằng văn bản giấy")
    calendar = CalendarDay.objects.calendar()
    for sign, count in (("late", 1), ("silent", 0), ("answered", 1)):
        assert lines_with(sign, Opinion.objects.all(), at, calendar).count() == count
    assert Opinion.objects.answered_late(at).visible_to(head).exists()


def test_of_two_papers_stamped_alike_the_one_entered_too_late_does_not_count(paper_line, clerk):
    """Rules 2.7, 6.5: neither in the outcome nor among the comments to settle."""
    first = entered(paper_line, clerk, DUE - timedelta(hours=1))
    entered(paper_line, clerk, DUE + timedelta(days=3))

    comments = lifecycle.comments_of(paper_line, DUE + timedelta(days=4))

    assert [one.reply for one in comments] == [first]


def redirected_on_paper(requester, commune, other_commune) -> Opinion:
    """The commune, asked with ten working days, returns it; the other, on paper, has three."""
    asked(commune, by=requester, due="10 ngày làm việc")
    line = line_of(commune)
    replied(line, NOON, Stance.RETURNED)
    return lifecycle.redirect(line, requester, lambda: NOON + TICK, agency=other_commune, due=TERM)


def test_a_delivery_before_the_line_was_opened_is_refused(requester, commune, other_commune, clerk):
    """Rule 6.8: nobody delivers what was not asked yet."""
    line = redirected_on_paper(requester, commune, other_commune)

    with pytest.raises(Refused) as refused:
        lifecycle.register_delivery(
            line, clerk, lambda: NOON + timedelta(hours=2), delivered_at=NOON - timedelta(hours=1)
        )
    assert refused.value.field == "delivered_at"


def test_a_delivery_counts_the_lines_own_term(requester, commune, other_commune, clerk):
    """Rules 3.4, 6.8: three working days from receipt, whatever the consultation has."""
    line = redirected_on_paper(requester, commune, other_commune)
    assert line.due_at == moment("2026-11-21", 0)

    lifecycle.register_delivery(
        line, clerk, lambda: moment("2026-11-18", 15), delivered_at=moment("2026-11-18", 10)
    )

    line.refresh_from_db()
    assert line.due_at == moment("2026-11-24", 0)


def test_a_delivery_takes_no_line_out_of_the_past(paper_line, clerk):
    """Rule 3.9: before the delivery was registered the line was there, with its terms of then."""
    at = ASKED + timedelta(hours=6)
    lifecycle.register_delivery(paper_line, clerk, lambda: at, delivered_at=at - timedelta(hours=1))

    then = Opinion.objects.as_of(ASKED + TICK).with_outcome(ASKED + TICK).get()

    assert (then.outcome, then.due_then) == (Outcome.AWAITING, DUE)


def test_without_a_chief_the_chair_confirms_a_paper_reply(paper_line, clerk):
    """Rules 2.1, 2.7: a vacant post blocks nobody for ever."""
    sent = entered(paper_line, clerk, DUE)

    assert lifecycle.confirm_paper(sent, chair(), DUE + TICK).reply == sent


def test_where_the_office_asks_a_leader_confirms_the_paper_reply(commune, clerk):
    """Rules 2.3, 2.7: nobody confirms what their own request rests on."""
    chief, leader = office_chief(), chair()
    asked(commune, by=chief, on_paper=True)
    sent = entered(line_of(commune), clerk, DUE)

    with pytest.raises(Refused):
        lifecycle.confirm_paper(sent, chief, DUE + TICK)
    assert lifecycle.confirm_paper(sent, leader, DUE + TICK).reply == sent
