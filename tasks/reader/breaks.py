"""Which line goes on with the one above it, and which begins a paragraph."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from tasks.reader.acts import VERB, starts_with_verb
from tasks.reader.heads import FORMAL_AGENT
from tasks.reader.lines import FINISHED, Line, Wrapping
from tasks.reader.marks import APPENDIX, LONE_MARK, MARKER, SMALL_ROMAN
from tasks.reader.phrases import UPPER

INLINE_LIST = re.compile(r"\(i\).*[;,.]\s*\(ii\)")
# "… và phát triển kinh tế" / "– xã hội": a name torn before its dash.
HYPHENATED = re.compile(
    r"(?:[Kk]inh tế|[Cc]hính trị|[Ll]ao động|[Tt]ài chính|[Vv]ăn h[óo][aá]|[Ss]ản xuất)\n"
    r"[-–]\s?(?:[Xx]ã hội|[Tt]hương binh|[Kk]ế hoạch|[Tt]hể thao|[Tt]hông tin|[Kk]inh doanh)\b"
    r"|[Cc]ông nghiệp\n[-–]\s?(?:Viễn thông|Năng lượng|Thương mại|Xây dựng)\b"
)
SIGNED_LINE = re.compile(r"(?:KT|TM|TL|TUQ|Q|T/M|T/L)\b|NƠI NHẬN")
SHORT_HEADING = 70
UNFINISHED_WORDS = re.compile(
    r"(?:[,–-]|\b(?:và|của|với|các|cho|về|tại|do|từ|theo|hoặc|những|thuộc|giao|gồm)|"
    r"\b(?:khoản|điểm)\s+\w{1,3})$"
)
# "… Đắk Lắk, Khánh Hòa, Gia" / "Lai và Lâm Đồng": a place's name torn in a list of such.
TORN_NAME = re.compile(rf"[,:] {UPPER}\w+\n{UPPER}\w+(?:,| và) {UPPER}")
# "Ủy ban nhân dân" / "Thành phố đánh giá …": a body torn from its place; a title from its verb.
TORN_BODY = re.compile(
    r"(?:Ủy|Uỷ) ban nhân dân\n(?:Thành phố|Tỉnh|Huyện)\b|[a-zà-ỹ]{2,}\n[“\"][^\W\d]"
    r"|(?<!Hải )\b(?:Ban|Sở|Bộ|Cục|Phòng|Viện|Thanh tra|Đài|Báo|Hội|Mặt trận|Liên hiệp|Thủ tướng|"
    rf"Việt)\n{UPPER}[a-zà-ỹ]"
)
# "… giải quyết 03 vấn đề: (i)" / "Tích hợp …": a mark left behind at the end of its line.
MARK_LEFT = re.compile(rf"\s\((?:\d{{1,2}}|{SMALL_ROMAN})\)$")
# "(2) Cắt giảm …" in the middle of a paragraph that has its "(1)".
COUNTED = re.compile(r"\((\d{1,2})\)\s")
# "… chuẩn hóa kết quả giải quyết" / "TTHC chưa được chuẩn hóa": a short form no name begins with.
SHORT_FORM = re.compile(rf"{UPPER}{{3,6}}\s[a-zà-ỹ]")
# "6. Về đưa tỉnh Điện" / "Biên vào các chương trình": a name torn in a numbered first line.
NAME_ENDS = re.compile(rf"\s{UPPER}[a-zà-ỹ]*$")
NAME_BEGINS = re.compile(rf"{UPPER}[a-zà-ỹ]+\s+(?:[-–]|[a-zà-ỹ])")
ELLIPSIS = re.compile(r"(?:\.{3}|…)[\"”’)]*$")
ASKS_ANEW = re.compile(r"(?:Đề nghị|Yêu cầu|Giao(?! thông| dịch| lưu))\s")


@dataclass(frozen=True)
class _Break:
    """The break before a line: the paragraph that `before` began and `last` ended stands above.

    Each judge says True (the line goes on), False (it begins a paragraph), or None (ask the next).
    """

    line: Line
    before: Line
    last: Line
    wrapping: Wrapping

    @property
    def finished(self) -> bool:
        """Whether the line above ends with a mark."""
        return bool(FINISHED.search(self.last.text))

    @property
    def follows_marked(self) -> bool:
        """Whether the line above is the first of a numbered or bulleted paragraph."""
        return self.before is self.last and self.before.is_marked

    @property
    def joint(self) -> str:
        """The end of the line above and the beginning of this one, a line end between."""
        return f"{self.last.text[-40:]}\n{self.line.text[:60]}"

    def row_of_table(self) -> bool | None:
        return False if self.line.is_row or self.before.is_row else None

    def marked(self) -> bool | None:
        """A mark begins a paragraph, unless it is a dash inside a name or a quotation."""
        line, last = self.line, self.last
        if not line.is_marked:
            return None
        if last.text.count("“") > last.text.count("”") and not line.after_gap:
            return line.text[0] in "-–"  # "“Kỷ cương; Chủ động" / "- Sáng tạo”"
        dashed = line.text[0] in "-–" and last.width >= 0.75 * self.wrapping.full
        if self.wrapping.punctuated and dashed and not (self.finished or line.after_gap):
            return True  # "… đường cao tốc Sơn La" / "- Điện Biên"
        return bool(HYPHENATED.search(self.joint))

    def below_lone_mark(self) -> bool | None:
        """What a mark alone on its line marks stands below it."""
        if self.before is self.last and LONE_MARK.fullmatch(self.last.text):
            return not self.line.after_gap
        return None

    def addressed(self) -> bool | None:
        """So in "Kính gửi: Sở A, Sở B," / "Sở C"."""
        if self.last.text.endswith(",") and self.last.text.startswith("Kính"):
            return not self.line.is_block
        return None

    def torn_heading(self) -> bool | None:
        """So in "V. TỔ CHỨC" / "THỰC HIỆN"."""
        line, last = self.line, self.last
        capitals = last.text.isupper() and line.text.isupper() and not self.finished
        other = APPENDIX.match(line.text) or SIGNED_LINE.match(line.text)
        torn = self.before.is_marked and not line.after_gap and capitals and not other
        return True if torn else None

    def block(self) -> bool | None:
        return False if self.line.is_block or self.last.is_block else None

    def closed(self) -> bool | None:
        """A letter's last sentence ends "./."."""
        return False if self.last.text.endswith("./.") else None

    def bracketed(self) -> bool | None:
        """A number in brackets begins a point, but runs on in "Cụ thể: (i) …; (ii) …"."""
        if not self.line.is_bracketed:
            return None
        full = self.wrapping.full
        runs_on = INLINE_LIST.search(self.line.text) and full
        points = self.finished or not full or self.follows_marked
        return False if points and not runs_on else None

    def over_page(self) -> bool | None:
        """What a page's end broke goes on, unless a heading ended the page."""
        if not self.line.after_page or self.finished:
            return None
        if UNFINISHED_WORDS.search(self.last.text):
            return True
        heads = self.follows_marked and self.last.width < SHORT_HEADING
        return not (heads and self.line.text[:1].isupper() and starts_with_verb(self.line.text))

    def mark_left_behind(self) -> bool | None:
        return True if MARK_LEFT.search(self.last.text) and not self.line.after_gap else None

    def lists_on(self) -> bool | None:
        """So in "3. Các bộ, cơ quan thuộc Chính phủ;" / "Ủy ban nhân dân các tỉnh …"."""
        if not (self.wrapping.full and self.follows_marked and self.last.text.endswith(";")):
            return None
        names = MARKER.sub("", self.last.text, count=1)
        both = FORMAL_AGENT.match(names) and FORMAL_AGENT.match(self.line.text)
        return True if both and not VERB.search(names) and not self.line.after_gap else None

    def lower_case(self) -> bool | None:
        """A small letter goes on with a sentence, also behind ";", and ":" at the edge."""
        if not self.line.starts_lower:
            return None
        last, full = self.last, self.wrapping.full
        torn = last.text.endswith((";", ",")) or ELLIPSIS.search(last.text)
        torn = torn or (last.text.endswith(":") and full and last.width >= full)
        return not self.finished or bool(torn and not self.line.after_gap)

    def short_form(self) -> bool | None:
        """So in "… kết quả giải quyết" / "TTHC chưa được chuẩn hóa"."""
        starts = SHORT_FORM.match(self.line.text) and not FORMAL_AGENT.match(self.line.text)
        torn = self.wrapping.full and not self.finished and not self.line.after_gap
        return True if starts and torn else None

    def unfinished_word(self) -> bool | None:
        return True if not self.finished and UNFINISHED_WORDS.search(self.last.text) else None

    def torn_name(self) -> bool | None:
        torn = TORN_NAME.search(self.joint) or TORN_BODY.search(self.joint)
        return True if self.wrapping.full and torn else None

    def below_addressee(self) -> bool | None:
        return False if self.before.is_addressee and self.finished else None

    def hangs(self) -> bool | None:
        """A bullet's own lines hang below its first word."""
        line, before, last = self.line, self.before, self.last
        hangs = before.is_marked and 2 <= line.indent - before.indent <= 8
        level = last is before or last.indent == line.indent
        return True if self.wrapping.gaps_lie and hangs and level else None

    def name_torn_in_first_line(self) -> bool | None:
        """So in "6. Về đưa tỉnh Điện" / "Biên vào các chương trình"."""
        if not (self.wrapping.first_short and self.follows_marked) or self.line.after_gap:
            return None
        text = self.line.text
        if not (NAME_ENDS.search(self.last.text) and NAME_BEGINS.match(text)):
            return None
        return not (starts_with_verb(text) or FORMAL_AGENT.match(text))

    def orders_anew(self) -> bool | None:
        """An order, or an act in a capital as far in as the one-line paragraph above."""
        line, last = self.line, self.last
        if ASKS_ANEW.match(line.text) and not last.text.endswith((",", "-")):
            return False
        alone = self.before is last and not self.before.is_marked
        level = alone and line.indent == last.indent >= 3
        acts = line.text[:1].isupper() and starts_with_verb(line.text)
        return False if level and acts else None

    def short_first_line(self) -> bool | None:
        """Where first lines break early, a short line behind a full stop is one."""
        short = self.wrapping.first_short and self.line.begins_short(self.wrapping.full)
        return False if short and self.finished else None

    def mark_missing(self) -> bool | None:
        """Where every paragraph ends with a mark, what has none goes on."""
        heads = self.follows_marked and self.last.width < 0.75 * self.wrapping.full
        waits = not (self.finished or heads or self.line.after_gap)
        return True if self.wrapping.punctuated and waits else None

    def not_wrapped(self) -> bool | None:
        """Where the edge breaks no lines, and behind a blank line, a paragraph begins."""
        gap = self.line.after_gap and (not self.wrapping.gaps_lie or self.finished)
        return False if not self.wrapping.full or gap else None

    def below_indented(self) -> bool | None:
        """The second line of a paragraph whose first is set in."""
        set_in = 3 <= self.last.indent - self.line.indent <= 15
        if self.wrapping.indented and self.before is self.last and set_in:
            return self.last.width >= 0.7 * self.wrapping.full
        return None

    def further_out(self) -> bool | None:
        """What stands further out than the bullet above it is no part of it.

        Addressees stand far to the right of the letter's own words.
        """
        line, before, last = self.line, self.before, self.last
        if not before.is_marked:
            return None
        far = self.finished and line.indent <= before.indent - 14
        return False if far or line.indent <= before.indent < last.indent - 1 else None

    def room_left(self) -> bool | None:
        """A line that had room for the next word was not broken by the edge."""
        word = self.line.text.split(" ", 1)[0]
        return False if self.last.width + len(word) < self.wrapping.full else None

    def level_with_last(self) -> bool | None:
        """In indented text a full line goes on as far in as it stands."""
        if not self.wrapping.indented:
            return None
        second = self.follows_marked and self.line.indent <= self.last.indent + 4
        return -15 <= self.line.indent - self.last.indent <= 2 or second

    def full_line(self) -> bool | None:
        """Without indentation a full line that ends a sentence may end its paragraph too.

        Inside a bullet or number the sentence that follows belongs to it far more often than not.
        """
        return not self.finished or self.before.is_marked


