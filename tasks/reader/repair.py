"""Put the text back as its author wrote it: letters, lines and paragraphs lost on the way.

Input is raw text of any source; output is one paragraph a line, so that every later stage can
point into it. Two-column headings and signature blocks are read left column first.
"""

import re
import unicodedata
from functools import reduce
from itertools import zip_longest

from tasks.reader.flat_tables import rows_put_together
from tasks.reader.joining import glue, joined
from tasks.reader.lines import Line
from tasks.reader.marks import APPENDIX, DATE_LINE, MOTTO, RECIPIENTS, TITLE
from tasks.reader.phrases import UPPER

LOOK_ALIKES = str.maketrans(
    "аеорсхуіѕјАВЕКМНОРСТХУІðÐƣƢ‐‑−",  # Cyrillic letters, eth, gha and hyphens that look the same
    "aeopcxyisjABEKMHOPCTXYIđĐưƯ---",
)
INVISIBLE = dict.fromkeys([0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF])
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
# Bullets of Word's symbol fonts, which a PDF gives as private letters.
GLYPH_BULLETS = re.compile(
    r"(?m)^([ ]*)?[\uf0b7\uf0a7\uf02d\uf0d8\uf076\uf0fc\u25cf\u25cb\u25e6\u2023\u25a0\u25aa\u25a1"
    r"\u27a2\u2713\u2714\u2756][ ]*"
)
SPACES = re.compile(r"[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\t]")
EMPHASIS = re.compile(r"(?m)^#{1,6}[ \t]+|\*\*|__|(?<!\w)\*(?=\S)|(?<=[^\s*])\*(?!\w)")
BREAK = re.compile(r"<br\s*/?>")
BROKEN_ROW = re.compile(r"(?m)^.*\|.*<br\s*/?>.*$")
PAGE_NUMBER = re.compile(r"\s*(?:[-–]\s*)?(?:Trang\s*)?\d{1,3}(?:\s*/\s*\d{1,3})?(?:\s*[-–])?\s*$")
RUNNING_HEAD = re.compile(r"\s*(?:\d{1,3}\s+)?CÔNG BÁO\s*/\s*Số\s.*\d{4}(?:\s+\d{1,3})?\s*$")
RULE = re.compile(r"[\s*_=~—–|-]*(?:[*_=~—–-]{3,}|\*|\|)[\s*_=~—–|-]*")
FOOTNOTE = re.compile(rf"\s*(\d{{1,2}})\s+(?={UPPER})")
# What an empty table cell leaves behind a line that is no row of data.
BORDERS_LEFT_OVER = re.compile(r"(?m)^([^|\n]+?)(?:[ \t]*\|){1,2}[ \t]*$")
# A cell's border on a line of its own, as some pages are copied.
BORDER_ALONE = re.compile(r"(?m)^[ \t]*\|[ \t]*$")
ADDRESSED_CELL = re.compile(r"(?i)(Kính\s+gửi\s*:?)[ \t]*\|")
LONGEST_RECIPIENT = 200
LONGEST_NOTE = 20
"""So many lines of notes are at the foot of a page, at most."""
COLUMNS = re.compile(r" {3,}|\s*\|\s*")


def letters(raw: str) -> str:
    """Compose Unicode, replace look-alike letters and odd spaces, drop marks of emphasis."""
    text = raw.replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n")
    text = text.replace("\u2028", "\n").replace("\u2029", "\n").replace("\x85", "\n")
    text = unicodedata.normalize("NFC", text).translate(LOOK_ALIKES).translate(INVISIBLE)
    text = SPACES.sub(lambda match: "    " if match[0] == "\t" else " ", text)
    text = GLYPH_BULLETS.sub(r"\1- ", text)
    text = re.sub(r"(?<=\S)  (?=\S)", " ", text)
    text = CONTROLS.sub("", text)
    text = BROKEN_ROW.sub(lambda match: _unbroken(match[0]), text)
    return unicodedata.normalize("NFC", EMPHASIS.sub("", text))


def _unbroken(row: str) -> str:
    """A Markdown row whose cells hold several lines each, as several rows."""
    cells = [BREAK.split(cell) for cell in row.strip().strip("|").split("|")]
    return "\n".join(
        " | ".join(piece.strip() for piece in line) for line in zip_longest(*cells, fillvalue="")
    )


def without_pages(chunks: list[str], noted: bool = True) -> tuple[list[Line], list[str]]:
    """Drop page numbers and page breaks; take footnotes out of the flow and return them apart.

    A footnote ends with its page; what grows longer than one does was none. `noted` says whether
    footnotes stand in the flow at all: Word keeps its own apart.
    """
    lines: list[Line] = []
    notes: list[list[Line]] = []
    note: list[Line] = []
    gap, page = False, False
    for chunk in chunks:
        if "\f" in chunk:
            page, note = True, []
            chunk = chunk.replace("\f", "")
        if not chunk.strip() or RULE.fullmatch(chunk):
            gap = True
            continue
        if PAGE_NUMBER.match(chunk) and lines and (gap or page or chunk.startswith("   ")):
            page, note = True, []
            continue
        if RUNNING_HEAD.match(chunk):
            page = True
            continue
        mark = FOOTNOTE.match(chunk) if noted and gap else None
        line = Line(chunk, gap, page)
        if mark and _is_noted(mark[1], lines):
            note = [line]
            notes.append(note)
            continue
        if note:
            note.append(line)
            if len(note) > LONGEST_NOTE:
                lines += notes.pop()
                note = []
            continue
        lines.append(line)
        gap = page = False
    return lines, [reduce(glue, (line.text for line in note)) for note in notes]


