"""Lines joined into paragraphs again: which line goes on with the one above it."""

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Self

from tasks.reader.acts import starts_with_verb
from tasks.reader.marks import (
    APPENDIX,
    BRACKETED,
    BULLET_ONLY,
    LONE_MARK,
    MARKER,
    MOTTO,
    RECIPIENTS,
)
from tasks.reader.phrases import UPPER

INLINE_LIST = re.compile(r"\(i\).*[;,.]\s*\(ii\)")
# "… và phát triển kinh tế" / "– xã hội": a name torn before its dash.
HYPHENATED = re.compile(
    r"(?:[Kk]inh tế|[Cc]hính trị|[Ll]ao động|[Tt]ài chính|[Vv]ăn h[óo][aá]|[Ss]ản xuất)\n"
    r"[-–]\s?(?:[Xx]ã hội|[Tt]hương binh|[Kk]ế hoạch|[Tt]hể thao|[Tt]hông tin|[Kk]inh doanh)\b"
    r"|[Cc]ông nghiệp\n[-–]\s?(?:Viễn thông|Năng lượng|Thương mại|Xây dựng)\b"
)
# More than a list of recipients and a signature ever take; what follows is an appendix.
RECIPIENT_LINES = 30
SIGNED_LINE = re.compile(r"(?:KT|TM|TL|TUQ|Q|T/M|T/L)\b|NƠI NHẬN")
SHORT_HEADING = 70
FEWEST_TORN = 8
FURTHEST_HEADING = 12
"""A paper's head may take so many lines, which end without a mark."""
FINISHED = re.compile(r"[.;:!?…](?:[\"”’)]*)$")
UNFINISHED_WORDS = re.compile(
    r"(?:[,–-]|\b(?:và|của|với|các|cho|về|tại|do|từ|theo|hoặc|những|thuộc|giao|gồm))$"
)
# "… Đắk Lắk, Khánh Hòa, Gia" / "Lai và Lâm Đồng": a place's name torn in a list of such.
TORN_NAME = re.compile(rf"[,:] {UPPER}\w+\n{UPPER}\w+(?:,| và) {UPPER}")
# "Ủy ban nhân dân" / "Thành phố đánh giá …": a body torn from its place; a title from its verb.
TORN_BODY = re.compile(
    r"(?:Ủy|Uỷ) ban nhân dân\n(?:Thành phố|Tỉnh|Huyện)\b|[a-zà-ỹ]{2,}\n[“\"][^\W\d]"
    r"|(?<!Hải )\b(?:Ban|Sở|Bộ|Cục|Phòng|Viện|Thanh tra|Đài|Báo|Hội|Mặt trận|Liên hiệp|Thủ tướng|"
    rf"Việt)\n{UPPER}[a-zà-ỹ]"
)
ASKS_ANEW = re.compile(r"(?:Đề nghị|Yêu cầu|Giao(?! thông| dịch| lưu))\s")
ADDRESSES = re.compile(r"Kính\s+gửi\s*:|(?:^|\s)điện\s*:$", re.I)


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
            or (self.text.isupper() and " " in self.text and not re.search(r"\d", self.text))
        )
        self.is_addressee = False
        """Set for a bullet below "Kính gửi:" or "… điện:"."""
        self.is_row = " | " in raw or raw.rstrip().endswith(" |")
        self.is_bracketed = bool(BRACKETED.match(raw))
        self.is_marked = bool(
            MARKER.match(raw) or BULLET_ONLY.match(raw) or LONE_MARK.fullmatch(raw)
        ) and not re.match(r"-[A-ZĐ]{2,}", self.text)

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

    @classmethod
    def of(cls, lines: list[Line], wrapped: bool | None) -> Self:
        """Judge a text; `wrapped` as in `repair`."""
        full = _full_width(lines) if wrapped is None or wrapped else 0
        indents = {line.indent for line in lines if line.text and line.indent < 30}
        indented = len(indents) > 1 and max(indents) - min(indents) >= 3
        punctuated = bool(full) and not indented and ends_are_marked(lines, full)
        blocks = wrapped is None and in_blocks(lines)
        return cls(full, indented, wrapped is True, blocks, punctuated)


