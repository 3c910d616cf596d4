"""What is typed is never lost: a lost log-in, a closed browser, two people at once (rule 5.14)."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from config.run import wait_until
from tasks import lifecycle
from tasks.models import Task
from tests import factories as make
from tests.browser.steps import log_in, log_in_by_hand, picture

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("clock_from_now")]
NOW = make.moment("2026-11-12", 10)
TYPED = "Đã rà soát 9 trong 17 xã, còn lại chờ hồ sơ của Chi nhánh Văn phòng Đăng ký đất đai."


@pytest.fixture
def head():
    return make.head_of(make.AgencyFactory(code="tnmt", name="Phòng Tài nguyên và Môi trường"))


@pytest.fixture
def task(head) -> Task:
    return make.assigned_task(head.agency)


def form_of(task, act: str) -> str:
    return reverse("task_act", args=[task.code, act])


def send(page) -> None:
    page.get_by_role("button", name="Cập nhật tiến độ").click()


def log_out_in_another_tab(page) -> None:
    other = page.context.new_page()
    other.goto(reverse("more"))
    other.locator("main form[data-logs-out] button").click()
    other.wait_for_url(f"**{reverse('login')}")
    other.close()


def test_logged_out_in_another_tab_one_logs_in_there_and_sends_here(desktop, head, task) -> None:
    """The page that comes instead of the answer holds what was typed, and sends it."""
    log_in(desktop, head.post, form_of(task, "progress"))
    desktop.get_by_label("Việc đã làm").fill(TYPED)
    log_out_in_another_tab(desktop)

    send(desktop)
    expect(desktop.get_by_role("heading", level=1)).to_have_text("Đồng chí đã bị đăng xuất")
    picture(desktop, "draft-logged-out")
    other = desktop.context.new_page()
    log_in_by_hand(other, head.post, "/")
    desktop.get_by_role("button", name="Gửi lại").click()

    expect(desktop.get_by_text("Đã ghi nhận cập nhật.")).to_be_visible()
    assert task.updates.get().text == TYPED
    desktop.goto(form_of(task, "progress"))
    expect(desktop.get_by_label("Việc đã làm")).to_have_value("")


def test_logged_out_one_opens_the_form_anew_and_finds_what_was_typed(desktop, head, task) -> None:
    log_in(desktop, head.post, form_of(task, "progress"))
    desktop.get_by_label("Việc đã làm").fill(TYPED)
    desktop.context.clear_cookies(name="sessionid")
    send(desktop)

    log_in_by_hand(desktop, head.post, form_of(task, "progress"))

    expect(desktop.get_by_label("Việc đã làm")).to_have_value(TYPED)
    picture(desktop, "draft-restored")


def test_a_closed_browser_keeps_it(phone, new_context, live_server, head, task) -> None:
    """What is typed outlives the window; files are said not to."""
    log_in(phone, head.post, form_of(task, "progress"))
    phone.get_by_label("Việc đã làm").fill(TYPED)
    expect(phone.get_by_text("Đã giữ trên máy này")).to_be_visible()
    picture(phone, "draft-hint-phone")
    state = phone.context.storage_state()
    phone.context.close()

    again = new_context(base_url=live_server.url, storage_state=state).new_page()
    again.goto(form_of(task, "progress"))

    expect(again.get_by_label("Việc đã làm")).to_have_value(TYPED)
    expect(again.get_by_text("Tệp không giữ được")).to_be_visible()


def test_after_sending_nothing_is_kept(desktop, head, task) -> None:
    log_in(desktop, head.post, form_of(task, "progress"))
    desktop.get_by_label("Việc đã làm").fill(TYPED)
    send(desktop)
    expect(desktop.get_by_text("Đã ghi nhận cập nhật.")).to_be_visible()

    nothing_is_kept(desktop)


def test_logging_out_and_another_person_leave_nothing_behind(desktop, head, task) -> None:
    """A shared machine shows nobody what somebody else was typing."""
    log_in(desktop, head.post, form_of(task, "progress"))
    desktop.get_by_label("Việc đã làm").fill(TYPED)
    desktop.context.clear_cookies(name="sessionid")

    log_in_by_hand(desktop, make.staff_of(head.agency).post, reverse("tasks"))

    nothing_is_kept(desktop)


def nothing_is_kept(page) -> None:
    """Wait for it: a page is seen before its script, which forgets, has run."""
    script = "Object.keys(localStorage).every((key) => !key.startsWith('dondoc:kept:'))"
    assert wait_until(lambda: page.evaluate(script), 10)


def test_what_is_put_back_is_still_of_the_version_it_was_typed_on(
    desktop, new_context, live_server, head, task
) -> None:
    """Rule 5.14: kept text never saves itself silently over somebody else's change."""
    log_in(desktop, head.post, form_of(task, "progress"))
    desktop.get_by_label("Việc đã làm").fill(TYPED)
    state = desktop.context.storage_state()
    colleague = make.head_of(head.agency, is_deputy=True)
    lifecycle.progress(task, colleague, NOW, text="Đã xong 3 xã.", percent=20)

    again = new_context(base_url=live_server.url, storage_state=state).new_page()
    again.goto(form_of(task, "progress"))
    send(again)

    expect(again.get_by_text(colleague.user.full_name).first).to_be_visible()
    expect(again.get_by_label("Việc đã làm")).to_have_value(TYPED)
    picture(again, "draft-changed-meanwhile")
    send(again)
    expect(again.get_by_text("Đã ghi nhận cập nhật.")).to_be_visible()
