"""The page of a task, the forms of its acts, a task without a directive."""

from datetime import date

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import Context, Template
from django.utils import translation

from agencies.models import Attachment, Event
from tasks import lifecycle
from tasks.judgement import Judgement
from tasks.models import Task
from tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_at_now")]
NOW = make.moment("2026-11-10")


def acts_offered(answer) -> list[str]:
    return [one.act.code for one in answer.context["next_acts"]]


# One task ------------------------------------------------------------------------------------


def test_each_reader_is_offered_his_own_acts(task, head, chief, visit) -> None:
    """Rule 5.2: the buttons follow the table."""
    page = visit(head, task.get_absolute_url())
    offered = ["accept", "report", "progress", "ask_extension", "hand_on"]
    assert acts_offered(page) == offered
    assert "hand_back" in [one.act.code for one in page.context["rare_acts"]]
    assert acts_offered(visit(chief, task.get_absolute_url())) == []


def test_a_task_one_may_not_see_answers_404(task, visit) -> None:
    """Rule 2.4."""
    stranger = make.head_of(make.AgencyFactory())

    for address in (task.get_absolute_url(), f"/tasks/{task.code}/report/"):
        assert visit(stranger, address).status_code == 404


def test_an_act_that_does_not_exist_answers_404(task, chief, visit) -> None:
    """The table has no such row."""
    assert visit(chief, f"/tasks/{task.code}/extend/").status_code == 404


def test_the_chief_reads_the_effect_before_deciding(task, head, chief, visit) -> None:
    """Design principle 5: what confirming and sending back would do stands beside the buttons."""
    lifecycle.report(task, head, NOW, result="Đã lập danh sách.", document_number="9/TNMT")

    answer = visit(chief, task.get_absolute_url())

    effects = {one.act.code: one.effect for one in answer.context["next_acts"]}
    assert "16/11/2026" in effects["complete"]
    assert "16/11/2026" in effects["send_back"]
    assert "Đã lập danh sách." in answer.content.decode()


def test_the_story_shows_when_the_deadline_passed(task, chief, visit) -> None:
    """Rule 3.7: lateness is a fact of time, shown where it happened without any job."""
    with time_machine.travel(make.moment("2026-11-20"), tick=False):
        answer = visit(chief, task.get_absolute_url())

    passed = answer.context["events"][-1]
    assert (passed.effective_at, passed.actor) == (task.due_at, None)


def test_a_page_takes_a_constant_number_of_queries(
    task, head, chief, visit, django_assert_max_num_queries
) -> None:
    """Issue 4: the story may be long."""
    for percent in range(20):
        lifecycle.progress(task, head, NOW, text="Đang làm.", percent=percent)

    with django_assert_max_num_queries(42):
        visit(chief, task.get_absolute_url())


# Acts in forms --------------------------------------------------------------------------------


def test_a_head_reports_with_a_file(task, head, visit) -> None:
    """Rule 5.4: a result text and a file."""
    upload = SimpleUploadedFile("ket-qua.txt", "Danh sách".encode())

    answer = visit(
        head,
        f"/tasks/{task.code}/report/",
        {"result": "Đã xong.", "files": upload, "version": task.version},
    )

    assert (answer.status_code, answer.url) == (302, task.get_absolute_url())
    assert Attachment.objects.of(task).get().name == "ket-qua.txt"


def test_a_refused_report_keeps_what_was_typed(task, head, visit) -> None:
    """Rule 11: nothing typed is lost."""
    answer = visit(
        head, f"/tasks/{task.code}/report/", {"result": "Đã lập danh sách.", "version": 0}
    )

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Đã lập danh sách." in page
    assert "document_number" in answer.context["form"].errors


@pytest.mark.parametrize(
    ("name", "content"),
    [("rong.txt", b""), ("gia.pdf", b"MZ\x90\x00 not a pdf"), ("a.docx", b"PK\x03\x04 broken")],
    ids=["empty", "a program", "a broken .docx"],
)
def test_a_bad_file_is_refused_in_words(name, content, task, head, visit) -> None:
    """Issue 4, bad input: a clear message, and what was typed is kept."""
    answer = visit(
        head,
        f"/tasks/{task.code}/report/",
        {"result": "Đã xong.", "files": SimpleUploadedFile(name, content), "version": 0},
    )

    assert answer.status_code == 400
    assert answer.context["form"].errors["files"]
    assert "Đã xong." in answer.content.decode()


def test_a_form_posted_twice_leads_to_what_it_first_did(task, head, visit) -> None:
    """Issue 4, bad input: one act, and a clear message."""
    facts = {
        "result": "Đã xong.",
        "document_number": "9/TNMT",
        "version": task.version,
        "request_key": "6f8f3c1e-3a43-4f9e-9c4e-2f6f6b1a0d55",
    }

    first = visit(head, f"/tasks/{task.code}/report/", facts)
    second = visit(head, f"/tasks/{task.code}/report/", facts)

    assert first.url == second.url == task.get_absolute_url()
    assert Event.objects.filter(act="task.reported").count() == 1