def goes_on(line: Line, before: Line, last: Line, wrapping: Wrapping) -> bool:
    """Whether a line continues the paragraph that `before` began and `last` ended.

    Word and PDF tear sentences apart; the signs that hold are case, punctuation, the page
    break itself, and in text wrapped at a width its indentation and the fullness of lines.
    """
    full, gaps_lie, punctuated = wrapping.full, wrapping.gaps_lie, wrapping.punctuated
    if line.is_row or before.is_row:
        return False
    if line.is_marked:
        if last.text.count("“") > last.text.count("”") and not line.after_gap:
            return line.text[0] in "-–"  # "“Kỷ cương; Chủ động" / "- Sáng tạo”"
        dashed = line.text[0] in "-–" and last.width >= 0.75 * full
        if punctuated and dashed and not (FINISHED.search(last.text) or line.after_gap):
            return True  # "… đường cao tốc Sơn La" / "- Điện Biên"
        return bool(HYPHENATED.search(f"{last.text[-40:]}\n{line.text[:40]}"))
    if before is last and LONE_MARK.fullmatch(last.text):
        return not line.after_gap
    if last.text.endswith(",") and last.text.startswith("Kính") and not line.is_marked:
        return not line.is_block
    if before.is_marked and not line.after_gap and _is_heading_torn(line, last):
        return True
    if line.is_block or last.is_block:
        return False
    if last.text.endswith("./."):
        return False
    finished = bool(FINISHED.search(last.text))
    runs_on = INLINE_LIST.search(line.text) and full  # "Cụ thể: (i) …; (ii) …" in one paragraph
    if (
        line.is_bracketed
        and not runs_on
        and (finished or not full or (before is last and before.is_marked))
    ):
        return False
    if line.after_page and not finished:
        heads = before is last and before.is_marked and last.width < SHORT_HEADING
        return not (heads and line.text[:1].isupper() and starts_with_verb(line.text))
    if line.starts_lower:
        return not finished or (last.text.endswith((";", ",")) and not line.after_gap)
    if not finished and UNFINISHED_WORDS.search(last.text):
        return True
    joint = f"{last.text[-40:]}\n{line.text[:60]}"
    if full and (TORN_NAME.search(joint) or TORN_BODY.search(joint)):
        return True
    if before.is_addressee and finished:
        return False
    hangs = before.is_marked and 2 <= line.indent - before.indent <= 8
    if gaps_lie and hangs and (last is before or last.indent == line.indent):
        return True
    if _orders_anew(line, before, last):
        return False
    heads = before is last and before.is_marked and last.width < 0.75 * full
    if punctuated and not (finished or heads or line.after_gap):
        return True
    if not full or (line.after_gap and (not gaps_lie or finished)):
        return False
    if wrapping.indented and before is last and 3 <= last.indent - line.indent <= 15:
        return last.width >= 0.7 * full
    if finished and before.is_marked and line.indent <= before.indent - 14:
        return False  # addressees stand far to the right of the letter's own words
    if before.is_marked and line.indent <= before.indent < last.indent - 1:
        return False  # the bullet's own lines hang; this one stands at the margin
    if last.width + len(line.text.split(" ", 1)[0]) < full:
        return False
    if wrapping.indented:
        second = before is last and before.is_marked and line.indent <= last.indent + 4
        return -15 <= line.indent - last.indent <= 2 or second
    # Without indentation a full line that ends a sentence may end its paragraph too; inside a
    # bullet or number the sentence that follows belongs to it far more often than not.
    return not finished or before.is_marked


def _is_heading_torn(line: Line, last: Line) -> bool:
    """Whether capitals go on a marked heading in capitals: "V. TỔ CHỨC" / "THỰC HIỆN"."""
    capitals = last.text.isupper() and line.text.isupper() and not FINISHED.search(last.text)
    return capitals and not (APPENDIX.match(line.text) or SIGNED_LINE.match(line.text))


def _orders_anew(line: Line, before: Line, last: Line) -> bool:
    """Whether a line as far in as the one-line paragraph above opens with an act in a capital."""
    if ASKS_ANEW.match(line.text) and not last.text.endswith((",", "-")):
        return True
    level = before is last and not before.is_marked and line.indent == last.indent >= 3
    return level and line.text[:1].isupper() and starts_with_verb(line.text)


def joined(lines: list[Line], wrapped: bool | None) -> list[str]:
    """Join lines into paragraphs."""
    wrapping = Wrapping.of(lines, wrapped)
    paragraphs: list[str] = []
    before = last = None
    for line in lines:
        if (
            before
            and last
            and (
                (wrapping.blocks and is_torn(line, before, last))
                or goes_on(line, before, last, wrapping)
            )
        ):
            paragraphs[-1] = glue(paragraphs[-1], line.text)
        else:
            paragraphs.append(line.text)
            line.is_addressee = line.is_marked and bool(
                before and (before.is_addressee or ADDRESSES.search(before.text))
            )
            before = line
        last = line
    return paragraphs


def glue(paragraph: str, text: str) -> str:
    """Two torn pieces; a number torn at its hyphen ("178/2026/NĐ-", "CP") closes up."""
    if re.search(r"[\dA-ZĐ]-$", paragraph) and re.match(r"[A-ZĐ]", text):
        return paragraph + text
    if re.search(r"\d/[A-ZĐ0-9]*$", paragraph) and re.match(r"-[A-ZĐ]", text):
        return paragraph + text
    return f"{paragraph} {text}"


def _full_width(lines: list[Line]) -> float:
    """The width a line must have to be one the page's edge broke; 0 in text that is not wrapped."""
    end = next((i for i, line in enumerate(lines) if RECIPIENTS.match(line.text)), len(lines))
    widths = sorted(line.width for line in lines[:end])
    if len(widths) < 8:
        return 0
    edge = widths[int(len(widths) * 0.9)]
    near = sum(0.8 * edge <= width <= edge * 1.15 for width in widths)
    return 0.88 * edge if edge <= 130 and near >= 0.2 * len(widths) else 0
