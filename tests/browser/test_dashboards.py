"""The chief's morning: the dashboard answers, and every figure leads to its rows."""

import pytest
import time_machine
from django.urls import reverse

from tasks.models import Task
from tasks.states import State
from tests.browser.test_dashboard import fits, shoot
from tests.browser.test_frame import complaints_of, log_in
from tests.factories import moment, office_chief
from tests.reports.histories import Step, task_with
from tests.reports.test_dashboard import a_busy_office

pytestmark = pytest.mark.django_db(transaction=True)

NOW = moment("2026-11-23", 8)


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(NOW, tick=True):
        yield


def some_completed(agencies: int) -> None:
    """Each agency has completed work in the last weeks, most of it on time."""
    leads = list({task.lead for task in Task.objects.select_related("lead")})[:agencies]
    for number, lead in enumerate(sorted(leads, key=lambda each: each.code)):
        for week in range(6):
            done = moment(f"2026-{10 + week // 4:02}-{5 + 7 * (week % 4):02}")
            due = moment(f"2026-{10 + week // 4:02}-{3 + 7 * (week % 4) + number:02}", 0)
            steps = [Step(done, State.REPORTED), Step(done, State.COMPLETED)]
            task_with(lead, moment("2026-09-01"), due, steps)


def test_the_chiefs_morning(desktop, phone, axe):
    """Rules 8.3, 8.9: the answer, the figures behind it, the same page for another day."""
    a_busy_office(agencies=6)
    some_completed(6)
    complaints = complaints_of(desktop)
    chief = office_chief()
    log_in(desktop, chief.post, reverse("dashboard"))

    assert desktop.locator("h1").inner_text() == "18 nhiệm vụ quá hạn ở 6 cơ quan"
    desktop.get_by_text("Bảng số liệu", exact=True).click()
    shoot(desktop, "chief-desktop")
    axe(desktop)
    assert fits(desktop)
    desktop.get_by_role("link", name="lãnh đạo phụ trách").click()
    shoot(desktop, "chief-by-leader")
    desktop.fill("#as_of", "2026-10-20")
    desktop.get_by_role("button", name="Xem").click()
    assert "20/10/2026" in desktop.locator(".past").inner_text()
    shoot(desktop, "chief-past")
    axe(desktop)
    desktop.locator("#breakdown .figure").first.click()
    assert "20/10/2026" in desktop.locator(".past").inner_text()
    assert desktop.get_by_role("link", name="Giao nhiệm vụ").count() == 0
    desktop.get_by_role("link", name="Về hiện tại").click()
    assert desktop.locator(".past").count() == 0
    assert complaints == []

    log_in(phone, chief.post, reverse("dashboard"))
    shoot(phone, "chief-phone")
    axe(phone)
    assert fits(phone)
