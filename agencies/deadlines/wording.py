"""The words of Vietnamese deadlines: clean text, numbers in words, named days and periods."""

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, time, timedelta

from agencies.deadlines.calendar import ONE_DAY
from agencies.deadlines.instants import check_year
from agencies.deadlines.refusals import DeadlineRefused

LONGEST_TEXT = 500
DIGIT_WORDS = {
    "không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5,
    "nhăm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
WEEKDAY_WORDS = {
    "hai": 0, "2": 0, "ba": 1, "3": 1, "tư": 2, "4": 2, "năm": 3, "5": 3, "sáu": 4, "6": 4,
    "bảy": 5, "bẩy": 5, "7": 5,
}  # fmt: skip
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
MONTH_WORDS = {
    "một": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7,
    "tám": 8, "chín": 9, "mười": 10, "mười một": 11, "mười hai": 12,
}  # fmt: skip

WORDED = "(?:" + "|".join([*DIGIT_WORDS, "mười", "mươi", "trăm", "linh", "lẻ"]) + ")"
NUMBER = rf"(?:-?\d{{1,6}}|{WORDED}(?: {WORDED})*)"
YEAR = r"(?P<year>\d{4}|(?<=[/.-])\d{2}|nay|này|sau|tới)"
MONTH = rf"(?P<month>\d{{1,2}}|{'|'.join(sorted(MONTH_WORDS, key=len, reverse=True))})"
WEEKDAY = r"(?:thứ (?P<weekday>hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])|(?P<sunday>chủ nhật))"


def clean(text: str) -> str:
    """The text in one form: composed letters, lower case, single spaces, no end punctuation.

    Full-width and unbreakable spaces and digits, soft hyphens and zero-width marks, spellings
    that differ by habit (quí/quý, hàng/hằng) become one.
    """
    text = unicodedata.normalize("NFKC", text[: LONGEST_TEXT + 1]).lower()
    text = "".join(" " if unicodedata.category(c) == "Zs" or c in "\t\r\n" else c for c in text)
    text = "".join(c for c in text if unicodedata.category(c) not in ("Cf", "Cc", "Cs"))
    text = re.sub(r"[“”\"'’‘«»;:,]+(?=\s|$)|(?<!\S)[“”\"'‘«»]+", " ", text)
    text = re.sub(r"\b(?:quí)\b", "quý", text)
    text = re.sub(r"\bhàng (?=ngày|tuần|tháng|quý|năm)", "hằng ", text)
    text = re.sub(r"(?<=\d)\s*(?:([/.-])|–)\s*(?=\d)", lambda m: m[1] or "-", text)
    text = re.sub(r"\s*([/-])\s*(?=\d{4}\b)", r"\1", text)
    text = re.sub(r"^\s*[-–−](?=\d)", "−", text)  # a negative number, not a bullet
    return re.sub(r"\s+", " ", text).strip(" .;,-–…/+").replace("−", "-")


def without_purpose(text: str) -> str:
    """The cleaned text less what the work is for ("… để tổng hợp", "… theo quy định")."""
    return re.sub(r" (?:để|nhằm|phục vụ|theo (?:đúng )?quy định)\b\D*$", "", text)


def number(text: str) -> int:
    """The number in digits or words ("05", "mười lăm", "một trăm hai mươi"); ValueError if none."""
    if re.fullmatch(r"-?\d+", text):
        return int(text)
    total, digit = 0, None
    for word in text.split():
        if word == "trăm" and total == 0:
            total, digit = 100 * (1 if digit is None else digit), None
        elif word == "mười" and digit is None:
            total += 10
        elif word == "mươi" and digit:
            total, digit = total + 10 * digit, None
        elif word in ("linh", "lẻ") and total and digit is None:
            continue
        elif word in DIGIT_WORDS and digit is None and (total == 0 or word != "không"):
            digit = DIGIT_WORDS[word]
        else:
            raise ValueError(text)
    return total + (digit or 0)


@dataclass(frozen=True, slots=True)
class Span:
    """The days a phrase names: "tháng 6/2023" is 1 to 30 June; a day or a point is one day."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Named:
    """A day or period as written, before a missing year is settled."""

    text: str
    month: int | None = None
    day: int | None = None
    months: int = 1  # how many months the period has
    year: int | None = None
    point: str = ""  # đầu, giữa, cuối
    weekday: int | None = None

    def span(self, year: int) -> Span:
        """The days in that year; refused when the year has no such day."""
        check_year(year)
        first_month = self.month or 1
        if self.day is not None:
            if not 1 <= self.day <= monthrange(year, first_month)[1]:
                raise DeadlineRefused("no_such_day", text=self.text)
            day = date(year, first_month, self.day)
            return Span(day, day)
        last_month = first_month + self.months - 1
        first = date(year, first_month, 1)
        last = date(year, last_month, monthrange(year, last_month)[1])
        if self.point:
            middle = date(year, 6, 30) if self.months == 12 else date(year, first_month, 15)
            day = {"đầu": first, "giữa": middle, "cuối": last}[self.point]
            return Span(day, day)
        return Span(first, last)

    def settle(self, start: date, *, before: bool) -> Span:
        """The days meant, a missing year being the first whose deadline is not before the start.

        So "trước ngày 15/3" written in November 2023 is March 2024 (a house choice).
        """
        if self.year is not None:
            return self.span(self.year)
        refused = None
        for year in range(start.year, start.year + 9):  # 29/2 may be eight years away
            try:
                span = self.span(year)
            except DeadlineRefused as exc:
                if exc.code == "out_of_range":
                    raise
                refused = exc
                continue
            if (span.first - ONE_DAY if before else span.last) >= start:
                return span
        raise refused or DeadlineRefused("no_such_day", text=self.text)


def find_span(text: str, start: date, *, before: bool) -> Span | None:
    """The days a cleaned phrase names, seen from the start; None when it names none."""
    for pattern, reader in _READERS:
        if match := re.fullmatch(pattern, text):
            found = reader(match, start)
            if isinstance(found, Span):
                return found
            span = found.settle(start, before=before)
            if found.weekday not in (None, span.first.weekday()):
                raise DeadlineRefused("weekday_differs", text=found.text)
            return span
    return None


def find_time(hour: str, minute: str | None, part: str | None) -> tuple[time, int]:
    """An hour as written: the time of day, and 1 for the next day when it is 24:00."""
    hours, minutes = int(hour), int(minute or 0)
    text = f"{hours:02}:{minutes:02}"
    if part in ("chiều", "tối") and 1 <= hours < 12:
        hours += 12
    if hours == 24 and minutes == 0:
        return time(0), 1
    if hours > 23 or minutes > 59:
        raise DeadlineRefused("no_such_hour", text=text)
    return time(hours, minutes), 0


def month_number(text: str) -> int:
    """A month in digits or words; refused when the year has no such month."""
    month = MONTH_WORDS.get(text) or int(text)
    if not 1 <= month <= 12:
        raise DeadlineRefused("no_such_day", text=f"tháng {text}")
    return month


def weekday_number(match: re.Match) -> int | None:
    """Monday 0 to Sunday 6 for a match of `WEEKDAY`; None when it names none."""
    groups = match.groupdict()
    if groups.get("sunday"):
        return 6
    return WEEKDAY_WORDS[groups["weekday"]] if groups.get("weekday") else None


def _year(match: re.Match, start: date) -> int | None:
    year = match.groupdict().get("year")
    if year is None:
        return None
    if year in ("nay", "này"):
        return start.year
    if year in ("sau", "tới"):
        return start.year + 1
    written = int(year) if len(year) == 4 else 2000 + int(year)
    check_year(written)
    return written


def _month_from(start: date, ahead: int) -> tuple[int, int]:
    years, month = divmod(start.month - 1 + ahead, 12)
    return start.year + years, month + 1


def _full_day(match: re.Match, start: date) -> Named:
    return Named(
        match[0],
        month=month_number(match["month"]),
        day=_day(match),
        year=_year(match, start),
        weekday=weekday_number(match),
    )


def _day(match: re.Match) -> int:
    try:
        day = number(match["day"])
    except ValueError:
        day = 0
    # 2000 is a leap year: 29/2 is refused only once its year is known.
    if not 1 <= day <= monthrange(2000, month_number(match["month"]))[1]:
        raise DeadlineRefused("no_such_day", text=match[0])
    return day


def _day_of_month(match: re.Match, start: date) -> Named:
    year, month = _month_from(start, 0 if match["which"] in ("này", "nay") else 1)
    return Named(match[0], month=month, day=number(match["day"]), year=year)


def _day_alone(match: re.Match, start: date) -> Named:
    raise DeadlineRefused("no_month", text=match[0])


def _near_day(match: re.Match, start: date) -> Span:
    ahead = {"mai": 1, "kia": 2}.get(match["near"] or "", 0)
    day = start + timedelta(days=ahead)
    return Span(day, day)


def _weekday(match: re.Match, start: date) -> Span:
    wanted = weekday_number(match)
    monday = start - timedelta(days=start.weekday())
    if match["week"] is None:
        day = start + timedelta(days=(wanted - start.weekday()) % 7)
    else:
        day = monday + timedelta(days=wanted + (7 if match["week"] in ("sau", "tới") else 0))
    return Span(day, day)


def _month(match: re.Match, start: date) -> Named:
    return Named(
        match[0],
        month=month_number(match["month"]),
        year=_year(match, start),
        point=match.groupdict().get("point") or "",
    )


def _near_month(match: re.Match, start: date) -> Named:
    year, month = _month_from(start, 1 if match["which"] in ("sau", "tới") else 0)
    return Named(match[0], month=month, year=year, point=match["point"] or "")


def _quarter(match: re.Match, start: date) -> Named:
    text = match["quarter"]
    quarter = ROMAN.get(text) or DIGIT_WORDS.get(text) or (int(text) if text.isdigit() else 0)
    if not 1 <= quarter <= 4:
        raise DeadlineRefused("no_such_day", text=match[0])
    return Named(
        match[0],
        month=quarter * 3 - 2,
        months=3,
        year=_year(match, start),
        point=match["point"] or "",
    )


def _near_quarter(match: re.Match, start: date) -> Named:
    year, month = _month_from(start, 3 if match["which"] in ("sau", "tới") else 0)
    first = (month - 1) // 3 * 3 + 1
    return Named(match[0], month=first, months=3, year=year, point=match["point"] or "")


def _part_of_year(match: re.Match, start: date) -> Named:
    months = 6 if match["half"] else number(match["n"])
    if months not in (3, 6, 9):
        raise DeadlineRefused("not_understood", text=match[0])
    first = 1 if match["end"] == "đầu" else 13 - months
    return Named(match[0], month=first, months=months, year=_year(match, start))


def _year_alone(match: re.Match, start: date) -> Named:
    year = _year(match, start)
    return Named(
        match[0], months=12, year=start.year if year is None else year, point=match["point"] or ""
    )


_SEP = r"[/.-]"
_OF_YEAR = rf"(?:(?: năm | |{_SEP}){YEAR})?"
_POINT = r"(?:(?P<point>đầu|giữa|cuối) )?"
_POINT_OF_QUARTER = r"(?:(?P<point>đầu|cuối) )?"
_READERS = (
    (
        rf"(?:{WEEKDAY} )?\(?(?:ngày )?(?P<day>\d{{1,2}}){_SEP}(?P<month>\d{{1,2}})"
        rf"{_OF_YEAR}\)?",
        _full_day,
    ),
    (
        rf"(?:{WEEKDAY} )?(?:ngày )?(?:mùng |mồng )?(?P<day>{NUMBER}) tháng {MONTH}{_OF_YEAR}",
        _full_day,
    ),
    (
        rf"(?:ngày )?(?:mùng |mồng )?(?P<day>{NUMBER})(?: của)? tháng (?P<which>này|nay|sau|tới)",
        _day_of_month,
    ),
    (rf"ngày (?:mùng |mồng )?(?P<day>{NUMBER})", _day_alone),
    (r"(?:ngày )?hôm nay|(?:ngày )(?P<near>này|mai|kia)|ngày", _near_day),
    (rf"(?:ngày )?{WEEKDAY}(?: tuần (?P<week>này|sau|tới))?", _weekday),
    (rf"{_POINT}tháng(?: (?P<which>này|nay|sau|tới))?", _near_month),
    (rf"{_POINT}tháng {MONTH}{_OF_YEAR}", _month),
    (r"(?P<month>\d{1,2})[/.-](?P<year>\d{4})", _month),
    (rf"{_POINT_OF_QUARTER}quý(?: (?P<which>này|nay|sau|tới))?", _near_quarter),
    (rf"{_POINT_OF_QUARTER}quý (?P<quarter>[a-zà-ỹ]+|\d){_OF_YEAR}", _quarter),
    (
        rf"(?:(?P<n>{NUMBER}) tháng|(?P<half>nửa)) (?P<end>đầu|cuối)(?: của)? năm(?: {YEAR})?",
        _part_of_year,
    ),
    (rf"{_POINT}năm(?: {YEAR})?", _year_alone),
)