# Asked in this order; the first that says something decides.
_JUDGES: tuple[Callable[[_Break], bool | None], ...] = (
    _Break.row_of_table,
    _Break.marked,
    _Break.below_lone_mark,
    _Break.addressed,
    _Break.torn_heading,
    _Break.block,
    _Break.closed,
    _Break.bracketed,
    _Break.over_page,
    _Break.mark_left_behind,
    _Break.lists_on,
    _Break.lower_case,
    _Break.short_form,
    _Break.unfinished_word,
    _Break.torn_name,
    _Break.below_addressee,
    _Break.hangs,
    _Break.name_torn_in_first_line,
    _Break.orders_anew,
    _Break.short_first_line,
    _Break.mark_missing,
    _Break.not_wrapped,
    _Break.below_indented,
    _Break.further_out,
    _Break.room_left,
    _Break.level_with_last,
    _Break.full_line,
)


def goes_on(line: Line, before: Line, last: Line, wrapping: Wrapping) -> bool:
    """Whether a line continues the paragraph that `before` began and `last` ended.

    Word and PDF tear sentences apart; the signs that hold are case, punctuation, the page
    break itself, and in text wrapped at a width its indentation and the fullness of lines.
    """
    place = _Break(line, before, last, wrapping)
    return next(said for judge in _JUDGES if (said := judge(place)) is not None)


def counts_on(line: Line, paragraph: str) -> bool:
    """Whether a line begins with "(2)" and the paragraph above has its "(1)" in its midst."""
    mark = COUNTED.match(line.text)
    if not mark or line.after_gap or mark[1] == "1":
        return False
    return paragraph.find(f"({int(mark[1]) - 1})") > 0
