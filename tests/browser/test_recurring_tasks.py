"""Recurring work: assigned with a rule, looked at, changed and ended in the browser (rule 5.10)."""

import pytest
import time_machine
from django.urls import reverse
from playwright.sync_api import expect

from agencies.directory import shipped
from agencies.functions import Function
from agencies.models import Agency
from tasks.directory import load
from tasks.models import Authority, Recurrence
from tasks.recurring.acts import begin
from tasks.recurring.opening import open_due
from tests.browser.steps import complaints_of, log_in, picture
from tests.factories import PostFactory, actor_of, moment

pytestmark = pytest.mark.django_db(transaction=True)
NOW = moment("2026-11-26", 10)


@pytest.fixture
def district(db):
    """The district of the demonstration, a monthly report of Nội vụ since August."""
    load(shipped())
    interior = Agency.objects.get(code="noi-vu")
    chief = PostFactory(agency=Agency.objects.get(code="vp"), function=Function.OFFICE_CHIEF)
    head = PostFactory(agency=interior)
    begin(
        actor_of(chief), moment("2026-08-10"), [interior], rule_text="trước ngày 20 hằng tháng",
        title="Báo cáo kết quả cải cách hành chính", source="Quy chế làm việc của UBND huyện",
        assigned_by=Authority.objects.get(code="ubnd-huyen"), product="Báo cáo tháng",
    )  # fmt: skip
    open_due(NOW)
    with time_machine.travel(NOW):
        yield {"chief": chief, "head": head}


def test_recurring_work_from_beginning_to_end(district, desktop, axe) -> None:
    """Rule 5.10: from "Assign a task"; the past stays as it was."""
    complaints = complaints_of(desktop)
    log_in(desktop, district["chief"], reverse("task_new"))
    desktop.get_by_label("Tên nhiệm vụ").fill("Báo cáo an toàn giao thông trong tuần")
    desktop.get_by_label("Nguồn giao").fill("Giao ban ngày 23/11/2026")
    desktop.get_by_label("Cấp giao").select_option(label="Ủy ban nhân dân huyện An Lão")
    desktop.get_by_label("Cơ quan chủ trì").select_option(label="Công an huyện")
    desktop.get_by_label("… hoặc lặp lại định kỳ").fill("thứ Sáu hằng tuần")
    picture(desktop, "task-new-recurring")
    axe(desktop)
    desktop.get_by_role("button", name="Giao nhiệm vụ").click()
    expect(desktop.get_by_text("Hằng tuần, chậm nhất thứ Sáu").first).to_be_visible()
    expect(desktop.get_by_text("Đã mở 1 nhiệm vụ")).to_be_visible()
    axe(desktop)

    desktop.goto(reverse("recurrences"))
    expect(desktop.get_by_role("heading", level=1)).to_have_text(
        "2 nhiệm vụ định kỳ đang thực hiện"
    )
    picture(desktop, "recurrences")
    axe(desktop)
    desktop.get_by_role("link", name="Báo cáo kết quả cải cách hành chính").click()
    expect(desktop.get_by_text("Đã mở 4 nhiệm vụ")).to_be_visible()
    desktop.get_by_text("Vì sao hạn này?").first.click()
    picture(desktop, "recurrence")
    axe(desktop)
    _change_and_end(desktop, axe)
    assert Recurrence.objects.count() == 3
    assert complaints == []


def _change_and_end(page, axe) -> None:
    page.get_by_role("link", name="Thay đổi").click()
    page.get_by_label("Định kỳ").fill("ngày 25 hằng tháng")
    page.get_by_label("Lý do").fill("Theo Quy chế làm việc mới.")
    picture(page, "recurrence-change")
    axe(page)
    page.get_by_role("button", name="Thay đổi nhiệm vụ định kỳ").click()
    expect(page.get_by_text("Hằng tháng, chậm nhất ngày 25").first).to_be_visible()
    page.get_by_role("link", name="Kết thúc", exact=True).click()
    page.get_by_label("Ngày cuối").fill("2026-12-31")
    page.get_by_label("Lý do").fill("Hết kế hoạch năm.")
    axe(page)
    page.get_by_role("button", name="Kết thúc nhiệm vụ định kỳ").click()
    expect(page.get_by_text("31/12/2026").first).to_be_visible()
    picture(page, "recurrence-ended")


def test_a_head_looks_at_its_recurring_work_on_a_phone(district, phone, axe) -> None:
    """Style: cards on a telephone; no act of the Office is offered."""
    log_in(phone, district["head"], reverse("recurrences"))
    picture(phone, "recurrences-phone")
    axe(phone)
    phone.get_by_role("link", name="Báo cáo kết quả cải cách hành chính").click()

    expect(phone.get_by_role("link", name="Kết thúc", exact=True)).to_have_count(0)
    picture(phone, "recurrence-phone")
    axe(phone)
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
