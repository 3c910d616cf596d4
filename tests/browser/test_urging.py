"""As the chief: from the morning dashboard to issued urgings; a briefing by keyboard (8.2, 8.3)."""

import os

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from reports.models import Briefing
from tasks.lifecycle import explain
from tasks.models import Urging
from tests import factories as make
from tests.browser.steps import complaints_of, follow, log_in, picture
from tests.tasks.urging.conftest import NOW, late, overdue, silent  # noqa: F401

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("clock_from_now")]


def shoot(page: Page, name: str) -> None:
    """Keep a picture where SHOTS names a folder; of a phone too."""
    if os.environ.get("SHOTS"):
        picture(page, f"{name}-1440")
        page.set_viewport_size({"width": 390, "height": 844})
        picture(page, f"{name}-390")
        page.set_viewport_size({"width": 1440, "height": 900})


def test_from_the_morning_dashboard_to_issued_urgings_in_under_ten_clicks(
    desktop,
    axe,
    late,  # noqa: F811
    transactional_db,
):
    """Issue 7: chosen, drafted, read, signed, numbered and issued."""
    explain(late.first, late.head, make.moment("2026-11-20"), cause="Thiếu bản đồ địa chính.",
            commitment_on=make.moment("2026-11-24").date(), needs="")  # fmt: skip
    silent(late.agency, title="Tham mưu quy chế phối hợp quản lý đất công")
    complaints = complaints_of(desktop)
    clicks = 0

    def click(place) -> None:
        nonlocal clicks
        place.click()
        clicks += 1

    log_in(desktop, late.chief.post, reverse("dashboard"))
    shoot(desktop, "dashboard")
    click(desktop.get_by_role("link", name="Soạn văn bản đôn đốc"))
    expect(desktop.locator("h1")).to_have_text("4 nhiệm vụ cần đôn đốc, 2 công văn")
    axe(desktop)
    shoot(desktop, "choose")
    click(desktop.get_by_role("button", name="Soạn 2 công văn"))
    click(desktop.get_by_text("Đọc công văn").first)
    expect(desktop.get_by_text("Kính gửi: Phòng Tài nguyên và Môi trường")).to_be_visible()
    axe(desktop)
    shoot(desktop, "prepared")
    click(desktop.get_by_role("button", name="Ký, cấp số và phát hành 2 công văn"))

    expect(desktop.get_by_text("Đã phát hành 2 văn bản đôn đốc.")).to_be_visible()
    assert clicks < 10
    assert Urging.objects.issued().count() == 2
    shoot(desktop, "urgings")
    follow(desktop.get_by_role("link", name="Phòng Tài nguyên và Môi trường"))
    axe(desktop)
    shoot(desktop, "urging")
    desktop.goto(late.first.get_absolute_url())
    expect(desktop.locator(".facts").get_by_role("link", name="1 lần")).to_be_visible()
    assert complaints == []


def test_a_briefing_is_walked_by_keyboard_and_its_decisions_become_a_notice(
    desktop,
    axe,
    late,  # noqa: F811
    transactional_db,
):
    """Rule 8.3: one projected page, agency by agency, decisions on the spot."""
    explain(late.first, late.head, make.moment("2026-11-20"), cause="Thiếu bản đồ địa chính.",
            commitment_on=make.moment("2026-11-24").date(), needs="")  # fmt: skip
    overdue(late.agency, "2026-11-28", title="Báo cáo kết quả thu gom rác thải")
    complaints = complaints_of(desktop)
    log_in(desktop, late.chief.post, reverse("briefing_new"))
    desktop.get_by_label("Dự họp").fill("Trưởng các phòng, Chủ tịch UBND các xã")
    shoot(desktop, "briefing-new")
    desktop.get_by_role("button", name="Bắt đầu và trình chiếu").click()
    heading = desktop.locator("h1")

    def press(key: str, heads: str) -> None:
        desktop.wait_for_load_state()
        desktop.keyboard.press(key)
        expect(heading).to_contain_text(heads)

    expect(heading).to_contain_text("Phòng Tài nguyên và Môi trường: 2 nhiệm vụ")
    press("ArrowRight", "Phòng Tài chính - Kế hoạch")
    desktop.get_by_label("Quyết định", exact=True).fill("Rà soát nợ đọng xây dựng cơ bản")
    desktop.get_by_label("Hoàn thành chậm nhất ngày").fill("2026-12-10")
    desktop.get_by_role("button", name="Ghi quyết định").click()
    expect(desktop.get_by_text("hoàn thành chậm nhất ngày 10/12/2026")).to_be_visible()
    press("ArrowLeft", "Phòng Tài nguyên và Môi trường")
    axe(desktop)
    shoot(desktop, "screen")
    desktop.get_by_role("button", name="Soạn đôn đốc").click()
    expect(desktop.get_by_text("Đã có dự thảo đôn đốc")).to_be_visible()
    press("ArrowRight", "Phòng Tài chính - Kế hoạch")
    press("ArrowRight", "2 quyết định")
    desktop.get_by_role("button", name="Kết thúc, soạn thông báo kết luận").click()
    expect(desktop.get_by_text("I. ĐÁNH GIÁ CHUNG")).to_be_visible()
    axe(desktop)
    shoot(desktop, "notice")
    desktop.get_by_role("button", name="Ký, cấp số và phát hành thông báo").click()

    expect(desktop.get_by_text("01/TB-VP").first).to_be_visible()
    assert Briefing.objects.get().state == Briefing.State.ISSUED
    desktop.get_by_role("button", name="Chuyển thành văn bản chỉ đạo").click()
    expect(heading).to_contain_text("Kết luận của đồng chí")
    shoot(desktop, "directive")
    assert complaints == []
