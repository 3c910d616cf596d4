"""Text out of a .xlsx appendix: every sheet's rows, " | " between the cells."""

import io
import posixpath
import zipfile
from datetime import datetime

from lxml import etree
from openpyxl import load_workbook
from openpyxl.utils import range_boundaries

from tasks.reader.errors import UnreadableFile
from tasks.reader.tables import one_line

MOST_ROWS = 5000
TABLE_BEGINS = 3
"""The first row with so many filled cells heads the table; titles stand above it."""
PARTS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def extract(data: bytes) -> str:
    """One line a row; a title above the table is a plain line."""
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        merged = _merged(data)
        lines = [
            line
            for sheet in book.worksheets
            for line in _lines(sheet, merged.get(sheet.title, set()))
        ]
    except Exception:
        # openpyxl raises errors of many kinds for packages that only look like workbooks.
        raise UnreadableFile("damaged") from None
    return "\n".join(lines)


def _lines(sheet, merged: set[tuple[int, int]]) -> list[str]:
    """A sheet's rows; a cell merged over rows speaks in each of them, as in a Word table."""
    lines: list[str] = []
    above: list[str] = []
    in_table = False
    for number, row in enumerate(sheet.iter_rows(max_row=MOST_ROWS, values_only=True), 1):
        cells = [_shown(value) for value in row]
        for column in range(min(len(cells), len(above))):
            if (number, column) in merged and not cells[column]:
                cells[column] = above[column]
        above = cells
        filled = [cell for cell in cells if cell]
        in_table = in_table or len(filled) >= TABLE_BEGINS
        if in_table and filled:
            lines.append(" | ".join(cells))
        elif filled:
            lines += filled
    return lines


def _merged(data: bytes) -> dict[str, set[tuple[int, int]]]:
    """By sheet, the places that a cell merged over rows covers below its first row.

    openpyxl tells them only after loading a workbook whole, which a large one's memory forbids.
    """
    found: dict[str, set[tuple[int, int]]] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        links = etree.fromstring(package.read("xl/_rels/workbook.xml.rels"), _safe())
        targets = {link.get("Id"): link.get("Target") for link in links.iter(PARTS)}
        book = etree.fromstring(package.read("xl/workbook.xml"), _safe())
        for sheet in book.iter(f"{MAIN}sheet"):
            part = posixpath.join("/xl", targets.get(sheet.get(LINK), "")).lstrip("/")
            with package.open(part) as stream:
                found[sheet.get("name")] = _covered(stream)
    return found


def _covered(stream) -> set[tuple[int, int]]:
    covered: set[tuple[int, int]] = set()
    for _, element in etree.iterparse(stream, resolve_entities=False):
        if element.tag == f"{MAIN}mergeCell":
            left, top, _, bottom = range_boundaries(element.get("ref"))
            covered |= {(row, left - 1) for row in range(top + 1, min(bottom, MOST_ROWS) + 1)}
        element.clear()
    return covered


def _safe() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False)


def _shown(value: object) -> str:
    """A cell as a person sees it: days as Vietnam writes them, whole numbers without ".0"."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return one_line(str(value).split("\n"))