def _is_noted(number: str, lines: list[Line]) -> bool:
    """Whether the running text carries the footnote's number glued to a word."""
    mark = re.compile(rf"[^\W\d]{number}(?=[\s.,;:)]|$)")
    return any(mark.search(line.text) for line in lines[-60:])


TORN = re.compile(
    rf"{MOTTO.pattern}|(?:ỦY|UỶ)\s+BAN\s+NHÂN\s+DÂN|HỘI\s+ĐỒNG\s+NHÂN\s+DÂN"
    r"|ngày\s+\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}|^Số\s*:\s+(?=\d+\s?/)",
    re.I | re.M,
)


def mend_heading(text: str) -> str:
    """Set phrases of the heading that a narrow column broke over lines, in one line again."""
    head, rest = text[:1200], text[1200:]
    head = TORN.sub(lambda match: re.sub(r"[ \n]+", " ", match[0]), head)
    return re.sub(r",[ \n]*\n[ \n]*(?=ngày\s)", ", ", head) + rest


def in_columns(lines: list[str]) -> list[str]:
    """Read the heading and the signature block column by column instead of across."""
    head = _heading_length(lines)
    tail = next((i for i, line in enumerate(lines) if i >= head and RECIPIENTS.match(line)), None)
    if tail is None:
        return _right_first(lines[:head]) + lines[head:]
    end = next((i for i in range(tail + 1, len(lines)) if _is_body(lines[i])), len(lines))
    left, right = _columns(lines[tail:end])
    return _right_first(lines[:head]) + lines[head:tail] + [*left, "", *right, ""] + lines[end:]


def _is_body(line: str) -> bool:
    """Whether a line below the recipients is an appendix's or an attached plan's, by its words."""
    text = line.strip()
    attached = TITLE.fullmatch(text) or len(text) > LONGEST_RECIPIENT
    return bool(APPENDIX.match(line) or (attached and not COLUMNS.search(text)))


def _heading_length(lines: list[str]) -> int:
    """How many lines from the top stand in two columns: to the last motto, date or number."""
    length = 0
    for index, line in enumerate(lines[:40]):
        if re.match(r"\s*Kính gửi", line, re.I) or TITLE.match(line.strip()):
            break
        if MOTTO.search(line) or DATE_LINE.search(line):
            length = index + 1
    return length


def _right_first(lines: list[str]) -> list[str]:
    """The motto and date line first, so that the abstract below the number stays whole."""
    left, right = _columns(lines, cut=True)
    return [*right, "", *left] if right else left


def _columns(lines: list[str], cut: bool = False) -> tuple[list[str], list[str]]:
    """Part lines at wide gaps and cell borders; a line alone far to the right is right.

    Where one line shows where the right column begins, narrow gaps there part lines too.
    """
    left: list[str] = []
    right: list[str] = []
    border = _border(lines)
    for line in lines:
        found = cut and (MOTTO.search(line) or DATE_LINE.search(line))
        if found:
            before = COLUMNS.sub(" ", line[: found.start()]).strip()
            left.append("" if RULE.fullmatch(before) else before)
            right.append(line[found.start() :].strip())
            continue
        pieces = [p for p in COLUMNS.split(line.strip()) if p and not RULE.fullmatch(p)]
        if len(pieces) == 1 and border:
            pieces = _parted(line, border) or pieces
        if not pieces:
            left.append("")
        elif len(pieces) == 1 and len(line) - len(line.lstrip()) >= 35:
            right.append(pieces[0])
        elif cut and re.match(r"[/-]", pieces[-1]):
            left.append(" ".join(pieces))
        else:
            left.append(pieces[0])
            right.extend(pieces[1:])
    return left, right


def _border(lines: list[str]) -> int:
    """The place where right pieces begin most often; 0 when none is seen."""
    if any(" | " in line for line in lines):
        return 0  # cells part the columns already
    gap = re.compile(r"(?<!ngày)(?<!tháng)(?<!năm)(?<=\S) {3,}(?=[^\s/–-])")
    starts = [m.end() for line in lines for m in gap.finditer(line)]
    return max(set(starts), key=starts.count) if starts else 0


def _parted(line: str, border: int) -> list[str]:
    """A line cut at the border, when a single blank stands there between two words."""
    if len(line) - len(line.lstrip()) >= border - 12:
        return []
    for place in (border, border - 1, border + 1, border - 2):
        if 0 < place < len(line) and line[place - 1] == " " and line[:place].strip():
            return [line[:place].strip(), line[place:].strip()]
    return []


def repair(raw: str, wrapped: bool | None = None) -> str:
    """The whole repair: one paragraph a line, footnotes at the end.

    `wrapped` says whether lines break at a page's edge (a PDF) or only where paragraphs do
    (.docx); None lets the widths of the lines decide.
    """
    raw = BORDERS_LEFT_OVER.sub(r"\1", ADDRESSED_CELL.sub(r"\1 ", raw))
    raw = BORDER_ALONE.sub("", raw)
    lines = rows_put_together(mend_heading(letters(raw)).split("\n"))
    columns = "\n".join(in_columns(lines))
    lines, notes = without_pages(mend_heading(columns).split("\n"), wrapped is not False)
    return "\n".join(joined(lines, wrapped) + notes)
