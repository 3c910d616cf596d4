"""Who is told that a report waits for him, and that one he asked for is there (rules 8.4, 10.1)."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from agencies import outgoing
from agencies.functions import Function
from agencies.models import Notice
from reports.asking import ask, build_asked
from reports.build import build_due
from reports.lifecycle import approve, draft_upward
from reports.models import PeriodicReport, UpwardReport
from reports.reminders import Reminding
from tests import factories as make
from tests.pages import client_of
from tests.reports.histories import task_with

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_at_now")]

NOW = make.moment("2026-11-16", 8)


@pytest.fixture
def office():
    """The Office and the Chair, one of each, and work for a report."""
    task_with(make.AgencyFactory(), make.moment("2026-10-20"), make.moment("2026-11-02", 0))
    office = make.OfficeFactory()
    return SimpleNamespace(
        chief=make.office_chief(),
        officer=make.officer(),
        clerk=make.actor_of(make.PostFactory(function=Function.CLERK, agency=office)),
        chair=make.chair(),
        deputy=make.actor_of(
            make.PostFactory(function="leader", is_deputy=True, agency=make.LeadersFactory())
        ),
    )


@pytest.fixture
def report(office) -> PeriodicReport:
    return build_due(NOW)[-1]


@pytest.fixture
def upward(office, report) -> UpwardReport:
    return draft_upward(report, office.officer, NOW)


def told(act: str) -> list[tuple]:
    rows = Notice.objects.filter(event__act=act).order_by("person", "channel")
    return list(rows.values_list("person", "channel"))


def at_once(*people) -> list[tuple]:
    ids = sorted(actor.user.pk for actor in people)
    return [(pk, channel) for pk in ids for channel in ("app", "mail")]


def test_the_clerk_is_told_that_an_approved_report_waits_for_its_number(office, report):
    """Rules 2.8, 8.4."""
    approve(report, office.chief, NOW, version=0)

    assert told("report.approve") == at_once(office.clerk)


def test_the_chair_is_told_that_a_report_upward_waits_for_the_signature(office, upward):
    """Rule 2.2."""
    assert told("report.draft_upward") == at_once(office.chair)


def test_the_office_is_told_that_a_leader_signed_the_report_upward(office, upward):
    """Rules 2.2, 8.4: the clerk numbers it; the chief and who drafted it learn that it goes out."""
    approve(upward, office.chair, NOW, version=0)

    assert told("report.approve") == at_once(office.clerk, office.chief, office.officer)


def test_whoever_asked_for_a_report_is_told_that_it_is_built(office):
    """Rule 8.4: at once and only once; the message leads to the report."""
    ask(office.deputy, NOW, first_day=date(2026, 11, 2), last_day=date(2026, 11, 8))

    build_asked(NOW)
    build_asked(NOW)

    assert told("report.built_as_asked") == at_once(office.deputy)
    leads_to = PeriodicReport.objects.get().get_absolute_url()
    assert Notice.objects.filter(person=office.deputy.user)[0].url == leads_to


def reminded(at) -> list[tuple]:
    return [(one.person, one.kind, one.step) for one in Reminding(at).all() if one.kind == "report"]


def test_the_chief_is_reminded_of_a_report_until_it_goes_out(office, report):
    """Rules 8.1, 8.4: before, on the day, then each week; the clerk once it is signed."""
    chief, clerk = office.chief.user, office.clerk.user
    send_by = report.send_by_at
    week_after = send_by + timedelta(days=7, hours=8)
    assert reminded(NOW) == [(chief, "report", "before")]
    assert reminded(send_by - timedelta(hours=16)) == [(chief, "report", "day")]
    approve(report, office.chief, NOW, version=0)
    report.refresh_from_db()
    assert reminded(week_after) == [(chief, "report", "week-1"), (clerk, "report", "week-1")]

    paper = outgoing.number(report.paper, office.clerk, NOW, dated_on=NOW.date())
    outgoing.issue(paper, office.clerk, NOW)

    assert reminded(week_after) == []


def test_only_the_newest_report_of_a_kind_is_reminded_of(office, report):
    """Rule 8.1: what nobody sent before the next one came stays on the dashboard."""
    later = next(one for one in build_due(make.moment("2026-12-16", 8)) if one.kind == report.kind)

    told = [one.thing for one in Reminding(make.moment("2026-12-16", 8)).all()]

    assert later in told
    assert report not in told


def test_a_report_somebody_asked_for_is_reminded_of_to_nobody(office):
    ask(office.deputy, NOW, first_day=date(2026, 11, 2), last_day=date(2026, 11, 8))
    build_asked(NOW)

    assert reminded(make.moment("2026-11-24", 8)) == []


def test_opening_the_report_upward_reads_what_was_told_of_it(office, upward):
    client_of(office.chair).get(upward.get_absolute_url())

    assert Notice.objects.get(event__act="report.draft_upward", channel="app").read_at == NOW