def test_a_stale_form_says_what_changed_and_then_passes(task, head, visit) -> None:
    """Rule 5.14: refused once with what changed; sent again it is done."""
    staff = make.staff_of(head.agency)
    task = lifecycle.hand_on(task, head, NOW, handler=staff.post)
    lifecycle.progress(task, staff, NOW, text="Đã xong 1 xã.", percent=5)
    facts = {"result": "Đã xong.", "document_number": "9/TNMT"}

    refused = visit(head, f"/tasks/{task.code}/report/", {**facts, "version": 0})
    assert refused.status_code == 409
    assert staff.user.full_name in refused.content.decode()
    version = refused.context["form"]["version"].value()
    again = visit(head, f"/tasks/{task.code}/report/", {**facts, "version": version})

    assert again.status_code == 302


def test_an_act_that_is_not_possible_now_is_explained(task, chief, head, visit) -> None:
    """The address of an act opened too early or by the wrong person shows the task and why not."""
    answer = visit(chief, f"/tasks/{task.code}/complete/")

    assert answer.status_code == 200
    assert list(answer.context["messages"])


def test_days_off_before_the_deadline_are_not_said_to_be_today(db) -> None:
    """Rule 3.7: on a Friday, what is due on Sunday has two days left, and none of them at work."""
    with translation.override("en"):
        words = Judgement.at(make.moment("2026-11-27", 7)).distance
        assert words(make.moment("2026-11-30", 0)) == "2 days left"
        assert words(make.moment("2026-11-28", 0)) == "due today"


def test_a_card_of_the_lead_costs_no_query(task, head, django_assert_num_queries) -> None:
    """Issue 4, section 6: the page of one's own work draws many cards."""
    judgement = Judgement.at(NOW)
    row = (
        Task.objects.now().for_acts().select_related("lead", "assigned_by", "directive__kind").get()
    )
    template = Template("{% load tasks %}{% task_card task judgement actor %}")

    with django_assert_num_queries(0):
        drawn = template.render(Context({"task": row, "judgement": judgement, "actor": head}))

    assert f"/tasks/{task.code}/report/" in drawn


# Without a directive --------------------------------------------------------------------------


@pytest.fixture
def facts(head) -> dict:
    return {
        "title": "Chuẩn bị báo cáo giao ban",
        "source": "Giao ban ngày 09/11/2026",
        "assigned_by": make.AuthorityFactory().pk,
        "lead": head.agency.pk,
        "priority": "normal",
    }


def test_the_chief_assigns_what_a_meeting_decided(chief, facts, visit) -> None:
    """Rule 4.6: tasks also come without a directive, source named."""
    answer = visit(chief, "/tasks/new/", {**facts, "deadline_text": "05 ngày làm việc"})

    task = Task.objects.get()
    assert answer.url == task.get_absolute_url()
    assert task.due_at == make.moment("2026-11-18", 0)
    assert task.arithmetic["expression"] == "05 ngày làm việc"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"due_on": "2026-11-09"}, "due_on"),
        ({"deadline_text": "bao giờ cũng được"}, "deadline_text"),
        ({"deadline_text": "0 ngày"}, "deadline_text"),
        ({"deadline_text": "05 ngày", "due_on": "2026-12-01"}, "deadline_text"),
        ({"source": ""}, "source"),
    ],
    ids=["past", "nonsense", "zero", "both", "no source"],
)
def test_a_wrong_deadline_is_refused_in_words(given, field, chief, facts, visit) -> None:
    """Rule 3.6: zero, negative and nonsense terms are refused; nothing typed is lost."""
    answer = visit(chief, "/tasks/new/", {**facts, **given})

    assert answer.status_code == 400
    assert answer.context["form"].errors[field]
    assert "Chuẩn bị báo cáo giao ban" in answer.content.decode()


def test_only_who_assigns_finds_the_form(head, visit) -> None:
    """Rule 2, table: others do not give work; the page answers 404."""
    assert visit(head, "/tasks/new/").status_code == 404
    assert visit(make.officer(), "/tasks/new/").status_code == 404


# Helpers ----------------------------------------------------------------------------------------


@pytest.fixture
def communes():
    return [make.head_of(make.AgencyFactory(name=f"UBND xã {n}")) for n in ("An Thái", "Mỹ Đức")]


@pytest.fixture
def shared(head, chief, communes):
    return make.assigned_task(
        head.agency, actor=chief, coordinating=[commune.agency for commune in communes]
    )


