"""Insufficient and returned: what blocks the requester, and how it is settled (rule 6.6)."""

from datetime import timedelta

import pytest

from agencies.models import AgencyCompetence, AlreadyDone, Attachment
from agencies.refusals import NotYours, Refused
from consultations import lifecycle
from consultations.models import ReturnContest
from consultations.stances import Outcome, Stance
from tests.consultations.asking import (
    DUE,
    asked,
    found_silence_rule,
    line_of,
    outcome_of,
    replied,
)
from tests.factories import AgencyFactory, CompetenceFactory, chair, head_of, moment, office_chief
from tests.world import paper_file

pytestmark = pytest.mark.django_db

TICK = timedelta(microseconds=1)
NOON = moment("2026-11-17", 12)
LAST_DAY = moment("2026-11-19", 9)
TERM = "03 ngày làm việc"


def clock(at):
    return lambda: at


def insufficient(line, at=NOON):
    return replied(line, at, Stance.INSUFFICIENT, "Thiếu bản đồ hiện trạng tỷ lệ 1/500.")


def returned(line, at=NOON, **fields):
    return replied(line, at, Stance.RETURNED, "Thuộc chức năng Phòng TN&MT.", **fields)


@pytest.mark.parametrize("words", ["", "  "], ids=["nothing", "blanks"])
def test_a_return_that_names_nobody_is_refused(line, words):
    """Rule 6.2: not competent, and who is; else the work is only passed sideways."""
    with pytest.raises(Refused) as refused:
        returned(line, competent_words=words)

    assert refused.value.field == "competent"


def test_a_return_names_a_body_in_words_or_says_it_is_not_known(line):
    """Rule 6.2: who is competent may be no agency of the district; the words are kept."""
    sent = returned(line, competent_words="Chi cục Thủy lợi thành phố")

    assert (sent.competent, sent.competent_words) == (None, "Chi cục Thủy lợi thành phố")
    assert outcome_of(line, DUE) == Outcome.RETURNED


def test_a_return_names_an_agency(line, other_commune):
    """Rules 6.2, 6.6: whom the requester then asks instead."""
    assert returned(line, competent=other_commune).competent_words == other_commune.name


def test_supplied_the_line_awaits_with_a_fresh_deadline(line, requester):
    """Rule 6.6: the documents go to all lines, this one gets a fresh deadline."""
    insufficient(line)

    lifecycle.supply(
        line, requester, clock(NOON + TICK), text="Gửi bản đồ.", due=TERM, files=[paper_file("ban")]
    )

    line.refresh_from_db()
    assert line.due_at == moment("2026-11-21", 0)
    assert outcome_of(line, DUE) == Outcome.AWAITING
    assert outcome_of(line, line.due_at) == Outcome.DEEMED_AGREED
    assert Attachment.objects.of(line.consultation).filter(role="supplied").exists()


def test_supplying_shortens_no_deadline(requester, commune):
    """Rule 6.6: a fresh deadline, not an earlier one."""
    asked(commune, by=requester, due="20 ngày làm việc")
    insufficient(line_of(commune))

    with pytest.raises(Refused) as refused:
        lifecycle.supply(
            line_of(commune), requester, clock(NOON + TICK), text="Gửi bản đồ.", due=TERM
        )
    assert refused.value.field == "due"


def test_refused_the_line_awaits_again(line, requester):
    """Rule 6.6: refused with a reason; what is left of the time is left."""
    insufficient(line)

    lifecycle.refuse_supply(line, requester, clock(NOON + TICK), reason="Hồ sơ đã có bản đồ.")

    assert outcome_of(line, DUE - TICK) == Outcome.AWAITING
    assert outcome_of(line, DUE) == Outcome.DEEMED_AGREED


def test_refused_late_at_least_one_working_day_is_left(line, requester):
    """Rule 6.6: the requester's delay is not the agency's."""
    insufficient(line)
    friday = DUE + timedelta(hours=10)

    lifecycle.refuse_supply(line, requester, clock(friday), reason="Hồ sơ đã có bản đồ.")

    line.refresh_from_db()
    assert line.due_at == moment("2026-11-24", 0)


def test_insufficient_then_nothing_is_never_deemed(line):
    """Rule 6.6: it blocks only the requester."""
    insufficient(line)

    assert outcome_of(line, DUE + timedelta(days=60)) == Outcome.INSUFFICIENT


def test_insufficient_twice_a_round_is_refused(line, requester):
    """Rule 6.6: once per round."""
    insufficient(line)
    lifecycle.supply(line, requester, clock(NOON + TICK), text="Gửi bản đồ.", due=TERM)

    with pytest.raises(Refused):
        insufficient(line, NOON + timedelta(hours=2))


def test_insufficient_on_the_last_day_is_refused(line):
    """Rule 6.6: at least one working day before the deadline."""
    with pytest.raises(Refused):
        insufficient(line, LAST_DAY)


def test_insufficient_after_the_deadline_is_kept_and_changes_nothing(line):
    """Rule 6.3."""
    sent = insufficient(line, DUE)

    assert sent.event.act == "opinion.late_reply"
    assert outcome_of(line, DUE) == Outcome.DEEMED_AGREED


def test_returned_at_the_last_moment_it_waits_for_the_requester(line):
    """Rule 6.6: never deemed."""
    returned(line, DUE - TICK)

    assert outcome_of(line, DUE + timedelta(days=9)) == Outcome.RETURNED


