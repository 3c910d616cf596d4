"""Tables that give work: "phụ lục giao nhiệm vụ", one task a row."""

import re

from tasks.reader.agents import agents_at
from tasks.reader.instructions import Unit
from tasks.reader.layout import Paragraph

Span = tuple[int, int]
LINES_A_ROW = 6

COLUMNS = (
    ("coordinating", re.compile(r"phối\s+hợp", re.I)),
    (
        "lead",
        re.compile(
            r"chủ\s+trì|(?:đơn\s+vị|cơ\s+quan|người|cá\s+nhân|bộ\s+phận)\s+(?:được\s+giao|thực\s+hiện|"
            r"phụ\s+trách|tham\s+mưu)|đầu\s+mối|trách\s+nhiệm|phân\s+công",
            re.I,
        ),
    ),
    ("deadline", re.compile(r"thời\s+(?:gian|hạn)|tiến\s+độ|hoàn\s+thành", re.I)),
    ("product", re.compile(r"sản\s+phẩm|kết\s+quả", re.I)),
    ("text", re.compile(r"nhiệm\s+vụ|nội\s+dung|công\s+việc|giải\s+pháp", re.I)),
    ("number", re.compile(r"^\s*(?:S?TT|TT|Số\s+TT|№)\s*$", re.I)),
)


def cells(row: Paragraph) -> list[Span]:
    """The places of a row's cells, blanks at their ends left out."""
    spans, start = [], row.start
    if row.text.startswith("|"):
        spans.append((start, start))  # an empty first cell lost its blanks
        start += 1
    for piece in re.split(r"(?<=\s)\|(?=\s|$)", row.text[start - row.start :]):
        text = piece.strip()
        offset = start + len(piece) - len(piece.lstrip())
        spans.append((offset, offset + len(text)))
        start += len(piece) + 1
    return spans


def whole_rows(paragraphs: list[Paragraph], text: str) -> list[Paragraph]:
    """The rows of tables; one whose cell runs over several lines is put together again.

    The row that heads the table says how many cells make a whole one.
    """
    rows: list[Paragraph] = []
    width = 0
    pending: Paragraph | None = None
    for paragraph in paragraphs:
        begins = paragraph.is_row and (paragraph.text.startswith("|") or len(cells(paragraph)) > 2)
        if pending is not None and begins:
            rows.append(pending)
            pending = None
        if pending is not None:
            paragraph = Paragraph(text[pending.start : paragraph.end], pending.start)
            pending = None
        elif not paragraph.is_row:
            continue
        if read_header(paragraph, text):
            width = len(cells(paragraph))
        count = len(cells(paragraph))
        if width and 1 < count < width and paragraph.text.count("\n") < LINES_A_ROW:
            pending = paragraph
            continue
        rows.append(paragraph)
    return [*rows, pending] if pending is not None else rows


def read_header(row: Paragraph, text: str) -> dict[str, int] | None:
    """Which column holds what, when the row heads a table of tasks."""
    found: dict[str, int] = {}
    for index, (start, end) in enumerate(cells(row)):
        for name, pattern in COLUMNS:
            if pattern.search(text[start:end]) and name not in found:
                found[name] = index
                break
    return found if "text" in found and "lead" in found else None


def task_rows(paragraphs: list[Paragraph], text: str) -> list[Unit]:
    """The tasks of every table that has a column for the work and one for who leads it."""
    units: list[Unit] = []
    columns: dict[str, int] | None = None
    count = 0
    for row in whole_rows(paragraphs, text):
        header = read_header(row, text)
        if header:
            columns = header
            continue
        if columns is None:
            continue
        spans = cells(row)
        values = {
            name: spans[index]
            for name, index in columns.items()
            if index < len(spans) and spans[index][0] < spans[index][1]
        }
        wording, lead = values.get("text"), values.get("lead")
        if not wording or not lead or re.fullmatch(r"\(?[\dIVX.]+\)?", text[slice(*wording)]):
            continue
        count += 1
        found = agents_at(text, lead[0], any_noun=True, stop=lead[1])
        leads = list(found.spans) if found and found.end >= lead[1] - 2 else _lines(text, lead)
        fields = {
            name: values[name] for name in ("coordinating", "deadline", "product") if name in values
        }
        number = text[slice(*values["number"])].strip(" .") if "number" in values else ""
        path = f"PL.{number or count}"
        units.append(Unit(path, wording[0], wording[1], leads, False, {**fields, "lead": lead}))
    return units


def _lines(text: str, span: Span) -> list[Span]:
    """The lines of a cell, one name each ("Vũ Văn A", "Đỗ Thị B")."""
    start, end = span
    return [
        (start + line.start(), start + line.end())
        for line in re.finditer(r"[^\s;,][^\n]*[^\s;,]", text[start:end])
    ]
