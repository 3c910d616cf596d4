"""The way of a dossier and what stands against it (domain 7, rule 6.10)."""

from datetime import date, timedelta

import pytest

from agencies.deadlines import Calendar
from agencies.editing import Changed
from agencies.functions import Function
from agencies.models import Event, Notice, Post
from agencies.refusals import NotYours, Refused
from consultations import lifecycle
from consultations.blocking import blocks
from consultations.dossier_times import working_days_with
from consultations.lifecycle import Settled, dossiers
from consultations.lifecycle.preparing import begin_dossier, edit_dossier, save_dossier_draft
from consultations.models import ChecklistItem, Dossier, ReturnCode
from consultations.stances import Stance
from tests.consultations.asking import DUE, asked, found_silence_rule, line_of, replied
from tests.factories import (
    AgencyFactory,
    CompetenceFactory,
    LeadersFactory,
    PostFactory,
    actor_of,
    assigned_task,
    chair,
    head_of,
    moment,
    office_chief,
    officer,
    staff_of,
)
from tests.world import paper_file

pytestmark = pytest.mark.django_db

NOON = moment("2026-11-17", 12)
AFTER = DUE + timedelta(hours=9)
MONDAY = moment("2026-11-23", 9)
LATER = moment("2026-12-01", 9)


@pytest.fixture
def submitter():
    return head_of(AgencyFactory(name="Phòng Kinh tế và Hạ tầng"))


@pytest.fixture
def dossier(submitter):
    return begin_dossier(
        submitter, NOON, title="Quy hoạch khu dân cư Trường Sơn", recipient="chair"
    )


@pytest.fixture
def line(submitter, commune, dossier):
    found_silence_rule()
    asked(commune, by=submitter, dossier=dossier)
    return line_of(commune)


def clock(at):
    return lambda: at


def checked(dossier, at=MONDAY, by=None):
    items = {item.pk: (True, "") for item in ChecklistItem.objects.filter(is_active=True)}
    return dossiers.check(dossier, by or officer(), at, checks=items)


def submitted(dossier, actor, at=AFTER, **fields):
    chosen = {"text": "Kính trình …", "proposal": "Phê duyệt quy hoạch."} | fields
    return dossiers.submit(dossier, actor, at, **chosen)


def sentences(dossier, at) -> list[str]:
    return [block.sentence for block in blocks(dossier, at)]


def test_it_is_not_submitted_while_a_linked_consultation_is_open(dossier, line, submitter):
    """Rule 7.1: the page says exactly which."""
    with pytest.raises(Refused, match=line.consultation.code):
        submitted(dossier, submitter, NOON + timedelta(hours=1))

    assert Dossier.objects.get().state == "draft"


def test_what_was_agreed_may_be_replaced_while_the_consultation_is_open(dossier, line, submitter):
    """Rules 6.5, 7.1: all agreed, and an agency may still object until the deadline."""
    replied(line, NOON + timedelta(hours=1), Stance.AGREED)

    [sentence] = sentences(dossier, DUE - timedelta(microseconds=1))
    assert line.consultation.code in sentence
    assert sentences(dossier, DUE) == []


def test_closed_early_it_no_longer_blocks(dossier, line, submitter):
    """Rules 6.7, 7.1: all having replied, the requester need not wait for the deadline."""
    replied(line, NOON + timedelta(hours=1), Stance.AGREED)
    lifecycle.close_early(line.consultation, submitter, clock(NOON + timedelta(hours=2)))

    assert submitted(dossier, submitter, NOON + timedelta(hours=3)).number == 1


def test_a_line_with_a_deadline_of_its_own_keeps_it_open(dossier, line, submitter):
    """Rules 6.6, 7.1: supplied, the agency answered and may replace it past the others' day."""
    replied(line, NOON + timedelta(hours=1), Stance.INSUFFICIENT)
    lifecycle.supply(
        line, submitter, clock(NOON + timedelta(hours=2)), text="Gửi bản đồ.",
        due="08 ngày làm việc",
    )  # fmt: skip
    replied(line, NOON + timedelta(hours=3), Stance.AGREED)

    assert len(sentences(dossier, AFTER)) == 1


