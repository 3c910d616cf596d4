"""Periodic reports are built once, as of their cut-off, whenever the job runs (rule 8.4)."""

import threading
from dataclasses import replace

import pytest
from django.db import connection

from agencies.models import Event, Heartbeat, Notice, Setting
from reports.asking import ask, build_asked
from reports.build import build_due, build_period
from reports.columns import Unbalanced, check
from reports.jobs import build_reports
from reports.models import PeriodicReport
from reports.periods import Kind
from tasks import lifecycle
from tasks.directives.correcting import correct_header
from tasks.directives.header import header_of
from tasks.states import State
from tests.factories import (
    AgencyFactory,
    DirectiveFactory,
    OfficeFactory,
    assigned_task,
    moment,
    office_chief,
    staff_of,
)
from tests.reports.histories import Step, frozen_rows, helps, task_with
from tests.reports.named_periods import month

pytestmark = pytest.mark.django_db


@pytest.fixture
def a_task():
    OfficeFactory()
    return task_with(AgencyFactory(code="tnmt"), moment("2026-09-20"), moment("2026-10-01", 0))


def test_without_work_there_is_nothing_to_report(at):
    """Rule 8.4: periods are built since the first data."""
    OfficeFactory()

    assert build_due(at("16/11/2026")) == []


def test_a_job_that_slept_builds_every_month_it_missed(a_task, at):
    """Rules 3.10, 8.4: late is only late; each period as of its own cut-off."""
    built = [each for each in build_due(at("20/12/2026")) if each.kind == Kind.MONTH]

    assert [report.period.number for report in built] == [10, 11, 12]
    assert [report.figures["total"].get("new", 0) for report in built] == [1, 0, 0]
    assert [report.figures["total"].get("carried_over", 0) for report in built] == [0, 1, 1]


def test_a_period_that_cannot_be_built_holds_up_no_other(a_task, at):
    """Rule 8.4: here October's day of sending is past what a calendar can count."""
    for value, since in ((10**7, "01/10/2026"), (2, "01/11/2026")):
        Setting.objects.create(
            code="report_send_by_days", value=value, effective_from=at(since), recorded_at=at(since)
        )

    with pytest.raises(ExceptionGroup, match="1 failed"):
        build_due(at("20/12/2026"))

    months = PeriodicReport.objects.filter(kind=Kind.MONTH).order_by("cut_off_at")
    assert [report.period.number for report in months] == [11, 12]


def test_it_is_built_as_of_the_cut_off_whenever_built(a_task, at):
    """Rule 8.4: what happened after the cut-off is not in it."""
    lead = a_task.lead
    task_with(
        lead,
        at("05/11/2026"),
        at("01/12/2026"),
        [Step(at("15/11/2026 0:01"), State.REPORTED), Step(at("16/11/2026"), State.COMPLETED)],
    )

    november = build_due(at("10/12/2026"))[-1]

    assert november.figures["total"]["open_in_time"] == 1
    assert november.built_at == at("10/12/2026")
    assert november.cut_off_at == at("15/11/2026")


def test_who_joined_or_left_after_the_cut_off_is_not_told_from_a_late_build(a_task, at):
    """Rules 3.9, 8.4: helpers count as they stood at the cut-off."""
    left, joined = AgencyFactory(code="left"), AgencyFactory(code="joined")
    helps(a_task, left, a_task.assigned_at, at("16/11/2026"))
    helps(a_task, joined, at("16/11/2026"))

    november = build_due(at("17/11/2026"))[-1]

    counts = {each["code"]: each["counts"] for each in november.figures["agencies"]}
    assert counts["left"] == {"coordinated_open": 1, "coordinated_overdue": 1}
    assert "joined" not in counts


