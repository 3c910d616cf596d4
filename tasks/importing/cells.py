"""What one cell says: a day, a deadline, a share done, a state, a mark. Pure."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from agencies.deadlines import Calendar, Deadline, DeadlineRefused, Kind, local_day, parse
from agencies.fold import fold

BROKEN = re.compile(r"#(?:REF!|N/A|VALUE!|NAME\?|DIV/0!|NUM!|NULL!)")
_ISO_DAY = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b(?: 00:00(?::00)?)?")
_SERIAL = re.compile(r"[34]\d{4}|5[0-4]\d{3}")  # 1982 to 2048, a day whose format was lost
_FIRST_SERIAL = date(1899, 12, 30)
_BRACKETS = re.compile(r"\([^()]*\)")
_HAS_YEAR = re.compile(r"(?:19|20)\d\d|[/.-]\s*\d{1,2}\s*[/.-]\s*\d\d\b")
_UNDATED = re.compile(
    r"(?:khong|khong co|khong xac dinh|chua xac dinh|khong quy dinh|khong neu)(?: (?:thoi )?han.*)?"
    r"|thuong xuyen.*|khan truong|som|ngay"
)
_DOCUMENT_DAY = re.compile(r"(?:ngày\s*)?(\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4})", re.I)
_NOT_DONE = re.compile(r"\b(?:chua|dang|khong|co ban|mot phan|con|se|tiep tuc|du kien)\b")
_DONE = re.compile(r"\b(?:hoan thanh|xong|hoan tat|da ket thuc|ht)\b")
_STOPPED = re.compile(r"\b(?:tam dung|dung thuc hien|huy|thu hoi|rut|da chuyen|tra lai)\b")
_NOT_BEGUN = re.compile(
    r"(?:chua (?:thuc hien|trien khai|bat dau|lam|co|den han|hoan thanh|xong|bao cao).*"
    r"|moi giao|chua|(?:con )?trong han|qua han|den han|sap den han)"
)
_KEY = re.compile(r"x|co|v|trong tam.*|cao|rat cao|khan|hoa toc|thuong khan|quan trong|dac biet|1")
_NORMAL = re.compile(r"|khong|thuong|binh thuong|thap|trung binh|vua|0")


class Told(StrEnum):
    """What the state of a row says about the work."""

    NOTHING = "nothing"
    NOT_BEGUN = "not_begun"
    GOING_ON = "going_on"
    DONE = "done"
    STOPPED = "stopped"


@dataclass(frozen=True)
class Due:
    """A deadline read from a cell: with its arithmetic, or none; `refused` says why not."""

    deadline: Deadline | None = None
    refused: DeadlineRefused | None = None
    is_undated: bool = False
    is_year_assumed: bool = False
    needs_start: bool = False


def due_of(text: str, start: date | None, day: date, calendar: Calendar) -> Due:
    """Read a deadline seen from the day the work was given; without it only a whole date counts.

    `day` is today: a term, or a day without its year, cannot be counted from it.
    """
    text = _plain_day(text)
    words = fold(text)
    if not words or _UNDATED.fullmatch(words):
        return Due(is_undated=True)
    refused: DeadlineRefused | None = None
    for attempt in _attempts(text):
        try:
            deadline = parse(attempt, start or day, calendar)
        except DeadlineRefused as why:
            refused = refused or why
            continue
        is_term = deadline.kind is Kind.TERM
        is_whole = bool(_HAS_YEAR.search(attempt))
        if start is None and (deadline.start_day == day if is_term else not is_whole):
            return Due(needs_start=True)
        return Due(deadline, is_year_assumed=not is_whole and not is_term)
    return Due(refused=refused)


def _attempts(text: str) -> list[str]:
    """The text, then without brackets ("(gia hạn lần 2)"), then its first line."""
    bare = _BRACKETS.sub(" ", text)
    lines = [line for line in bare.splitlines() if line.strip()]
    return list(dict.fromkeys([text, bare, *lines[:1]]))


def _plain_day(text: str) -> str:
    """The text with days as machines write them turned into days as people do."""
    text = _ISO_DAY.sub(r"\3/\2/\1", text.strip())
    if _SERIAL.fullmatch(text):
        return f"{_FIRST_SERIAL + timedelta(days=int(text)):%d/%m/%Y}"
    return text


def day_of(text: str, calendar: Calendar) -> date | None:
    """Read a whole date; None when it is none."""
    text = _plain_day(text)
    match = _DOCUMENT_DAY.search(text)
    for attempt in (text, match[1] if match else ""):
        if not _HAS_YEAR.search(attempt):
            continue
        try:
            found = parse(attempt, date(2000, 1, 1), calendar)
        except DeadlineRefused:
            continue
        if found.kind is not Kind.TERM:
            return local_day(found.due_at - timedelta(seconds=1))
    return None


def percent_of(text: str) -> int | None:
    """Read a share done: "50%", "50", "0,5"; None when it is none."""
    match = re.fullmatch(r"(?P<n>\d{1,3}(?:[.,]\d{1,10})?)\s*(?P<sign>%?)", text.strip())
    if not match:
        return None
    share = float(match["n"].replace(",", "."))
    if not match["sign"] and share <= 1 and re.search(r"[.,]", match["n"]):
        share *= 100
    return round(share) if share <= 100 else None


def state_of(text: str) -> Told:
    """Say what a state's words mean; anything else is news of work that goes on."""
    words = fold(text)
    if not words:
        return Told.NOTHING
    if _NOT_BEGUN.fullmatch(words):
        return Told.NOT_BEGUN
    if _STOPPED.search(words) and len(words) < 60:
        return Told.STOPPED
    if _DONE.search(words) and not _NOT_DONE.search(words) and len(words) < 60:
        return Told.DONE
    return Told.GOING_ON


def is_key(text: str) -> bool | None:
    """Whether a mark makes a key task; None when the words say neither."""
    words = fold(text)
    if text.strip() in ("*", "★", "☆", "✓", "√") or (words and _KEY.fullmatch(words)):
        return True
    return False if _NORMAL.fullmatch(words) else None
