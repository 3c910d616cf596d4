"""The rows of a workbook as people see them, read in a bounded process of its own.

Pure: no model, no setting. A cell is its text: days as Vietnam writes them, whole numbers without
".0". A cell merged over several rows is given to each of them.
"""

import csv
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Self
from xml.etree.ElementTree import iterparse

from openpyxl import load_workbook
from openpyxl.utils.cell import range_boundaries

from tasks.reader.bounded import answer_parent, in_a_child, request_from_parent
from tasks.reader.errors import UnreadableFile
from tasks.reader.gate import check_zip, file_type
from tasks.reader.secrecy import refuse_secret

MOST_ROWS = 5_000
MOST_COLUMNS = 60
MOST_SHEETS = 50
LONGEST_CELL = 5_000
# Formatted to the bottom, a sheet has a million rows without a word: stop after so many.
EMPTY_ROWS_END = 1_000
# Where a marking (mật, tối mật, tuyệt mật) stands: above the table.
HEADING_ROWS, HEADING_CELLS = 6, 60
NAMESPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@dataclass(frozen=True)
class Row:
    """One row that has any text; `number` is its own in the sheet."""

    number: int
    cells: tuple[str, ...]
    is_hidden: bool = False


@dataclass(frozen=True)
class Sheet:
    """One sheet of a workbook; `is_too_long` when rows past the limit were not read."""

    name: str
    rows: tuple[Row, ...]
    is_hidden: bool = False
    is_too_long: bool = False

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """The sheet as the child process wrote it."""
        rows = tuple(Row(**{**row, "cells": tuple(row["cells"])}) for row in data["rows"])
        return cls(**{**data, "rows": rows})


def read_sheets(data: bytes, filename: str) -> list[Sheet]:
    """Read every sheet of an .xlsx or .csv of unknown origin; raises only `UnreadableFile`."""
    _check(data, filename)
    answer = in_a_child(__name__, {"filename": filename}, data)
    if "refused" in answer:
        raise UnreadableFile(answer["refused"])
    return [Sheet.from_json(sheet) for sheet in answer["sheets"]]


def _check(data: bytes, filename: str) -> None:
    """Refuse by content what is no workbook and no list of values."""
    if data.startswith(b"PK"):
        if check_zip(data) != "xlsx":
            raise UnreadableFile("wrong_type")
    elif not filename.lower().endswith(".csv"):
        file_type(data, filename)  # says why: empty, damaged, locked, of the old kind
        raise UnreadableFile("wrong_type")


def sheets_of(data: bytes, filename: str) -> list[Sheet]:
    """The sheets of a file that was checked; raises only `UnreadableFile`."""
    try:
        sheets = _workbook(data) if data.startswith(b"PK") else [_values(data)]
    except MemoryError:
        raise UnreadableFile("too_slow") from None
    except Exception:
        # openpyxl raises errors of many kinds for packages that only look like workbooks.
        raise UnreadableFile("damaged") from None
    if not any(sheet.rows for sheet in sheets):
        raise UnreadableFile("empty")
    for sheet in sheets:
        heading = [cell for row in sheet.rows[:HEADING_ROWS] for cell in row.cells]
        refuse_secret("\n".join(heading[:HEADING_CELLS]))
    return sheets


def _workbook(data: bytes) -> list[Sheet]:
    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    found = []
    for sheet in book.worksheets[:MOST_SHEETS]:
        sheet.reset_dimensions()  # some programs write wrong ones
        rows = list(_rows(sheet.iter_rows(max_col=MOST_COLUMNS)))
        hidden, merged = _layout(data, sheet._worksheet_path)
        _spread(rows, merged)
        kept, is_too_long = _filled(enumerate(rows, start=1), hidden)
        found.append(Sheet(sheet.title, kept, sheet.sheet_state != "visible", is_too_long))
    return found


def _rows(rows: Iterable[tuple]) -> Iterator[list[str]]:
    """The texts of each row, until nothing has come for long."""
    empty = 0
    for row in rows:
        cells = [_shown(cell) for cell in row]
        empty = 0 if any(cells) else empty + 1
        if empty > EMPTY_ROWS_END:
            return
        yield cells


