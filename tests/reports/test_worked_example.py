"""One month by hand: twelve tasks and three consultations, and the table they must give."""

from datetime import date

import pytest
from openpyxl import load_workbook

from consultations.models import PoorMark
from reports.build import build_due
from reports.counting import GROUPINGS
from reports.models import AccountabilityCase, Commendation, PeriodicReport
from reports.paper import report_paper
from reports.tables import age, all_tables, by_overdue, change, results
from reports.workbook import report_xlsx
from tasks.models import SpotCheck, SpotCheckItem
from tasks.states import State
from tests.factories import (
    AgencyFactory,
    AgencyKindFactory,
    AuthorityFactory,
    CompetenceFactory,
    OfficeFactory,
    PostFactory,
    office_chief,
)
from tests.reports.histories import (
    Step,
    decided,
    dossier_of,
    extended,
    frozen_rows,
    line_of,
    task_with,
    urging_of,
)

pytestmark = pytest.mark.django_db

DONE, SENT, DOING = State.COMPLETED, State.REPORTED, State.IN_PROGRESS


@pytest.fixture
def month(at) -> PeriodicReport:
    """The period from 15/10/2026 to 14/11/2026, built on the 16th of November."""
    OfficeFactory()
    office_chief()
    land = AgencyFactory(code="tnmt", name="Phòng Tài nguyên và Môi trường", order=1)
    culture = AgencyFactory(code="vhtt", name="Phòng Văn hóa và Thông tin", order=2)
    commune = AgencyFactory(
        code="quang-trung",
        name="UBND xã Quang Trung",
        kind=AgencyKindFactory(code="commune", name="Xã", order=6),
    )
    PostFactory(agency=land, user__full_name="Nguyễn Văn Minh")
    chair, vice = (
        PostFactory(function="leader", is_deputy=is_deputy, user__full_name=name)
        for name, is_deputy in (("Lê Minh Khuê", False), ("Trần Quốc Hưng", True))
    )
    soil = CompetenceFactory(code="dat-dai", name="Đất đai")
    of_chair, of_vice = {"supervisor": chair}, {"supervisor": vice}
    city = AuthorityFactory(code="thanh-pho", name="UBND thành phố", is_superior=True)

    # Carried over: assigned before 15/10 and open at that midnight.
    late = task_with(
        land, at("01/09/2026"), at("13/10/2026"), updates=[at("20/09/2026")], competence=soil,
        **of_chair,
    )  # 34 days late  # fmt: skip
    task_with(
        land, at("01/10/2026"), at("21/10/2026"),
        [Step(at("19/10/2026 10:00"), SENT), Step(at("22/10/2026 9:00"), DONE)], **of_chair,
    )  # completed before: 20/10 was the last day  # fmt: skip
    task_with(
        land, at("01/10/2026"), at("21/10/2026"),
        [Step(at("20/10/2026 16:00"), SENT), Step(at("30/10/2026 9:00"), DONE)], **of_chair,
    )  # completed on the day  # fmt: skip
    task_with(
        culture, at("01/10/2026"), at("17/10/2026"),
        [Step(at("19/10/2026 8:00"), SENT), Step(at("20/10/2026 8:00"), DONE)],
        assigned_by=city,
    )  # completed late  # fmt: skip
    task_with(culture, at("01/10/2026"), None)  # undated, open
    # Ended before the period: in no column.
    task_with(
        land, at("01/09/2026"), at("01/10/2026"),
        [Step(at("20/09/2026"), SENT), Step(at("21/09/2026"), DONE)],
    )  # fmt: skip
    # New in the period.
    task_with(
        land, at("20/10/2026"), at("11/11/2026"), coordinating=[culture],
        updates=[at("09/11/2026")], priority="key", **of_vice,
    )  # 10/11 was the last day: 5 days late at midnight after 14/11  # fmt: skip
    in_time = task_with(land, at("02/11/2026"), at("24/11/2026"), **of_chair)  # in time
    task_with(
        commune,
        at("21/10/2026"),
        at("01/11/2026"),
        [Step(at("30/10/2026 9:00"), SENT)],
        competence=soil,
        **of_vice,
    )  # reported in time, awaiting the Office
    task_with(
        commune, at("21/10/2026"), at("01/11/2026"),
        [Step(at("02/11/2026 9:00"), SENT)], priority="key", **of_vice,
    )  # reported late, awaiting the Office  # fmt: skip
    done = task_with(
        commune, at("21/10/2026"), None,
        [Step(at("25/10/2026"), SENT), Step(at("26/10/2026"), DONE)], **of_vice,
    )  # completed, undated  # fmt: skip
    task_with(
        commune,
        at("21/10/2026"),
        at("01/11/2026"),
        [Step(at("23/10/2026"), State.RETURNED)],
        **of_vice,
    )  # returned in time: leaves the base
    task_with(
        commune,
        at("21/10/2026"),
        at("31/10/2026"),
        [Step(at("05/11/2026"), State.SUSPENDED)],
        **of_vice,
    )  # suspended when already overdue: stays in the base
    # What happened after the cut-off changes nothing, however late the report is built.
    task_with(
        culture, at("15/11/2026 8:00"), at("01/12/2026"), [Step(at("15/11/2026 9:00"), DOING)]
    )

    first = line_of(commune, at("10/10/2026"), at("20/10/2026"), [at("16/10/2026")])
    line_of(culture, at("10/10/2026"), at("20/10/2026"), consultation=first.consultation)
    second = line_of(land, at("20/10/2026"), at("01/11/2026"), [at("02/11/2026")])
    line_of(culture, at("20/10/2026"), at("01/11/2026"), consultation=second.consultation)
    line_of(commune, at("10/11/2026"), at("20/11/2026"), [at("16/11/2026")])

    # Beside the tasks: an extension, a poor reply, a dossier given back and submitted again, an
    # urging, a criticism, a praise, a task drawn and found done as reported.
    extended(in_time, at("01/12/2026"), at("05/11/2026"), at("06/11/2026"))
    PoorMark.objects.create(
        reply=first.replies.get(), kind="general", reason="Chung chung.",
        marked_at=at("20/10/2026"), marked_by=office_chief().post,
    )  # fmt: skip
    dossier_of(
        culture, (at("25/10/2026"), at("28/10/2026")), (at("03/11/2026"), at("16/11/2026"))
    )  # given back again only after the cut-off
    urging_of(land, at("05/11/2026"), late)
    decided(AccountabilityCase, land, "criticise", at("10/11/2026"))
    decided(Commendation, commune, "praise", at("12/11/2026"))
    check = SpotCheck.objects.create(
        code="PT-1", title="Phúc tra", from_on=at("01/10/2026").date(),
        to_on=at("31/10/2026").date(), size=1, population=9, seed="7f3a",
        drawn_at=at("02/11/2026"),
    )  # fmt: skip
    SpotCheckItem.objects.create(
        spot_check=check, task=done, result="done", checked_at=at("05/11/2026"),
        checked_by=office_chief().post,
    )  # fmt: skip
    build_due(at("16/11/2026 8:00"))
    return PeriodicReport.objects.get(cut_off_at=at("15/11/2026"))


