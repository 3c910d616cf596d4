"""Ten reports one after another, one act on many rows, one document for many tasks (rule 5.4)."""

import pytest
import time_machine
from playwright.sync_api import expect

from tasks import lifecycle
from tasks.models import Task
from tasks.states import State
from tests import factories as make
from tests.browser.steps import log_in

pytestmark = pytest.mark.django_db(transaction=True)
GIVEN, SENT, NOW = make.moment("2026-11-02"), make.moment("2026-11-11"), make.moment("2026-11-12")
TITLES = (
    "Rà soát giấy chứng nhận quyền sử dụng đất tồn đọng",
    "Lập danh sách hộ kinh doanh chưa đăng ký môi trường",
    "Kiểm tra việc thu gom rác thải tại các chợ",
    "Báo cáo kết quả giải phóng mặt bằng khu tái định cư",
    "Tổng hợp kiến nghị của cử tri về đất đai",
)


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(NOW) as traveller:
        yield traveller


@pytest.fixture
def head():
    return make.head_of(make.land_department())


@pytest.fixture
def tasks(head, chief) -> list[Task]:
    return [
        make.assigned_task(head.agency, actor=chief, at=GIVEN, title=f"{TITLES[n % 5]} đợt {n + 1}")
        for n in range(10)
    ]


@pytest.fixture
def reported(tasks, head) -> list[Task]:
    for number, task in enumerate(tasks, start=1):
        lifecycle.report(
            task, head, SENT, result=f"Đã hoàn thành, có danh sách kèm theo (đợt {number}).",
            document_number=f"{number}/BC-TNMT",
        )  # fmt: skip
    return tasks


def states(tasks) -> set[str]:
    return {Task.objects.get(pk=task.pk).state for task in tasks}


def test_the_chief_completes_ten_reports_without_leaving_the_list(
    desktop, axe, chief, reported
) -> None:
    """Issue 5: by keyboard; each is said, and the next one's button is ready."""
    log_in(desktop, chief, "/tasks/?waiting=verification")
    address = desktop.url
    heading = desktop.get_by_role("heading", level=1)
    expect(heading).to_have_text("10 báo cáo chờ xác nhận")
    axe(desktop)

    desktop.locator("[data-main-act]").first.focus()
    for left in range(9, -1, -1):
        desktop.keyboard.press("Enter")
        expect(desktop.locator("li.answered")).to_have_count(10 - left)
        if left:
            expect(heading).to_have_text(f"{left} báo cáo chờ xác nhận")
            expect(desktop.locator("[data-main-act]").first).to_be_focused()
    expect(desktop.locator("p[data-says]")).to_contain_text("Đã xác nhận hoàn thành.")

    assert desktop.url == address
    assert states(reported) == {State.COMPLETED}
    axe(desktop)


def test_a_report_is_sent_back_in_its_row(desktop, axe, chief, reported) -> None:
    """Rule 5.4: the reason is asked where the row stands; a refusal stays there too."""
    log_in(desktop, chief, "/tasks/?waiting=verification")
    row = desktop.locator(f"#task-{reported[0].pk}")
    row.get_by_role("link", name="Yêu cầu làm tiếp").click()
    row.get_by_label("Còn thiếu gì").fill("Thiếu số liệu xã Tân Viên.")
    axe(desktop)
    row.get_by_role("button", name="Yêu cầu làm tiếp").click()
    expect(row).to_contain_text("Đã yêu cầu làm tiếp.")

    lifecycle.send_back(reported[1], make.officer(), NOW, reason="Thiếu phụ lục.")
    other = desktop.locator(f"#task-{reported[1].pk}")
    other.locator("[data-main-act]").click()
    expect(other.get_by_role("alert")).to_be_visible()
    assert states(reported[:2]) == {State.IN_PROGRESS}


def test_without_script_the_chief_comes_back_to_the_list(
    new_context, live_server, chief, reported
) -> None:
    """House style: everything works without script."""
    plain = new_context(base_url=live_server.url, java_script_enabled=False).new_page()
    log_in(plain, chief, "/tasks/?waiting=verification")

    plain.locator("[data-main-act]").first.click()
    expect(plain.get_by_text("Đã xác nhận hoàn thành.")).to_be_visible()
    expect(plain.get_by_role("heading", level=1)).to_have_text("9 báo cáo chờ xác nhận")
    assert "waiting=verification" in plain.url