def test_silence_past_the_deadline_does_not_block(dossier, line, submitter):
    """Rule 6.3: deemed agreed, whether or not any job ran."""
    version = submitted(dossier, submitter, DUE)

    assert version.number == 1
    assert Dossier.objects.get().state == "submitted"


@pytest.mark.parametrize("stance", [Stance.INSUFFICIENT, Stance.RETURNED])
def test_what_was_sent_back_blocks_until_settled(dossier, line, submitter, stance):
    """Rules 6.6, 7.1."""
    replied(line, NOON + timedelta(hours=1), stance)

    assert len(sentences(dossier, AFTER)) == 1


def test_comments_block_until_each_is_settled(dossier, line, submitter):
    """Rules 6.9, 7.1."""
    replied(line, NOON + timedelta(hours=1), Stance.WITH_COMMENTS)
    assert len(sentences(dossier, AFTER)) == 1

    [comment] = lifecycle.comments_of(line, AFTER)
    lifecycle.settle_comments(
        line, submitter, clock(AFTER), settlements={comment.pk: Settled(True)}
    )

    assert sentences(dossier, AFTER) == []


def test_a_disagreement_blocks_until_it_is_reconciled_by_silence(dossier, line, submitter):
    """Rule 6.10: silence on the result confirms it."""
    disagreed(line, submitter)
    made = met(line, submitter)

    assert len(sentences(dossier, made.due_at - timedelta(seconds=1))) == 1
    assert sentences(dossier, made.due_at) == []


def test_a_disagreement_on_a_minor_question_does_not_block(dossier, submitter, commune):
    """Rule 6.10: on a principal question."""
    asked(commune, by=submitter, dossier=dossier, questions=[("Câu phụ?", False, "chỉ để biết")])
    line = line_of(commune)
    disagreed(line, submitter)

    assert sentences(dossier, AFTER) == []


def test_a_leader_lets_it_through_with_both_views(dossier, line, submitter):
    """Rule 6.10: nothing can block for ever."""
    leader = chair()
    disagreed(line, submitter)
    met(line, submitter)
    lifecycle.object_to_result(
        line, actor_of(line.agency.posts.first()), clock(MONDAY), text="Chưa đủ 10 m."
    )
    views = {"view_of_requester": "Lùi 5 m.", "view_of_agency": "Lùi 10 m.", "reason": "Cấp bách."}

    dossiers.let_through(dossier, leader, MONDAY, opinion=line, **views)

    assert sentences(dossier, MONDAY) == []
    assert submitted(dossier, submitter, MONDAY).number == 1


def test_nothing_is_let_through_before_the_agency_objected(dossier, line, submitter):
    """Rule 6.10: first they meet."""
    disagreed(line, submitter)
    views = {"view_of_requester": "a", "view_of_agency": "b", "reason": "c"}

    with pytest.raises(Refused):
        dossiers.let_through(dossier, chair(), AFTER, opinion=line, **views)


def test_of_rounds_only_the_last_counts(dossier, line, submitter, commune):
    """Rule 6.7: a changed draft means a new round; over, it takes the place of the first."""
    disagreed(line, submitter)
    asked(commune, by=submitter, at=AFTER, dossier=dossier, previous=line.consultation)

    assert sentences(dossier, LATER) == []


def test_while_the_later_round_is_open_the_objection_stands(dossier, line, submitter, commune):
    """Rules 6.7, 7.1: only a round that is over has answered it."""
    disagreed(line, submitter)
    again = asked(commune, by=submitter, at=AFTER, dossier=dossier, previous=line.consultation)

    objection, still_open = blocks(dossier, AFTER)

    assert objection.consultation == line.consultation
    assert again.code in objection.remedy
    assert still_open.consultation == again


