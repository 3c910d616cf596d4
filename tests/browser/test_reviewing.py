"""A head confirms the list of tasks on a telephone; the Office corrects with one click (5.13)."""

from datetime import date

import pytest
from playwright.sync_api import expect

from tasks import lifecycle
from tasks.models import CampaignEntry, Task
from tasks.reviewing import opening, spot_checks
from tests import factories as make
from tests.browser.steps import follow, log_in

pytestmark = pytest.mark.django_db(transaction=True)
GIVEN, OPENED = make.moment("2026-11-02"), make.moment("2026-11-09")
NOW, AFTER_THEIR_DAY = make.moment("2026-11-12", 10), make.moment("2026-11-18", 10)
TITLES = (
    "Rà soát giấy chứng nhận quyền sử dụng đất tồn đọng",
    "Thu gom, xử lý rác thải sinh hoạt tại các xã",
    "Lập danh sách hồ sơ đất đai quá hạn",
)


@pytest.fixture
def people(clock):
    chief, officer = make.office_chief(), make.officer()
    land = make.land_department()
    health = make.AgencyFactory(code="y-te", name="Phòng Y tế")
    head = make.head_of(land)
    for title in TITLES:
        make.assigned_task(land, GIVEN, actor=chief, title=title)
    asked = opening.Asked(
        "Rà soát nhiệm vụ được giao", "Đối chiếu danh sách.", date(2026, 11, 20), [land, health]
    )
    draft = opening.draft_campaign(officer, OPENED, asked=asked)
    opening.open_campaign(draft, chief, OPENED, version=draft.version)
    return {"chief": chief, "officer": officer, "head": head}


def test_from_the_heads_list_to_the_offices_click(phone, desktop, axe, people) -> None:
    """Rule 5.13: two corrections marked, the list confirmed; one applied, both settled."""
    log_in(phone, people["head"])
    phone.get_by_role("link", name="Rà soát danh sách").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text(
        "Danh sách 3 nhiệm vụ có đúng không?"
    )
    axe(phone)
    phone.get_by_label(f"Đúng: {TITLES[1]}").check()
    mark(phone, TITLES[0], "Sai thời hạn")
    phone.get_by_label("Thời hạn đúng").fill("2026-11-30")
    phone.get_by_label("Lý do").fill("Công văn 412 ghi hạn 30/11.")
    axe(phone)
    phone.get_by_role("button", name="Ghi đề nghị").click()
    expect(phone.get_by_label(f"Đúng: {TITLES[1]}")).to_be_checked()
    mark(phone, TITLES[2], "Đã hoàn thành")
    phone.get_by_label("Kết quả đã thực hiện").fill("Đã gửi danh sách ngày 06/11.")
    follow(phone.get_by_role("button", name="Ghi đề nghị"))
    axe(phone)
    phone.get_by_role(
        "button", name="Xác nhận danh sách của Phòng Tài nguyên và Môi trường"
    ).click()
    expect(phone.get_by_role("heading", level=1)).to_have_text(
        "Đã xác nhận 3 nhiệm vụ, 2 đề nghị đính chính"
    )
    axe(phone)
    assert CampaignEntry.objects.get(agency__code="tnmt").confirmed_by == people["head"].post

    log_in(desktop, people["officer"], "/campaigns/marks/?decision=waiting")
    axe(desktop)
    desktop.get_by_role("button", name="Đính chính thời hạn").click()
    expect(desktop.get_by_text("Đã xử lý đề nghị.")).to_be_visible()
    desktop.get_by_role("button", name="Yêu cầu báo cáo").click()
    expect(desktop.get_by_text("Không có đề nghị chờ xử lý")).to_be_visible()
    assert Task.objects.get(title=TITLES[0]).due_at == make.moment("2026-12-01", 0)

    log_in(desktop, people["chief"], "/campaigns/")
    desktop.get_by_role("link", name="Rà soát nhiệm vụ được giao").click()
    expect(desktop.get_by_role("heading", level=1)).to_have_text("1/2 cơ quan đã xác nhận")
    axe(desktop)


def mark(page, title: str, kind: str) -> None:
    """Open the menu of one task and choose what is wrong."""
    item = page.get_by_role("listitem").filter(has=page.get_by_label(f"Đúng: {title}"))
    item.locator("summary").click()
    item.get_by_role("button", name=kind).click()


def test_the_chief_opens_again_what_was_not_done(desktop, axe, people, clock) -> None:
    """Rule 5.13: a sample is drawn, one task found done, one opened again with a new day."""
    for task in Task.objects.all()[:2]:
        task = lifecycle.report(
            task, people["head"], OPENED, result="Đã lập danh sách.", document_number="9/BC-TNMT"
        )
        lifecycle.complete(task, people["chief"], OPENED)
    clock.move_to(AFTER_THEIR_DAY)

    log_in(desktop, people["chief"], "/spot-checks/new/")
    desktop.get_by_label("Tên đợt phúc tra").fill("Phúc tra nhiệm vụ tháng 11/2026")
    desktop.get_by_label("Hoàn thành từ ngày").fill("2026-11-01")
    desktop.get_by_label("Đến ngày").fill("2026-11-18")
    desktop.get_by_label("… hoặc tỷ lệ phần trăm").fill("100")
    axe(desktop)
    desktop.get_by_role("button", name="Rút mẫu").click()
    expect(desktop.get_by_role("heading", level=1)).to_have_text(
        "Còn 2/2 nhiệm vụ rút mẫu chờ kiểm tra"
    )
    axe(desktop)
    desktop.get_by_role("button", name="Đúng như báo cáo").first.click()
    follow(desktop.locator("#items").get_by_role("link", name="Chưa làm: mở lại"))
    axe(desktop)
    desktop.get_by_label("Kết quả kiểm tra").fill("Danh sách chưa có số liệu xã An Tiến.")
    desktop.get_by_label("Thời hạn mới").fill("2026-11-27")
    desktop.get_by_role("button", name="Chưa làm: mở lại nhiệm vụ").click()
    expect(desktop.get_by_role("heading", level=1)).to_have_text(
        "1/2 nhiệm vụ rút mẫu đúng như báo cáo"
    )
    axe(desktop)
    assert spot_checks.SpotCheckItem.objects.filter(task__state="in_progress").count() == 1
