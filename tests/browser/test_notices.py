"""The bell, the choices, and what a mail looks like, in a real browser."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from agencies.models import Notice
from agencies.notices import mail_of
from reports.digest import owe_digests
from tasks import lifecycle
from tests import factories as make
from tests.browser.steps import complaints_of, log_in, picture

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("clock_from_now")]
NOW = make.moment("2026-11-24", 8)


@pytest.fixture
def head():
    """A head with a week of notices: assigned, sent back, overdue, due soon."""
    chief = make.office_chief()
    agency = make.land_department()
    head = make.head_of(agency)
    titles = (
        "Rà soát giấy chứng nhận quyền sử dụng đất tồn đọng trên địa bàn các xã",
        "Báo cáo kết quả xử lý các điểm tập kết rác tự phát",
        "Kiểm tra việc khai thác cát trên tuyến sông Lạch Tray",
    )
    days = (make.moment("2026-11-13", 0), make.moment("2026-11-26", 0), None)
    for day, title, due_at in zip((2, 3, 20), titles, days, strict=True):
        more = {"due_at": due_at} if due_at else {"review_on": NOW.date(), "due_at": None}
        at = make.moment(f"2026-11-{day:02d}", 9, 12)
        task = make.assigned_task(agency, actor=chief, at=at, title=title, **more)
        if due_at:
            at = make.moment("2026-11-23", 9)
            lifecycle.report(task, head, at, result="Đã xong.", document_number="9/BC-TNMT")
            at = make.moment("2026-11-23", 10, 15)
            lifecycle.send_back(task, chief, at, reason="Thiếu số liệu xã Tân Viên, An Tiến.")
    owe_digests(NOW)
    return head


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_the_bell_is_read_marked_and_narrowed(size, head, request, axe):
    """Rule 10: grouped by day; one, those ticked or all are marked, and marked unread again."""
    page = request.getfixturevalue(size)
    complaints = complaints_of(page)
    log_in(page, head.post, reverse("notices"))
    picture(page, f"notices-{size}")
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    before = page.locator(".notice-unread").count()

    page.locator(".notice-unread .link-button").first.click()
    expect(page.locator(".notice-unread")).to_have_count(before - 1)
    page.locator(".notice-unread input").first.check()
    page.locator(".notice-acts").get_by_role("button", name="Đánh dấu đã đọc", exact=True).click()
    expect(page.locator(".notice-unread")).to_have_count(before - 2)
    page.wait_for_load_state()
    page.get_by_label("Loại").select_option("overdue")
    expect(page.locator(".notice")).to_have_count(1)
    page.get_by_role("button", name="Đánh dấu đã đọc tất cả").click()
    expect(page.locator(".bell-count")).to_have_count(0)
    assert complaints == []


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_the_choices_are_made_on_a_computer_and_a_telephone(size, head, request, axe):
    """Rule 10.1."""
    page = request.getfixturevalue(size)
    log_in(page, head.post, reverse("notice_choices"))
    picture(page, f"notice-choices-{size}")
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    page.locator("input[name=progress][value=app]").check()
    page.get_by_role("button", name="Lưu lựa chọn").click()

    expect(page.locator("input[name=progress][value=app]")).to_be_checked()
    assert head.user.notice_choices.get().delivery == "app"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_mails_can_be_read_by_day_and_in_the_dark(scheme, head, phone, axe):
    """Rule 10.1: text and HTML, readable on a telephone in either colours."""
    phone.emulate_media(color_scheme=scheme)
    for name, wanted in (("digest", {"event": None}), ("one", {"event__act": "task.sent_back"})):
        notice = Notice.objects.filter(channel="mail", person=head.user, **wanted).first()
        phone.set_content(mail_of(notice).alternatives[0][0])
        picture(phone, f"mail-{name}-{scheme}")
        axe(phone)
        assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