def test_an_objection_is_not_lost_by_unlinking_its_round_before_the_next_is_withdrawn(
    dossier, line, submitter, commune
):
    """Rules 6.7, 7.1: round 1 objected, round 2 is open, and nothing was asked in its place."""
    disagreed(line, submitter)
    again = asked(commune, by=submitter, at=AFTER, dossier=dossier, previous=line.consultation)

    with pytest.raises(Refused, match=line.consultation.code):
        edit_dossier(
            dossier, submitter, AFTER, version=0, title=dossier.title, recipient="chair",
            consultations=[again],
        )  # fmt: skip
    lifecycle.withdraw(again, submitter, clock(MONDAY), reason="Gửi nhầm.")

    assert len(sentences(dossier, MONDAY)) == 1


def test_a_later_round_without_the_objector_answers_no_objection(
    dossier, line, submitter, commune, other_commune
):
    """Rules 6.7, 6.10: who was not asked again has not given its objection up."""
    disagreed(line, submitter)
    asked(other_commune, by=submitter, at=AFTER, dossier=dossier, previous=line.consultation)

    [sentence] = sentences(dossier, LATER)
    assert line.consultation.code in sentence


def test_the_successor_of_the_objector_answers_for_it_in_the_later_round(
    dossier, line, submitter, commune, other_commune
):
    """Rules 2.5, 6.7: merged, its successor is asked about the changed draft."""
    disagreed(line, submitter)
    commune.closed_on = AFTER.date()
    commune.save()
    commune.successors.add(other_commune)
    asked(other_commune, by=submitter, at=AFTER, dossier=dossier, previous=line.consultation)

    assert sentences(dossier, LATER) == []


def test_a_later_round_that_serves_something_else_hides_no_objection(
    dossier, line, submitter, commune
):
    """Rules 6.7, 7.1: asked again, but not for this dossier."""
    disagreed(line, submitter)
    asked(commune, by=submitter, at=AFTER, previous=line.consultation)

    assert len(sentences(dossier, MONDAY)) == 1


def test_a_later_round_that_is_withdrawn_hides_no_objection(dossier, line, submitter, commune):
    """Rules 6.7, 7.1: nothing was asked in place of the round that objected."""
    disagreed(line, submitter)
    again = asked(commune, by=submitter, at=AFTER, dossier=dossier, previous=line.consultation)
    lifecycle.withdraw(again, submitter, clock(MONDAY), reason="Gửi nhầm.")

    [sentence] = sentences(dossier, MONDAY)
    assert line.consultation.code in sentence


def test_a_round_after_a_withdrawn_one_takes_the_place_of_the_first(
    dossier, line, submitter, commune
):
    """Rule 6.7: of three rounds the last counts, whatever became of the second."""
    disagreed(line, submitter)
    second = asked(commune, by=submitter, at=AFTER, dossier=dossier, previous=line.consultation)
    lifecycle.withdraw(second, submitter, clock(MONDAY), reason="Gửi nhầm.")
    third = asked(commune, by=submitter, at=MONDAY, dossier=dossier, previous=second)

    assert third.code in sentences(dossier, MONDAY)[-1]
    assert sentences(dossier, LATER) == []


def disagreed(line, submitter):
    """The commune disagrees, and the requester explains."""
    replied(line, NOON + timedelta(hours=1), Stance.DISAGREED)
    [comment] = lifecycle.comments_of(line, AFTER)
    lifecycle.settle_comments(
        line, submitter, clock(AFTER), settlements={comment.pk: Settled(False, "Theo quy hoạch.")}
    )


def met(line, submitter):
    return lifecycle.reconcile(
        line, submitter, clock(AFTER), held_on=date(2026, 11, 20), minutes="Họp tại xã.",
        result="Lùi ranh giới 5 m.", due="03 ngày làm việc",
    )  # fmt: skip


