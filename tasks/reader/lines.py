"""The lines of a raw text, and how the text is broken into them."""

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Self

from tasks.reader.marks import (
    APPENDIX,
    BRACKETED,
    BULLET_ONLY,
    LONE_MARK,
    MARKER,
    MOTTO,
    RECIPIENTS,
)

# More than a list of recipients and a signature ever take; what follows is an appendix.
RECIPIENT_LINES = 30
FEWEST_TORN = 8
FURTHEST_HEADING = 12
"""A paper's head may take so many lines, which end without a mark."""
FINISHED = re.compile(r"[.;:!?…](?:[\"”’)]*)$")


class Line:
    """A line of the raw text with what decides whether it goes on from the one before."""

    def __init__(self, raw: str, after_gap: bool, after_page: bool) -> None:
        """Measure the line; `after_gap` is a blank line before it, `after_page` a page's end."""
        self.indent = len(raw) - len(raw.lstrip())
        self.width = len(raw.rstrip())
        self.text = re.sub(r"\s+", " ", raw).strip()
        self.after_gap = after_gap
        self.after_page = after_page
        self.is_block = bool(
            APPENDIX.match(raw)
            or RECIPIENTS.match(raw)
            or MOTTO.match(self.text)
            or re.match(r"Kính\s+gửi", self.text, re.I)
            or re.fullmatch(r"[^a-zà-ỹ]+ điện ?:", self.text)
            or (self.text.isupper() and " " in self.text and not re.search(r"\d", self.text))
        )
        self.is_addressee = False
        """Set for a bullet below "Kính gửi:" or "… điện:"."""
        self.is_row = " | " in raw or raw.rstrip().endswith(" |")
        self.is_bracketed = bool(BRACKETED.match(raw))
        self.is_marked = bool(
            MARKER.match(raw) or BULLET_ONLY.match(raw) or LONE_MARK.fullmatch(raw)
        ) and not re.match(r"-[A-ZĐ]{2,}", self.text)

    def begins_short(self, full: float) -> bool:
        """Whether it opens a paragraph whose first line broke well before the edge."""
        opens = self.text[:1].isupper() or self.is_marked
        return opens and self.width < 0.75 * full and not FINISHED.search(self.text)

    @property
    def starts_lower(self) -> bool:
        """Whether it begins in the middle of a sentence."""
        first = next((c for c in self.text if c.isalnum()), "")
        return (first.islower() or first.isdigit()) and not self.is_marked


def in_blocks(lines: list[Line]) -> bool:
    """Whether blank lines part the paragraphs, so that lines without one between them are torn.

    Then nearly every marked line has one before it, and no unmarked line follows a short one that
    ended a sentence.
    """
    end = next((i for i, line in enumerate(lines) if RECIPIENTS.match(line.text)), len(lines))
    body = lines[:end] + lines[end + RECIPIENT_LINES :]
    widths = sorted(line.width for line in body)
    edge = widths[int(len(widths) * 0.9)] if widths else 0
    marked = [line for line in body if line.is_marked]
    torn = [
        last
        for last, line in pairwise(body)
        if not (line.after_gap or line.is_marked or line.is_row or line.is_block or last.is_row)
        and not (line.is_bracketed or last.is_block or LONE_MARK.fullmatch(last.text))
    ]
    if len(torn) < 12 or len(marked) < 6 or edge > 130:
        return False
    apart = sum(line.after_gap for line in marked)
    ended = sum(bool(FINISHED.search(o.text)) and o.width < 0.7 * edge for o in torn)
    return apart >= 0.75 * len(marked) and ended <= 0.04 * len(torn)


def ends_are_marked(lines: list[Line], full: float) -> bool:
    """Whether every paragraph ends with a mark, so that a line that ends without one goes on.

    Hardly a short line is without one then, headings with a number of their own left aside.
    """
    end = next((i for i, line in enumerate(lines) if RECIPIENTS.match(line.text)), len(lines))
    torn = [
        last
        for last, line in pairwise(lines[FURTHEST_HEADING:end])
        if not (line.is_marked or line.is_block or line.is_row or line.after_gap)
        and not (last.is_block or last.is_row)
        and not (last.is_marked and last.width < 0.75 * full)
        and not FINISHED.search(last.text)
    ]
    short = sum(line.width < 0.6 * full for line in torn)
    return len(torn) >= FEWEST_TORN and short <= 0.03 * len(torn)


def first_lines_are_short(lines: list[Line], full: float) -> bool:
    """Whether marked lines mostly break early and go on in lower case below."""
    firsts = [
        line.begins_short(full)
        for line, following in pairwise(lines)
        if line.is_marked and following.starts_lower and not following.after_gap
    ]
    return len(firsts) >= 5 and sum(firsts) >= 0.7 * len(firsts)


def is_torn(line: Line, before: Line, last: Line) -> bool:
    """Whether a line that no blank line parts from the one above goes on with it."""
    if line.after_gap or line.is_row or last.is_row or line.is_marked or line.is_bracketed:
        return False
    if line.is_block or last.is_block:
        heads = before.is_marked and before.text.isupper()
        return heads and line.text.isupper() and not APPENDIX.match(line.text)
    return True


@dataclass(frozen=True)
class Wrapping:
    """How a text is broken into lines, judged once for all of it."""

    full: float
    """The width a line must have to be one the page's edge broke; 0 in text that is not wrapped."""
    indented: bool
    gaps_lie: bool
    """Whether blank lines may stand anywhere, as in text laid out from a PDF."""
    blocks: bool
    """Whether blank lines part the paragraphs, so that all other lines are torn."""
    punctuated: bool
    """Whether no paragraph ends without a mark."""
    first_short: bool
    """Whether the first line of most paragraphs breaks early, as in pages made from HTML."""

    @classmethod
    def of(cls, lines: list[Line], wrapped: bool | None) -> Self:
        """Judge a text; `wrapped` as in `repair`."""
        full = _full_width(lines) if wrapped is None or wrapped else 0
        indents = {line.indent for line in lines if line.text and line.indent < 30}
        indented = len(indents) > 1 and max(indents) - min(indents) >= 3
        punctuated = bool(full) and not indented and ends_are_marked(lines, full)
        blocks = wrapped is None and in_blocks(lines)
        short = bool(full) and first_lines_are_short(lines, full)
        return cls(full, indented, wrapped is True, blocks, punctuated, short)


def _full_width(lines: list[Line]) -> float:
    """The width a line must have to be one the page's edge broke; 0 in text that is not wrapped."""
    end = next((i for i, line in enumerate(lines) if RECIPIENTS.match(line.text)), len(lines))
    widths = sorted(line.width for line in lines[:end])
    if len(widths) < 8:
        return 0
    edge = widths[int(len(widths) * 0.9)]
    near = sum(0.8 * edge <= width <= edge * 1.15 for width in widths)
    return 0.88 * edge if edge <= 130 and near >= 0.2 * len(widths) else 0