def test_the_lead_says_in_one_form_what_each_gives(shared, head, communes, visit) -> None:
    """Rule 5.9: a row a helper; the first row fills those left empty."""
    first, second = (commune.agency.pk for commune in communes)

    answer = visit(
        head,
        f"/tasks/{shared.code}/divide/",
        {
            "version": shared.version,
            "asked_all": "Danh sách hộ",
            "due_on_all": "2026-11-13",
            f"asked_{second}": "Bản đồ",
            f"due_on_{first}": "2026-11-12",
        },
    )

    assert answer.url == f"{shared.get_absolute_url()}#shares"
    rows = {row.agency_id: row for row in shared.coordinations.all()}
    assert (rows[first].asked, rows[second].asked) == ("Danh sách hộ", "Bản đồ")
    assert rows[first].due_at == make.moment("2026-11-13", 0)
    assert rows[second].due_at == make.moment("2026-11-14", 0)


def test_a_wrong_day_is_said_beside_its_helper(shared, head, communes, visit) -> None:
    """Rule 11: what was typed is kept."""
    pk = communes[0].agency.pk
    facts = {"version": shared.version, f"asked_{pk}": "Bản đồ", f"due_on_{pk}": "2026-11-02"}

    answer = visit(head, f"/tasks/{shared.code}/divide/", facts)

    assert answer.status_code == 409
    assert answer.context["form"].errors[f"due_on_{pk}"]
    assert "Bản đồ" in answer.content.decode()


def test_the_page_says_who_is_waited_for_and_how_late(shared, head, chief, communes, visit) -> None:
    """Rule 5.9: the lead and the Office see all lines, a helper its own."""
    lifecycle.contribute(shared, communes[0], NOW, text="Danh sách 12 hộ.")
    page = shared.get_absolute_url()

    with time_machine.travel(make.moment("2026-11-19"), tick=False):
        for actor in (head, chief):
            helping = visit(actor, page).context["helping"]
            assert [line.share.agency for line in helping.awaited] == [communes[1].agency]
            assert (helping.given, helping.late) == (1, 1)
        own = visit(communes[0], page).context["helping"]

    assert [line.share.agency for line in own.lines] == [communes[0].agency]


def test_an_ended_task_waits_for_nobody(shared, head, chief, visit) -> None:
    """Rule 5.9: what the lead no longer needs is not late."""
    task = lifecycle.report(shared, head, NOW, result="Xong.", document_number="9/TNMT")
    lifecycle.complete(task, chief, NOW)

    with time_machine.travel(make.moment("2026-12-19"), tick=False):
        helping = visit(chief, shared.get_absolute_url()).context["helping"]

    assert (helping.awaited, helping.late) == ([], 0)


# Causes of delay ----------------------------------------------------------------------------------


def test_an_overdue_task_shows_its_cause_or_that_there_is_none(task, head, chief, visit) -> None:
    """Rule 5.12: cause, commitment day; a broken commitment is said."""
    page, late = task.get_absolute_url(), make.moment("2026-11-18")
    with time_machine.travel(late, tick=False):
        assert visit(chief, page).context["explanation"] is None
        facts = {"version": task.version, "cause": "Chờ mẫu nước.", "commitment_on": "2026-11-20"}
        visit(head, f"/tasks/{task.code}/explain/", facts)
        assert visit(chief, page).context["commitment_is_broken"] is False

    with time_machine.travel(make.moment("2026-11-21"), tick=False):
        shown = visit(chief, page)

    assert shown.context["commitment_is_broken"] is True
    assert "Chờ mẫu nước." in shown.content.decode()


def test_a_task_in_time_has_no_such_card(task, chief, visit) -> None:
    """Rule 5.12: of overdue tasks."""
    assert "explanation" not in visit(chief, task.get_absolute_url()).context


def test_the_facts_name_who_works_on_it(task, head, chief, visit) -> None:
    """Picture 5: "Thực hiện: Đỗ Thị Mai"."""
    staff = make.staff_of(head.agency, user__full_name="Đỗ Thị Mai")
    facts = {"version": task.version, "handler": staff.post.pk}
    assert visit(head, f"/tasks/{task.code}/hand_on/", facts).status_code == 302

    assert "Đỗ Thị Mai" in visit(chief, task.get_absolute_url()).content.decode()


def test_a_helper_reads_what_was_asked_and_that_it_is_late(shared, head, communes, visit) -> None:
    """Design principle 5: what is asked, by when, stands above the form."""
    share = lifecycle.Share(communes[0].agency, "Danh sách hộ", date(2026, 11, 12))
    lifecycle.divide(shared, head, NOW, shares=[share])
    address = f"/tasks/{shared.code}/contribute/"

    assert "12/11/2026" in visit(communes[0], address).context["effect"]
    with time_machine.travel(make.moment("2026-11-13"), tick=False):
        assert "Danh sách hộ" in visit(communes[0], address).context["effect"]