def test_returned_with_a_coded_reason_it_comes_back_as_a_new_version(dossier, submitter):
    """Rule 7.2."""
    chief = office_chief()
    submitted(dossier, submitter)
    reason = ReturnCode.objects.get(code="incomplete")

    dossiers.give_back(dossier, chief, MONDAY, reason=reason, defects="1. Thiếu bản đồ.")
    with pytest.raises(Refused):
        submitted(dossier, submitter, MONDAY)
    second = submitted(dossier, submitter, MONDAY, changes="Bổ sung bản đồ.")

    assert second.number == 2
    assert dossier.versions.first().returned.reason == reason


def test_from_the_check_to_the_archive(dossier, submitter):
    """Rules 7.2, 7.3: each by who may."""
    chief, leader, clerk = office_chief(), chair(), officer()
    submitted(dossier, submitter)
    checked(dossier, by=clerk)
    dossiers.pass_on(dossier, chief, MONDAY)
    dossiers.approve(dossier, leader, MONDAY + timedelta(days=1))
    dossiers.issue_result(
        dossier, clerk, MONDAY + timedelta(days=2), document_number="512/QĐ-UBND",
        document_on=date(2026, 11, 25), files=[paper_file("quyet-dinh")],
    )  # fmt: skip

    closed = dossiers.close_file(
        dossier, submitter, MONDAY + timedelta(days=3), file_code="KTHT.2026.12",
        retention="Vĩnh viễn",
    )  # fmt: skip

    assert closed.state == "closed"
    assert list(dossier.state_rows.values_list("state", flat=True)) == [
        "draft", "submitted", "passed", "approved", "issued", "closed",
    ]  # fmt: skip


def test_a_version_is_passed_on_once_every_item_is_checked(dossier, submitter):
    """Rule 7.2: the check is of this version, and of every item in use."""
    chief, clerk = office_chief(), officer()
    submitted(dossier, submitter)
    checked(dossier)
    reason = ReturnCode.objects.get(code="incomplete")
    dossiers.give_back(dossier, chief, MONDAY, reason=reason, defects="1. Thiếu bản đồ.")
    submitted(dossier, submitter, MONDAY, changes="Bổ sung bản đồ.")
    [first, *others] = ChecklistItem.objects.filter(is_active=True)

    with pytest.raises(Refused):
        dossiers.pass_on(dossier, chief, MONDAY)
    dossiers.check(dossier, clerk, MONDAY, checks={first.pk: (True, "")})
    with pytest.raises(Refused):
        dossiers.pass_on(dossier, chief, MONDAY)

    unmet = {item.pk: (False, "Chưa rõ.") for item in others}
    dossiers.check(dossier, clerk, MONDAY, checks=unmet)
    assert dossiers.pass_on(dossier, chief, MONDAY).state == "passed"


def test_the_resulting_document_is_recorded_with_its_file(dossier, submitter):
    """Rule 7.3: number, date, file."""
    chief, leader, clerk = office_chief(), chair(), officer()
    submitted(dossier, submitter)
    checked(dossier, by=clerk)
    dossiers.pass_on(dossier, chief, MONDAY)
    dossiers.approve(dossier, leader, MONDAY)

    with pytest.raises(Refused) as refused:
        dossiers.issue_result(
            dossier, clerk, MONDAY, document_number="512/QĐ-UBND", document_on=MONDAY.date(),
            files=[],
        )  # fmt: skip

    assert refused.value.field == "files"


def test_time_with_agency_office_and_leader_is_measured_apart(dossier, submitter):
    """Rule 7.3."""
    chief, leader = office_chief(), chair()
    submitted(dossier, submitter, AFTER)
    checked(dossier)
    dossiers.pass_on(dossier, chief, MONDAY)
    dossiers.approve(dossier, leader, MONDAY + timedelta(days=2))

    days = working_days_with(
        dossier.state_rows.all(), Calendar.from_rows([]), MONDAY + timedelta(days=3)
    )

    assert dict(days) == {"agency": 3, "office": 2, "leader": 2}


