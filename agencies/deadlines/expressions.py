"""Deadlines as directives write them, turned into a `Deadline` (domain 3.1 to 3.4, 3.6).

The whole deadline must be understood: a word too many is refused, not skipped, so that the
reader and the forms never show a day that only half of the sentence supports. Only a verb and its
addressee before it ("báo cáo UBND huyện …") and a purpose after it ("… để tổng hợp") are let by.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from agencies.deadlines.calendar import ONE_DAY, Calendar
from agencies.deadlines.deadline import DAY_ENDS_AT, Deadline, Kind, Unit
from agencies.deadlines.instants import ZONE, checked_start, day_of
from agencies.deadlines.reckoning import by_day, by_instant, by_term
from agencies.deadlines.refusals import DeadlineRefused
from agencies.deadlines.wording import (
    LONGEST_TEXT,
    NUMBER,
    clean,
    find_span,
    find_time,
    number,
    without_purpose,
)

RECURRING = re.compile(r"\b(?:hằng|mỗi|định kỳ|thường xuyên)\b")
# Repetitions are bounded below: nested ones would take for ever on a text made to hurt.
# What leads up to a deadline without changing it.
LEAD_IN = re.compile(
    r"(?:(?:phải|cần|và|đề nghị|yêu cầu|hoàn thành|hoàn thiện|thực hiện|kết thúc|triển khai|xong"
    r"|báo cáo|trình|gửi|nộp|trả lời|tham gia ý kiến|ban hành|thời gian|thời điểm|thời hạn"
    r"|hạn cuối cùng|hạn cuối|hạn chót|hạn|là|vào|về|ngay|bảo đảm|đảm bảo|kết quả) )+"
)
# "báo cáo UBND huyện trước ngày …": to whom, then words that can only begin a deadline.
ADDRESSED = re.compile(
    r"(?:(?!\b(?:không|chưa|đã)\b)\D)*?\s"
    r"(?P<body>(?:(?:xong |hoàn thành )?trước (?:ngày|tháng|quý|\d)|chậm nhất|muộn nhất"
    r"|trong (?:thời hạn|vòng|tháng|quý|năm)\b).*)"
)
BEFORE = r"(?:(?:chậm nhất|muộn nhất|đến|tới)(?: là)? )?(?:xong )?trước(?! hoặc| và)(?: thời điểm)?"
UNTIL = (
    r"(?:(?:chậm nhất|muộn nhất|không (?:chậm|muộn) hơn|không (?:chậm |muộn )?quá)"
    r"(?: là| đến| tới| vào| trong| hết){0,3}|(?:cho )?(?:đến|tới)(?: hết| cuối(?= ngày))?|hết"
    r"|trước (?:hoặc|và) trong|trong|vào|cuối(?= ngày))"
)
WITHIN = (
    r"(?:(?:chậm nhất(?: là)?|muộn nhất(?: là)?|không quá|không vượt quá|tối đa(?: là| không quá)?"
    r"|trong(?: vòng| thời hạn| thời gian| khoảng)?|sau|là) ){0,3}"
)
FROM = r"(?:kể từ|tính từ|từ|sau|kể)"
HOUR = (
    r"(?P<hour>\d{1,2})(?: ?(?:giờ|h|g)| ?:(?=\d))(?: ?(?P<minute>\d{1,2})(?: ?phút|')?)?"
    r"(?: (?P<part>sáng|trưa|chiều|tối))?"
)
TERM = re.compile(
    rf"{WITHIN}(?:(?P<n>{NUMBER})(?: ?\((?P<again>{NUMBER})\))?|(?P<half>nửa)) ?"
    r"(?P<unit>ngày|tuần lễ|tuần|tháng|năm|giờ|tiếng|h)"
    r"(?: ?(?P<working>\(?làm việc\)?))?"
    rf"(?: (?P<tail>{FROM}\b.*))?"
)
UNITS = {
    "ngày": Unit.DAY,
    "tuần": Unit.WEEK,
    "tuần lễ": Unit.WEEK,
    "tháng": Unit.MONTH,
    "năm": Unit.YEAR,
    "giờ": Unit.HOUR,
    "tiếng": Unit.HOUR,
    "h": Unit.HOUR,
}
# "xác nhận", "công nhận", "ghi nhận" … are no receipt.
RECEIPT = re.compile(
    r"(?<!xác )(?<!công )(?<!chứng )(?<!chấp )(?<!ghi )(?<!thừa )\bnhận\b(?! thức)"
)
RELATIVE = re.compile(r"\b(?:nay|này|mai|kia|sau|tới|thứ|chủ nhật)\b")
BARE = {"ngày", "tháng", "quý", "năm"}  # "trong tháng" says which one, "tháng" alone nothing
HALF_A_YEAR = timedelta(days=183)
ANOTHER = re.compile(r"\b(?:trước ngày|chậm nhất|muộn nhất|xong trước|trước \d)")


def parse(
    expression: str,
    start: date | datetime,
    calendar: Calendar,
    *,
    from_receipt: bool | None = None,
    day_ends_at: time = DAY_ENDS_AT,
) -> Deadline:
    """The deadline an expression means, seen from its start (a naive moment is local).

    Terms whose words say "nhận" count from receipt (domain 3.4); `from_receipt` overrides that.
    "kể từ ngày 01/6/2023" inside the expression replaces the start. A missing year is the first
    whose last day in time is not before the start. Raises `DeadlineRefused`, and nothing else.
    """
    text = clean(expression)
    if not text:
        raise DeadlineRefused("empty")
    if len(text) > LONGEST_TEXT:
        raise DeadlineRefused("not_understood", text=f"{text[:60]}…")
    if RECURRING.search(text):
        raise DeadlineRefused("recurring", text=text)
    try:
        start = checked_start(start)
        found = _parse(text, start, calendar, expression.strip(), from_receipt, day_ends_at)
    except OverflowError:
        raise DeadlineRefused("not_understood", text=text) from None
    if found is None:
        raise DeadlineRefused("not_understood", text=text)
    return found


def recount(deadline: Deadline, calendar: Calendar) -> Deadline:
    """The same deadline by a changed calendar, never to an earlier day (domain 3.5).

    Only terms depend on the calendar; the very same object comes back when nothing moves later.
    """
    if deadline.kind is not Kind.TERM:
        return deadline
    again = parse(
        deadline.expression,
        deadline.start,
        calendar,
        from_receipt=deadline.from_receipt,
        day_ends_at=deadline.day_ends_at,
    )
    return again if again.due_at > deadline.due_at else deadline


def _parse(
    text: str,
    start: date | datetime,
    calendar: Calendar,
    expression: str,
    from_receipt: bool | None,
    day_ends_at: time,
) -> Deadline | None:
    for body in _readings(text):
        if due_at := _instant(body, day_of(start)):
            return by_instant(due_at, start, calendar, expression=expression)
        if last_day := _named(body, day_of(start)):
            return by_day(last_day, start, calendar, expression=expression)
        if match := TERM.fullmatch(body):
            return _term(match, start, calendar, expression, from_receipt, day_ends_at)
    return None


def _readings(text: str) -> Iterator[str]:
    """The text as it stands, then less what leads up to the deadline and what it is for."""
    yield text
    shorter = without_purpose(text)
    yield shorter
    if match := LEAD_IN.match(shorter):
        body = shorter[match.end() :]
        yield body
        if addressed := ADDRESSED.fullmatch(f" {body}"):
            yield addressed["body"]


def _instant(text: str, start: date) -> datetime | None:
    """The hour of a day as an instant ("trước 16 giờ 00 ngày 05/02/2024"): no longer in time."""
    lead = rf"(?:(?:{BEFORE}|{UNTIL}|lúc) ){{0,2}}"
    match = re.fullmatch(rf"{lead}{HOUR} (?P<day>(?:ngày|hôm|thứ|chủ|\d).*)", text) or re.fullmatch(
        rf"(?:{UNTIL} )?(?P<day>(?:ngày|hôm|thứ|chủ) ?.*?) {lead}{HOUR}", text
    )
    if not match:
        return None
    span = find_span(match["day"], start, before=False)
    if span is None or span.first != span.last:
        return None
    clock, days = find_time(match["hour"], match["minute"], match["part"])
    return datetime.combine(span.last + timedelta(days=days), clock, tzinfo=ZONE)


def _named(text: str, start: date) -> date | None:
    """The last day in time of a named day or period (domain 3.2)."""
    if match := re.fullmatch(r"(?:kể )?từ (?P<from>.+?) (?:đến|tới)(?: hết)? (?P<until>.+)", text):
        return _stretch(match, start)
    if match := re.fullmatch(rf"{BEFORE} (?P<target>.+)", text):
        span = None if match["target"] in BARE else find_span(match["target"], start, before=True)
        return span.first - ONE_DAY if span else None
    if re.fullmatch(r"(?:đến|tới) (?:năm|tháng|quý) .+", text):
        raise DeadlineRefused("ambiguous", text=text)
    if re.match(r"(?:từ|kể từ|sau|không trước) ", text) and find_span(
        text.split(" ", 2 if text.startswith(("kể", "không")) else 1)[-1], start, before=False
    ):
        raise DeadlineRefused("not_a_deadline", text=text)
    target = re.fullmatch(rf"(?:{UNTIL} )?(?P<target>.+)", text)["target"]
    span = None if text in BARE else find_span(target, start, before=False)
    return span.last if span else None


def _stretch(match: re.Match, start: date) -> date | None:
    """The last day of a stretch ("từ ngày 17/3/2025 đến ngày 05/4/2025")."""
    first = find_span(match["from"], start, before=False)
    if first is None:
        return None
    until = find_span(match["until"], first.first, before=False)
    if until and until.last < first.first:
        raise DeadlineRefused("no_such_day", text=match[0])
    return until.last if until else None


def _term(
    match: re.Match,
    start: date | datetime,
    calendar: Calendar,
    expression: str,
    from_receipt: bool | None,
    day_ends_at: time,
) -> Deadline:
    unit = UNITS[match["unit"]]
    if match["working"]:
        if unit is Unit.HOUR:
            raise DeadlineRefused("working_hours")
        if unit is not Unit.DAY:
            raise DeadlineRefused("not_understood", text=match[0])
        unit = Unit.WORKING_DAY
    count, unit = _count(match, unit)
    tail = match["tail"] or ""
    if ANOTHER.search(tail):
        raise DeadlineRefused("two_deadlines", text=match[0])
    start = _stated_start(tail, start)
    return by_term(
        count,
        unit,
        start,
        calendar,
        from_receipt=bool(RECEIPT.search(tail)) if from_receipt is None else from_receipt,
        day_ends_at=day_ends_at,
        expression=expression,
    )


def _stated_start(tail: str, start: date | datetime) -> date | datetime:
    """The start a term names itself ("kể từ ngày 01/6/2023"), else the one given.

    Without its year it is the one nearest: from half a year before the given start on.
    """
    target = re.sub(rf"^{FROM} (?:lúc )?", "", tail)
    today = day_of(start)
    seen_from = today if RELATIVE.search(target) else today - HALF_A_YEAR
    if moment := _instant(target, seen_from):
        return moment
    span = find_span(target, seen_from, before=False) if target and target != "ngày" else None
    if span is None:
        return start
    day = span.last if tail.startswith("sau") else span.first
    return start if day == today else day


def _count(match: re.Match, unit: Unit) -> tuple[int, Unit]:
    if match["half"]:
        if unit is Unit.MONTH:
            return 15, Unit.DAY  # Civil Code art. 146
        if unit is Unit.YEAR:
            return 6, Unit.MONTH
        raise DeadlineRefused("not_understood", text=match[0])
    try:
        count = number(match["n"])
        again = number(match["again"]) if match["again"] else count
    except ValueError:
        raise DeadlineRefused("not_understood", text=match[0]) from None
    if count != again:
        raise DeadlineRefused("numbers_differ", text=match[0])
    return count, unit
