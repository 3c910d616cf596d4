"""The story of a task on a page and on paper (issue 5, point 12)."""

import os
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from playwright.sync_api import expect

from tasks import lifecycle
from tests import factories as make
from tests.browser.steps import complaints_of, log_in, picture

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("clock_from_now")]
NOW = make.moment("2026-11-24", 8)
WORDING = (
    "Rà soát, lập danh sách hồ sơ đất đai tồn đọng trên địa bàn 17 xã, thị trấn; phân loại theo "
    "nguyên nhân, đề xuất hướng xử lý từng hồ sơ, báo cáo UBND huyện trước ngày 20 hằng tháng."
)


@pytest.fixture
def task(chief):
    """A task with forty entries: updates, a report sent back, a correction, an extension."""
    agency = make.land_department()
    head, officer = make.head_of(agency), make.officer()
    task = make.assigned_task(
        agency, actor=chief, officer=officer.post, text=WORDING, due_at=make.moment("2026-11-25", 0)
    )
    lifecycle.accept(task, head, make.moment("2026-11-02", 10))
    for n in range(36):
        at = make.moment(f"2026-11-{3 + n // 4:02d}", 8 + n % 4)
        lifecycle.progress(task, head, at, text=f"Đã rà soát {n} hồ sơ.", percent=n)
    files = [SimpleUploadedFile("bien-ban-ra-soat.txt", "Biên bản".encode())]
    lifecycle.report(
        task, head, make.moment("2026-11-16", 16), result="Đã rà soát xong.", files=files
    )
    lifecycle.send_back(
        task, chief, make.moment("2026-11-18", 9), reason="Thiếu số liệu xã Tân Viên."
    )
    lifecycle.correct(
        task, chief, make.moment("2026-11-19", 9), reason="Nhầm số xã.",
        changes={"text": WORDING.replace("17 xã", "15 xã"), "product": "Danh sách hồ sơ"},
    )  # fmt: skip
    lifecycle.ask_extension(
        task, head, make.moment("2026-11-20", 9), due_on=make.moment("2026-11-30").date(),
        reason="Chờ kết quả phân tích mẫu nước.", files=[],
    )  # fmt: skip
    return task


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_a_long_story_folds_and_is_narrowed(size, task, chief, request, axe):
    page = request.getfixturevalue(size)
    complaints = complaints_of(page)
    log_in(page, chief.post, task.get_absolute_url())
    picture(page, f"story-{size}")
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    expect(page.locator(".timeline > li")).to_have_count(30)

    page.get_by_role("link", name="Quyết định").click()
    expect(page.get_by_text("Đã rà soát 35 hồ sơ.")).to_have_count(0)
    expect(page.locator("del")).to_contain_text("17")
    page.locator(".story-filters").get_by_role("link", name="Tất cả").click()
    page.get_by_role("link", name="mục cũ hơn").click()
    expect(page.get_by_text("Đã rà soát 0 hồ sơ.")).to_be_visible()
    assert complaints == []


def test_the_story_is_printed_on_sheets_of_a4(task, chief, desktop, axe):
    """Facts first, then everything from the beginning; the frame stays off the paper."""
    log_in(desktop, chief.post, reverse("task_timeline", args=[task.code]))
    picture(desktop, "story-print-page")
    axe(desktop)
    expect(desktop.locator(".print-story > tbody > tr")).to_have_count(42)
    expect(desktop.locator("[data-print]")).to_be_visible()

    desktop.emulate_media(media="print")
    expect(desktop.locator(".rail")).to_be_hidden()
    expect(desktop.locator("[data-print]")).to_be_hidden()
    if folder := os.environ.get("SHOTS"):
        desktop.pdf(path=Path(folder, "story.pdf"), format="A4", prefer_css_page_size=True)
