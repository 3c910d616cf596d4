"""Reading a workbook as people see it (issue 5, point 14)."""

import io
from datetime import datetime

import pytest
from openpyxl import Workbook

from tasks.importing.sheet import MOST_ROWS, read_sheets, sheets_of
from tasks.reader.errors import UnreadableFile
from tests.samples.lists import present_list, saved, workbook


def rows_of(data: bytes, name: str = "danh-sach.xlsx") -> list[tuple]:
    return [row.cells for row in sheets_of(data, name)[0].rows]


def test_cells_read_as_people_see_them() -> None:
    """Rule 3.1: days as Vietnam writes them, an hour when there is one; 40% stays 40%."""
    book = Workbook()
    hour = datetime(2026, 12, 20, 16)
    book.active.append([1, 2.0, datetime(2026, 12, 20), hour, 0.4, "  Rà  soát \n hồ sơ ", True])
    book.active["E1"].number_format = "0%"

    assert rows_of(saved(book)) == [
        ("1", "2", "20/12/2026", "16:00 20/12/2026", "40%", "Rà soát\nhồ sơ", "x")
    ]


def test_a_cell_merged_over_rows_belongs_to_each_of_them() -> None:
    """Offices write the document once beside all tasks it gave."""
    book = Workbook()
    for row in (["a", "Công văn 12"], ["b", None], ["c", "Công văn 13"]):
        book.active.append(row)
    book.active.merge_cells("B1:B2")

    assert rows_of(saved(book))[1] == ("b", "Công văn 12")


def test_empty_rows_are_passed_over_and_numbers_stay() -> None:
    """A finding names the row as Excel shows it."""
    rows = sheets_of(workbook(["a"], [], [], ["b"]), "x.xlsx")[0].rows

    assert [(row.number, row.cells) for row in rows] == [(1, ("a",)), (4, ("b",))]


def test_hidden_rows_and_sheets_are_read_and_marked() -> None:
    """Rule 11: no work is lost because a filter hid it."""
    sheets = sheets_of(present_list(), "x.xlsx")

    assert [sheet.name for sheet in sheets] == ["Ghi chú", "Theo dõi 2026"]
    assert [row.number for row in sheets[1].rows if row.is_hidden] == [13]


def test_a_sheet_formatted_to_the_bottom_is_read_fast() -> None:
    """A million rows with a style and no word are no list."""
    book = Workbook()
    book.active.append(["a"])
    book.active.cell(row=1_048_576, column=1).number_format = "0%"

    assert rows_of(saved(book)) == [("a",)]


def test_more_rows_than_the_limit_are_said_not_cut_silently() -> None:
    """Issue 5: up to 5,000 rows, a clear message when more."""
    values = "\n".join(f"việc {n}" for n in range(MOST_ROWS + 1)).encode()

    (sheet,) = sheets_of(values, "x.csv")

    assert (len(sheet.rows), sheet.is_too_long) == (MOST_ROWS, True)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_values_with_separators_are_a_list_too(encoding) -> None:
    """Excel in Vietnam saves .csv with semicolons."""
    data = 'STT;Nội dung\n1;"Rà soát; báo cáo"\n'.encode(encoding)

    assert rows_of(data, "x.csv") == [("STT", "Nội dung"), ("1", "Rà soát; báo cáo")]


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "x.xlsx", "empty"),
        (b"PK\x03\x04 broken", "x.xlsx", "damaged"),
        (b"%PDF-1.7", "x.xlsx", "wrong_type"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "x.xls", "wrong_type"),
        (workbook(), "x.xlsx", "empty"),
        (b"\n\n", "x.csv", "empty"),
        (workbook(["MẬT"], ["STT", "Nội dung"]), "x.xlsx", "secret"),
    ],
    ids=[
        "nothing",
        "broken zip",
        "a PDF",
        "an old .xls",
        "an empty sheet",
        "empty lines",
        "marked secret",
    ],
)
def test_what_is_no_list_is_refused_by_a_code(data, name, code) -> None:
    """Issue 5: nothing but `UnreadableFile` comes out of the sandbox."""
    with pytest.raises(UnreadableFile) as refused:
        read_sheets(data, name)

    assert refused.value.code == code


def test_the_child_process_reads_the_same() -> None:
    """traps.md: a file of unknown origin is parsed in a process of its own."""
    data = present_list()

    assert read_sheets(data, "x.xlsx") == sheets_of(data, "x.xlsx")


def test_a_sheet_that_expands_without_end_is_refused() -> None:
    """traps.md: an .xlsx can be a zip bomb."""
    import zipfile

    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 30_000_000)

    with pytest.raises(UnreadableFile) as refused:
        read_sheets(stream.getvalue(), "x.xlsx")

    assert refused.value.code == "zip_bomb"
