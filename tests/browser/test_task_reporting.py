"""A head reports on a telephone, the Office verifies and completes (issue 4, sections 3 and 6)."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from agencies.models import Attachment
from tasks import lifecycle
from tasks.models import Task
from tasks.states import State
from tests import factories as make
from tests.browser.steps import follow, log_in, log_in_by_hand

pytestmark = pytest.mark.django_db(transaction=True)
GIVEN, NOW = make.moment("2026-11-02"), make.moment("2026-11-12", 10)


@pytest.fixture
def people():
    """The chief, an officer, the Chair, and the head of a department."""
    chief, officer, chair = make.office_chief(), make.officer(), make.chair()
    agency = make.land_department()
    return {"chief": chief, "officer": officer, "chair": chair, "head": make.head_of(agency)}


@pytest.fixture
def task(people, clock) -> Task:
    return make.assigned_task(
        people["head"].agency,
        actor=people["chief"],
        at=GIVEN,
        officer=people["officer"].post,
        title="Rà soát giấy chứng nhận quyền sử dụng đất tồn đọng",
    )


def test_from_report_to_completion(phone, desktop, axe, people, task, tmp_path) -> None:
    """Rules 5.4, 5.5: three clicks from log-in to a sent report; then verified and confirmed."""
    evidence = tmp_path / "bien-ban.txt"
    evidence.write_text("Biên bản rà soát ngày 12/11/2026", encoding="utf-8")

    log_in(phone, people["head"])
    follow(phone.get_by_role("link", name="Báo cáo hoàn thành"))
    axe(phone)
    phone.get_by_label("Kết quả thực hiện").fill("Đã rà soát 412 giấy, còn 7 giấy vướng mắc.")
    phone.get_by_label("Tệp minh chứng").set_input_files(evidence)
    phone.get_by_role("button", name="Báo cáo hoàn thành").click()
    expect(phone.get_by_text("Đã gửi báo cáo; Văn phòng sẽ kiểm tra.")).to_be_visible()
    axe(phone)
    assert Attachment.objects.of(task).get().name == "bien-ban.txt"

    log_in(desktop, people["officer"], task.get_absolute_url())
    desktop.get_by_role("button", name="Ghi nhận đã kiểm tra").click()
    expect(desktop.get_by_text("đã kiểm tra báo cáo hoàn thành")).to_be_visible()

    log_in(desktop, people["chief"], task.get_absolute_url())
    expect(desktop.get_by_text("Nếu xác nhận: hoàn thành đúng hạn")).to_be_visible()
    axe(desktop)
    desktop.get_by_role("button", name="Xác nhận hoàn thành").click()
    expect(desktop.get_by_text("Đã xác nhận hoàn thành.")).to_be_visible()
    axe(desktop)

    task.refresh_from_db()
    assert task.state == State.COMPLETED
    assert task.reported_at == task.reports.get().sent_at


def test_sending_back_in_place_and_without_script(
    desktop, new_context, live_server, axe, people, task
) -> None:
    """Rule 5.4; style: the form comes in place with script, on its own page without."""
    lifecycle.report(task, people["head"], NOW, result="Đã xong.", document_number="9/TNMT")

    log_in(desktop, people["chief"], task.get_absolute_url())
    desktop.get_by_role("link", name="Yêu cầu làm tiếp").click()
    expect(desktop.get_by_label("Còn thiếu gì")).to_be_visible()
    assert desktop.url.endswith(task.get_absolute_url())
    axe(desktop)

    plain = new_context(base_url=live_server.url, java_script_enabled=False).new_page()
    log_in(plain, people["chief"], task.get_absolute_url())
    plain.get_by_role("link", name="Yêu cầu làm tiếp").click()
    plain.get_by_label("Còn thiếu gì").fill("Thiếu số liệu xã Tân Viên.")
    plain.get_by_role("button", name="Yêu cầu làm tiếp").click()
    expect(plain.get_by_text("Đã yêu cầu làm tiếp.")).to_be_visible()

    desktop.get_by_label("Còn thiếu gì").fill("Thiếu số liệu xã An Tiến.")
    desktop.get_by_role("button", name="Yêu cầu làm tiếp").click()
    expect(desktop.get_by_text("Chưa thực hiện được")).to_be_visible()
    expect(desktop.get_by_text("Thiếu số liệu xã An Tiến.")).to_be_visible()


def test_the_list_and_a_new_task(desktop, phone, axe, people, task, clock) -> None:
    """Rule 4.6; the list on a computer and as cards on a telephone."""
    clock.move_to(task.due_at + timedelta(days=3, hours=9))

    log_in(desktop, people["chief"], "/tasks/?timeliness=overdue")
    heading = desktop.get_by_role("heading", level=1)
    expect(heading).to_have_text("1 nhiệm vụ quá hạn")
    axe(desktop)
    follow(desktop.get_by_role("link", name="Giao nhiệm vụ"))
    axe(desktop)
    desktop.get_by_label("Tên nhiệm vụ").fill("Chuẩn bị số liệu họp giao ban")
    desktop.get_by_label("Nguồn giao").fill("Giao ban ngày 19/11/2026")
    desktop.get_by_label("Cấp giao").select_option(label="Chủ tịch UBND huyện An Bình")
    desktop.get_by_label("Cơ quan chủ trì").select_option(label="Phòng Tài nguyên và Môi trường")
    desktop.get_by_label("… hoặc ghi thời hạn").fill("05 ngày làm việc")
    desktop.get_by_role("button", name="Giao nhiệm vụ").click()
    expect(desktop.get_by_text("Đã giao nhiệm vụ.")).to_be_visible()
    desktop.get_by_text("Vì sao hạn này?").click()
    expect(desktop.get_by_text("“05 ngày làm việc”").first).to_be_visible()
    axe(desktop)

    log_in(phone, people["head"], "/tasks/")
    expect(phone.get_by_role("heading", level=1)).to_contain_text("2 nhiệm vụ")
    axe(phone)


def test_a_lost_log_in_keeps_what_was_typed_in_place(desktop, people, task) -> None:
    """Rule 5.14: a form whose log-in ran out keeps what was typed."""
    log_in(desktop, people["head"], task.get_absolute_url())
    desktop.get_by_role("link", name="Cập nhật tiến độ").click()
    desktop.get_by_label("Việc đã làm").fill("Đã rà soát 9 trong 17 xã.")
    desktop.context.clear_cookies(name="sessionid")
    desktop.get_by_role("button", name="Cập nhật tiến độ").click()

    expect(desktop.get_by_text("Đã rà soát 9 trong 17 xã.")).to_be_visible()

    log_in_by_hand(desktop, people["head"], f"/tasks/{task.code}/progress/")
    expect(desktop.get_by_label("Việc đã làm")).to_have_value("Đã rà soát 9 trong 17 xã.")
