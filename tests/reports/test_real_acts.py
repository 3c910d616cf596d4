"""Figures from what the acts themselves leave behind, not from rows written by tests."""

import pytest

from reports.build import build_due
from reports.columns import OPEN
from reports.figures import Terms, tasks_at
from tasks import lifecycle
from tasks.models import Task
from tests.factories import (
    AgencyFactory,
    OfficeFactory,
    assigned_task,
    head_of,
    moment,
    office_chief,
)
from tests.reports.standing import standing_by

pytestmark = pytest.mark.django_db


@pytest.fixture
def month():
    """One completed on time, one sent back and overdue, one waiting, one in progress."""
    OfficeFactory()
    lead, chief = AgencyFactory(code="tnmt"), office_chief()
    head = head_of(lead)
    given = {"at": moment("2026-10-16"), "due_at": moment("2026-11-04", 0), "actor": chief}
    done, back, waits, works = (assigned_task(lead, **given) for _n in range(4))

    def report(task, day):
        lifecycle.report(
            task, head, moment(day), result="Đã xong", document_number="12/BC-TNMT", files=[]
        )

    report(done, "2026-10-30")
    lifecycle.complete(done, chief, moment("2026-11-02"))
    report(back, "2026-11-02")
    lifecycle.send_back(
        back, chief, moment("2026-11-03"), reason="Thiếu số liệu.", lacks_evidence=True
    )
    report(waits, "2026-11-05")
    lifecycle.progress(
        works, head, moment("2026-10-20"), text="Đang làm", percent=30, document_number="",
        files=[],
    )  # fmt: skip
    return lead


def test_the_report_counts_what_the_acts_did(month):
    """Rules 5.5, 8.5: completed in the period of confirmation, on time by the report."""
    total = build_due(moment("2026-11-16"))[-1].figures["total"]

    columns = ("new", "completed_before", "awaiting_late", "overdue", "open_in_time")
    assert [total.get(column, 0) for column in columns] == [4, 1, 1, 2, 0]


@pytest.mark.parametrize("day", ["2026-10-25", "2026-11-02", "2026-11-04", "2026-11-16"])
def test_the_rows_the_acts_write_give_what_the_caches_give(month, day):
    """Rules 3.9, 8.9: columns are caches of the rows; the past is asked from the rows."""
    terms = Terms.in_force(moment(day))

    by_rows = standing_by("lead", tasks_at(Task.objects.all(), terms, past=True), terms)
    frozen = sum(by_rows[month.pk].get(column, 0) for column in OPEN)

    assert frozen == (4 if day < "2026-11-02" else 3)
    if day == "2026-11-16":
        assert by_rows == standing_by("lead", tasks_at(Task.objects.all(), terms), terms)
