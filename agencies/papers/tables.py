"""Tables of a paper: grouped heads repeated on every page, group rows, a total.

The rows are written as WordprocessingML: python-docx recomputes the whole grid for every cell it
hands out, which takes minutes at a thousand rows.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from math import ceil

from docx.oxml import OxmlElement
from docx.shared import Length, Pt

from agencies.papers.paper import Align, Cell, Column, GroupRow, Row, Table
from agencies.papers.typesetting import element, estimated_width
from agencies.papers.words import clean, figure

_PADDING, _DENSE_PADDING = 70, 40
"""Room at both sides of a cell's text, in twentieths of a point; less where columns are narrow."""
_WIDER = 1.15
"""By how much a word may run wider than its estimate."""
_DENSE = 9
"""The size from which on down a table is dense."""
_KEPT_WHOLE = 10
"""Lines of a row that the end of a page does not part; a longer one would leave half a page empty,
and what is higher than a page would be cut off.
"""


@dataclass(frozen=True, slots=True)
class _Set:
    """How one cell is set: text, look, columns spanned, its part in a vertical merge; text that
    may run over pages stands at the `top`; what `heads` stays with the row
    after it: a group's name with its first row, the last row with the total.
    """

    text: str
    align: Align = Align.LEFT
    bold: bool = False
    italic: bool = False
    span: int = 1
    merge: str = ""
    top: bool = False
    heads: bool = False


def size_for(columns: int, room: Length) -> int:
    """Points for a table's text: the narrower its columns on the average, the smaller."""
    average = room.mm / columns
    if average < 14:
        return 9
    if average < 18:
        return 10
    return 11 if average < 24 else 12


def table_xml(table: Table, room: Length) -> OxmlElement:
    """Write the table as wide as the room, its head marked to repeat on each page."""
    size = size_for(len(table.columns), room)
    padding = _DENSE_PADDING if size <= _DENSE else _PADDING
    widths = _widths(table, room, size, padding)
    made = element("tbl")
    made.append(_properties(sum(widths), padding))
    grid = element("tblGrid")
    for width in widths:
        grid.append(element("gridCol", w=width))
    made.append(grid)
    for cells in head_rows(table.columns):
        made.append(_row(cells, widths, size, head=True))
    if table.index:
        marks = [_Set(text, Align.CENTER, italic=True) for text in table.index]
        made.append(_row(marks, widths, size - 1, head=True))
    rows = list(_body_rows(table))
    longest = [_lines_of(cells, widths, size, padding) for cells in rows]
    if max(longest) > _KEPT_WHOLE:  # prose is read from the top, wherever a page ends
        rows = [[replace(cell, top=True) for cell in cells] for cells in rows]
    for cells, lines in zip(rows, longest, strict=True):
        made.append(_row(cells, widths, size, whole=lines <= _KEPT_WHOLE))
    return made


def head_rows(columns: Sequence[Column]) -> list[list[_Set]]:
    """Join equal neighbours under one parent; a column with fewer parents reaches down."""
    depth = 1 + max(len(column.groups) for column in columns)
    rows = []
    for level in range(depth):
        row: list[_Set] = []
        position = 0
        while position < len(columns):
            column = columns[position]
            path = column.groups[: level + 1]
            span = 1
            if len(path) > level:
                while (
                    position + span < len(columns)
                    and columns[position + span].groups[: level + 1] == path
                ):
                    span += 1
                row.append(_Set(path[-1], Align.CENTER, bold=True, span=span))
            else:
                starts = level == len(column.groups)
                reaches = len(column.groups) < depth - 1
                merge = ("restart" if starts else "continue") if reaches else ""
                text = column.head if starts else ""
                row.append(_Set(text, Align.CENTER, bold=True, merge=merge))
            position += span
        rows.append(row)
    return rows


def _body_rows(table: Table) -> Iterator[list[_Set]]:
    columns = table.columns
    if not table.rows:
        yield [_Set(table.when_empty, Align.CENTER, italic=True, span=len(columns))]
    above: tuple[Cell, ...] | None = None
    for place, row in enumerate(table.rows, start=1):
        match row:
            case GroupRow(text):
                above = None
                yield [_Set(text, bold=True, span=len(columns), heads=True)]
            case Row(cells, bold):
                made = [_cell(*pair, bold=bold) for pair in zip(cells, columns, strict=True)]
                if table.total and place == len(table.rows):
                    made = [replace(cell, heads=True) for cell in made]
                yield _merged(made, cells, above, columns)
                above = cells
    if table.total:
        cells = table.total.cells
        counted = columns[len(columns) - len(cells) :]
        label_span = len(columns) - len(cells)
        yield [
            _Set(table.total.label, Align.CENTER, bold=True, span=label_span),
            *(_cell(*pair, bold=True) for pair in zip(cells, counted, strict=True)),
        ]


def _merged(
    made: list[_Set], cells: Sequence[Cell], above: Sequence[Cell] | None, columns: Sequence[Column]
) -> list[_Set]:
    """Let a merging column's cell continue the equal one above it, else begin a new one."""
    for position, column in enumerate(columns):
        if not column.merges:
            continue
        continues = above is not None and above[position] == cells[position]
        text = "" if continues else made[position].text
        merge = "continue" if continues else "restart"
        made[position] = replace(made[position], text=text, merge=merge, top=True)
    return made


