"""Poor replies, comments, reconciliation: nothing can block for ever (rules 6.9, 6.10)."""

from datetime import date, timedelta

import pytest

from agencies.editing import Changed, mark_of
from agencies.refusals import NotYours, Refused
from consultations import lifecycle
from consultations.lifecycle import Settled
from consultations.models import Opinion, PoorContest, Reconciliation
from consultations.reconciling import Meaning, meaning
from consultations.stances import Outcome, Stance
from tests.consultations.asking import (
    DUE,
    outcome_of,
    replied,
)
from tests.factories import actor_of, head_of, moment, office_chief

pytestmark = pytest.mark.django_db

TICK = timedelta(microseconds=1)
NOON = moment("2026-11-17", 12)
AFTER = DUE + timedelta(hours=9)
ANSWER_BY = moment("2026-11-25", 0)


@pytest.fixture
def commune_head(line):
    return actor_of(line.agency.posts.get())


def clock(at):
    return lambda: at


def marked(line, requester, at=NOON + TICK):
    return lifecycle.mark_poor(
        line, requester, clock(at), kind="general", reason="Chỉ ghi “cơ bản nhất trí”."
    )


def met(line, requester, at=AFTER):
    return lifecycle.reconcile(
        line, requester, clock(at), held_on=date(2026, 11, 20), minutes="Họp tại xã.",
        result="Thống nhất lùi ranh giới 5 m.", due="03 ngày làm việc",
    )  # fmt: skip


def test_a_poor_mark_changes_no_outcome(line, requester):
    """Rule 6.9: it counts in reports, the reply stands."""
    replied(line, NOON, Stance.WITH_COMMENTS)

    marked(line, requester)

    assert outcome_of(line, DUE) == Outcome.WITH_COMMENTS


def test_a_poor_mark_on_a_deemed_opinion_is_refused(line, requester):
    """Rule 6.9: there is nothing poor in silence."""
    with pytest.raises(Refused):
        marked(line, requester, DUE)


def test_a_reply_is_marked_once_and_the_next_may_be_marked_again(line, requester):
    """Rule 6.9: the agency may answer again."""
    replied(line, NOON)
    marked(line, requester)
    with pytest.raises(Refused):
        marked(line, requester, NOON + 2 * TICK)

    replied(line, NOON + timedelta(hours=1))
    marked(line, requester, NOON + timedelta(hours=2))


def test_an_answer_after_the_deadline_is_a_supplement(line, requester):
    """Rule 6.9: answered again late, it changes no outcome."""
    replied(line, NOON, Stance.WITH_COMMENTS)
    marked(line, requester)

    replied(line, AFTER, Stance.DISAGREED)

    assert outcome_of(line, AFTER) == Outcome.WITH_COMMENTS


@pytest.mark.parametrize("upheld", [True, False])
def test_the_chief_settles_a_contested_mark(line, requester, commune_head, upheld):
    """Rule 6.9."""
    chief = office_chief()
    replied(line, NOON)
    marked(line, requester)
    lifecycle.contest_mark(line, commune_head, clock(NOON + 2 * TICK), reason="Đã nêu rõ.")

    lifecycle.settle_mark(line, chief, clock(NOON + 3 * TICK), upheld=upheld, answer="Đã xem.")

    assert PoorContest.objects.get().decision == ("upheld" if upheld else "rejected")
    with pytest.raises(Refused):
        lifecycle.settle_mark(line, chief, clock(AFTER), upheld=True, answer="Lần nữa.")


def test_a_contest_is_settled_though_the_next_reply_was_marked_too(line, requester, commune_head):
    """Rule 6.9: each mark stands by itself; the oldest contest is settled first."""
    chief = office_chief()
    replied(line, NOON)
    first = marked(line, requester)
    contested_mark(line, commune_head, NOON + 2 * TICK)
    replied(line, NOON + timedelta(hours=1))
    second = marked(line, requester, NOON + timedelta(hours=2))
    contested_mark(line, commune_head, NOON + timedelta(hours=3))

    for hour, upheld in ((4, True), (5, False)):
        at = clock(NOON + timedelta(hours=hour))
        lifecycle.settle_mark(line, chief, at, upheld=upheld, answer="Đã xem.")

    decided = {contest.mark: contest.decision for contest in PoorContest.objects.all()}
    assert decided == {first: "upheld", second: "rejected"}


def test_an_earlier_mark_may_still_be_contested(line, requester, commune_head):
    """Rule 6.9: it counts in reports like the later one."""
    replied(line, NOON)
    first = marked(line, requester)
    replied(line, NOON + timedelta(hours=1))
    second = marked(line, requester, NOON + timedelta(hours=2))

    contests = [contested_mark(line, commune_head, NOON + timedelta(hours=hour)) for hour in (3, 4)]

    assert [contest.mark for contest in contests] == [second, first]
    with pytest.raises(Refused):
        contested_mark(line, commune_head, NOON + timedelta(hours=5))


def contested_mark(line, head, at):
    return lifecycle.contest_mark(line, head, clock(at), reason="Đã nêu rõ.")


def test_each_comment_is_accepted_or_explained(line, requester):
    """Rule 6.9: not accepted needs an explanation."""
    replied(line, NOON, Stance.WITH_COMMENTS)
    [comment] = lifecycle.comments_of(line, NOON)

    with pytest.raises(Refused):
        lifecycle.settle_comments(
            line, requester, clock(AFTER), settlements={comment.pk: Settled(False, " ")}
        )
    [settled] = lifecycle.settle_comments(
        line, requester, clock(AFTER), settlements={comment.pk: Settled(False, "Theo quy hoạch.")}
    )

    assert (settled.is_accepted, settled.explanation) == (False, "Theo quy hoạch.")


