"""The chief's morning: the dashboard answers, and every figure leads to its rows."""

import pytest
from django.urls import reverse

from agencies.models import Agency, Post
from reports.build import build_due
from tasks.models import ClassificationRow, Task
from tasks.states import State
from tests.browser.steps import complaints_of, fits, follow, log_in, picture
from tests.factories import chair, head_of, moment, office_chief, staff_of
from tests.reports.histories import Step, task_with
from tests.reports.office import a_busy_office

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("clock_from_now")]

NOW = moment("2026-11-23", 8)


def some_completed(agencies: int) -> None:
    """Each agency has completed work in the last weeks, most of it on time."""
    leads = list({task.lead for task in Task.objects.select_related("lead")})[:agencies]
    for number, lead in enumerate(sorted(leads, key=lambda each: each.code)):
        for week in range(6):
            done = moment(f"2026-{10 + week // 4:02}-{5 + 7 * (week % 4):02}")
            due = moment(f"2026-{10 + week // 4:02}-{3 + 7 * (week % 4) + number:02}", 0)
            steps = [Step(done, State.REPORTED), Step(done, State.COMPLETED)]
            task_with(lead, moment("2026-09-01"), due, steps)


def supervised(agency: Agency, leader: Post) -> None:
    """The agency's tasks were the leader's from the beginning, cache and rows alike."""
    Task.objects.filter(lead=agency).update(supervisor=leader)
    for row in ClassificationRow.objects.filter(task__lead=agency):
        row.pk, row.supervisor = None, leader
        row.save(force_insert=True)


def test_the_chiefs_morning(desktop, phone, axe):
    """Rules 8.3, 8.9: the answer, the figures behind it, the same page for another day."""
    a_busy_office(agencies=6)
    some_completed(6)
    complaints = complaints_of(desktop)
    chief = office_chief()
    log_in(desktop, chief.post, reverse("dashboard"))

    assert desktop.locator("h1").inner_text() == "18 nhiệm vụ quá hạn ở 6 cơ quan"
    desktop.get_by_text("Bảng số liệu", exact=True).click()
    picture(desktop, "chief-desktop")
    axe(desktop)
    assert fits(desktop)
    desktop.get_by_role("link", name="lãnh đạo phụ trách").click()
    picture(desktop, "chief-by-leader")
    desktop.fill("#as_of", "2026-10-20")
    follow(desktop.get_by_role("button", name="Xem"))
    assert "20/10/2026" in desktop.locator(".past").inner_text()
    picture(desktop, "chief-past")
    axe(desktop)
    follow(desktop.locator("#breakdown .figure").first)
    assert "20/10/2026" in desktop.locator(".past").inner_text()
    assert desktop.get_by_role("link", name="Giao nhiệm vụ").count() == 0
    follow(desktop.get_by_role("link", name="Về hiện tại"))
    assert desktop.locator(".past").count() == 0
    assert complaints == []

    log_in(phone, chief.post, reverse("dashboard"))
    picture(phone, "chief-phone")
    axe(phone)
    assert fits(phone)


def test_leaders_and_heads_have_their_own(desktop, phone, axe):
    """Rule 8.3: a leader's portfolio, an agency with its people, and the agency's page."""
    a_busy_office(agencies=2)
    some_completed(2)
    leader, agency = chair(), Agency.objects.get(code="co-quan-0")
    head, staff = head_of(agency), staff_of(agency)
    Task.objects.filter(lead=agency).update(responsible=staff.post)
    supervised(agency, leader.post)
    Task.objects.filter(lead=agency, due_at__lt=NOW).update(handler=head.post)
    build_due(NOW)

    log_in(desktop, leader.post, reverse("dashboard"))
    assert desktop.locator("h1").inner_text() == "3 nhiệm vụ quá hạn ở 1 cơ quan"
    picture(desktop, "leader-desktop")
    axe(desktop)
    follow(desktop.get_by_role("link", name="Xem toàn bộ"))
    assert desktop.locator("h1").inner_text() == "6 nhiệm vụ quá hạn ở 2 cơ quan"
    desktop.goto(agency.get_absolute_url())
    picture(desktop, "agency-page")
    axe(desktop)
    assert fits(desktop)

    log_in(phone, head.post, reverse("my_work"))
    follow(phone.get_by_role("link", name="Tổng quan cơ quan"))
    assert phone.locator("h1").inner_text() == "3 nhiệm vụ quá hạn"
    picture(phone, "head-phone")
    axe(phone)
    assert fits(phone)
    phone.set_viewport_size({"width": 1440, "height": 900})
    picture(phone, "head-desktop")
