"""A paper as a page shows it: its blocks numbered as `docx.build` numbers them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from agencies.papers.docx import END_OF_TEXT
from agencies.papers.numbering import Level, Numbering
from agencies.papers.paper import Block, Heading, Item, Note, Paper, Paragraph, Table


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the body: its text with its number, and how it is set."""

    kind: str
    text: str = ""
    table: Table | None = None


def lines_of(blocks: Sequence[Block]) -> Iterator[Line]:
    """Yield the blocks as lines: `part`, `clause`, `item`, `dash`, `text`, `note` or `table`."""
    numbering = Numbering()
    for block in blocks:
        match block:
            case Paragraph(text):
                yield from (Line("text", line) for line in text.splitlines() if line.strip())
            case Item(text, level):
                kind = "dash" if level is Level.DASH else "item"
                yield Line(kind, f"{numbering.next(level)} {' '.join(text.split())}")
            case Heading(text, level):
                words = text.upper() if level is Level.PART else text
                kind = "part" if level is Level.PART else "clause"
                yield Line(kind, f"{numbering.next(level)} {words}")
            case Note(text):
                yield Line("note", text)
            case Table():
                yield Line("table", table=block)


def body_of(paper: Paper) -> list[Line]:
    """Return the lines of the body, the last sentence closed as in the file."""
    lines = list(lines_of(paper.blocks))
    for place in range(len(lines) - 1, -1, -1):
        line = lines[place]
        if line.kind != "table" and line.text.strip():
            text = line.text.rstrip().removesuffix(END_OF_TEXT).rstrip(" .;:,")
            lines[place] = Line(line.kind, f"{text}{END_OF_TEXT}")
            break
    return lines