def _layout(data: bytes, path: str) -> tuple[set[int], list[tuple[int, int, int, int]]]:
    """Hidden rows and merged ranges, which openpyxl leaves out when it only reads."""
    hidden: set[int] = set()
    merged: list[tuple[int, int, int, int]] = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(path.lstrip("/")) as source:
        number = 0
        for _event, element in iterparse(source):
            if element.tag == f"{NAMESPACE}row":
                number = int(element.get("r") or number + 1)
                if element.get("hidden") in ("1", "true"):
                    hidden.add(number)
                element.clear()
            elif element.tag == f"{NAMESPACE}mergeCell":
                merged.append(range_boundaries(element.get("ref", "A1")))
    return hidden, merged


def _spread(rows: list[list[str]], merged: Iterable[tuple[int, int, int, int]]) -> None:
    """Give a cell merged over several rows to each of them, in its first column."""
    for column, first, _last_column, last in merged:
        if first > len(rows) or column > len(rows[first - 1]):
            continue
        text = rows[first - 1][column - 1]
        for row in rows[first:last]:
            row.extend([""] * (column - len(row)))
            row[column - 1] = text


def _filled(
    numbered: Iterable[tuple[int, list[str]]], hidden: set[int]
) -> tuple[tuple[Row, ...], bool]:
    """The rows with any text, up to the limit, and whether there were more."""
    found = []
    for number, cells in numbered:
        if not any(cells):
            continue
        if len(found) == MOST_ROWS:
            return tuple(found), True
        found.append(Row(number, tuple(_trimmed(cells)), number in hidden))
    return tuple(found), False


def _trimmed(cells: list[str]) -> list[str]:
    while cells and not cells[-1]:
        cells = cells[:-1]
    return cells


def _values(data: bytes) -> Sheet:
    """A list of comma separated values, as Excel in Vietnam saves it: mostly with semicolons."""
    text = _decoded(data)
    beginning = text[:5_000]
    delimiter = max(";,\t", key=beginning.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    cells = ([_tidy(cell) for cell in row[:MOST_COLUMNS]] for row in rows)
    kept, is_too_long = _filled(enumerate(cells, start=1), set())
    return Sheet("", kept, is_too_long=is_too_long)


def _decoded(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1258")


def _shown(cell: Any) -> str:
    """A cell as a person sees it."""
    value = cell.value
    if value is None or value is False:
        return ""
    if isinstance(value, bool):
        return "x"
    if isinstance(value, datetime | date | time | timedelta):
        return _moment(value)
    if isinstance(value, int | float):
        return _number(value, str(cell.number_format or ""))
    return _tidy(str(value))


def _moment(value: datetime | date | time | timedelta) -> str:
    if isinstance(value, datetime):
        value = (value + timedelta(seconds=30)).replace(second=0, microsecond=0)
        day = f"{value:%d/%m}/{value.year:04}"
        return day if value.time() == time.min else f"{value:%H:%M} {day}"
    if isinstance(value, date):
        return f"{value:%d/%m}/{value.year:04}"
    return f"{value:%H:%M}" if isinstance(value, time) else str(value)


def _number(value: int | float, number_format: str) -> str:
    if "%" in number_format:
        return f"{value * 100:.10g}%".replace(".", ",")
    return f"{value:.15g}".replace(".", ",")


def _tidy(text: str) -> str:
    """Composed letters, single spaces; the lines within a cell stay lines."""
    text = unicodedata.normalize("NFC", text[:LONGEST_CELL].replace("_x000D_", ""))
    text = "".join(c for c in text if c in "\r\n\t" or unicodedata.category(c)[0] != "C")
    lines = (re.sub(r"\s+", " ", line).strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def main() -> None:
    """The child: read one file from standard input, print its sheets."""
    request, data = request_from_parent()
    try:
        answer = {"sheets": [asdict(one) for one in sheets_of(data, request["filename"])]}
    except UnreadableFile as refusal:
        answer = {"refused": refusal.code}
    answer_parent(answer)


if __name__ == "__main__":
    main()
