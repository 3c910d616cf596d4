"""Tables that give work: "phụ lục giao nhiệm vụ", one task a row."""

import re

from tasks.reader.agents import agents_at
from tasks.reader.flat_tables import COLUMNS
from tasks.reader.layout import Paragraph
from tasks.reader.partners import coordinating
from tasks.reader.units import Unit

Span = tuple[int, int]
LINES_A_ROW = 6

FIELDS = ("coordinating", "deadline", "product")
LONGEST_LABEL = 60


def one_line(lines: list[str]) -> str:
    """A cell's lines as one; short ones are a list of names, which commas of its own keep apart."""
    lines = [re.sub(r"\s+", " ", line).strip() for line in lines]
    lines = [line for line in lines if line]
    if len(lines) > 1 and all(len(line) < LONGEST_LABEL for line in lines):
        bare = [re.sub(r"^[-–•+*]\s*", "", line) for line in lines]
        if all(line[:1].isupper() and not line.endswith((",", ":")) for line in bare):
            return "; ".join(line.rstrip(" ;.") for line in bare)
    return " ".join(lines)


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


def read_header(row: Paragraph, text: str, above: dict[str, int] | None = None) -> dict[str, int]:
    """Which column holds what, when the row heads a table of tasks; else nothing.

    A heading may run over two rows ("Phân công" above "Chủ trì" and "Phối hợp"): then the lower
    row names nothing but columns, and `above` what stands over it.
    """
    found: dict[str, int] = {}
    filled = 0
    for index, (start, end) in enumerate(cells(row)):
        filled += start < end
        for name, pattern in COLUMNS:
            if end - start < LONGEST_LABEL and pattern.search(text[start:end]):
                found.setdefault(name, index)
                break
    if above is not None and (filled != len(found) or "text" in found):
        return {}
    found = {**(above or {}), **found}
    timed = "deadline" in found or "product" in found
    return found if "text" in found and ("lead" in found or (timed and "number" in found)) else {}


def task_rows(paragraphs: list[Paragraph], text: str) -> list[Unit]:
    """The tasks of every table that has a column for the work and one for who leads it.

    A row with a title alone groups those below it; when it names an agency, that one leads the
    rows which name none.
    """
    units: list[Unit] = []
    columns: dict[str, int] = {}
    heading = False
    group, leader = "", []
    count = 0
    seen: set[str] = set()
    for row in whole_rows(paragraphs, text):
        header = read_header(row, text) or (read_header(row, text, columns) if heading else {})
        if header:
            columns, heading, group, leader = header, True, "", []
            continue
        heading = False
        if not columns:
            continue
        spans = cells(row)
        values = {
            name: spans[index]
            for name, index in columns.items()
            if index < len(spans) and spans[index][0] < spans[index][1]
        }
        number = text[slice(*values["number"])].strip(" .") if "number" in values else ""
        wording, lead = values.get("text"), values.get("lead")
        filled = [span for span in spans if span[0] < span[1] and text[slice(*span)] != number]
        if len(filled) == 1 and not lead:
            title = filled[0]
            named = agents_at(text, _after_mark(text, title), any_noun=True, stop=title[1])
            if named and named.end >= title[1] - 2:
                leader = list(named.spans)
            elif "lead" in columns or not wording:
                leader = []
            if leader or "lead" in columns or not wording:
                mark = re.match(r"[IVX]+\b|[A-Z](?=[.)])", number or text[slice(*title)])
                group = f"{mark[0]}." if mark else ""
                continue
        if not wording or re.fullmatch(r"\(?[\dIVX.]+\)?", text[slice(*wording)]):
            continue
        if not lead and not leader:
            continue
        count += 1
        leads = _leads(text, lead) if lead else leader
        fields = {name: values[name] for name in FIELDS if name in values}
        path = f"PL.{group}{number or count}"
        if path in seen:
            path = f"{path}-{count}"
        seen.add(path)
        partners = coordinating(text, *lead) if lead else []
        if lead:
            fields["lead"] = lead
        units.append(Unit(path, *wording, leads, not lead, fields, partners))
    return units


def _leads(text: str, cell: Span) -> list[Span]:
    """Who is named in the cell of those who lead: "X chủ trì, phối hợp với Y" names X."""
    found = agents_at(text, cell[0], any_noun=True, stop=cell[1])
    rest = text[found.end : cell[1]].strip() if found else ""
    if found and (len(rest) < 2 or re.match(r"(?:chủ\s+trì|phối\s+hợp)\b", rest)):
        return list(found.spans)
    return _lines(text, cell)


def _after_mark(text: str, cell: Span) -> int:
    mark = re.match(r"(?:[IVX]+|[A-Z]|\d+)[.)]\s+", text[slice(*cell)])
    return cell[0] + mark.end() if mark else cell[0]


def _lines(text: str, span: Span) -> list[Span]:
    """The lines of a cell, one name each ("Vũ Văn A", "Đỗ Thị B")."""
    start, end = span
    return [
        (start + line.start(), start + line.end())
        for line in re.finditer(r"[^\s;,][^\n;]*[^\s;,]", text[start:end])
    ]
