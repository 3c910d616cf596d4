"""The chief reads the right numbers and downloads the report; a head reports from a phone."""

import pytest
from django.urls import reverse
from docx import Document

from reports.build import build_due
from tests.browser.steps import complaints_of, fits, follow, log_in, picture
from tests.factories import head_of, moment, office_chief
from tests.reports.office import a_busy_office

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("clock_from_now")]

NOW = moment("2026-11-23", 8)


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_the_chief_reads_the_right_numbers(size, request, axe):
    """Issue 4: the heading is the answer, and a figure opens exactly its tasks."""
    a_busy_office(agencies=3)
    page = request.getfixturevalue(size)
    complaints = complaints_of(page)

    log_in(page, office_chief().post, reverse("dashboard"))

    assert page.locator("h1").inner_text() == "9 nhiệm vụ quá hạn ở 3 cơ quan"
    picture(page, f"dashboard-{size}")
    axe(page)
    assert fits(page)
    assert complaints == []
    page.get_by_role("link", name="3", exact=True).first.click()
    page.wait_for_url("**/tasks/**")
    assert page.locator("h1").inner_text().startswith("3")


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_the_chief_reads_and_downloads_the_report(size, request, axe, tmp_path):
    """Issue 4: the chief opens the monthly report's .docx."""
    a_busy_office(agencies=3)
    build_due(NOW)
    page = request.getfixturevalue(size)
    log_in(page, office_chief().post, reverse("reports"))
    picture(page, f"reports-{size}")
    axe(page)

    follow(page.get_by_role("link", name="Tháng 11/2026"))
    picture(page, f"report-{size}")
    axe(page)
    assert fits(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải về .docx").click()
    download.value.save_as(tmp_path / "report.docx")

    text = "\n".join(p.text for p in Document(tmp_path / "report.docx").paragraphs)
    assert "Chưa hoàn thành 30 nhiệm vụ" in text
    assert "chưa hoàn thành, quá hạn 09" in text


def test_the_report_goes_from_draft_to_issued(desktop, axe):
    """Rules 8.4, 8.8: a figure typed over is refused beside its paragraph; then the report is
    approved, numbered and issued.
    """
    a_busy_office(agencies=1)
    report = build_due(NOW)[-1]
    log_in(desktop, office_chief().post, reverse("report_edit", args=[report.pk]))
    axe(desktop)

    desktop.locator("[name=assigned]").fill("Tổng số là 99.")
    follow(desktop.get_by_role("button", name="Lưu lời văn"))
    assert "đã bị gõ đè" in desktop.locator("form.stack").inner_text()
    picture(desktop, "report-edit-refused")
    desktop.locator("[name=assigned]").fill(
        "Trong kỳ có {tổng số} nhiệm vụ, {kỳ trước chuyển sang} chuyển sang, {giao mới} giao mới."
    )
    desktop.get_by_role("button", name="Lưu lời văn").click()
    follow(desktop.get_by_role("button", name="Duyệt báo cáo"))

    assert "đã duyệt" in desktop.locator(".page-sub").inner_text()
    assert "Trong kỳ có 10 nhiệm vụ" in desktop.locator("#content").inner_text()
    desktop.get_by_role("link", name="Văn bản …/BC-VP").click()
    desktop.locator("form[action$='/number/'] button.btn-primary").click()
    desktop.locator("form[action$='/issue/'] button.btn-primary").click()
    desktop.goto(report.get_absolute_url())
    assert "đã phát hành" in desktop.locator(".page-sub").inner_text()


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_a_head_sees_what_to_do_first(size, request, axe):
    """Picture 2: cards by urgency, the act on the card."""
    a_busy_office(agencies=1)
    from agencies.models import Agency

    head = head_of(Agency.objects.get(code="co-quan-0"))
    page = request.getfixturevalue(size)
    log_in(page, head.post, reverse("my_work"))

    picture(page, f"my-work-{size}")
    axe(page)
    assert fits(page)
    assert page.locator(".work .pill").first.inner_text() == "quá hạn 42 ngày"
    page.locator(".work").first.get_by_role("link", name="Báo cáo hoàn thành").click()
    page.wait_for_url("**/report/")


def test_search_answers_on_a_phone(phone, axe):
    """Issue 4: one field, without diacritics."""
    a_busy_office(agencies=1)
    log_in(phone, office_chief().post, reverse("search"))
    phone.goto(f"{reverse('search')}?q=dat+dai")

    picture(phone, "search-phone")
    axe(phone)
    assert fits(phone)
    assert phone.locator("h1").inner_text().endswith("kết quả cho “dat dai”")
