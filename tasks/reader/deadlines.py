"""Until when and how often, as written; `agencies.deadlines` computes the days."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from agencies.deadlines import Calendar, DeadlineRefused, last_day_in_time, parse

_DAY = (
    r"(?:(?:ngày\s+)?\d{1,2}\s?[/.-]\s?\d{1,2}(?:\s?[/.-]\s?\d{4})?(?!\s?[/.]\d)(?!\d)"
    r"|ngày\s+\d{1,2}\s+tháng\s+\d{1,2}(?:\s*(?:năm\s+|/\s?)\d{4})?"
    r"|\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4})"
)
_YEAR = r"(?:\s*[/.-]\s*|,?\s+năm\s+|\s+)?(?:\d{4}|nay)"
_MONTH = rf"(?:(?:đầu|giữa|cuối)\s+)?tháng\s+\d{{1,2}}(?:{_YEAR})?"
_QUARTER = rf"(?:(?:đầu|cuối)\s+)?[Qq]u[ýí]\s+(?:IV|I{{1,3}}|[1-4])(?:{_YEAR})?"
_YEARS = r"(?:(?:cuối\s+)?năm\s+\d{4}|6\s+tháng\s+(?:đầu|cuối)\s+năm(?:\s+\d{4})?)"
_PERIOD = rf"(?:{_QUARTER}|{_MONTH}|{_YEARS})"
_WEEKDAY = r"(?:(?:sáng|chiều)\s+)?(?:thứ\s+\w+|chủ\s+nhật),?\s*"
_HOUR = (
    r"(?:\d{1,2}\s*(?:giờ|h|g)\s*(?:\d{1,2}(?:\s*phút|['’])?)?,?\s*"
    rf"(?:{_WEEKDAY})?(?:\(\s*)?(?:ngày\s+)?|{_WEEKDAY}(?:\(\s*)?)?"
)
_FEAST = r"(?:Quốc\s+khánh|Giải\s+phóng\s+miền\s+Nam|Quốc\s+tế\s+Lao\s+động|Tết\s+Dương\s+lịch)"
_LATEST = (
    r"(?:chậm\s+nhất|muộn\s+nhất|không\s+(?:chậm|muộn)\s+hơn|không\s+quá)"
    r"(?:\s+(?:là|đến|vào|trong|trước|hết))*"
)
_DONE = r"(?:hoàn\s+thành|xong|kết\s+thúc|hoàn\s+tất)"
_TERM = (
    r"\d{1,3}\s*(?:\([^)]{2,20}\)\s*)?(?:ngày(?:\s+làm\s+việc)?|tuần|tháng|giờ(?:\s+làm\s+việc)?)"
    r"(?:,?\s*(?:kể\s+từ|tính\s+từ|kể\s+từ\s+khi|từ|sau)\s+(?:khi|ngày|thời\s+điểm)[^.;,]{0,60})?"
)
WRITTEN = re.compile(
    rf"(?:(?:{_DONE}\s+)?(?:{_LATEST}|trước)\s+(?:ngày\s+)?(?:{_FEAST}\s+)?{_HOUR}(?:{_DAY}|{_PERIOD})"
    rf"|{_LATEST}\s+(?:sau\s+)?{_TERM}"
    rf"|(?:{_DONE})(?:\s+(?:trong|vào|trước|đến|ngay))*\s+(?:{_DAY}|{_PERIOD})"
    rf"|(?:đến\s+hết|hết|hạn\s+(?:chót|cuối(?:\s+cùng)?)(?:\s+là|\s*:)?|thời\s+hạn(?:\s+là)?|"
    rf"thời\s+gian\s+hoàn\s+thành\s*:?)\s+{_DAY}"
    rf"|vào\s+(?:lúc\s+)?(?:ngày\s+)?{_HOUR}{_DAY}(?<=\d\d\d\d)"
    rf"|(?:thời\s+gian|thời\s+hạn|tiến\s+độ)(?:\s+(?:thực\s+hiện|hoàn\s+thành))?\s*:\s*"
    rf"(?:(?:trong|trước|vào|xong)\s+)*(?:{_DAY}|{_PERIOD})"
    rf"|đến\s+{_DAY}(?=[^.;]{{0,20}}\b{_DONE}|\s+phải\s)"
    rf"|trong\s+(?:thời\s+hạn|thời\s+gian|vòng)\s+(?:không\s+quá\s+)?{_TERM}"
    rf"|trong\s+(?:ngày\s+\d{{1,2}}/\d{{1,2}}/\d{{4}}|\d{{1,2}}\s+ngày(?:\s+làm\s+việc)?(?=\s*[.,;]|$))"
    rf"|(?:trong|vào)\s+(?:{_QUARTER}|{_MONTH})(?<=\d\d\d\d)"
    rf"|(?<=Chính phủ )(?:{_QUARTER}|{_MONTH})(?<=\d\d\d\d)(?=\s*[.;,)]|$)"
    rf"|(?:đến\s+)?hết\s+(?:năm\s+\d{{4}}|{_QUARTER}|{_MONTH})(?<=\d\d\d\d)"
    rf"|trong\s+{_YEARS}(?=\s*(?:$|[.;,)]|để|theo)))",
    re.I,
)
IN_A_FIELD = re.compile(
    rf"(?:{_DONE}\s+)?(?:(?:{_LATEST}|trước|trong|vào|đến|hết)\s+)*{_HOUR}"
    rf"(?:{_DAY}|{_PERIOD}|(?<!ngày\s){_TERM})",
    re.I,
)
# A day still to be filled in: "trước ngày …/…/2026".
BLANK = re.compile(
    rf"(?:{_DONE}\s+)?(?:{_LATEST}|trước)\s+ngày\s*(?:…|\.{{2,}}|_{{2,}})"
    r"[\s…._/]*(?:tháng[\s…._]*\d{0,2}\s*)?(?:(?:năm\s*)?\d{4})?",
    re.I,
)
UNREAD = ("deadline_unread",)
# "Quý III, IV/2025", "năm 2024 - 2025": the last of the periods is the end.
SPREAD_OVER = re.compile(
    r"\b(qu[ýí]|tháng|năm)\s+(?:[IVX]{1,4}|\d{1,4})\s*(?:,|-|–|và|đến)\s*(?:\1\s+)?(?=[IVX\d])"
    r"(?!(?<!năm\s\d{4}-)(?<!năm\s\d{4}\s-\s)(?<!năm\s\d{4}\s–\s)\d{4})",  # "quý IV-2025" is one
    re.I,
)
# "Năm 2025 và các năm tiếp theo": it begins then and has no end.
NO_END = re.compile(r"\s*(?:và|,)\s+(?:các|những)\s+năm\s+(?:tiếp|sau|kế)")
NOT_A_DUTY = re.compile(
    r"(?:(?:\bđã|được (?:phê duyệt|cấp|giao|ban hành|thành lập|xây dựng|"
    r"công nhận))\s+(?:\w+\s+){0,3}"
    r"|(?:phát sinh|tồn tại|xảy ra|có hiệu lực|tính|sinh|giai đoạn)\s+(?:từ\s+)?(?:đến\s+)?|"
    r"đến\s+)$"
)
# "theo đúng lộ trình được giao hoàn thành trong năm 2025": the pace is a duty all the same.
PACE_GIVEN = re.compile(r"(?:lộ trình|tiến độ|thời hạn)\s+(?:đã\s+)?được\s+giao(?:\s+là)?,?\s+$")
# "giải ngân vốn trong năm 2026" goes on through the year, "hoàn thành … trong năm 2026" ends.
IN_YEAR = re.compile(r"(?:trong\s+(?:năm|6\s+tháng)|(?:đến\s+)?hết\s+(?:năm|tháng|qu[ýí]))\s", re.I)
ENDS = re.compile(
    r"\b(?:hoàn thành|hoàn tất|hoàn thiện|xong|ban hành|trình|báo cáo|phê duyệt|đưa vào|khởi công|"
    r"khánh thành|nghiệm thu|bàn giao|kết thúc|tổ chức|thông xe|vận hành)\b",
    re.I,
)
AIMED_AT = re.compile(r"\b(?:bảo đảm|đảm bảo|mục tiêu)\b")  # "bảo đảm đến hết năm 2025 không còn …"
BEGINS = re.compile(r"(?:^|\s)[Tt]ừ\s+(?:ngày\s+)?$")
EVERY = re.compile(
    r"(?:định\s+kỳ[^.;,]{1,20}?\s(?:hằng|hàng|mỗi)\s+(?:ngày|tuần|tháng|quý|năm)"
    r"|định\s+kỳ(?:\s+hoặc\s+đột\s+xuất)?(?:,?\s*(?:hằng|hàng|mỗi|một|0?1|0?3|0?6|"
    r"\d+)\s+(?:ngày|tuần|tháng|quý|năm))?"
    r"|(?:hằng|hàng|mỗi)\s+(?:ngày|tuần|tháng|quý|năm)|[Bb]áo\s+cáo\s+(?:tháng|quý|năm|6\s+tháng|"
    r"đột\s+xuất)(?=\s*[:(,])"
    r"|tháng\s+(?:đầu|cuối)\s+(?:của\s+)?(?:quý|năm)(?!\s+\d)"
    r"|(?:6|sáu)\s+tháng,?\s+(?:một\s+lần|hằng\s+năm|hàng\s+năm|và\s+(?:cả\s+)?năm))",
    re.I,
)
OF_A_THING = re.compile(
    r"(?:\bvà|năm và|nhiệm\s+vụ|xếp\s+loại|đánh\s+giá|chỉ\s+tiêu|dự\s+toán|ngân\s+sách|kế\s+hoạch|"
    r"bình\s+quân|trung\s+bình)\s+$",
    re.I,
)
ALWAYS = re.compile(
    r"^\W*(?:thực\s+hiện\s+|làm\s+)?thường\s+xuyên\b|\bthường\s+xuyên\s+(?:rà\s+soát|báo\s+cáo|theo\s+dõi|kiểm\s+tra)",
    re.I,
)


@dataclass(frozen=True)
class Due:
    """A deadline as written, its place, its last day in time (None when it recurs or is unread)."""

    text: str
    start: int
    end: int
    day: str | None
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True)
class When:
    """What a text says about time: the chosen deadline, a recurrence, doubts."""

    due: Due | None
    recurrence: str | None
    recurrence_at: tuple[int, int] | None
    doubts: tuple[str, ...]


class Clock:
    """Turns written deadlines into days, seen from the directive's date."""

    def __init__(self, issued: str | None, year: int | None, calendar: Calendar | None) -> None:
        """`issued` is the directive's ISO date; `year` serves when only the year is printed."""
        self.issued = date.fromisoformat(issued) if issued else None
        self.year = year
        self.calendar = calendar or Calendar.national()

    def day(self, expression: str) -> tuple[str | None, tuple[str, ...]]:
        """The last day in time, and what is doubtful about it."""
        doubts = []
        year = re.search(r"(?:19|20)\d\d", expression)
        start = self.issued
        if start is None:
            known = int(year[0]) if year else self.year
            if known is None or re.search(r"kể từ|tính từ|ngày làm việc|tuần", expression):
                return None, UNREAD
            start = date(known, 1, 1)
        if not year and re.search(r"\d\s*[/.-]\s*\d|tháng\s+\d|qu[ýí]", expression, re.I):
            doubts.append("year_assumed")
        if re.search(r"\b(?:nhận|ban hành|ký|có hiệu lực|công bố)\b", expression):
            doubts.append("start_assumed")
        for attempt in _attempts(expression):
            try:
                due_at = parse(attempt, start, self.calendar).due_at
            except DeadlineRefused:
                continue
            return last_day_in_time(due_at).isoformat(), tuple(doubts)
        return None, UNREAD


