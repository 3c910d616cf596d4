"""Day one: the office's Excel list with five wrong rows is put right, brought in, taken back."""

from pathlib import Path

import pytest
import time_machine
from django.urls import reverse
from playwright.sync_api import expect

from agencies.directory import shipped
from agencies.functions import Function
from agencies.models import Agency
from tasks.directory import load
from tasks.models import ImportBatch, Task
from tests.browser.steps import complaints_of, follow, log_in, picture
from tests.factories import PostFactory, moment
from tests.samples.lists import WRONG_ROWS, present_list

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def office(db):
    """The district of the demonstration with the chief, an officer and a department head."""
    load(shipped())
    vp = Agency.objects.get(code="vp")
    with time_machine.travel(moment("2026-11-26", 10)):
        yield {
            "officer": PostFactory(agency=vp, function=Function.OFFICER),
            "chief": PostFactory(agency=vp, function=Function.OFFICE_CHIEF),
            "head": PostFactory(agency=Agency.objects.get(code="noi-vu")),
        }


@pytest.fixture
def file(tmp_path) -> Path:
    path = tmp_path / "Theo dõi nhiệm vụ 2026.xlsx"
    path.write_bytes(present_list())
    return path


def test_a_list_with_five_wrong_rows_becomes_work(office, file, desktop, axe) -> None:
    """Rules 4.6, 5.1, 11: nothing is lost on the way from the sheet, nothing comes in twice."""
    complaints = complaints_of(desktop)
    _upload_and_map(desktop, office["officer"], file, axe)
    batch = ImportBatch.objects.get()
    heading = desktop.get_by_role("heading", level=1)
    expect(heading).to_have_text("5 dòng sẽ thành 5 nhiệm vụ, 5 dòng còn vướng")
    assert [row for row in WRONG_ROWS if desktop.locator(f"#row-{row}").count()] == [*WRONG_ROWS]
    picture(desktop, "import-wrong")
    axe(desktop)

    _put_right(desktop, axe)
    expect(heading).to_have_text("9 dòng sẽ thành 25 nhiệm vụ")
    picture(desktop, "import-right")
    desktop.get_by_role("button", name="Trình Chánh Văn phòng").click()
    expect(desktop.get_by_text("Đã trình Chánh Văn phòng lúc")).to_be_visible()
    assert not Task.objects.exists()

    log_in(desktop, office["chief"], batch.get_absolute_url())
    axe(desktop)
    desktop.get_by_role("button", name="Nhập 25 nhiệm vụ").click()
    expect(heading).to_have_text("Đã nhập 25 nhiệm vụ ngày 26/11/2026")
    picture(desktop, "import-result")
    axe(desktop)
    assert Task.objects.counted().count() == 25

    desktop.get_by_text("Hoàn tác việc nhập").click()
    picture(desktop, "import-undo")
    desktop.get_by_role("button", name="Đồng ý, hủy 25 nhiệm vụ").click()
    expect(heading).to_have_text("Đã hoàn tác ngày 26/11/2026")
    assert set(Task.objects.values_list("state", flat=True)) == {"cancelled"}
    assert complaints == []


def _upload_and_map(page, officer, file: Path, axe) -> None:
    log_in(page, officer, reverse("imports"))
    axe(page)
    follow(page.get_by_role("link", name="Nhập danh sách").first)
    picture(page, "import-new")
    axe(page)
    page.set_input_files("[name=file]", file)
    page.get_by_role("button", name="Đọc tệp").click()
    expect(page.locator("[name=deadline]")).to_have_value("4")
    picture(page, "import-columns")
    axe(page)
    page.get_by_label("Cấp giao, khi dòng không ghi").select_option("ubnd-huyen")
    page.get_by_role("button", name="Kiểm tra các dòng").click()


def _put_right(page, axe) -> None:
    names = page.locator("form.import-name")
    assert names.count() == 2
    names.nth(0).get_by_role("combobox").select_option(label="Phòng Nội vụ")
    names.nth(0).get_by_role("button").click()
    names.nth(0).get_by_role("combobox").select_option("chu-tich-huyen")
    names.nth(0).get_by_role("button").click()

    follow(page.locator("#row-11").get_by_role("link", name="Sửa"))
    picture(page, "import-row")
    axe(page)
    page.get_by_label("Cơ quan thứ nhất chủ trì").check()
    page.get_by_role("button", name="Lưu, sang dòng kế tiếp").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Dòng 17")
    page.locator("[name=deadline]").fill("30/11/2026")
    page.get_by_role("button", name="Lưu, sang dòng kế tiếp").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Dòng 19")
    page.get_by_role("link", name="Đóng").click()
    page.locator("#row-19").get_by_role("button", name="Bỏ qua").click()


def test_the_list_on_a_phone(office, file, phone, axe) -> None:
    """Style: everything works on a telephone; cards instead of a table."""
    _upload_and_map(phone, office["officer"], file, axe)

    picture(phone, "import-phone")
    axe(phone)
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
