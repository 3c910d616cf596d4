"""What a department head, a chair of a commune and staff see first."""

from datetime import date

import pytest
from django.urls import reverse

from consultations import lifecycle as consultation_acts
from consultations.models import Dossier, Opinion
from consultations.stances import Stance
from reports.my_work import MyWork
from tasks import lifecycle
from tasks.models import Acknowledgement, CompletionReport, Coordination, Obstacle
from tasks.states import State
from tests.consultations.asking import asked, replied
from tests.factories import (
    AgencyFactory,
    DirectiveFactory,
    OfficeFactory,
    PostFactory,
    administrator,
    assigned_task,
    head_of,
    moment,
    office_chief,
    staff_of,
)
from tests.pages import client_of, queries_of
from tests.reports.histories import Step, asked_to_review, dossier_of, line_of, task_with

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_at_now")]

NOW = moment("2026-11-23", 8)
BEGUN = moment("2026-09-01")


@pytest.fixture
def agency():
    OfficeFactory()
    return AgencyFactory(code="tnmt", name="Phòng Tài nguyên và Môi trường")


@pytest.fixture
def head(agency):
    return head_of(agency)


def page_of(actor, **query):
    client = client_of(actor)
    return client.get(reverse("my_work"), query)


def titles(response) -> list[str]:
    return [task.title for task in response.context["work"].first]


def sent_back(agency, **fields):
    task = task_with(
        agency,
        BEGUN,
        moment("2026-11-27", 0),
        [Step(moment("2026-11-16"), State.REPORTED), Step(moment("2026-11-18"), State.IN_PROGRESS)],
        **fields,
    )
    CompletionReport.objects.filter(task=task).update(
        decision="sent_back", decided_at=moment("2026-11-18"), reason="Thiếu số liệu xã Tân Viên."
    )
    return task


def test_cards_come_by_urgency(agency, head):
    """Picture 2: overdue, sent back, due soon, new, then the rest."""
    task_with(agency, BEGUN, moment("2026-12-30", 0), [_doing()], title="Còn lâu")
    task_with(agency, BEGUN, moment("2026-12-20", 0), title="Mới giao")
    task_with(agency, BEGUN, moment("2026-11-25", 0), [_doing()], title="Sắp đến hạn")
    sent_back(agency, title="Làm lại")
    task_with(agency, BEGUN, moment("2026-10-14", 0), [_doing()], title="Quá hạn")

    assert titles(page_of(head)) == ["Quá hạn", "Làm lại", "Sắp đến hạn", "Mới giao", "Còn lâu"]


def _doing() -> Step:
    return Step(moment("2026-09-02"), State.IN_PROGRESS)


def test_what_awaits_the_office_is_not_to_do(agency, head):
    """Rule 5.5: reported work waits for the Office, not for the agency."""
    task_with(agency, BEGUN, moment("2026-11-20", 0), [Step(moment("2026-11-18"), State.REPORTED)])

    assert titles(page_of(head)) == []


def test_a_card_says_why_and_carries_the_act(agency, head):
    """Picture 2: the Office's reason, who assigned, the act on the card."""
    task = sent_back(agency)

    page = page_of(head).content.decode()

    assert "Thiếu số liệu xã Tân Viên." in page
    assert reverse("task_act", args=[task.code, "report"]) in page
    assert reverse("task_act", args=[task.code, "progress"]) in page


def test_staff_have_no_official_act(agency):
    """Rule 2: staff record progress on what was handed to them; the report is the head's."""
    staff = staff_of(agency)
    task = sent_back(agency, handler=staff.post)

    page = page_of(staff).content.decode()

    assert reverse("task_act", args=[task.code, "report"]) not in page
    assert reverse("task_act", args=[task.code, "progress"]) in page


def test_counts_link_to_exactly_their_rows(agency, head):
    """Rule 8.3: of the agency's own tasks; what it coordinates is not counted (8.7)."""
    other = AgencyFactory(code="khac")
    task_with(other, BEGUN, moment("2026-10-14", 0), coordinating=[agency], title="Phối hợp")
    task_with(agency, BEGUN, moment("2026-10-14", 0))
    task_with(agency, BEGUN, moment("2026-11-25", 0))

    response = page_of(head)
    work = response.context["work"]

    assert work.counts == {"open": 2, "overdue": 1, "due_soon": 1, "sent_back": 0}
    assert [line.share.task.title for line in work.shares] == ["Phối hợp"]
    client = client_of(head)
    for url, count in ((work.overdue_url, 1), (work.soon_url, 1), (work.all_url, 2)):
        assert client.get(url).context["page"].paginator.count == count


def overdue(agency, **fields):
    return task_with(agency, BEGUN, moment("2026-11-10", 0), [_doing()], **fields)


