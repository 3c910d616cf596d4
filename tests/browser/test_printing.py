"""Pages on paper: sheets are filled, and show nothing that only a screen can do."""

import io

import pytest
from django.urls import reverse
from pdfplumber import open as open_pdf
from playwright.sync_api import Page, expect

from tasks import lifecycle
from tests import factories as make
from tests.browser.steps import log_in

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("clock_from_now")]
NOW = make.moment("2026-11-24", 8)


def sheets(page: Page) -> list[str]:
    """Return the text of each printed sheet."""
    printed = page.pdf(format="A4", prefer_css_page_size=True)
    with open_pdf(io.BytesIO(printed)) as paper:
        return [sheet.extract_text() for sheet in paper.pages]


def test_a_printed_list_begins_under_its_heading(chief, desktop):
    """Longer than a sheet, it goes on over the next ones; nothing can be ticked on paper."""
    agency = make.land_department()
    for n in range(25):
        make.assigned_task(agency, title=f"Rà soát hồ sơ số {n}", due_at=make.moment("2026-11-20"))
    log_in(desktop, chief.post, f"{reverse('tasks')}?timeliness=overdue")

    first, *others = sheets(desktop)

    assert "Rà soát hồ sơ số" in first
    assert others
    assert "Rà soát hồ sơ số" in others[0]
    desktop.emulate_media(media="print")
    expect(desktop.locator(".choose").first).to_be_hidden()


def test_a_printed_task_has_no_fields_to_fill_in(chief, desktop):
    task = make.assigned_task(make.land_department(), actor=chief)
    lifecycle.write(task, chief, NOW, text="Đề nghị gửi bản đã ký.")
    log_in(desktop, chief.post, task.get_absolute_url())
    expect(desktop.get_by_label("Nội dung trao đổi")).to_be_visible()

    desktop.emulate_media(media="print")

    expect(desktop.get_by_text("Đề nghị gửi bản đã ký.").first).to_be_visible()
    expect(desktop.get_by_label("Nội dung trao đổi")).to_be_hidden()
