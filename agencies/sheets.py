"""Workbooks (.xlsx) of many rows: written row by row, safe to open, dates as dates."""

import re
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from agencies.deadlines import ZONE

# What a spreadsheet program would take for a formula (and run) stays text.
FORMULA = re.compile(r"^[=+\-@\t\r]")
LONGEST_TEXT = 32_767
A4 = 9
FONT = "Times New Roman"
LINE = Side(style="thin", color="999999")
BOX = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)
TITLE = {"font": Font(name=FONT, size=14, bold=True)}
NOTE = {"font": Font(name=FONT, size=11, italic=True)}
HEADING = {
    "font": Font(name=FONT, size=12, bold=True),
    "fill": PatternFill("solid", fgColor="F0EEEB"),
    "alignment": Alignment(horizontal="center", vertical="center", wrap_text=True),
    "border": BOX,
}
BODY = {
    "font": Font(name=FONT, size=12),
    "alignment": Alignment(vertical="top", wrap_text=True),
    "border": BOX,
}


@dataclass(frozen=True)
class Column:
    """One column: its heading and its width in characters."""

    heading: str
    width: float = 14


@dataclass(frozen=True)
class Sheet:
    """A title, notes, a header and rows, which are taken one by one."""

    name: str
    title: str
    notes: Sequence[str]
    columns: Sequence[Column]
    rows: Iterable[Sequence[Any]]


@dataclass(frozen=True)
class Percent:
    """A part of a whole, written as a number in percent; None where there is no whole."""

    value: float | None


def write_sheet(
    *,
    name: str,
    title: str,
    notes: Sequence[str],
    columns: Sequence[Column],
    rows: Iterable[Sequence[Any]],
) -> IO[bytes]:
    """Write a workbook of one sheet; see `write_book`."""
    return write_book([Sheet(name, title, notes, columns, rows)])


def write_book(sheets: Iterable[Sheet]) -> IO[bytes]:
    """Write a workbook to a temporary file and return it, rewound.

    Rows are taken and written one by one, so memory does not grow with them; the file is gone
    when it is closed.
    """
    book = Workbook(write_only=True)
    for sheet in sheets:
        _write(book, sheet)
    file = tempfile.TemporaryFile()  # noqa: SIM115 (who sends it closes it)
    book.save(file)
    file.seek(0)
    return file


def _write(book: Workbook, told: Sheet) -> None:
    sheet = book.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", told.name)[:31])
    _lay_out(sheet, told.columns, header_row=len(told.notes) + 3)
    sheet.append([_cell(sheet, told.title, TITLE)])
    for note in told.notes:
        sheet.append([_cell(sheet, note, NOTE)])
    sheet.append([])
    sheet.append([_cell(sheet, column.heading, HEADING) for column in told.columns])
    for row in told.rows:
        sheet.append([_cell(sheet, value, BODY) for value in row])


def _lay_out(sheet: Any, columns: Sequence[Column], *, header_row: int) -> None:
    """Keep the header in sight and on every printed page, A4 across."""
    sheet.freeze_panes = f"A{header_row + 1}"
    sheet.print_title_rows = f"{header_row}:{header_row}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", A4
    sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage = 0, True
    for place, column in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = column.width


def _cell(sheet: Any, value: Any, styles: Mapping[str, Any]) -> WriteOnlyCell:
    """Return a cell: days and instants as dates, numbers as numbers, all else as text."""
    cell = WriteOnlyCell(sheet)
    for name, style in styles.items():
        setattr(cell, name, style)
    match value:
        case datetime():
            cell.value = value.astimezone(ZONE).replace(tzinfo=None)
            cell.number_format = "dd/mm/yyyy hh:mm"
        case date():
            cell.value, cell.number_format = value, "dd/mm/yyyy"
        case int() | float() | None:
            cell.value = value
        case Percent():
            cell.value, cell.number_format = value.value, "0.0%"
        case _:
            _put_text(cell, str(value))
    return cell


def _put_text(cell: WriteOnlyCell, text: str) -> None:
    text = ILLEGAL_CHARACTERS_RE.sub("", text)[:LONGEST_TEXT]
    cell.value = text
    cell.data_type = "s"
    cell.quotePrefix = bool(FORMULA.match(text))