def explain(task, head, day: int) -> None:
    lifecycle.explain(
        task, head, moment("2026-11-11"), cause="Chờ mẫu nước.", commitment_on=date(2026, 11, day)
    )


@pytest.mark.parametrize(
    ("committed", "asked"), [(None, True), (27, False), (20, True)],
    ids=["no cause", "a commitment to keep", "a broken one"],
)  # fmt: skip
def test_an_overdue_card_asks_for_its_cause(committed, asked, agency, head):
    """Rule 5.12: until there is one, and again when the commitment day passed."""
    task = overdue(agency)
    if committed:
        explain(task, head, committed)

    page = page_of(head).content.decode()

    assert (reverse("task_act", args=[task.code, "explain"]) in page) is asked
    assert reverse("task_act", args=[task.code, "report"]) in page


def test_the_lead_sees_that_a_helper_is_late(agency, head):
    """Rule 5.9: a lead waiting on a partner is visible."""
    helper = AgencyFactory(code="xa")
    task_with(agency, BEGUN, moment("2026-12-20", 0), [_doing()], coordinating=[helper])
    Coordination.objects.update(due_at=moment("2026-11-20", 0))

    assert page_of(head).context["work"].first[0].late_shares == 1


def test_what_the_agency_owes_others_comes_by_its_own_day(agency, head):
    """Picture 2, rule 5.9: what is asked, a pill by the share's own day, the act on the card."""
    other = AgencyFactory(code="khac")
    later, sooner = (
        task_with(other, BEGUN, moment("2026-12-30", 0), [_doing()], coordinating=[agency])
        for _n in range(2)
    )
    sooner.coordinations.update(due_at=moment("2026-11-25", 0), asked="Số liệu thu hồi đất")

    response = page_of(head)

    lines = response.context["work"].shares
    assert [line.share.task for line in lines] == [sooner, later]
    assert [line.kind for line in lines] == ["soon", "track"]
    assert "Số liệu thu hồi đất" in response.content.decode()
    assert reverse("task_act", args=[sooner.code, "contribute"]) in response.content.decode()


def test_a_share_that_was_given_is_not_asked_for(agency, head):
    """Rule 5.9: the card goes when the share is whole."""
    other = AgencyFactory(code="khac")
    task = task_with(other, BEGUN, moment("2026-12-30", 0), [_doing()], coordinating=[agency])

    lifecycle.contribute(task, head, moment("2026-11-20"), text="Số liệu.")

    assert page_of(head).context["work"].is_empty


def test_staff_see_first_what_was_handed_to_them(agency, head):
    """Rules 2, 5.8: their own before the more urgent work of others."""
    staff = staff_of(agency)
    overdue(agency, title="Việc của người khác")
    mine = task_with(agency, BEGUN, moment("2026-12-30", 0), [_doing()], title="Việc của tôi")
    lifecycle.hand_on(mine, head, moment("2026-11-12"), handler=staff.post)

    assert titles(page_of(staff)) == ["Việc của tôi", "Việc của người khác"]
    assert titles(page_of(head)) == ["Việc của người khác", "Việc của tôi"]


def test_the_agency_sees_what_it_reported_with_the_answer(agency, head):
    """Rule 5.12: while it waits, and some days after the answer; never another's."""
    task = task_with(agency, BEGUN, moment("2026-12-30", 0), [_doing()])
    texts = {"2026-11-02": "Đã trả lời lâu", "2026-11-12": "Mới trả lời", "2026-11-13": "Còn chờ"}
    for day, text in texts.items():
        lifecycle.raise_obstacle(task, head, moment(day), text=text, addressee="chief")
    for day, obstacle in zip(("04", "20"), Obstacle.objects.order_by("pk"), strict=False):
        lifecycle.answer_obstacle(
            obstacle, office_chief(), moment(f"2026-11-{day}"), answer="Đồng ý."
        )

    found = page_of(head).context["work"].obstacles

    assert [one.text for one in found] == ["Còn chờ", "Mới trả lời"]


def test_a_chair_sees_the_expiring_consultation_first(agency, head):
    """Issue 4: consultations first when one ends soon and no task is overdue."""
    task_with(agency, BEGUN, moment("2026-12-20", 0), title="Nhiệm vụ còn hạn")
    line = line_of(agency, moment("2026-11-16"), moment("2026-11-24", 0))

    page = page_of(head).content.decode()

    assert page.index(reverse("opinion_answer", args=[line.pk])) < page.index("Nhiệm vụ còn hạn")


def test_a_directive_to_acknowledge_is_there_until_given(agency, head):
    """Rule 4.3: by its day, by the head."""
    given = Acknowledgement.objects.create(
        directive=DirectiveFactory(), agency=agency, due_at=moment("2026-11-27", 0)
    )

    assert given.get_absolute_url() in page_of(head).content.decode()