def test_rows_say_what_held_at_the_cut_off_whenever_built(at):
    """Rules 3.9, 8.4: title, document and responsible person were put right after it."""
    chief, lead = office_chief(), AgencyFactory()
    first, second = (staff_of(lead) for _n in range(2))
    directive = DirectiveFactory(number="966/UBND", approved_at=at("20/09/2026"))
    task = assigned_task(
        lead, at=at("20/10/2026"), actor=chief, title="Rà soát hồ sơ", directive=directive,
        responsible=first.post,
    )  # fmt: skip
    changes = {"title": "Rà soát hồ sơ đất đai", "responsible": second.post}
    lifecycle.correct(task, chief, at("16/11/2026"), changes=changes, reason="Ghi nhầm.")
    header = replace(header_of(directive), number="969/UBND")
    correct_header(
        directive, chief, at("16/11/2026"), header=header, reason="Nhầm số.",
        version=directive.version,
    )  # fmt: skip

    report = build_due(at("17/11/2026"))[-1]

    (row,) = (row for row in frozen_rows(report, "tasks") if row["code"] == task.code)
    assert row["title"] == "Rà soát hồ sơ"
    assert row["document"].endswith("966/UBND")
    assert row["responsible"] == first.user.full_name


def test_running_twice_builds_once(a_task, at):
    """Rule 3.10: the second run finds nothing to do, and owes nothing twice."""
    chief = office_chief()
    first = build_due(at("16/10/2026"))

    assert build_due(at("16/10/2026 1:00")) == []
    assert PeriodicReport.objects.count() == len(first) == 1
    assert Event.objects.filter(act="report.build").count() == 1
    assert Notice.objects.filter(person=chief.user, channel="app").count() == 1


def test_the_last_moments_of_a_period_may_end_before_it_is_built(a_task, at):
    """Rule 8.4: an act reads its clock, then commits; a build in the first seconds would miss it
    for good.
    """
    assert build_due(at("15/10/2026 0:01")) == []
    assert len(build_due(at("15/10/2026 0:05"))) == 1


def test_days_asked_for_just_after_their_end_wait_too(a_task, at):
    """Rule 8.4: the same margin for reports somebody asked for."""
    last_day = at("14/10/2026").date()
    ask(office_chief(), at("15/10/2026 0:01"), first_day=last_day, last_day=last_day)

    assert build_asked(at("15/10/2026 0:02")) == 0
    assert build_asked(at("15/10/2026 0:05")) == 1


def test_another_worker_that_was_first_is_respected(a_task, at):
    """Rule 3.10: under the lock the report is looked for again."""
    build_period(month(2026, 10), at("16/10/2026"))

    assert build_period(month(2026, 10), at("16/10/2026")) is None


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_build_one_report(at):
    """Rule 3.10: on two connections at the same moment, one report and one event."""
    OfficeFactory()
    task_with(AgencyFactory(), at("20/09/2026"), at("01/10/2026"))
    start, results = threading.Barrier(2), []

    def work() -> None:
        try:
            start.wait()
            results.append(len(build_due(at("16/10/2026"))))
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert sorted(results) == [0, 1]
    assert PeriodicReport.objects.count() == 1
    assert Event.objects.filter(act="report.build").count() == 1


def test_figures_that_do_not_balance_are_refused():
    """Rule 8.6: an unbalanced row is a bug, never a report."""
    with pytest.raises(Unbalanced):
        check({"new": 2, "overdue": 1, "overdue_from_1": 1}, of="Phòng Thử")


def test_the_calendar_is_frozen_with_it(a_task, at):
    """Rule 8.4: figures, row lists and calendar are stored."""
    report = build_due(at("16/10/2026"))[0]

    assert {row["day"][:4] for row in report.calendar} <= {"2026"}
    assert report.send_by_at == at("17/10/2026")


def test_the_job_leaves_a_heartbeat(a_task):
    """Rule 3.10: each job leaves a heartbeat."""
    build_reports()

    beat = Heartbeat.objects.get(job="reports.build_reports")
    assert beat.finished_at is not None
    assert beat.every_seconds == 3600