def test_the_offices_own_dossier_is_passed_on_by_a_leader():
    """Rule 2.3: nobody decides on their own request."""
    chief, leader = office_chief(), chair()
    own = begin_dossier(chief, NOON, title="Quy chế làm việc", recipient="committee")
    submitted(own, chief)

    with pytest.raises(NotYours):
        dossiers.pass_on(own, chief, MONDAY)
    assert dossiers.pass_on(own, leader, MONDAY).state == "passed"


def test_staff_prepare_and_do_not_submit(dossier, submitter):
    """Rule 2: never the official act itself."""
    staff = staff_of(submitter.agency)
    save_dossier_draft(dossier, staff, AFTER, content={"text": "Nháp"}, version=0)

    with pytest.raises(NotYours):
        submitted(dossier, staff)


@pytest.mark.parametrize("on", ["the dossier", "its task"])
def test_a_deputy_submits_and_withdraws_only_within_the_portfolio(submitter, on):
    """Rule 2.1: KT. within the portfolio; what the matter is, dossier or task says."""
    land, culture = CompetenceFactory(), CompetenceFactory(code="van-hoa", name="Văn hóa")
    deputy = head_of(submitter.agency, is_deputy=True)
    deputy.post.competences.set([culture])
    named = {"competence": land} if on == "the dossier" else {
        "tasks": [assigned_task(submitter.agency, competence=land)]
    }  # fmt: skip
    own = begin_dossier(submitter, NOON, title="Quy hoạch", recipient="chair", **named)

    with pytest.raises(NotYours):
        submitted(own, deputy)
    with pytest.raises(NotYours):
        dossiers.withdraw_dossier(own, deputy, AFTER, reason="Không trình nữa.")
    deputy.post.competences.set([culture, land])
    assert submitted(own, actor_of(Post.objects.get(pk=deputy.post.pk))).number == 1


def test_a_draft_saved_by_somebody_else_is_not_overwritten(dossier, submitter):
    """Rule 5.14."""
    staff = staff_of(submitter.agency)
    save_dossier_draft(dossier, staff, AFTER, content={"text": "Một"}, version=0)

    with pytest.raises(Changed, match=staff.user.full_name) as refused:
        save_dossier_draft(dossier, submitter, AFTER, content={"text": "Hai"}, version=0)

    assert refused.value.differences == [("text", "Một", "Hai")]
    save_dossier_draft(dossier, submitter, AFTER, content={"text": "Hai"}, version=1)


def test_a_heading_saved_by_somebody_else_is_not_overwritten(dossier, submitter):
    """Rule 5.14: the second save is refused with what changed and by whom; then it is on top."""
    staff = staff_of(submitter.agency)
    heading = {"title": "Quy hoạch khu A", "recipient": "committee"}
    edit_dossier(dossier, staff, AFTER, version=0, **heading)

    with pytest.raises(Changed, match=staff.user.full_name) as refused:
        edit_dossier(dossier, submitter, AFTER, version=0, title="Khu B", recipient="committee")

    assert refused.value.differences == [("title", "Quy hoạch khu A", "Khu B")]
    assert refused.value.version == 1
    again = edit_dossier(dossier, submitter, AFTER, version=1, title="Khu B", recipient="chair")
    changes = Event.objects.of(dossier).filter(act="dossier.edited").last().params["changes"]
    assert (again.title, changes[1]) == ("Khu B", ["recipient", "committee", "chair"])


def test_nothing_is_prepared_while_the_dossier_lies_with_the_office(dossier, submitter):
    """Rule 7.2: it is changed when it comes back."""
    submitted(dossier, submitter)

    with pytest.raises(Refused):
        save_dossier_draft(dossier, submitter, AFTER, content={"text": "Hai"}, version=0)