def test_nothing_of_another_agency_shows(agency, head):
    """Rule 2.4: rows of others are not there."""
    other = AgencyFactory(code="khac")
    task_with(other, BEGUN, moment("2026-10-14", 0), title="Chữ không thể nhầm")
    line_of(other, moment("2026-11-16"), moment("2026-11-24", 0))

    response = page_of(head)

    assert "Chữ không thể nhầm" not in response.content.decode()
    assert response.context["work"].is_empty


def test_who_has_no_work_is_told_so_and_starts_elsewhere():
    """Rule 2: the administrator has no power over content; home is the page of jobs and mail."""
    actor = administrator()
    client = client_of(actor)

    assert page_of(actor).context["work"].is_empty
    assert client.get(reverse("home")).url == reverse("jobs")


def test_who_has_no_post_today_still_gets_a_page():
    """Rule 2.1: posts have dates; a person without one sees nothing of any agency."""
    post = PostFactory(ends_on=date(2025, 1, 1))
    client = client_of(post)

    assert client.get(reverse("my_work")).context["work"].is_empty


def test_the_number_of_queries_does_not_grow(agency, head):
    """Issue 4: constant queries."""
    sent_back(agency)
    few = queries_of(client_of(head), reverse("my_work"))
    for _n in range(8):
        sent_back(agency)
        line_of(agency, moment("2026-11-16"), moment("2026-11-24", 0))

    assert queries_of(client_of(head), reverse("my_work")) <= few + 1
    assert few <= 40


def test_a_list_to_confirm_is_on_the_page_until_it_is_confirmed(agency, head):
    """Rule 5.13: the card leads to the list."""
    entry = asked_to_review(agency, moment("2026-11-27", 0))

    page = page_of(head)

    assert [each.pk for each in page.context["work"].reviews] == [entry.pk]
    assert entry.get_absolute_url() in page.content.decode()
    entry.confirmed_at, entry.confirmed_by = NOW, head.post
    entry.save()
    assert page_of(head).context["work"].reviews == []


def test_what_was_handed_back_says_that_it_waits():
    """Rule 5.3: the chief decides; nobody works on it meanwhile."""
    head = head_of(AgencyFactory())
    task = assigned_task(head.agency, at=moment("2026-11-16"), due_at=moment("2026-12-01", 0))
    lifecycle.hand_back(task, head, moment("2026-11-17"), reason="Không đúng chức năng.")

    found = MyWork(head, moment("2026-11-18")).first

    assert found[0].why.count("·") == 1


def test_a_task_opened_again_was_not_sent_back():
    """Rules 5.4, 5.13: the last report counts; an earlier one that was sent back is history."""
    head, chief = head_of(AgencyFactory()), office_chief()
    task = assigned_task(head.agency, actor=chief, at=moment("2026-11-09"))
    for number, decide in enumerate((lifecycle.send_back, lifecycle.complete)):
        at = moment("2026-11-10", 9 + number)
        task = lifecycle.report(task, head, at, result="Xong.", document_number="9")
        facts = {"reason": "Thiếu."} if decide is lifecycle.send_back else {}
        task = decide(task, chief, at, **facts)
    lifecycle.reopen(task, chief, moment("2026-11-12"), reason="Chưa làm.")

    assert MyWork(head, moment("2026-11-13")).counts["sent_back"] == 0


def test_a_dossier_that_came_back_is_to_be_submitted_again(agency, head):
    """Rule 7.2: the agency finds it without going through its list."""
    came_back = dossier_of(agency, (BEGUN, moment("2026-09-03")))
    Dossier.objects.update(state=Dossier.State.RETURNED)
    dossier_of(agency, (BEGUN, None))

    page = page_of(head)

    assert page.context["work"].dossiers == [came_back]
    assert came_back.get_absolute_url() in page.content.decode()


def test_the_result_of_a_meeting_is_on_the_page_until_it_is_answered(agency, head):
    """Rule 6.10: silence confirms it, so nobody should have to look for it."""
    requester = head_of(AgencyFactory())
    asked(agency, by=requester)
    line = Opinion.objects.get(agency=agency)
    replied(line, moment("2026-11-17"), Stance.DISAGREED, by=head)
    consultation_acts.reconcile(
        line, requester, lambda: moment("2026-11-20"), held_on=date(2026, 11, 19),
        minutes="Họp tại xã.", result="Thống nhất lùi 5 m.", due="05 ngày làm việc",
    )  # fmt: skip

    page = page_of(head)
    listed = client_of(head).get(reverse("consultations"), {"tab": "waiting"})

    assert [one.pk for one in page.context["work"].results] == [line.pk]
    assert "Thống nhất lùi 5 m." in page.content.decode()
    assert "Thống nhất lùi 5 m." in listed.content.decode()