def test_what_a_colleague_settled_meanwhile_is_not_overwritten_unread(line, requester):
    """Rule 5.14: the second save is refused with what was settled; then it is knowingly on top."""
    replied(line, NOON, Stance.WITH_COMMENTS)
    comments = lifecycle.comments_of(line, NOON)
    [comment] = comments
    mark = lifecycle.mark_of_comments(comments)
    deputy = head_of(requester.agency, is_deputy=True)
    lifecycle.settle_comments(
        line, deputy, clock(AFTER), settlements={comment.pk: Settled(False, "Không hợp lý.")}
    )
    mine = {comment.pk: Settled(True, "Đã bổ sung.")}

    with pytest.raises(Changed, match=deputy.user.full_name) as refused:
        lifecycle.settle_comments(line, requester, clock(AFTER), settlements=mine, mark=mark)

    assert (f"explanation-{comment.pk}", "Không hợp lý.", "Đã bổ sung.") in (
        refused.value.differences
    )
    lifecycle.settle_comments(
        line, requester, clock(AFTER), settlements=mine, mark=refused.value.version
    )


def test_a_reply_that_came_meanwhile_is_not_marked_unread(line, requester):
    """Rules 5.14, 6.9: what was poor was replaced while the page was open."""
    first = replied(line, NOON)
    replied(line, NOON + TICK, Stance.WITH_COMMENTS)

    with pytest.raises(Changed):
        lifecycle.mark_poor(
            line, requester, clock(NOON + 2 * TICK), kind="general", reason="Chung chung.",
            mark=mark_of(first.pk),
        )  # fmt: skip


def test_what_was_replaced_is_not_settled(line, requester):
    """Rule 6.5: the comment that counts is the last reply's."""
    replied(line, NOON, Stance.WITH_COMMENTS)
    [old] = lifecycle.comments_of(line, NOON)
    replied(line, NOON + TICK, Stance.WITH_COMMENTS, "Ý kiến khác.")

    with pytest.raises(Refused):
        lifecycle.settle_comments(
            line, requester, clock(AFTER), settlements={old.pk: Settled(True)}
        )


def test_silence_confirms_the_result_of_a_meeting(line, requester):
    """Rule 6.10: from its deadline on, whether or not any job ran."""
    replied(line, NOON, Stance.DISAGREED)

    made = met(line, requester)

    assert made.due_at == ANSWER_BY + timedelta(days=1)
    assert said(made, made.due_at - TICK) == Meaning.AWAITING
    assert said(made, made.due_at) == Meaning.BY_SILENCE


def said(made: Reconciliation, at) -> str:
    made.refresh_from_db()
    return meaning(made.response, made.responded_at, made.due_at, at)


def test_the_agency_confirms_or_still_objects(line, requester, commune_head):
    """Rule 6.10."""
    replied(line, NOON, Stance.DISAGREED)
    made = met(line, requester)

    lifecycle.object_to_result(line, commune_head, clock(AFTER + TICK), text="Chưa lùi đủ 10 m.")

    assert said(made, made.due_at) == Meaning.OBJECTED
    again = met(line, requester, AFTER + timedelta(hours=1))
    lifecycle.confirm_result(line, commune_head, clock(AFTER + timedelta(hours=2)))
    assert said(again, again.due_at) == Meaning.CONFIRMED


def test_an_answer_after_its_deadline_is_refused(line, requester, commune_head):
    """Rule 6.10: its silence had confirmed."""
    replied(line, NOON, Stance.DISAGREED)
    made = met(line, requester)

    with pytest.raises(Refused):
        lifecycle.object_to_result(line, commune_head, clock(made.due_at), text="Muộn.")


def test_only_a_disagreement_is_reconciled(line, requester):
    """Rule 6.10."""
    replied(line, NOON, Stance.AGREED)

    with pytest.raises(Refused):
        met(line, requester)


def test_the_agency_asked_settles_nothing_itself(line, commune_head):
    """Rule 2.3: nobody decides on the own matter."""
    replied(line, NOON, Stance.DISAGREED)

    with pytest.raises(NotYours):
        met(line, commune_head)


@pytest.mark.parametrize(
    ("response", "responded", "at", "expected"),
    [
        ("objected", DUE - TICK, DUE - 2 * TICK, Meaning.AWAITING),
        ("objected", DUE - TICK, DUE - TICK, Meaning.OBJECTED),
        ("confirmed", DUE - TICK, DUE + TICK, Meaning.CONFIRMED),
        ("", None, DUE - TICK, Meaning.AWAITING),
        ("", None, DUE, Meaning.BY_SILENCE),
    ],
    ids=["not yet answered", "answered", "answered before", "awaited", "silent"],
)
def test_a_result_means_what_was_answered_by_then(response, responded, at, expected):
    """Rules 3.9, 6.10: as of any instant; `due_at` is exclusive."""
    assert meaning(response, responded, DUE, at) == expected


def test_a_result_waits_for_the_agency_until_it_answers(line, requester, commune_head):
    """Rule 6.10: its silence confirms, so the agency has to see that it waits, and until when."""
    replied(line, NOON, Stance.DISAGREED)
    due_at = met(line, requester).due_at

    found = Opinion.objects.result_waiting_for(commune_head, AFTER)
    assert [(one.result_due_at, one.meeting_result) for one in found] == [
        (due_at, "Thống nhất lùi ranh giới 5 m.")
    ]
    assert not Opinion.objects.result_waiting_for(requester, AFTER)
    assert not Opinion.objects.result_waiting_for(commune_head, due_at)

    lifecycle.confirm_result(line, commune_head, clock(AFTER))
    assert not Opinion.objects.result_waiting_for(commune_head, AFTER)