COLUMNS = (
    "carried_over", "new",
    "completed_before", "completed_on", "completed_late", "completed_undated",
    "open_in_time", "awaiting_in_time", "awaiting_late", "overdue", "open_undated", "suspended",
    "returned",
    "overdue_from_1", "overdue_from_8", "overdue_from_31", "longest_overdue",
    "stopped_overdue", "not_updated", "coordinated_open", "coordinated_overdue",
    "lines_carried", "lines_received",
    "lines_in_time", "lines_late", "lines_silent", "lines_awaiting",
)  # fmt: skip
TABLE = {
    #                carried new | before on late undated | in time, awaiting ok/late,
    #                overdue, undated, suspended | returned | 1-7 8-30 31-120 longest |
    #                stopped, not updated, coordinating open/overdue | lines: carried, received,
    #                in time, late, silent, awaiting
    "tnmt":        (3, 2,  1, 1, 0, 0,  1, 0, 0, 2, 0, 0,  0,  1, 0, 1, 34,
                    0, 1, 0, 0,  0, 1, 0, 1, 0, 0),
    "vhtt":        (2, 0,  0, 0, 1, 0,  0, 0, 0, 0, 1, 0,  0,  0, 0, 0, 0,
                    0, 1, 1, 1,  1, 1, 0, 0, 2, 0),
    "quang-trung": (0, 5,  0, 0, 0, 1,  0, 1, 1, 0, 0, 1,  1,  0, 0, 0, 0,
                    1, 0, 0, 0,  1, 1, 1, 0, 0, 1),
    "total":       (5, 7,  1, 1, 1, 1,  1, 1, 1, 2, 1, 1,  1,  1, 0, 1, 34,
                    1, 2, 1, 1,  2, 3, 1, 1, 2, 1),
}  # fmt: skip


