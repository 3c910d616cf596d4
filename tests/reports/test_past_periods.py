"""An agency's past periods: every figure opens its frozen rows, for whoever may see them."""

import re

import pytest
import time_machine
from django.urls import reverse

from agencies.models import Agency
from reports.build import build_due
from reports.models import PeriodicReport
from tests.factories import head_of, moment, office_chief, staff_of
from tests.pages import client_of, figures_on, rows_behind
from tests.reports.histories import task_with
from tests.reports.office import a_busy_office

pytestmark = pytest.mark.django_db

NOW = moment("2026-11-23", 8)


@pytest.fixture
def report(db) -> PeriodicReport:
    """The approved report of November of two agencies, the second helping the first late."""
    with time_machine.travel(NOW, tick=False):
        a_busy_office(agencies=2)
        first, second = agencies()
        task_with(first, moment("2026-09-01"), moment("2026-10-01", 0), coordinating=[second])
        found = next(each for each in build_due(NOW) if each.kind == "month")
        chief = office_chief().post
        PeriodicReport.objects.update(state="approved", approved_at=NOW, approved_by=chief)
        yield found


def agencies() -> list[Agency]:
    return list(Agency.objects.filter(code__startswith="co-quan").order_by("code"))


def page_of(report: PeriodicReport, agency: Agency) -> str:
    return reverse("report_agency", args=[report.pk, agency.code])


def figures_of(client, url: str) -> set[tuple[str, int]]:
    page = client.get(url).content.decode()
    return figures_on(page)


@pytest.mark.parametrize("role", [office_chief, head_of, staff_of])
def test_every_figure_of_a_past_period_opens_its_frozen_rows(report, role):
    """Rules 8.3, 8.4: assigned, completed, late, open, overdue, and both sides of the rate."""
    agency = agencies()[0]
    client = client_of(role() if role is office_chief else role(agency))
    found = figures_of(client, agency.get_absolute_url())
    frozen = {(url, count) for url, count in found if "/rows/" in url}

    assert {re.search(r"column=(\w+)", url)[1] for url, _n in frozen} >= {"assigned", "open", "due"}
    for url, count in frozen:
        assert rows_behind(client, url) == count, url


@pytest.mark.parametrize("role", [office_chief, head_of])
def test_all_a_report_froze_of_an_agency_opens_its_rows(report, role):
    """Issue 7: all figures of past periods, what it helps with too."""
    agency = agencies()[1]
    client = client_of(role() if role is office_chief else role(agency))

    found = figures_of(client, page_of(report, agency))

    assert any("column=coordinated" in url for url, _count in found)
    for url, count in found:
        assert rows_behind(client, url) == count, url


def test_another_agency_sees_neither_the_page_nor_the_rows(report):
    """Rule 2.4: 404, by any address; nor the report itself."""
    own, other = agencies()
    client = client_of(head_of(other))
    rows = reverse("report_rows", args=[report.pk])
    asked = ("", "?column=open", f"?by=agencies&code={own.code}", "?by=priorities&code=normal")

    assert client.get(page_of(report, own)).status_code == 404
    assert {client.get(rows + each).status_code for each in asked} == {404}
    assert client.get(report.get_absolute_url()).status_code == 404


def test_an_agency_reads_no_draft(report):
    """Rule 8.4: figures nobody approved are the Office's alone."""
    agency = agencies()[0]
    PeriodicReport.objects.update(state="draft", approved_at=None, approved_by=None)

    assert client_of(head_of(agency)).get(page_of(report, agency)).status_code == 404


@pytest.mark.parametrize("column", ["spot_drawn", "criticised"])
def test_an_agency_reads_no_rows_of_draws_and_cases(report, column):
    """Rule 2.4: who is drawn for a check, and papers about cases, stay with who handles them."""
    agency = agencies()[0]
    report.rows.model.objects.create(
        report=report, of="papers" if column == "criticised" else "spot_checks", place=10_000,
        agency=agency.code, columns=[column],
        data={"code": "NV-2026-0001", "title": "mật", "due_at": None},
    )  # fmt: skip
    address = f"{reverse('report_rows', args=[report.pk])}?by=agencies&code={agency.code}"
    address += f"&column={column}"

    seen = [rows_behind(client_of(who), address) for who in (office_chief(), head_of(agency))]

    assert seen == [1, 0]
    assert (
        f"column={column}"
        not in client_of(head_of(agency)).get(page_of(report, agency)).content.decode()
    )
