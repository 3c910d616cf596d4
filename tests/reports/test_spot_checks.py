"""Spot checks in the periodic report: drawn, done, not done, per agency (rules 5.13, 8.5, 8.6)."""

from datetime import date

import pytest

from reports.build import build_due
from reports.details import rows_behind
from reports.narrative import read
from reports.paper import report_paper
from reports.tables import cooperation_by_agency
from tasks.models import SpotCheck, SpotCheckItem
from tests.factories import AgencyFactory, OfficeFactory, moment, office_chief
from tests.reports.histories import task_with

pytestmark = pytest.mark.django_db

OCTOBER, NOVEMBER = moment("2026-10-10"), moment("2026-11-05")
AFTER = moment("2026-11-20")


@pytest.fixture
def agency():
    OfficeFactory()
    return AgencyFactory(code="tnmt", name="Phòng Tài nguyên và Môi trường")


def drawn(agency, at, *results) -> SpotCheck:
    """Write a spot check whose tasks were checked at these instants, or never (None)."""
    check = SpotCheck.objects.create(
        code=f"PT-{SpotCheck.objects.count()}", title="Phúc tra", from_on=date(2026, 9, 1),
        to_on=date(2026, 9, 30), size=len(results), population=9, seed="7f3a", drawn_at=at,
    )  # fmt: skip
    for result, checked_at in results:
        SpotCheckItem.objects.create(
            spot_check=check, task=task_with(agency, moment("2026-09-01")), result=result,
            checked_at=checked_at, checked_by=checked_at and office_chief().post,
        )  # fmt: skip
    return check


def november():
    """Build the report of November (its cut-off is the end of the 14th)."""
    return build_due(AFTER)[-1]


def spots(report) -> dict[str, int]:
    counts = report.figures["agencies"][0]["counts"]
    return {name: n for name, n in counts.items() if name.startswith("spot_") and n}


def test_what_was_drawn_and_found_in_the_period_is_counted(agency):
    drawn(agency, NOVEMBER, ("done", NOVEMBER), ("not_done", NOVEMBER), ("", None))

    assert spots(november()) == {
        "spot_drawn": 3, "spot_done": 1, "spot_not_done": 1, "spot_waiting": 1,
    }  # fmt: skip


def test_what_waited_from_the_period_before_is_carried_over(agency):
    """Rule 8.6: one period's waiting is the next one's carried over."""
    drawn(agency, OCTOBER, ("done", NOVEMBER), ("done", OCTOBER), ("", None))

    assert spots(november()) == {"spot_carried": 2, "spot_done": 1, "spot_waiting": 1}


def test_what_was_checked_after_the_cut_off_waits_in_it(agency):
    """Rule 8.4: as of the cut-off, whenever built."""
    drawn(agency, NOVEMBER, ("not_done", moment("2026-11-16")))

    assert spots(november()) == {"spot_drawn": 1, "spot_waiting": 1}


def test_a_figure_opens_its_frozen_rows(agency):
    check = drawn(agency, NOVEMBER, ("not_done", NOVEMBER), ("done", NOVEMBER))
    report = november()

    _head, rows = rows_behind(report, "spot_not_done", by="agencies", code="tnmt")

    assert [(row.data["check"], row.data["exit"]) for row in rows] == [
        (check.code, "spot_not_done")
    ]


def test_the_columns_stand_only_where_something_was_drawn(agency):
    task_with(agency, NOVEMBER)
    report = november()

    keys = [head.key for head in cooperation_by_agency(report.figures).heads]

    assert not [key for key in keys if key.startswith("spot_")]
    assert report.narrative["spot_checks"] == ""


def test_the_text_says_the_figures(agency):
    """Rule 8.8."""
    drawn(agency, NOVEMBER, ("done", NOVEMBER), ("not_done", NOVEMBER))
    report = november()

    text = read(report.narrative, report.figures)["spot_checks"]

    assert "Phúc tra ngẫu nhiên 02 nhiệm vụ" in text
    assert "phải mở lại 01" in text
    assert any("phúc tra" in str(block) for block in report_paper(report).blocks)