BESIDE = {
    "tnmt": {"extended": 1, "urged": 1, "original_overdue": 2, "urgings": 1, "criticised": 1},
    "vhtt": {"original_completed_late": 1, "oldest_undated": 45, "dossiers_submitted": 2,
             "dossiers_returned": 1},
    "quang-trung": {"lines_poor": 1, "praised": 1, "spot_drawn": 1, "spot_done": 1},
    "total": {"extended": 1, "urged": 1, "original_overdue": 2, "original_completed_late": 1,
              "oldest_undated": 45, "lines_poor": 1, "dossiers_submitted": 2,
              "dossiers_returned": 1, "urgings": 1, "criticised": 1, "praised": 1,
              "spot_drawn": 1, "spot_done": 1},
}  # fmt: skip
"""Every other column that is not 0: what is said of tasks, and what agencies do beside them."""


@pytest.mark.parametrize("row", TABLE)
def test_the_table_of_the_month_cell_by_cell(month, row):
    """Rules 8.5, 8.6: counted by hand; 12 tasks, 5 lines of 3 consultations, every column."""
    by_agency = {each["code"]: each["counts"] for each in month.figures["agencies"]}
    counts = month.figures["total"] if row == "total" else by_agency[row]

    expected = dict(zip(COLUMNS, TABLE[row], strict=True)) | BESIDE[row]
    assert {name: n for name, n in counts.items() if n} == {c: n for c, n in expected.items() if n}


GROUPED = {
    ("leaders", "Lê Minh Khuê"): {
        "carried_over": 3, "new": 1, "completed_before": 1, "completed_on": 1, "open_in_time": 1,
        "overdue": 1, "overdue_from_31": 1, "longest_overdue": 34, "not_updated": 1,
        "extended": 1, "urged": 1, "original_overdue": 1,
    },
    ("leaders", "Trần Quốc Hưng"): {
        "new": 6, "completed_undated": 1, "awaiting_in_time": 1, "awaiting_late": 1, "overdue": 1,
        "overdue_from_1": 1, "longest_overdue": 5, "suspended": 1, "returned": 1,
        "stopped_overdue": 1, "original_overdue": 1,
    },
    ("leaders", ""): {
        "carried_over": 2, "completed_late": 1, "open_undated": 1, "oldest_undated": 45,
        "not_updated": 1, "original_completed_late": 1,
    },
    ("competences", "Đất đai"): {
        "carried_over": 1, "new": 1, "awaiting_in_time": 1, "overdue": 1, "overdue_from_31": 1,
        "longest_overdue": 34, "not_updated": 1, "urged": 1, "original_overdue": 1,
    },
    ("priorities", "key"): {
        "new": 2, "awaiting_late": 1, "overdue": 1, "overdue_from_1": 1, "longest_overdue": 5,
        "original_overdue": 1,
    },
    ("authorities", "UBND thành phố"): {
        "carried_over": 1, "completed_late": 1, "original_completed_late": 1,
    },
}  # fmt: skip


@pytest.mark.parametrize(("by", "name"), GROUPED)
def test_the_same_tasks_by_leader_competence_priority_and_authority(month, by, name):
    """Rule 8.5: every grouping, by hand."""
    key = "code" if by == "priorities" else "name"
    row = next(each for each in month.figures[by] if each[key] == name)

    assert {column: n for column, n in row["counts"].items() if n} == GROUPED[by, name]


def test_the_change_against_the_last_period(month):
    """Rule 8.5: in October one task was completed and one was open past its day; a year ago
    there was no work.
    """
    table = change(month.figures)

    assert [str(cell) for cell in table.total] == ["4", "1", "+3", "1", "0", "+1", "2", "1", "+1"]
    assert month.figures["year_before"] is None


def test_age_updating_extensions_and_urgings_stand_by_leader_too(month):
    """Rule 8.5: late, without news, extended, urged; what one helps with is the agencies'."""
    table = age(month.figures, "leaders")

    chair = next(line for line in table.lines if line.name == "Lê Minh Khuê")
    told = {head.key: cell for head, cell in zip(table.heads, chair.cells, strict=True) if cell}
    assert told == {
        "overdue_from_31": 1, "longest": 34, "not_updated": 1, "extended": 1, "urged": 1,
    }  # fmt: skip
    assert not any(head.is_helped for head in table.heads)


