"""Tables that give work: "phụ lục giao nhiệm vụ", one task a row."""

import re

from tasks.reader.agents import agents_at
from tasks.reader.instructions import Unit
from tasks.reader.layout import Paragraph

Span = tuple[int, int]

COLUMNS = (
    ("coordinating", re.compile(r"phối\s+hợp", re.I)),
    (
        "lead",
        re.compile(r"chủ\s+trì|(?:đơn\s+vị|cơ\s+quan)\s+thực\s+hiện|đầu\s+mối|trách\s+nhiệm", re.I),
    ),
    ("deadline", re.compile(r"thời\s+(?:gian|hạn)|tiến\s+độ|hoàn\s+thành", re.I)),
    ("product", re.compile(r"sản\s+phẩm|kết\s+quả", re.I)),
    ("text", re.compile(r"nhiệm\s+vụ|nội\s+dung|công\s+việc|giải\s+pháp", re.I)),
    ("number", re.compile(r"^\s*(?:S?TT|TT|Số\s+TT|№)\s*$", re.I)),
)


def cells(row: Paragraph) -> list[Span]:
    """The places of a row's cells, blanks at their ends left out."""
    spans, start = [], row.start
    for piece in re.split(r"(?<=\s)\|(?=\s|$)", row.text):
        text = piece.strip()
        offset = start + len(piece) - len(piece.lstrip())
        spans.append((offset, offset + len(text)))
        start += len(piece) + 1
    return spans


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
    for row in paragraphs:
        if not row.is_row:
            continue
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
        leads = list(found.spans) if found and found.end >= lead[1] - 2 else [lead]
        fields = {
            name: values[name] for name in ("coordinating", "deadline", "product") if name in values
        }
        number = text[slice(*values["number"])].strip(" .") if "number" in values else ""
        path = f"PL.{number or count}"
        units.append(Unit(path, wording[0], wording[1], leads, False, {**fields, "lead": lead}))
    return units
