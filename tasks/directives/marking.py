"""The text of a directive with the source of each proposal marked (rule 4.9)."""

from collections.abc import Iterable
from dataclasses import dataclass

from tasks.models import Proposal


@dataclass(frozen=True)
class Piece:
    """A run of text; `proposal` is whose source it is, `is_first` where links to it arrive."""

    text: str
    proposal: Proposal | None = None
    is_first: bool = False


@dataclass(frozen=True)
class Paragraph:
    """One paragraph in pieces; `is_title` for the abstract."""

    pieces: list[Piece]
    is_title: bool = False


def paragraphs(text: str, proposals: Iterable[Proposal]) -> list[Paragraph]:
    """Return the text by paragraphs, each character once, marked by the first proposal of it."""
    marks = _marks(proposals)
    shown: set[int] = set()
    found, start = [], 0
    for line in text.split("\n"):
        end = start + len(line)
        if line.strip():
            pieces = _pieces(text, start, end, marks, shown)
            found.append(Paragraph(pieces, line.lstrip().startswith("V/v")))
        start = end + 1
    return found


def _marks(proposals: Iterable[Proposal]) -> list[tuple[int, int, Proposal]]:
    placed = [p for p in proposals if p.span_start is not None and p.span_end is not None]
    marks, reached = [], 0
    for proposal in sorted(placed, key=lambda p: (p.span_start, p.order)):
        start = max(proposal.span_start, reached)
        if start < proposal.span_end:
            marks.append((start, proposal.span_end, proposal))
            reached = proposal.span_end
    return marks


def _pieces(
    text: str, start: int, end: int, marks: list[tuple[int, int, Proposal]], shown: set[int]
) -> list[Piece]:
    pieces, here = [], start
    for first, last, proposal in marks:
        first, last = max(first, here), min(last, end)
        if first >= last:
            continue
        if first > here:
            pieces.append(Piece(text[here:first]))
        pieces.append(Piece(text[first:last], proposal, proposal.pk not in shown))
        shown.add(proposal.pk)
        here = last
    if here < end:
        pieces.append(Piece(text[here:end]))
    return pieces


def split_heading(found: list[Paragraph]) -> tuple[list[str], list[Paragraph]]:
    """Return the lines before the abstract (national heading, number, date) and the rest.

    A text without an abstract line, or with a source among those lines, is left whole.
    """
    title = next((n for n, paragraph in enumerate(found) if paragraph.is_title), 0)
    before = found[:title]
    if any(piece.proposal for paragraph in before for piece in paragraph.pieces):
        return [], found
    return ["".join(piece.text for piece in p.pieces) for p in before], found[title:]
