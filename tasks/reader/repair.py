"""Put the text back as its author wrote it: letters, lines and paragraphs lost on the way.

Input is raw text of any source; output is one paragraph a line, so that every later stage can
point into it. Two-column headings and signature blocks are read left column first.
"""

import re
import unicodedata
from itertools import pairwise, zip_longest

from tasks.reader.acts import starts_with_verb
from tasks.reader.flat_tables import rows_put_together
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

ROMAN = r"(?:X{0,2}(?:IX|IV|V?I{1,3}|V)|X{1,2})"
SMALL_ROMAN = r"(?:x|ix|iv|v?i{1,3}|v)"
ORDINALS = (
    r"(?:Thứ\s+(?:nhất|hai|ba|tư|năm|sáu|bảy|tám|chín|mười)|"
    r"(?:Một|Hai|Ba|Bốn|Năm|Sáu|Bảy|Tám|Chín|Mười)\s+là)"
)
BRACKETED = re.compile(rf"\s*(?:\((?:\d{{1,2}}|{SMALL_ROMAN})\)[.:]?|{ORDINALS}\s*[,:])\s*(?=\S)")
# "Điều 62 Luật Địa chất": an article of a law that is cited, where a line happens to begin.
NOT_CITED = (
    r"(?!\s*,|\s+(?:Luật|Bộ luật|Hiến pháp|Pháp lệnh|Nghị định|Nghị quyết|Thông tư|Quy định|"
    r"Quy chế|Quyết định|Thỏa thuận|Hiệp định|của|và|nêu|này|tại|trên)\b)"
)
BREAK = re.compile(r"<br\s*/?>")
BROKEN_ROW = re.compile(r"(?m)^.*\|.*<br\s*/?>.*$")
MARKER = re.compile(
    rf"\s*(?:[-–—+•▪*]\s+|\d{{1,2}}(?:\.\d{{1,2}})*(?:[.)]|/(?!{UPPER}{{2}}))\s*(?=\D)|[a-zđ](?:\)|/\.?|\.(?=\s+{UPPER}))\s*|{ROMAN}\.\s*"
    rf"|(?:Điều|Phần|Chương|Mục)\s+[\dIVX]+\b{NOT_CITED})"
)
BULLET_ONLY = re.compile(r"\s*[-–—+•▪](?=\S)(?![-–—])")
PAGE_NUMBER = re.compile(r"\s*(?:[-–]\s*)?(?:Trang\s*)?\d{1,3}(?:\s*/\s*\d{1,3})?(?:\s*[-–])?\s*$")
RUNNING_HEAD = re.compile(r"\s*(?:\d{1,3}\s+)?CÔNG BÁO\s*/\s*Số\s.*\d{4}(?:\s+\d{1,3})?\s*$")
RULE = re.compile(r"[\s*_=~—–|-]*(?:[*_=~—–-]{3,}|\*|\|)[\s*_=~—–|-]*")
FOOTNOTE = re.compile(rf"\s*(\d{{1,2}})\s+(?={UPPER})")
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
# A mark alone on its line: what it marks stands below.
LONE_MARK = re.compile(
    rf"\s*(?:[-–—+•▪]|\d{{1,2}}[.)]|\d{{1,2}}(?:\.\d{{1,2}})+[.)]?|[a-zđ]\)|{ROMAN}\.)\s*"
)
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
# What an empty table cell leaves behind a line that is no row of data.
BORDERS_LEFT_OVER = re.compile(r"(?m)^([^|\n]+?)(?:[ \t]*\|){1,2}[ \t]*$")
ADDRESSED_CELL = re.compile(r"(?i)(Kính\s+gửi\s*:?)[ \t]*\|")
ADDRESSES = re.compile(r"Kính\s+gửi\s*:|(?:^|\s)điện\s*:$", re.I)
COLUMNS = re.compile(r" {3,}|\s*\|\s*")

MOTTO = re.compile(
    r"C[ỘÔ]NG\s+H(?:ÒA|OÀ)\s+XÃ\s+HỘI\s+CHỦ\s+NGHĨA\s+VI[ỆÊẾ]T(?:\s+NAM)?|"
    r"ĐẢNG\s+CỘNG\s+SẢN\s+VI[ỆÊ]T\s+NAM"
    r"|Độc lập\s*[-–]\s*Tự do\s*[-–]\s*Hạnh phúc",
    re.I,
)
DATE_LINE = re.compile(
    # In figures only alone on its line or in its column: a citation ends in a day as well.
    rf"(?m:(?<![\w/-])(?=[^\n]*tháng)|(?:^|(?<=\s\s\s))(?=[^\n]*/\s?\d{{4}}\s*$))"
    rf"(?:{UPPER}[\w.]*)(?: (?:- )?{UPPER}[\w'’]*){{0,4}} ?, *[Nn]gày[\s.…]*(\d{{1,2}})?"
    r"[\s.…]*(?:tháng|/)[\s.…]*(\d{1,2})?[\s.…]*(?:năm|/)[\s.…]*(\d{4})?"
)
TITLE = re.compile(
    r"(QUYẾT ĐỊNH|CHỈ THỊ|KẾ HOẠCH|THÔNG BÁO(?: KẾT LUẬN)?|CÔNG ĐIỆN|CHƯƠNG TRÌNH(?: HÀNH ĐỘNG)?"
    r"|HƯỚNG DẪN|NGHỊ QUYẾT|KẾT LUẬN|QUY CHẾ|PHƯƠNG ÁN|ĐỀ ÁN|TỜ TRÌNH|BÁO CÁO|GIẤY MỜI|CÔNG VĂN)"
    r"(?:(?<=GIẤY MỜI)\s+HỌP)?"
    r"(?=$|[\s:])"
)
RECIPIENTS = re.compile(r"\s*Nơi\s+nhận\s*:?", re.I)
APPENDIX = re.compile(
    r"\s*(?:(?:PHỤ LỤC|Phụ lục|PHỤ BIỂU|Phụ biểu)(?:\s+(?:số\s*)?[\dIVX]+)?\s*(?:$|[:.(])"
    # Without the word: what is attached, by its title or by its table's first cell.
    r"|(?:PHÂN CÔNG|DANH SÁCH|DANH MỤC|BẢNG|BIỂU|MẪU|ĐỀ CƯƠNG|LỊCH|TIẾN ĐỘ|NHIỆM VỤ)\b[^a-zà-ỹ|]*$"
    r"|(?:STT|TT|Số TT)\s*\|)"
)


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


