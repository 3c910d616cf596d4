"""The projected screen and the other pages of briefings (rule 8.3)."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.asserts import assertContains

from agencies.models import Agency
from reports.briefing import deciding
from reports.briefing.standing import agencies_in_order, screen_of
from reports.models import BriefingDecision
from tasks import lifecycle
from tasks.models import Authority
from tests import factories as make
from tests.tasks.urging.conftest import NOW, overdue

DAY = date(2026, 12, 10)


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def screen(client, briefing):
    """Return a function: the screen of an agency, asked or posted to."""

    def page(actor, agency: str, data: dict | None = None):
        client.force_login(actor.user)
        address = reverse("briefing_agency", args=[briefing.pk, agency])
        return client.post(address, data) if data is not None else client.get(address)

    return page


def test_agencies_come_with_most_overdue_first_or_officially(late):
    make.assigned_task(make.AgencyFactory(code="yt", order=0), due_at=make.moment("2026-12-20"))

    late_first = [line.agency.code for line in agencies_in_order(late.chief, NOW)]
    official = [line.agency.code for line in agencies_in_order(late.chief, NOW, "official")]

    assert late_first == ["tnmt", "tckh", "yt"]
    assert official == ["yt", "tnmt", "tckh"]


def test_a_decision_does_not_change_the_order_of_the_meeting(late, screen, briefing):
    """The next agency comes next, though the one on the screen has less overdue by now."""
    before = screen(late.chair, "tnmt").context
    later = NOW + timedelta(minutes=5)
    for task in (late.first, late.second):
        deciding.set_day(briefing, task, late.chair, later, due_on=DAY, reason="Chờ vốn.")

    with time_machine.travel(later, tick=False):
        after = screen(late.chair, "tnmt").context

    assert [line.agency.code for line in after["lines"]] == ["tnmt", "tckh"]
    assert (before["after"], after["after"]) == ("tckh", "tckh")
    assert [line.overdue for line in after["lines"]] == [0, 1]


def test_the_screen_tells_days_cause_and_commitment(late):
    lifecycle.explain(
        late.first, late.head, make.moment("2026-11-20"), cause="Thiếu bản đồ.",
        commitment_on=make.moment("2026-11-24").date(), needs="",
    )  # fmt: skip

    (first, second) = screen_of(late.agency, late.chief, NOW).overdue

    assert (first.days_late, first.cause_then, first.is_broken) == (42, "Thiếu bản đồ.", True)
    assert (second.days_late, second.cause_then) == (7, None)


def test_the_screen_tells_what_is_due_this_week_and_what_waits(late):
    sunday = make.assigned_task(late.agency, due_at=make.moment("2026-11-30", 0))
    make.assigned_task(late.agency, due_at=make.moment("2026-12-01", 0))
    lifecycle.report(late.second, late.head, NOW, result="Xong.", document_number="1/BC")
    lifecycle.raise_obstacle(late.first, late.head, NOW, text="Vướng.", addressee="chief")

    screen = screen_of(late.agency, late.chief, NOW)

    assert screen.soon == [sunday]
    assert [one.task for one in screen.reports] == [late.second]
    assert [one.text for one in screen.obstacles] == ["Vướng."]


def test_links_lead_from_one_agency_to_the_next_without_script(late, screen, briefing):
    first = screen(late.chief, "tnmt").content.decode()
    last = screen(late.chief, "tckh").content.decode()

    assert f'rel="next" href="{reverse("briefing_agency", args=[briefing.pk, "tckh"])}' in first
    assert 'rel="prev"' not in first
    assert f'rel="next" href="{briefing.get_absolute_url()}"' in last


def test_a_closed_agency_is_not_urged_from_the_screen(late, screen):
    """Rule 2.5: its work is moved first."""
    Agency.objects.filter(pk=late.agency.pk).update(closed_on=NOW.date())

    page = screen(late.chief, late.agency.code)

    assert 'value="urge"' not in page.content.decode()
    assertContains(page, reverse("reorganisation", args=[late.agency.code]))


def test_a_decision_is_recorded_on_the_screen(late, screen):
    answer = screen(late.chief, "tckh", {"act": "decide", "text": "Rà soát nợ đọng."})

    assert answer.status_code == 302
    assert BriefingDecision.objects.get().agency == late.other


def test_a_refused_decision_keeps_what_was_typed(late, screen):
    data = {"act": "decide", "text": "Rà soát nợ đọng.", "due_on": "2026-11-01"}

    answer = screen(late.chief, "tckh", data)

    assert answer.status_code == 409
    assert "Rà soát nợ đọng." in answer.content.decode()
    assert answer.context["free"].errors["due_on"]


def test_the_new_day_is_offered_to_whom_may_give_it(late, screen):
    """Rule 5.6."""
    assert 'value="set_day"' in screen(late.chair, "tnmt").content.decode()
    assert 'value="set_day"' not in screen(late.officer, "tnmt").content.decode()
    refused = screen(
        late.officer, "tnmt",
        {"act": "set_day", "thing": late.first.pk, "due_on": "2026-12-10", "reason": "Vốn."},
    )  # fmt: skip
    assert refused.status_code == 409


def test_agencies_and_the_clerk_see_no_screen(late, screen):
    for actor in (late.head, late.staff, late.clerk):
        assert screen(actor, "tnmt").status_code == 404


def test_the_screen_costs_the_same_for_two_tasks_and_for_twelve(late, screen):
    screen(late.chair, "tnmt")
    few = _queries(screen, late)
    for number in range(10):
        overdue(late.agency, title=f"Việc {number}")

    assert _queries(screen, late) == few


def _queries(screen, late) -> int:
    with CaptureQueriesContext(connection) as captured:
        screen(late.chair, "tnmt")
    return len(captured)


def test_whoever_chaired_is_offered_as_who_issues_the_directive(client, late, briefing):
    post = briefing.chaired_by
    name = f"{post.title.name} {post.agency.name}"
    make.AuthorityFactory(code="so-nganh", name="Sở, ngành thành phố")
    make.AuthorityFactory(code="chu-tich", name=name)
    client.force_login(late.chief.user)

    page = client.get(reverse("briefing", args=[briefing.pk]))

    offered = page.context["issuers"]["issuer"].value()
    assert Authority.objects.get(pk=offered).name == name