def test_redirected_and_redirected_again(line, requester, other_commune):
    """Rule 6.6: each time another agency, with a fresh deadline of its own."""
    third = AgencyFactory(name="Phòng Tài nguyên và Môi trường")
    head_of(other_commune)
    returned(line, DUE - TICK)

    second = lifecycle.redirect(line, requester, clock(DUE), agency=other_commune, due=TERM)
    returned(second, DUE + timedelta(days=4))
    last = lifecycle.redirect(
        second, requester, clock(DUE + timedelta(days=5)), agency=third, due=TERM
    )

    at = DUE + timedelta(days=5)
    assert [outcome_of(one, at) for one in (line, second)] == 2 * [Outcome.REDIRECTED]
    assert last.redirected_from == second
    assert last.due_at > at


def test_redirected_outside_its_competences_only_with_a_reason(requester, commune, other_commune):
    """Rule 6.1: who is asked instead is asked like any other, and counted as outside (6.11)."""
    land = CompetenceFactory()
    AgencyCompetence.objects.create(agency=commune, competence=land)
    asked(commune, by=requester, competences=[land])
    returned(line_of(commune))

    def redirect(why):
        return lifecycle.redirect(
            line_of(commune), requester, clock(NOON + TICK), agency=other_commune, due=TERM, why=why
        )

    with pytest.raises(Refused) as refused:
        redirect("")
    assert refused.value.field == "why"
    assert redirect("Có thửa đất giáp ranh.").is_outside


def test_redirected_silence_stays_silence_where_sector_law_needs_express_consent(
    requester, commune, other_commune
):
    """Rule 6.2: the provision holds for whoever is asked instead."""
    found_silence_rule()
    head_of(other_commune)
    asked(commune, by=requester, express_consent="Điều 15 Luật Đất đai")
    returned(line_of(commune))

    new = lifecycle.redirect(
        line_of(commune), requester, clock(NOON + TICK), agency=other_commune, due=TERM
    )

    assert new.silence_provision == "Điều 15 Luật Đất đai"
    assert outcome_of(new, new.due_at) == Outcome.NO_REPLY


def test_it_is_not_redirected_to_the_requester_or_to_who_is_asked(line, requester):
    """Rule 6.1: an agency does not ask itself, and asks nobody twice."""
    returned(line)

    for agency in (requester.agency, line.agency):
        with pytest.raises(Refused):
            lifecycle.redirect(line, requester, clock(NOON + TICK), agency=agency, due=TERM)


def test_dropped_with_a_reason_it_blocks_nobody(line, requester):
    """Rule 6.6."""
    returned(line)

    lifecycle.drop(line, requester, clock(NOON + TICK), reason="Đã có ý kiến của xã bên cạnh.")

    assert outcome_of(line, DUE) == Outcome.DROPPED


def test_a_contested_return_is_settled_by_the_chief(line, requester):
    """Rule 6.6: the agency must answer; at least one working day is left."""
    chief = office_chief()
    returned(line, LAST_DAY)
    lifecycle.contest_return(line, requester, clock(LAST_DAY + TICK), reason="Đất của xã.")

    lifecycle.settle_return(
        line, chief, clock(DUE + timedelta(hours=9)), must_answer=True, answer="Thuộc xã."
    )

    line.refresh_from_db()
    assert line.due_at == moment("2026-11-24", 0)
    assert outcome_of(line, DUE + timedelta(hours=9)) == Outcome.AWAITING


def test_a_return_that_stands_is_the_requesters_again(line, requester):
    """Rule 6.6: redirected or dropped, once settled."""
    chief = office_chief()
    returned(line)
    lifecycle.contest_return(line, requester, clock(NOON + TICK), reason="Đất của xã.")
    with pytest.raises(Refused):
        lifecycle.drop(line, requester, clock(NOON + 2 * TICK), reason="Không cần.")

    lifecycle.settle_return(
        line, chief, clock(NOON + 2 * TICK), must_answer=False, answer="Đúng là không thuộc xã."
    )

    assert outcome_of(line, DUE) == Outcome.RETURNED
    assert ReturnContest.objects.get().decision == ReturnContest.Decision.REJECTED
    lifecycle.drop(line, requester, clock(NOON + 3 * TICK), reason="Không cần nữa.")


def test_where_the_office_asks_a_leader_settles(commune):
    """Rule 2.3: the chief does not decide on the Office's own request."""
    chief, leader = office_chief(), chair()
    found_silence_rule()
    asked(commune, by=chief)
    line = line_of(commune)
    returned(line)
    lifecycle.contest_return(line, chief, clock(NOON + TICK), reason="Đất của xã.")

    with pytest.raises(NotYours):
        lifecycle.settle_return(line, chief, clock(NOON + TICK), must_answer=True, answer="Có.")
    lifecycle.settle_return(line, leader, clock(NOON + TICK), must_answer=True, answer="Có.")

    assert outcome_of(line, NOON + TICK) == Outcome.AWAITING


def test_one_form_posted_twice_is_one_act(line, requester):
    """Issue 4: nothing is done twice."""
    insufficient(line)
    posting = requester.with_form_key("posted-twice")
    lifecycle.refuse_supply(line, posting, clock(NOON + TICK), reason="Đủ căn cứ.")

    with pytest.raises(AlreadyDone):
        lifecycle.refuse_supply(line, posting, clock(NOON + TICK), reason="Đủ căn cứ.")


def test_what_was_said_before_the_line_awaited_anew_is_kept(line, requester):
    """Rule 6.2: replies are append-only."""
    insufficient(line)
    lifecycle.supply(line, requester, clock(NOON + TICK), text="Gửi bản đồ.", due=TERM)
    replied(line, NOON + timedelta(hours=1), Stance.AGREED)

    assert list(line.replies.values_list("stance", flat=True)) == ["insufficient", "agreed"]
    assert outcome_of(line, DUE) == Outcome.AGREED