def test_what_the_chair_decides_is_not_passed_to_a_vice_chair(dossier, submitter):
    """Rules 7.1, 7.2: a Vice Chair may not decide it, and the Chair would not know."""
    chief, vice = office_chief(), vice_chair()
    submitted(dossier, submitter)
    checked(dossier)

    with pytest.raises(Refused) as refused:
        dossiers.pass_on(dossier, chief, MONDAY, leader=vice.post)

    assert refused.value.field == "leader"


@pytest.mark.parametrize("recipient", ["chair", "committee"])
def test_no_vice_chair_is_named_for_what_the_chair_decides(submitter, recipient):
    """Rule 7.1: to one addressee."""
    with pytest.raises(Refused) as refused:
        begun_for(submitter, recipient, vice_chair())

    assert refused.value.field == "leader"


def test_passed_on_the_chair_is_told(dossier, submitter):
    """Rule 10.1: who decides."""
    chief, leader = office_chief(), chair()
    vice_chair()
    submitted(dossier, submitter)
    checked(dossier)

    dossiers.pass_on(dossier, chief, MONDAY)

    assert told_of("dossier.passed_on") == {leader.user}


def test_who_follows_a_vice_chair_is_told_and_decides(submitter):
    """Rules 2.1, 7.3: what was submitted to a Vice Chair who left is the successor's."""
    chief, before = office_chief(), vice_chair()
    chair()
    own = begun_for(submitter, "vice_chair", before)
    submitted(own, submitter)
    checked(own)
    Post.objects.filter(pk=before.post.pk).update(ends_on=date(2026, 11, 21))
    after = vice_chair(starts_on=date(2026, 11, 22))

    dossiers.pass_on(own, chief, MONDAY)
    acting = actor_of(after.post, MONDAY.date())
    decided = dossiers.approve(own, acting, MONDAY + timedelta(hours=1))

    assert told_of("dossier.passed_on") == {after.user}
    assert decided.state == "approved"


def vice_chair(**fields):
    leaders = LeadersFactory()
    return actor_of(PostFactory(function=Function.LEADER, agency=leaders, is_deputy=True, **fields))


def begun_for(submitter, recipient, leader):
    return begin_dossier(
        submitter, NOON, title="Quy chế chợ", recipient=recipient, leader=leader.post
    )


def told_of(act) -> set:
    notices = Notice.objects.in_application().filter(event__act=act)
    return {notice.person for notice in notices.select_related("person")}


@pytest.mark.parametrize(
    ("stance", "at"),
    [(Stance.AGREED, NOON + timedelta(hours=2)), (Stance.DISAGREED, AFTER)],
    ids=["open", "objected"],
)
def test_a_consultation_that_blocks_is_not_taken_off_the_dossier(
    dossier, line, submitter, stance, at
):
    """Rule 7.1: editing the heading is no way around an objection."""
    replied(line, NOON + timedelta(hours=1), stance)

    with pytest.raises(Refused, match=line.consultation.code) as refused:
        edited_without_consultations(dossier, submitter, at)

    assert refused.value.field == "consultations"
    assert dossier.consultations.exists()


def test_a_consultation_that_is_over_and_settled_may_be_taken_off(dossier, line, submitter):
    """Rule 7.1: nothing of it stands against the dossier."""
    edited_without_consultations(dossier, submitter, AFTER)

    assert not dossier.consultations.exists()


def edited_without_consultations(dossier, submitter, at):
    edit_dossier(dossier, submitter, at, version=0, title=dossier.title, recipient="chair")


def test_another_agency_sees_nothing_of_it_and_the_office_no_draft(dossier, submitter):
    """Rules 2.4, 6.5."""
    chief = office_chief()

    assert not Dossier.objects.visible_to(head_of(AgencyFactory())).exists()
    assert not Dossier.objects.visible_to(chief).exists()
    submitted(dossier, submitter)
    assert Dossier.objects.visible_to(chief).exists()
