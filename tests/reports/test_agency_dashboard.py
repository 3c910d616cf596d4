"""A leader's portfolio, an agency head's dashboard, an agency's page (rules 2.4, 8.3, 8.9)."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.models import Agency
from reports.build import build_due
from reports.columns import OPEN
from reports.models import PeriodicReport
from reports.overview.scope import Scope
from reports.overview.standing import Standing
from tasks.models import Coordination, Task
from tests.factories import PostFactory, chair, head_of, moment, office_chief, staff_of
from tests.pages import client_of, figures_on, rows_behind
from tests.reports.histories import task_with
from tests.reports.office import a_busy_office

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_at_now")]
NOW = moment("2026-11-23", 8)


def figures_are_their_rows(client: Client, url: str) -> int:
    """Hold every figure of a page against the rows its link opens; return how many there were."""
    page = client.get(url).content.decode()
    links = figures_on(page)
    for to, count in links:
        assert rows_behind(client, to) == count, to
    return len(links)


@pytest.fixture
def agency():
    """One of two agencies, which also helps the other late."""
    a_busy_office(agencies=2)
    first, second = Agency.objects.filter(code__startswith="co-quan").order_by("code")
    staff = staff_of(first).post
    Task.objects.filter(lead=first).update(responsible=head_of(first).post)
    handed = Task.objects.filter(lead=first, due_at__lt=NOW).first()
    Task.objects.filter(pk=handed.pk).update(handler=staff)
    helped = Task.objects.filter(lead=second, due_at__lt=NOW, state="assigned").first()
    Coordination.objects.create(task=helped, agency=first, asked_at=helped.assigned_at)
    return first


def address(agency: Agency, query: str = "") -> str:
    return reverse("agency_dashboard", args=[agency.code]) + query


@pytest.mark.parametrize("query", ["", "?as_of=2026-11-12"])
def test_a_heads_figures_open_exactly_their_rows(agency, query):
    """Rules 8.3, 8.9: its tasks, people, shares, consultations, dossiers, weeks."""
    client = client_of(head_of(agency))

    assert figures_are_their_rows(client, address(agency, query)) > 15


def test_a_head_reads_what_each_person_holds(agency):
    """Rules 5.8, 8.3: a task stands with whom it was handed to, else with the responsible one."""
    overview = client_of(head_of(agency)).get(address(agency)).context["overview"]

    held = {line.post.user.full_name: line.open.count for line in overview.people}
    assert sorted(held.values()) == [1, 9]
    assert [share.count for share in overview.shares.values()] == [1, 1]


@pytest.mark.parametrize(
    ("person", "status"),
    [(head_of, 200), (staff_of, 404), (lambda _a: chair(), 200), (lambda _a: office_chief(), 200)],
    ids=["head", "staff", "chair", "chief"],
)
def test_who_opens_an_agencys_dashboard(agency, person, status):
    """Rule 2.4: its head, the leaders and the Office; staff keep their own work."""
    client = client_of(person(agency))

    assert client.get(address(agency)).status_code == status


def test_another_agencys_dashboard_is_not_found(agency):
    """Rule 2.4."""
    other = Agency.objects.exclude(pk=agency.pk).filter(code__startswith="co-quan").get()

    assert client_of(head_of(other)).get(address(agency)).status_code == 404


def test_my_work_leads_a_head_to_the_agencys_dashboard(agency):
    """Rule 8.3."""
    page = client_of(head_of(agency)).get(reverse("my_work")).content.decode()

    assert address(agency) in page


def test_a_leader_sees_the_own_portfolio_first(agency):
    """Rules 2.4, 8.3: all of it by choice; every figure opens its rows either way."""
    leader = chair()
    own = Task.objects.filter(lead=agency)
    own.update(supervisor=leader.post)
    client = client_of(leader)

    portfolio = client.get(reverse("dashboard")).context["standing"]
    everything = client.get(reverse("dashboard") + "?whose=all").context["standing"]

    assert (portfolio.overdue.count, everything.overdue.count) == (3, 6)
    assert figures_are_their_rows(client, reverse("dashboard")) > 10


def test_the_office_opens_a_leaders_portfolio(agency):
    """Rule 8.3: by leader, then what he supervises."""
    leader = PostFactory(agency=chair().agency, title=chair().post.title)
    Task.objects.filter(lead=agency, due_at__isnull=False).update(supervisor=leader)
    client = client_of(office_chief())

    lines = client.get(reverse("dashboard") + "?by=leader").context["breakdown"].lines

    named = next(line for line in lines if line.note)
    assert client.get(named.url).context["standing"].overdue.count == named.counts["overdue"] == 3


def test_an_agencys_page_shows_its_frozen_figures(agency):
    """Rule 8.4: as the reports froze them; the agency itself reads those that were approved."""
    build_due(NOW)
    page = agency.get_absolute_url()

    seen = client_of(office_chief()).get(page).content.decode()
    unapproved = client_of(head_of(agency)).get(page).content.decode()
    chief = office_chief().post
    PeriodicReport.objects.update(state="approved", approved_at=NOW, approved_by=chief)
    approved = client_of(head_of(agency)).get(page).content.decode()

    report = str(PeriodicReport.objects.first())
    assert [report in each for each in (seen, unapproved, approved)] == [True, False, True]


def test_an_agencys_figures_are_not_shown_to_others(agency):
    """Rule 2.4: another agency reads who they are, not how they stand."""
    other = Agency.objects.exclude(pk=agency.pk).filter(code__startswith="co-quan").get()

    page = client_of(head_of(other)).get(agency.get_absolute_url()).content.decode()

    assert not figures_on(page)


def test_a_day_that_has_not_ended_is_now(agency):
    """Rule 8.9: only a day gone by is the past; anything else shows what holds."""
    client = client_of(office_chief())
    days = ("2026-11-23", "2027-01-01", "x", "")

    seen = [client.get(reverse("dashboard") + f"?as_of={day}").context["as_of"] for day in days]

    assert {each.day for each in seen} == {None}
    past = client.get(reverse("dashboard") + "?as_of=2026-11-22").context["as_of"]
    assert past.day == date(2026, 11, 22)


def test_a_past_days_page_shows_what_its_report_froze(agency):
    """Rules 8.4, 8.9: at the cut-off instant, agency by agency."""
    chief = office_chief()
    reports = build_due(NOW)

    for report in reports:
        scope = Scope(chief, report.cut_off_at, as_of=report.period.last_day)
        shown = Standing(scope).along["agency"]
        frozen = {row["code"]: row["counts"] for row in report.figures["agencies"]}
        for each in Agency.objects.filter(code__startswith="co-quan"):
            then = frozen.get(each.code, {})
            now = shown.get(each.pk, {})
            columns = (*OPEN, "longest_overdue")
            assert {c: now.get(c, 0) for c in columns} == {c: then.get(c, 0) for c in columns}
    assert len(reports) > 2


def test_the_number_of_queries_grows_with_nobody_and_nothing(agency):
    """Issue 7: constant queries, whatever the number of people and tasks."""
    client = client_of(head_of(agency))

    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(address(agency))
        return len(captured)

    asked()
    few = asked()
    for _n in range(5):
        task = task_with(agency, moment("2026-10-01"), moment("2026-11-12", 0))
        Task.objects.filter(pk=task.pk).update(handler=staff_of(agency).post)

    assert asked() == few <= 40
