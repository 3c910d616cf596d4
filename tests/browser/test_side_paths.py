"""A head returns a task on a telephone; the chief gives it on, suspends and resumes (issue 5)."""

import pytest
from playwright.sync_api import expect

from agencies.models import AgencyCompetence
from tasks import lifecycle
from tasks.models import Task
from tasks.states import State
from tests import factories as make
from tests.browser.steps import follow, log_in, picture

pytestmark = pytest.mark.django_db(transaction=True)
GIVEN, NOW = make.moment("2026-11-09"), make.moment("2026-11-10", 10)


@pytest.fixture
def people():
    """The chief, an officer, and the heads of the wrong and of the right department."""
    chief, officer = make.office_chief(), make.officer()
    land = make.land_department()
    works = make.AgencyFactory(
        code="ktht", name="Phòng Kinh tế và Hạ tầng", short_name="Phòng KT&HT"
    )
    building = make.CompetenceFactory(code="xay-dung", name="Xây dựng, giao thông")
    AgencyCompetence.objects.create(agency=works, competence=building)
    return {
        "chief": chief,
        "officer": officer,
        "head": make.head_of(land),
        "right": make.head_of(works),
        "building": building,
    }


@pytest.fixture
def task(people, clock) -> Task:
    return make.assigned_task(
        people["head"].agency,
        actor=people["chief"],
        at=GIVEN,
        officer=people["officer"].post,
        competence=people["building"],
        due_at=make.moment("2026-11-27", 0),
        title="Khắc phục hư hỏng mặt đường liên xã Quang Trung – Quốc Tuấn",
    )


def test_a_head_returns_and_the_chief_gives_it_to_another(
    phone, desktop, axe, people, task, clock
) -> None:
    """Rule 5.3: reason and the competent agency on a telephone, one decision on a computer."""
    log_in(phone, people["head"], task.get_absolute_url())
    picture(phone, "head-task-phone")
    phone.get_by_role("link", name="Trả lại (không thuộc chức năng)").click()
    expect(phone.get_by_label("Vì sao không thuộc chức năng")).to_be_visible()
    picture(phone, "hand-back-phone")
    axe(phone)
    phone.get_by_label("Vì sao không thuộc chức năng").fill("Đường giao thông do KT&HT quản lý.")
    phone.get_by_label("Theo cơ quan, đơn vị đúng chức năng").select_option(
        label="Phòng Kinh tế và Hạ tầng"
    )
    phone.get_by_role("button", name="Trả lại (không thuộc chức năng)").click()
    expect(phone.get_by_text("Đã đề nghị trả lại")).to_be_visible()
    picture(phone, "handed-back-phone")
    axe(phone)

    clock.move_to(make.moment("2026-11-11", 9))
    log_in(desktop, people["chief"], task.get_absolute_url())
    expect(desktop.get_by_text("đề nghị trả lại, chờ quyết định")).to_be_visible()
    picture(desktop, "chief-return-waits")
    axe(desktop)
    desktop.get_by_role("link", name="Xác nhận, giao cơ quan khác").click()
    expect(desktop.get_by_label("Cơ quan chủ trì mới")).to_have_value(
        str(people["right"].agency.pk)
    )
    picture(desktop, "chief-confirm")
    axe(desktop)
    desktop.get_by_role("button", name="Xác nhận, giao cơ quan khác").click()
    expect(desktop.get_by_text("Đã chuyển cho")).to_be_visible()
    picture(desktop, "chief-returned")
    axe(desktop)

    log_in(phone, people["right"], Task.objects.get(previous=task).get_absolute_url())
    expect(phone.get_by_role("button", name="Tiếp nhận nhiệm vụ")).to_be_visible()
    picture(phone, "new-lead-phone")
    axe(phone)
    log_in(phone, people["head"], task.get_absolute_url())
    picture(phone, "old-lead-phone")