def _attempts(expression: str) -> list[str]:
    """The expression, then what is left without the words before and after its core."""
    text = re.sub(r"\s+", " ", expression).strip(" .,;:()")
    text = SPREAD_OVER.sub(r"\1 ", text)
    tries = [text, re.sub(r"^(?:hoàn thành|xong|kết thúc|hoàn tất)\s+", "", text, flags=re.I)]
    core = IN_A_FIELD.search(text)
    if core:
        tries += [core[0], re.sub(r"^(?:hoàn thành|xong)\s+", "", core[0], flags=re.I)]
    return tries


def read_when(text: str, clock: Clock, in_field: bool = False) -> When:
    """The deadline and recurrence of a unit; `in_field` reads a cell or a "Thời gian:" line.

    A day without its year beside a recurrence ("hằng năm, trước ngày 10/12") recurs: it has no
    one day.
    """
    every = next(_periods(text), None) or ALWAYS.search(text)
    found: list[Due] = []
    recurring_due: Due | None = None
    for match in _expressions(text, in_field):
        before = text[max(0, match.start() - 40) : match.start()]
        if (
            BEGINS.search(before)
            or NO_END.match(text, match.end())
            or (not in_field and IN_YEAR.match(match[0]) and not _ends_then(text, match))
            or (not in_field and NOT_A_DUTY.search(before) and not PACE_GIVEN.search(before))
        ):
            continue
        written = match[0].rstrip(" ,;.")
        yearly = re.match(r"\s*(?:hằng|hàng|mỗi)\s+(?:năm|quý|tháng)\b", text[match.end() :])
        has_year = re.search(r"(?:19|20)\d\d", written)
        near = every and every.re is EVERY and _same_sentence(text, every, match)
        if not has_year and (near or yearly):
            recurring_due = Due(written, match.start(), match.start() + len(written), None)
            continue
        day, doubts = clock.day(written)
        found.append(Due(written, match.start(), match.start() + len(written), day, doubts))
    dated = [due for due in found if due.day]
    chosen = dated[-1] if dated else found[-1] if found else recurring_due
    if chosen is None and not every and (blank := BLANK.search(text)):
        written = blank[0].rstrip(" ,;.")
        chosen = Due(written, blank.start(), blank.start() + len(written), None, UNREAD)
    doubts = chosen.doubts if chosen else ()
    if len({due.day for due in dated}) > 1:
        doubts = (*doubts, "several_deadlines")
    recurrence = recurrence_at = None
    if every:
        recurrence, recurrence_at = _recurrence(text, every)
    return When(chosen, recurrence, recurrence_at, doubts)