def without_pages(chunks: list[str]) -> tuple[list[Line], list[str]]:
    """Drop page numbers and page breaks; take footnotes out of the flow and return them apart."""
    lines: list[Line] = []
    notes: list[str] = []
    gap, page, note = False, False, False
    for chunk in chunks:
        if "\f" in chunk:
            page, note = True, False
            chunk = chunk.replace("\f", "")
        if not chunk.strip() or RULE.fullmatch(chunk):
            gap = True
            continue
        if PAGE_NUMBER.match(chunk) and lines and (gap or page or chunk.startswith("   ")):
            page, note = True, False
            continue
        if RUNNING_HEAD.match(chunk):
            page = True
            continue
        mark = FOOTNOTE.match(chunk)
        if mark and gap and _is_noted(mark[1], lines):
            note = True
            notes.append(chunk.strip())
            continue
        if note:
            notes[-1] = _glue(notes[-1], chunk.strip())
            continue
        lines.append(Line(chunk, gap, page))
        gap = page = False
    return lines, notes


def _is_noted(number: str, lines: list[Line]) -> bool:
    """Whether the running text carries the footnote's number glued to a word."""
    mark = re.compile(rf"[^\W\d]{number}(?=[\s.,;:)]|$)")
    return any(mark.search(line.text) for line in lines[-60:])


TORN = re.compile(
    rf"{MOTTO.pattern}|(?:ỦY|UỶ)\s+BAN\s+NHÂN\s+DÂN|HỘI\s+ĐỒNG\s+NHÂN\s+DÂN"
    r"|ngày\s+\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}",
    re.I,
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
    end = next((i for i in range(tail + 1, len(lines)) if APPENDIX.match(lines[i])), len(lines))
    left, right = _columns(lines[tail:end])
    return _right_first(lines[:head]) + lines[head:tail] + [*left, "", *right, ""] + lines[end:]


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


def goes_on(
    line: Line,
    before: Line,
    last: Line,
    full: float,
    indented: bool,
    gaps_lie: bool,
    punctuated: bool,
) -> bool:
    """Whether a line continues the paragraph that `before` began and `last` ended.

    Word and PDF tear sentences apart; the signs that hold are case, punctuation, the page
    break itself, and in text wrapped at a width its indentation and the fullness of lines.
    `gaps_lie` says that blank lines may stand anywhere, as in text laid out from a PDF;
    `punctuated` that in this text no paragraph ends without a mark.
    """
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
    if indented and before is last and 3 <= last.indent - line.indent <= 15:
        return last.width >= 0.7 * full
    if finished and before.is_marked and line.indent <= before.indent - 14:
        return False  # addressees stand far to the right of the letter's own words
    if before.is_marked and line.indent <= before.indent < last.indent - 1:
        return False  # the bullet's own lines hang; this one stands at the margin
    if last.width + len(line.text.split(" ", 1)[0]) < full:
        return False
    if indented:
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
    full = _full_width(lines) if wrapped is None or wrapped else 0
    indents = {line.indent for line in lines if line.text and line.indent < 30}
    indented = len(indents) > 1 and max(indents) - min(indents) >= 3
    blocks = wrapped is None and in_blocks(lines)
    punctuated = bool(full) and not indented and ends_are_marked(lines, full)
    paragraphs: list[str] = []
    before = last = None
    for line in lines:
        if (
            before
            and last
            and (
                (blocks and is_torn(line, before, last))
                or goes_on(line, before, last, full, indented, wrapped is True, punctuated)
            )
        ):
            paragraphs[-1] = _glue(paragraphs[-1], line.text)
        else:
            paragraphs.append(line.text)
            line.is_addressee = line.is_marked and bool(
                before and (before.is_addressee or ADDRESSES.search(before.text))
            )
            before = line
        last = line
    return paragraphs


def _glue(paragraph: str, text: str) -> str:
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


def repair(raw: str, wrapped: bool | None = None) -> str:
    """The whole repair: one paragraph a line, footnotes at the end.

    `wrapped` says whether lines break at a page's edge (a PDF) or only where paragraphs do
    (.docx); None lets the widths of the lines decide.
    """
    raw = BORDERS_LEFT_OVER.sub(r"\1", ADDRESSED_CELL.sub(r"\1 ", raw))
    lines = rows_put_together(mend_heading(letters(raw)).split("\n"))
    columns = "\n".join(in_columns(lines))
    lines, notes = without_pages(mend_heading(columns).split("\n"))
    return "\n".join(joined(lines, wrapped) + [re.sub(r"\s+", " ", note) for note in notes])