def test_the_chief_suspends_and_resumes(desktop, phone, axe, people, task, clock) -> None:
    """Rule 5.7: with reason and document; the day after giving back is said before."""
    lifecycle.accept(task, people["head"], NOW)
    log_in(desktop, people["chief"], task.get_absolute_url())
    desktop.locator("details.menu summary").last.click()
    picture(desktop, "chief-menu")
    desktop.get_by_role("link", name="Tạm dừng").click()
    desktop.get_by_label("Lý do").fill("Chờ thành phố bố trí vốn.")
    picture(desktop, "suspend-form")
    desktop.get_by_role("button", name="Tạm dừng").click()
    expect(desktop.get_by_text("Hãy ghi số hoặc đính kèm tệp văn bản cho phép.")).to_be_visible()
    expect(desktop.get_by_label("Lý do")).to_have_value("Chờ thành phố bố trí vốn.")
    picture(desktop, "suspend-refused")
    axe(desktop)
    desktop.get_by_label("Số văn bản cho phép").fill("77/UBND-VP")
    desktop.get_by_role("button", name="Tạm dừng").click()
    expect(desktop.get_by_text("77/UBND-VP").first).to_be_visible()
    picture(desktop, "suspended")
    axe(desktop)

    clock.move_to(make.moment("2026-11-24", 9))
    log_in(phone, people["head"], task.get_absolute_url())
    expect(phone.get_by_text("Nhiệm vụ đang tạm dừng")).to_be_visible()
    picture(phone, "suspended-phone")
    axe(phone)
    log_in(desktop, people["chief"], task.get_absolute_url())
    expect(desktop.get_by_text("hạn mới ngày")).to_be_visible()
    picture(desktop, "resume-effect")
    desktop.get_by_role("link", name="Tiếp tục thực hiện").click()
    desktop.get_by_label("Lý do tiếp tục thực hiện").fill("Thành phố đã bố trí vốn.")
    desktop.get_by_role("button", name="Tiếp tục thực hiện").click()
    expect(desktop.get_by_text("cho tiếp tục thực hiện nhiệm vụ").first).to_be_visible()
    picture(desktop, "resumed")

    task.refresh_from_db()
    assert task.state == State.ACCEPTED
    assert task.due_at > task.original_due_at


def test_the_chief_corrects_and_reopens(desktop, axe, people, task, clock) -> None:
    """Rules 4.5, 5.13: a form filled with what stands; a completed task opened again."""
    lifecycle.accept(task, people["head"], NOW)
    log_in(desktop, people["chief"], f"/tasks/{task.code}/correct/")
    picture(desktop, "correct-form")
    axe(desktop)
    desktop.get_by_label("Tên nhiệm vụ").fill("Khắc phục mặt đường liên xã Quang Trung – Quốc Tuấn")
    desktop.get_by_label("Lý do đính chính").fill("Ghi gọn tên nhiệm vụ.")
    desktop.get_by_role("button", name="Đính chính").click()
    expect(desktop.get_by_text("đính chính nhiệm vụ").first).to_be_visible()
    picture(desktop, "corrected")
    axe(desktop)

    task.refresh_from_db()
    lifecycle.report(task, people["head"], NOW, result="Xong.", document_number="9/BC")
    lifecycle.complete(task, people["chief"], NOW)
    clock.move_to(make.moment("2026-12-01", 9))
    log_in(desktop, people["chief"], f"/tasks/{task.code}/reopen/")
    picture(desktop, "reopen-form")
    axe(desktop)
    desktop.get_by_label("Lý do mở lại").fill("Kiểm tra thực tế chưa làm xong 200 m.")
    desktop.get_by_role("button", name="Mở lại").click()
    expect(desktop.get_by_text("mở lại nhiệm vụ").first).to_be_visible()
    picture(desktop, "reopened")
    assert Task.objects.get(pk=task.pk).state == State.IN_PROGRESS


def test_a_paper_is_returned_and_a_header_corrected(desktop, phone, axe, people, clock):
    """Rule 4.5: a misdirected paper by the officer, an approved header by the chief."""
    paper = make.DirectiveFactory(number="318/STNMT-TTr", abstract="V/v đơn của công dân xã khác")
    log_in(desktop, people["officer"], paper.get_absolute_url())
    desktop.locator("details.menu summary").last.click()
    picture(desktop, "paper-menu")
    follow(desktop.get_by_role("link", name="Gửi nhầm: trả lại"))
    picture(desktop, "paper-return")
    axe(desktop)
    desktop.get_by_label("Trả lại cho").fill("Sở Tài nguyên và Môi trường")
    desktop.get_by_label("Vì sao không thuộc").fill("Nội dung thuộc địa bàn huyện khác.")
    desktop.get_by_role("button", name="Ghi nhận trả lại").click()
    expect(desktop.get_by_text("Đã trả lại Sở Tài nguyên")).to_be_visible()
    picture(desktop, "paper-returned")
    axe(desktop)
    desktop.goto("/directives/?state=misdirected")
    picture(desktop, "papers-returned")

    approved = make.DirectiveFactory(number="412/UBND-VP", approved_at=GIVEN)
    log_in(desktop, people["chief"], approved.get_absolute_url())
    follow(desktop.get_by_role("link", name="Đính chính phần đầu văn bản"))
    picture(desktop, "header-correct")
    axe(desktop)
    desktop.get_by_label("Số, ký hiệu").fill("421/UBND-VP")
    desktop.get_by_label("Lý do đính chính").fill("Đánh máy nhầm số.")
    desktop.get_by_role("button", name="Ghi nhận đính chính").click()
    expect(desktop.get_by_text("đính chính phần đầu").first).to_be_visible()
    picture(desktop, "header-corrected")