@pytest.mark.parametrize(
    ("by", "name", "cells"),
    [
        ("leaders", "Lê Minh Khuê", ["2", "0", "+2", "0", "0", "0", "1", "1", "0"]),
        ("authorities", "UBND thành phố", ["1", "0", "+1", "1", "0", "+1", "0", "0", "0"]),
        ("competences", "Đất đai", ["0", "0", "0", "0", "0", "0", "1", "1", "0"]),
        ("priorities", "trọng tâm", ["0", "0", "0", "0", "0", "0", "1", "0", "+1"]),
    ],
)
def test_the_change_stands_by_every_grouping(month, by, name, cells):
    """Rule 8.5: per authority, leader, competence and priority as per agency."""
    lines = {line.name: line for line in change(month.figures, by).lines}

    assert [str(cell) for cell in lines[name].cells] == cells


def test_a_report_frozen_before_that_compares_agencies_only(month):
    """Rule 8.4: what is frozen reads the same for ever."""
    month.figures["before"].pop("leaders")

    assert change(month.figures, "leaders") is None
    assert change(month.figures) is not None


def test_page_paper_and_workbook_have_the_tables_of_every_grouping(month):
    """Rules 8.5, 8.8: age and change by five groupings beside the results."""
    tables = all_tables(month.figures)
    titles = {table.title for table in tables}

    assert len(titles) == len(tables)
    for by in GROUPINGS:
        assert {results(month.figures, by).title, age(month.figures, by).title} <= titles, by
        assert change(month.figures, by).title in titles, by
    on_paper = {appendix.title for appendix in report_paper(month).appendices}
    assert titles - on_paper == {results(month.figures, "authorities").title}


def test_agencies_by_number_overdue_show_counts_and_no_rate_below_the_minimum(month):
    """Rules 8.5, 8.7: two overdue of four fallen due; fewer than five are not ranked by rate."""
    table = by_overdue(month.figures)

    assert [line.code for line in table.lines] == ["tnmt"]
    assert [str(cell) for cell in table.lines[0].cells] == ["2", "34", "0", "2", "4", "-"]


def test_agencies_stand_in_official_order(month):
    """Rule 8.5: official order, departments before communes."""
    assert [each["code"] for each in month.figures["agencies"]] == ["tnmt", "vhtt", "quang-trung"]


def test_authorities_are_counted_apart(month):
    """Rule 8.5: what the city assigned stands apart from the district's own."""
    counts = {each["code"]: each["counts"] for each in month.figures["authorities"]}

    assert counts["thanh-pho"]["carried_over"] == counts["thanh-pho"]["completed_late"] == 1
    assert counts["chu-tich-huyen"]["carried_over"] == 4


def test_overdue_rows_name_days_and_head(month):
    """Rule 8.5: overdue tasks with their days, and the head who answers for the agency."""
    overdue = [row for row in frozen_rows(month, "tasks") if row["exit"] == "overdue"]

    assert sorted(row["days_overdue"] for row in overdue) == [5, 34]
    assert month.figures["agencies"][0]["head"] == "Nguyễn Văn Minh"


def test_the_workbook_lists_every_kind_of_row(month):
    """Rule 8.8: poor replies, and papers of criticism and praise by their day, too."""
    book = load_workbook(report_xlsx(month))

    poor, papers = book["Trả lời kém chất lượng"], book["Nhắc nhở, phê bình, biểu dương"]

    assert [cell.value for cell in poor[6]][3] == "UBND xã Quang Trung"
    assert {row[4].value.split(": ")[1] for row in papers.iter_rows(min_row=6)} == {
        "Phê bình",
        "Biểu dương, khen thưởng",
    }
    assert papers["F6"].value.date() == date(2026, 11, 10)


def test_the_narrative_says_the_same_figures(month):
    """Rules 8.7, 8.8: written from the figures; the base of the rate is named."""
    from reports.narrative import read

    text = read(month.narrative, month.figures)

    assert text["assigned"] == (
        "Tổng số nhiệm vụ trong kỳ là 12, trong đó kỳ trước chuyển sang 05, giao mới 07."
    )
    # 2 on time of 2 on time + 1 late + 2 overdue + 1 suspended when overdue.
    assert "Tỷ lệ hoàn thành đúng hạn là 33,3%, tính trên 06 nhiệm vụ" in text["rate"]
    assert "gồm 03 nhiệm vụ có thời hạn đã hoàn thành, 02 nhiệm vụ" in text["rate"]
    assert "01 nhiệm vụ đã quá hạn khi trả lại" in text["rate"]
    assert "Phòng Tài nguyên và Môi trường (02 nhiệm vụ, lâu nhất 34 ngày)" in text["late"]
