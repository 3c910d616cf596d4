"""Text out of a .xlsx appendix: every sheet's rows, " | " between the cells."""

import io
import re
from datetime import datetime

from openpyxl import load_workbook

from tasks.reader.errors import UnreadableFile

MOST_ROWS = 5000


def extract(data: bytes) -> str:
    """One line a row; a row of one cell is a plain line, so that titles stay titles."""
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        lines = [
            _line([_shown(value) for value in row])
            for sheet in book.worksheets
            for row in sheet.iter_rows(max_row=MOST_ROWS, values_only=True)
        ]
    except Exception:
        # openpyxl raises errors of many kinds for packages that only look like workbooks.
        raise UnreadableFile("damaged") from None
    return "\n".join(lines)


def _line(cells: list[str]) -> str:
    filled = [cell for cell in cells if cell]
    return filled[0] if len(filled) == 1 else " | ".join(cells) if filled else ""


def _shown(value: object) -> str:
    """A cell as a person sees it: days as Vietnam writes them, whole numbers without ".0"."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return re.sub(r"\s+", " ", str(value)).strip()
