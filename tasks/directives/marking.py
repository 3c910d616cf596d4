"""The text of a directive with the source of each proposal, and each value read, marked (4.9)."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from django.utils.translation import gettext_lazy as _

from tasks.models import Proposal

# What a marked value of the text was read as.
VALUES = {
    "lead": _("read as the lead"),
    "coordinating": _("read as coordinating"),
    "deadline": _("read as the deadline"),
    "recurrence": _("read as the recurrence"),
    "product": _("read as the product"),
}


@dataclass(frozen=True)
class Piece:
    """A run of text; `proposal` is whose source it is, `is_first` where links to it arrive.

    `field` is the value it was read as, when it was: its words are `value`.
    """

    text: str
    proposal: Proposal | None = None
    is_first: bool = False
    field: str = ""

    @property
    def value(self) -> str:
        """What the run was read as, in words."""
        return str(VALUES[self.field]) if self.field else ""


@dataclass(frozen=True)
class Paragraph:
    """One paragraph in pieces; `is_title` for the abstract."""

    pieces: list[Piece]
    is_title: bool = False


@dataclass(frozen=True)
class Mark:
    """A stretch of the text and whose it is: a proposal's source, or a value's words."""

    start: int
    end: int
    proposal: Proposal
    field: str = ""


def paragraphs(text: str, proposals: Iterable[Proposal]) -> list[Paragraph]:
    """Return the text by paragraphs, each character once, marked by the first proposal of it."""
    placed = [p for p in proposals if p.span_start is not None and p.span_end is not None]
    marks, values = _sources(placed), _values(placed, len(text))
    shown: set[int] = set()
    found, start = [], 0
    for line in text.split("\n"):
        end = start + len(line)
        if line.strip():
            pieces = _pieces(text, start, end, marks, values, shown)
            found.append(Paragraph(pieces, line.lstrip().startswith("V/v")))
        start = end + 1
    return found


def _sources(placed: list[Proposal]) -> list[Mark]:
    ordered = sorted(placed, key=lambda p: (p.span_start, p.order))
    return _apart([Mark(p.span_start, p.span_end, p) for p in ordered])


def _values(placed: list[Proposal], length: int) -> list[Mark]:
    """The places of the reader's values; one that two proposals share is marked once."""
    marks = [
        Mark(start, end, proposal, field)
        for proposal in placed
        for field, (start, end) in (proposal.original or {}).get("spans", {}).items()
        if field in VALUES and 0 <= start < end <= length
    ]
    return _apart(sorted(marks, key=lambda mark: (mark.start, mark.end)))


def _apart(marks: list[Mark]) -> list[Mark]:
    """The marks without overlaps: each begins where the one before it ends at the earliest."""
    apart, reached = [], 0
    for mark in marks:
        start = max(mark.start, reached)
        if start < mark.end:
            apart.append(Mark(start, mark.end, mark.proposal, mark.field))
            reached = mark.end
    return apart


def _pieces(
    text: str, start: int, end: int, marks: list[Mark], values: list[Mark], shown: set[int]
) -> list[Piece]:
    here = [_within(row, start, end) for row in (marks, values)]
    cuts = {start, end, *(place for row in here for m in row for place in (m.start, m.end))}
    places = sorted(place for place in cuts if start <= place <= end)
    pieces = []
    for first, last in pairwise(places):
        source, value = (next(filter(partial(_covers, place=first), row), None) for row in here)
        proposal = source.proposal if source else None
        is_first = proposal is not None and proposal.pk not in shown
        if proposal is not None:
            shown.add(proposal.pk)
        pieces.append(Piece(text[first:last], proposal, is_first, value.field if value else ""))
    return pieces


def _within(marks: list[Mark], start: int, end: int) -> list[Mark]:
    """The marks, of ordered ones without overlaps, that reach into a stretch."""
    first = bisect_right(marks, start, key=lambda mark: mark.end)
    return marks[first : bisect_left(marks, end, key=lambda mark: mark.start)]


def _covers(mark: Mark, place: int) -> bool:
    return mark.start <= place < mark.end


def split_heading(found: list[Paragraph]) -> tuple[list[str], list[Paragraph]]:
    """Return the lines before the abstract (national heading, number, date) and the rest.

    A text without an abstract line, or with a source among those lines, is left whole.
    """
    title = next((n for n, paragraph in enumerate(found) if paragraph.is_title), 0)
    before = found[:title]
    if any(piece.proposal for paragraph in before for piece in paragraph.pieces):
        return [], found
    return ["".join(piece.text for piece in p.pieces) for p in before], found[title:]