def test_many_are_chosen_in_the_list_and_done_in_one_act(desktop, axe, chief, reported) -> None:
    """Rule 5.4: chosen, shown with their evidence, done; nothing is offered before."""
    log_in(desktop, chief, "/tasks/?state=open")
    bar = desktop.locator(".together-bar")
    expect(bar).to_be_hidden()
    desktop.get_by_label("Chọn tất cả trên trang này").check()
    expect(bar).to_contain_text("Đã chọn 10")
    axe(desktop)
    bar.get_by_role("button", name="Xác nhận hoàn thành").click()

    expect(desktop.get_by_role("heading", level=1)).to_have_text("Xác nhận hoàn thành: 10 nhiệm vụ")
    desktop.get_by_label(f"Chọn {reported[9].code}").uncheck()
    axe(desktop)
    desktop.get_by_label("Tôi đã xem minh chứng").check()
    desktop.get_by_role("button", name="Xác nhận hoàn thành").click()
    expect(desktop.get_by_role("heading", level=1)).to_have_text("Đã thực hiện với 9 nhiệm vụ")
    axe(desktop)
    desktop.get_by_role("link", name="Quay lại danh sách").click()
    expect(desktop.get_by_role("heading", level=1)).to_contain_text("1 nhiệm vụ")

    assert states(reported[:9]) == {State.COMPLETED}
    assert states(reported[9:]) == {State.REPORTED}


def test_a_head_completes_several_by_one_document_on_a_phone(
    phone, axe, head, tasks, tmp_path
) -> None:
    """Rule 4.6: one document can close ten tasks at once."""
    paper = tmp_path / "bao-cao-chung.txt"
    paper.write_text("Báo cáo chung", encoding="utf-8")

    log_in(phone, head, "/tasks/")
    for task in tasks[:4]:
        phone.get_by_label(f"Chọn {task.code}").check()
    axe(phone)
    bar = phone.locator(".together-bar")
    bar.get_by_role("button", name="Báo cáo hoàn thành bằng một văn bản").click()
    phone.get_by_label("Kết quả thực hiện").fill("Đã hoàn thành cả bốn nội dung, nêu tại báo cáo.")
    phone.get_by_label("Số văn bản kết quả").fill("45/BC-TNMT")
    phone.get_by_label("Tệp minh chứng").set_input_files(paper)
    axe(phone)
    phone.get_by_role("button", name="Báo cáo hoàn thành bằng một văn bản").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Đã thực hiện với 4 nhiệm vụ")
    axe(phone)

    assert states(tasks[:4]) == {State.REPORTED}
    assert {task.reports.get().document_number for task in tasks[:4]} == {"45/BC-TNMT"}


@pytest.mark.parametrize("screen", ["desktop", "phone"])
def test_a_group_shows_who_is_missing_and_acts_on_its_children(screen, request, axe, chief) -> None:
    """Rule 5.1: the sum, who is missing, and one act on all children."""
    page = request.getfixturevalue(screen)
    parent = make.assigned_task(actor=chief, is_group=True, at=GIVEN, title=TITLES[2])
    for number in range(17):
        agency = make.AgencyFactory(code=f"xa-{number}", name=f"UBND xã Tân Viên {number}")
        child = make.assigned_task(agency, actor=chief, parent=parent, at=GIVEN, title=TITLES[2])
        if number % 3:
            lifecycle.accept(child, make.head_of(agency), SENT)

    log_in(page, chief, parent.get_absolute_url())
    expect(page.get_by_text("17 cơ quan, mỗi cơ quan một nhiệm vụ")).to_be_visible()
    expect(page.get_by_text("Chưa tiếp nhận").first).to_be_visible()
    axe(page)
    page.locator("summary", has_text="Thêm").first.click()
    page.get_by_role("link", name="Tạm dừng").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("17 nhiệm vụ")
    axe(page)
