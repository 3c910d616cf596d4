"""Administrative papers in the national layout of Decree 30/2020/NĐ-CP, as .docx files.

A small library apart from models and settings: fill the dataclasses, call `build`.
"""

from agencies.papers.docx import build
from agencies.papers.numbering import Level
from agencies.papers.paper import (
    Align,
    Appendix,
    Block,
    Cell,
    Column,
    GroupRow,
    Heading,
    Item,
    Letterhead,
    Note,
    Number,
    Paper,
    PaperKind,
    Paragraph,
    Row,
    Signature,
    Table,
    Total,
    Urgency,
)
from agencies.papers.signatures import Capacity, signature_lines

__all__ = [
    "Align",
    "Appendix",
    "Block",
    "Capacity",
    "Cell",
    "Column",
    "GroupRow",
    "Heading",
    "Item",
    "Letterhead",
    "Level",
    "Note",
    "Number",
    "Paper",
    "PaperKind",
    "Paragraph",
    "Row",
    "Signature",
    "Table",
    "Total",
    "Urgency",
    "build",
    "signature_lines",
]
