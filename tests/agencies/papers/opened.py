"""Reads a built paper back with python-docx, the way a reader's program would."""

from io import BytesIO

from docx import Document
from docx.document import Document as DocumentObject
from docx.text.paragraph import Paragraph

from agencies.papers import Paper, build


def opened(paper: Paper) -> DocumentObject:
    """The built file, read back."""
    return Document(BytesIO(build(paper)))


def lines(document: DocumentObject) -> list[str]:
    """The texts of the body's own paragraphs, empty ones left out."""
    return [p.text for p in document.paragraphs if p.text]


def find(document: DocumentObject, text: str) -> Paragraph:
    """The one paragraph of the body or of a table with exactly this text."""
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    inside = {p._p: p for cell in cells for p in cell.paragraphs}
    found = [p for p in (*document.paragraphs, *inside.values()) if p.text == text]
    assert len(found) == 1, f"{len(found)} paragraphs say {text!r}"
    return found[0]


def size_of(paragraph: Paragraph) -> float:
    """Points of the paragraph's text, set alike in all its runs."""
    (size,) = {run.font.size.pt for run in paragraph.runs}
    return size
