"""Build the .docx of a paper in the national layout (Decree 30/2020/NĐ-CP, Appendices I and III).

The same paper gives the same bytes: nothing here reads a clock or draws a random name.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.section import WD_SECTION
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.shared import Length, Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph as DocxParagraph

from agencies.papers import typesetting as ts
from agencies.papers.numbering import Level, Numbering, roman
from agencies.papers.paper import (
    Appendix,
    Block,
    Heading,
    Item,
    Note,
    Paper,
    PaperKind,
    Paragraph,
    Table,
    Urgency,
)
from agencies.papers.tables import table_xml
from agencies.papers.words import clean, paper_date

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
END_OF_TEXT = "./."

_HEAD_LEFT_SHARE = 0.40
_FOOT_LEFT_SHARE = 0.48
_ROOM_TO_SIGN = Pt(72)
_UNDATED = datetime(2020, 3, 5)
"""Stands in the properties of an undated draft: the day of the decree."""
_ZIP_DAY = (1980, 1, 1, 0, 0, 0)


def build(paper: Paper) -> bytes:
    """Set the paper as a .docx file."""
    document = Document()
    _describe(document, paper)
    ts.set_up_style(document.styles["Normal"], paper.body_size)
    section = document.sections[0]
    ts.set_up_page(section, landscape=paper.landscape)
    ts.put_page_number(section, paper.body_size)
    room = ts.text_width(section)
    _head(document, paper, room)
    if paper.kind is PaperKind.NAMED:
        _title(document, paper, room)
    _addressees(document, paper, room)
    last = _body(document, _ended(paper.blocks), room, paper.body_size)
    if last is not None:
        last.paragraph_format.keep_with_next = True
    _foot(document, paper, room)
    for position, appendix in enumerate(paper.appendices, start=1):
        _appendix(document, paper, appendix, position)
    return _packed(document)


def _describe(document: DocumentObject, paper: Paper) -> None:
    """Properties of the file: subject and issuer, never the machine or its clock."""
    properties = document.core_properties
    properties.title = clean(paper.subject)[:255]
    properties.author = properties.last_modified_by = clean(paper.letterhead.name_in_text)[:255]
    properties.comments = ""
    properties.language = ts.LANGUAGE
    day = paper.day
    properties.created = properties.modified = (
        datetime(day.year, day.month, day.day) if day else _UNDATED
    )
    relations = document.part.package.rels
    for key in [k for k, r in relations.items() if r.reltype == RELATIONSHIP_TYPE.THUMBNAIL]:
        del relations[key]


def _two_columns(
    document: DocumentObject, room: Length, left_share: float, rows: int
) -> list[tuple[_Cell, _Cell]]:
    """Add a table without lines over the whole width, its rows kept whole; pairs of cells."""
    left = Length(int(room * left_share))
    widths = (left, Length(room - left))
    table = document.add_table(rows, 2)
    table.autofit = False
    margins = ts.element("tblCellMar")
    for side in ("left", "right"):
        margins.append(ts.element(side, w=0, type="dxa"))
    table._tbl.tblPr.insert_element_before(margins, "w:tblLook")
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    pairs = []
    for row in table.rows:
        row._tr.get_or_add_trPr().append(ts.element("cantSplit"))
        cells = row.cells
        for cell, width in zip(cells, widths, strict=True):
            cell.width = width
        pairs.append((cells[0], cells[1]))
    return pairs


class _Lines:
    """Writes line after line into a cell, whose first paragraph is there from the start."""

    def __init__(self, cell: _Cell) -> None:
        self._cell = cell
        self._first: DocxParagraph | None = cell.paragraphs[0]

    def next(self) -> DocxParagraph:
        if self._first is not None:
            paragraph, self._first = self._first, None
            return paragraph
        return self._cell.add_paragraph()


def _head(document: DocumentObject, paper: Paper, room: Length) -> None:
    small, size = paper.body_size - 1, paper.body_size
    (issuer_cell, nation_cell), (number_cell, date_cell) = _two_columns(
        document, room, _HEAD_LEFT_SHARE, rows=2
    )
    left, right = issuer_cell.width, nation_cell.width

    lines = _Lines(issuer_cell)
    for line in paper.letterhead.superior.upper().splitlines():
        ts.write(lines.next(), line, size=small)
    issuer = paper.letterhead.issuer.upper().splitlines()
    for line in issuer:
        ts.write(lines.next(), line, size=small, bold=True)
    longest = max(ts.estimated_width(line, small) for line in issuer)
    ts.rule(lines.next(), left, Length(int(min(longest, left) * 0.4)))

    lines = _Lines(nation_cell)
    ts.write(lines.next(), NATION, size=small, bold=True)
    ts.write(lines.next(), MOTTO, size=size, bold=True)
    ts.rule(lines.next(), right, ts.estimated_width(MOTTO, size))

    lines = _Lines(number_cell)
    if paper.number:
        ts.write(lines.next(), f"Số: {paper.number}", size=13)
    if paper.kind is PaperKind.LETTER:
        subject = ts.write(lines.next(), f"V/v {paper.subject}", size=12)
        subject.paragraph_format.space_before = Pt(6)
        subject.paragraph_format.left_indent = subject.paragraph_format.right_indent = Mm(2)
    if paper.urgency is not Urgency.NORMAL:
        ts.stamp(lines.next(), paper.urgency.value, left, 13)

    date_line = date_cell.paragraphs[0]
    ts.write(date_line, paper_date(paper.place, paper.day, paper.year), size=size, italic=True)


def _title(document: DocumentObject, paper: Paper, room: Length) -> None:
    size = paper.body_size
    name = ts.write(document.add_paragraph(), paper.type_name.upper(), size=size, bold=True)
    name.paragraph_format.space_before = Pt(18)
    subject = ts.write(document.add_paragraph(), paper.subject, size=size, bold=True)
    subject.paragraph_format.left_indent = subject.paragraph_format.right_indent = Mm(12)
    line = document.add_paragraph()
    width = min(ts.estimated_width(paper.subject, size), Mm(110))
    ts.rule(line, room, Length(int(width * 0.4)))


def _addressees(document: DocumentObject, paper: Paper, room: Length) -> None:
    """One addressee on the line of "Kính gửi:"; several below it, dashes under its colon."""
    size = paper.body_size
    if not paper.addressees:
        gap = document.add_paragraph()
        gap.paragraph_format.space_after = Pt(4)
        return
    first = document.add_paragraph()
    layout = first.paragraph_format
    layout.space_before = Pt(16)
    if len(paper.addressees) == 1:
        ts.write(first, f"Kính gửi: {_bare(paper.addressees[0])}", size=size)
        layout.space_after = Pt(14)
        return
    colon = Length(Mm(30) + ts.estimated_width("Kính gửi", size))
    ts.write(first, "Kính gửi:", size=size, align=ts.LEFT_ALIGNED)
    layout.left_indent = Mm(30)
    for line in _listed([_bare(name) for name in paper.addressees]):
        paragraph = ts.write(document.add_paragraph(), line, size=size, align=ts.LEFT_ALIGNED)
        paragraph.paragraph_format.left_indent = Length(colon + Mm(2.5))
        paragraph.paragraph_format.first_line_indent = Mm(-2.5)
    paragraph.paragraph_format.space_after = Pt(14)


def _bare(name: str) -> str:
    return name.strip().rstrip(".;,").rstrip()


def _listed(names: Sequence[str]) -> Iterable[str]:
    """`- A;` … `- B.`."""
    for position, name in enumerate(names, start=1):
        yield f"- {name}{'.' if position == len(names) else ';'}"


def _ended(blocks: Sequence[Block]) -> list[Block]:
    """Close the last sentence of the text with "./.".

    A sentence that leads in a closing table ("… như sau:") stays open: a paper that should end
    with the mark says something after its table.
    """
    ended = list(blocks)
    for position in range(len(ended) - 1, -1, -1):
        block = ended[position]
        if isinstance(block, Paragraph | Item) and block.text.strip():
            text = block.text.rstrip()
            if position < len(ended) - 1 and text.endswith(":"):
                break
            text = text.removesuffix(END_OF_TEXT).rstrip(" .;:,")
            ended[position] = replace(block, text=f"{text}{END_OF_TEXT}")
            break
    return ended


def _body(
    document: DocumentObject, blocks: Sequence[Block], room: Length, size: int
) -> DocxParagraph | None:
    """Write the blocks; return the last paragraph, if the text ends with one."""
    numbering = Numbering()
    last: DocxParagraph | None = None
    for block in blocks:
        match block:
            case Paragraph(text, italic):
                for line in filter(None, map(str.strip, text.splitlines())):
                    last = ts.as_body(document.add_paragraph())
                    ts.write(last, line, size=size, italic=italic, align=ts.JUSTIFY)
            case Item(text, level):
                last = ts.as_body(document.add_paragraph())
                line = f"{numbering.next(level)} {' '.join(text.split())}"
                ts.write(last, line, size=size, align=ts.JUSTIFY)
            case Heading(text, level):
                last = ts.as_body(document.add_paragraph())
                words = text.upper() if level is Level.PART else text
                line = f"{numbering.next(level)} {words}"
                bold = level in (Level.PART, Level.CLAUSE)
                ts.write(last, line, size=size, bold=bold, align=ts.JUSTIFY)
                ts.as_outline(last, level)
            case Note(text):
                last = document.add_paragraph()
                ts.write(last, text, size=size - 2, italic=True, align=ts.JUSTIFY)
                last.paragraph_format.space_before = Pt(3)
                last.paragraph_format.space_after = ts.BETWEEN_PARAGRAPHS
            case Table():
                _table(document, block, room, size)
                last = None
    return last


def _table(document: DocumentObject, table: Table, room: Length, size: int) -> None:
    above = []
    if table.title:
        above.append(ts.write(document.add_paragraph(), table.title, size=size - 1, bold=True))
        above[0].paragraph_format.space_before = Pt(6)
    if table.cut_off:
        line = f"({table.cut_off.strip().strip('()')})"
        above.append(ts.write(document.add_paragraph(), line, size=size - 1, italic=True))
    if table.unit:
        line = f"Đơn vị tính: {table.unit}"
        paragraph = document.add_paragraph()
        above.append(ts.write(paragraph, line, size=12, italic=True, align=ts.RIGHT_ALIGNED))
    for paragraph in above:
        paragraph.paragraph_format.keep_with_next = True
    if above:
        above[-1].paragraph_format.space_after = Pt(6)
    body = document.element.body
    body.insert_element_before(table_xml(table, room), "w:sectPr")
    # Two tables in a row would flow into one.
    ts.thin(document.add_paragraph(), Pt(6))


def _foot(document: DocumentObject, paper: Paper, room: Length) -> None:
    """Recipients on the left, the signature on the right, never parted by a page break."""
    if paper.signature is None:
        return
    gap = ts.thin(document.add_paragraph(), Pt(8))
    gap.paragraph_format.keep_with_next = True
    ((left, right),) = _two_columns(document, room, _FOOT_LEFT_SHARE, rows=1)
    lines = _Lines(left)
    ts.write(lines.next(), "Nơi nhận:", size=12, bold=True, italic=True, align=ts.LEFT_ALIGNED)
    for line in _recipients(paper):
        ts.write(lines.next(), line, size=11, align=ts.LEFT_ALIGNED)
    lines = _Lines(right)
    for line in paper.signature.lines:
        ts.write(lines.next(), line, size=paper.body_size, bold=True)
    name = ts.write(lines.next(), paper.signature.name, size=paper.body_size, bold=True)
    name.paragraph_format.space_before = _ROOM_TO_SIGN
    # A text must not end with a table.
    ts.thin(document.add_paragraph())


def _recipients(paper: Paper) -> Iterable[str]:
    names = ["Như trên"] if paper.addressees else []
    names += [_bare(name) for name in paper.recipients]
    return _listed([*names, f"Lưu: {_bare(paper.filing)}"])


def _appendix(document: DocumentObject, paper: Paper, appendix: Appendix, position: int) -> None:
    section = document.add_section(WD_SECTION.NEW_PAGE)
    # The paragraph that holds the break would else make an empty page after a full one.
    ts.thin(document.paragraphs[-1])
    ts.set_up_page(section, landscape=appendix.landscape)
    room = ts.text_width(section)
    size = paper.body_size
    label = "Phụ lục" if len(paper.appendices) == 1 else f"Phụ lục {roman(position)}"
    heading = ts.write(document.add_paragraph(), label, size=14, bold=True)
    ts.write(document.add_paragraph(), appendix.title.upper(), size=size, bold=True)
    with_paper = f"(Kèm theo {paper.citation})"
    ts.write(document.add_paragraph(), with_paper, size=size, italic=True)
    ts.rule(line := document.add_paragraph(), room, Mm(40))
    line.paragraph_format.space_after = Pt(8)
    ts.as_outline(heading, Level.PART)
    _body(document, appendix.blocks, room, size)


def _packed(document: DocumentObject) -> bytes:
    """Save with every member dated alike, so that equal papers are equal files."""
    saved, packed = BytesIO(), BytesIO()
    document.save(saved)
    with ZipFile(saved) as source, ZipFile(packed, "w") as target:
        for name in source.namelist():
            member = ZipInfo(name, _ZIP_DAY)
            member.compress_type = ZIP_DEFLATED
            target.writestr(member, source.read(name))
    return packed.getvalue()
