"""A directive's text as a Word file an office would send: heading table, lists, signature table."""

import io

from docx import Document
from docx.shared import Pt
from openpyxl import Workbook

from tasks.reader.layout import Layout, Paragraph, lay_out
from tasks.reader.repair import repair

TITLE = "PHỤ LỤC GIAO NHIỆM VỤ"
HEADING = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")


def as_docx(text: str) -> bytes:
    """The .docx of a directive's text; dashes become Word's own bullets, tables real tables."""
    layout = lay_out(repair(text))
    document = Document()
    _heading(document, layout)
    if layout.addressees:
        document.add_paragraph("Kính gửi:")
    for paragraph in layout.addressees:
        _add(document, paragraph)
    _paragraphs(document, layout.body)
    _signature(document, layout)
    _paragraphs(document, layout.appendix)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _heading(document: Document, layout: Layout) -> None:
    """Issuer and number left, motto and date right, as a table without borders."""
    cells = document.add_table(rows=1, cols=2).rows[0].cells
    own = [p.text for p in layout.head if p.text.strip() and not _is_right(p.text)]
    right = [p.text for p in layout.head if _is_right(p.text)]
    abstract = [p.text for p in layout.abstract] if layout.title is None else []
    cells[0].text = "\n".join([*own, *abstract])
    cells[1].text = "\n".join(right)
    if layout.title is not None:
        document.add_paragraph(layout.title.text)
        for paragraph in layout.abstract:
            document.add_paragraph(paragraph.text)


def _is_right(line: str) -> bool:
    return line.startswith(("CỘNG", "Độc lập")) or ("tháng" in line and "năm" in line)


def _paragraphs(document: Document, paragraphs: list[Paragraph]) -> None:
    """Paragraphs and, where rows of cells stand together, a table."""
    table = None
    for paragraph in paragraphs:
        if not paragraph.is_row:
            table = None
            _add(document, paragraph)
            continue
        cells = paragraph.text.split(" | ")
        if table is None:
            table = document.add_table(rows=0, cols=len(cells), style="Table Grid")
        for cell, value in zip(table.add_row().cells, cells, strict=False):
            cell.paragraphs[0].add_run(value).font.size = Pt(7)


def _add(document: Document, paragraph: Paragraph) -> None:
    """One paragraph; its first words in bold, so that the text is torn into runs."""
    text = paragraph.text
    style = None
    if text.startswith("- "):
        text, style = text[2:], "List Bullet"
    added = document.add_paragraph(style=style)
    words = text.split(" ")
    added.add_run(" ".join(words[:2])).bold = True
    if words[2:]:
        added.add_run(" " + " ".join(words[2:]))


def _signature(document: Document, layout: Layout) -> None:
    """Recipients left, the signer right, as a table without borders."""
    cells = document.add_table(rows=1, cols=2).rows[0].cells
    cells[0].text = "\n".join(p.text for p in layout.recipients)
    cells[1].text = "\n".join(p.text for p in layout.signature)


def appendix(rows: list[list[str]], merged: tuple[tuple[int, int, int, int], ...] = ()) -> bytes:
    """A "phụ lục" in Word: a title and one table; `merged` are (top, left, bottom, right)."""
    document = Document()
    document.add_paragraph(TITLE)
    table = document.add_table(rows=len(rows), cols=max(map(len, rows)), style="Table Grid")
    for cells, values in zip(table.rows, rows, strict=True):
        for cell, value in zip(cells.cells, values, strict=False):
            first, *others = value.split("\n")
            cell.paragraphs[0].add_run(first)
            for line in others:
                cell.add_paragraph(line)
    for top, left, bottom, right in merged:
        values = [rows[top][left]]
        whole = table.cell(top, left).merge(table.cell(bottom, right))
        whole.text = values[0]
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def workbook(rows: list[list[str]], merged: tuple[tuple[int, int, int, int], ...] = ()) -> bytes:
    """The same appendix in Excel."""
    book = Workbook()
    sheet = book.active
    sheet.append([TITLE])
    for values in rows:
        sheet.append([value or None for value in values])
    for top, left, bottom, right in merged:
        sheet.merge_cells(
            start_row=top + 2, start_column=left + 1, end_row=bottom + 2, end_column=right + 1
        )
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def long_document() -> bytes:
    """About 200 pages of orders."""
    document = Document()
    for number in range(1, 1500):
        document.add_paragraph(
            f"{number % 90 + 1}. Phòng Nội vụ rà soát việc số {number}. " + "và " * 150
        )
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()