def _cell(value: Cell, column: Column, *, bold: bool) -> _Set:
    if isinstance(value, int | Decimal):
        return _Set(figure(value), column.align or Align.RIGHT, bold=bold)
    return _Set(value or "", column.align or Align.LEFT, bold=bold)


def _widths(table: Table, room: Length, size: int, padding: int) -> list[int]:
    """Each column's share of the room in twentieths of a point, adding up to it; none so narrow
    that a word or figure in it breaks, as long as the room allows.
    """
    columns = table.columns
    twips = round(room.pt * 20)
    least = [width + 2 * padding for width in _longest_words(table, size)]
    widths: dict[int, int] = {}
    if sum(least) <= twips:
        while short := _too_narrow(columns, least, widths, twips):
            widths |= {n: least[n] for n in short}
    left = [n for n in range(len(columns)) if n not in widths]
    rest, shares = twips - sum(widths.values()), sum(columns[n].width for n in left)
    widths |= {n: int(rest * columns[n].width / shares) for n in left}
    found = [widths[n] for n in range(len(columns))]
    found[-1] += twips - sum(found)
    return found


def _too_narrow(
    columns: Sequence[Column], least: Sequence[int], fixed: Mapping[int, int], twips: int
) -> list[int]:
    """Return the columns whose share of what is left is less than they need."""
    left = [n for n in range(len(columns)) if n not in fixed]
    rest, shares = twips - sum(fixed.values()), sum(columns[n].width for n in left)
    return [n for n in left if rest * columns[n].width / shares < least[n]]


def _longest_words(table: Table, size: int) -> list[int]:
    """Return how wide the longest word of each column runs."""
    words = [set(column.head.split()) for column in table.columns]
    for row in table.rows:
        if isinstance(row, Row):
            for found, value in zip(words, row.cells, strict=True):
                found.update(str(value).split())
    return [
        round(max((estimated_width(word, size).pt for word in found), default=0) * 20 * _WIDER)
        for found in words
    ]


def _properties(width: int, padding: int) -> OxmlElement:
    properties = element("tblPr")
    properties.append(element("tblW", w=width, type="dxa"))
    properties.append(element("jc", val="center"))
    borders = element("tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        borders.append(element(side, val="single", sz=4, space=0, color="000000"))
    properties.append(borders)
    properties.append(element("tblLayout", type="fixed"))
    margins = element("tblCellMar")
    for side in ("left", "right"):
        margins.append(element(side, w=padding, type="dxa"))
    properties.append(margins)
    return properties


def _lines_of(cells: Sequence[_Set], widths: Sequence[int], size: int, padding: int) -> int:
    """Return over about how many lines the longest cell of a row runs."""
    position, most = 0, 1
    for cell in cells:
        room = Pt((sum(widths[position : position + cell.span]) - 2 * padding) / 20)
        lines = (ceil(estimated_width(line, size) / room) for line in cell.text.split("\n"))
        most = max(most, sum(max(1, count) for count in lines))
        position += cell.span
    return most


def _row(
    cells: Sequence[_Set],
    widths: Sequence[int],
    size: int,
    *,
    head: bool = False,
    whole: bool = True,
) -> OxmlElement:
    row = element("tr")
    properties = element("trPr")
    if whole:
        properties.append(element("cantSplit"))
    if head:
        properties.append(element("tblHeader"))
    row.append(properties)
    position = 0
    for cell in cells:
        row.append(_cell_xml(cell, sum(widths[position : position + cell.span]), size))
        position += cell.span
    return row


def _cell_xml(cell: _Set, width: int, size: int) -> OxmlElement:
    made = element("tc")
    properties = element("tcPr")
    properties.append(element("tcW", w=width, type="dxa"))
    if cell.span > 1:
        properties.append(element("gridSpan", val=cell.span))
    if cell.merge:
        properties.append(element("vMerge", val=cell.merge))
    properties.append(element("vAlign", val="top" if cell.top else "center"))
    made.append(properties)
    for line in clean(cell.text).split("\n"):
        made.append(_line(line, cell, size))
    return made


def _line(text: str, cell: _Set, size: int) -> OxmlElement:
    paragraph = element("p")
    layout = element("pPr")
    if cell.heads:
        layout.append(element("keepNext"))
    layout.append(element("spacing", before=20, after=20))
    layout.append(element("jc", val=cell.align.value))
    # The mark of the paragraph sets the height of an empty cell.
    layout.append(_look(cell, size))
    paragraph.append(layout)
    if not text:
        return paragraph
    run = element("r")
    run.append(_look(cell, size))
    content = element("t")
    content.text = text
    content.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    run.append(content)
    paragraph.append(run)
    return paragraph


def _look(cell: _Set, size: int) -> OxmlElement:
    look = element("rPr")
    if cell.bold:
        look.append(element("b"))
    if cell.italic:
        look.append(element("i"))
    look.append(element("sz", val=size * 2))
    look.append(element("szCs", val=size * 2))
    return look