def _ends_then(text: str, year: re.Match[str]) -> bool:
    """Whether the part of a sentence before a year names something that ends or comes out in it."""
    part = re.split(r"[.;:]\s", text[: year.start()])[-1]
    return bool(ENDS.search(part) or (year[0].startswith("đến") and AIMED_AT.search(part)))


def _expressions(text: str, in_field: bool) -> Iterator[re.Match[str]]:
    """What may be a deadline; a cell that spreads over periods is one expression."""
    spread = SPREAD_OVER.search(text) if in_field else None
    if spread:
        whole = re.search(r".+", text)
        if whole:
            yield whole
        return
    yield from (IN_A_FIELD if in_field else WRITTEN).finditer(text)


def _periods(text: str) -> Iterator[re.Match[str]]:
    """The words that say how often, less those that only name a thing ("kế hoạch hằng năm")."""
    for match in EVERY.finditer(text):
        if not OF_A_THING.search(text[: match.start()]):
            yield match


def _same_sentence(text: str, one: re.Match[str], other: re.Match[str]) -> bool:
    """Whether no full stop or semicolon parts two finds."""
    between = text[min(one.end(), other.end()) : max(one.start(), other.start())]
    return not re.search(r"[.;]\s", between)


def _recurrence(text: str, every: re.Match[str]) -> tuple[str, tuple[int, int]]:
    """The recurrence with its day where one is written near ("hằng tháng, trước ngày 20")."""
    rest = text[every.end() :]
    near = re.match(
        r"[^.;]{0,30}?(?:trước\s+)?ngày\s+\d{1,2}(?:/\d{1,2})?(?:\s+(?:hằng|hàng)\s+\w+)?\)?", rest
    )
    end = every.end() + (near.end() if near else 0)
    before = re.search(
        r"(?:trước|vào|chậm\s+nhất(?:\s+(?:là|vào))?)\s+ngày\s+\d{1,2}\s+$", text[: every.start()]
    )
    start = before.start() if before else every.start()
    return re.sub(r"\s+", " ", text[start:end]).strip(), (start, end)
