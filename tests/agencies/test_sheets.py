"""Workbooks that are safe to open: text stays text, dates are dates (issue 5, point 6)."""

from datetime import date

import pytest
from openpyxl import load_workbook

from agencies.sheets import Column, write_sheet
from tests.factories import moment


def written(rows, notes=("Tính đến 09:00 10/11/2026",)):
    """Return the sheet as a spreadsheet program reads it."""
    with write_sheet(
        name="Nhiệm vụ", title="Danh sách", notes=notes, columns=[Column("Nội dung")], rows=rows
    ) as file:
        return load_workbook(file).active


@pytest.mark.parametrize(
    "text", ["=1+1", "+84", "-1", "@SUM(A1)", '=HYPERLINK("http://x")', "\t=1"]
)
def test_what_looks_like_a_formula_stays_text(text) -> None:
    """Somebody else's words are never run when the list is opened."""
    cell = written([[text]])["A5"]

    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)


def test_days_and_instants_are_dates_of_the_offices_zone() -> None:
    """Dates sort and filter as dates."""
    sheet = written([[date(2026, 11, 10), moment("2026-11-10", 16)]])

    assert (sheet["A5"].is_date, sheet["A5"].number_format) == (True, "dd/mm/yyyy")
    assert sheet["B5"].value == moment("2026-11-10", 16).replace(tzinfo=None)


def test_notes_stand_above_a_header_that_stays_in_sight() -> None:
    """The filters and the instant above the table; the header on every printed page."""
    sheet = written([["a"]], notes=("Một", "Hai"))

    assert [sheet[f"A{row}"].value for row in range(1, 6)] == [
        "Danh sách",
        "Một",
        "Hai",
        None,
        "Nội dung",
    ]
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("A6", "$5:$5")


def test_characters_a_workbook_cannot_hold_are_left_out() -> None:
    """A stray control character spoils no export."""
    assert written([["a\x00b\x0bc"]])["A5"].value == "abc"
