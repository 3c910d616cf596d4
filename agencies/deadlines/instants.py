"""From days to instants and back, in the zone of the offices (domain 3.1, 3.7, 5.5, 5.7).

A deadline is an exclusive instant `due_at`: an act at `t` is in time when `t < due_at`.
Every instant given here must be aware; every instant handed out is in `ZONE`.
"""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from agencies.deadlines.calendar import ONE_DAY, Calendar
from agencies.deadlines.refusals import DeadlineRefused

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
FIRST_YEAR, LAST_YEAR = 1976, 2199  # the zone's present offset since 1975; a slip of the pen after
TICK = timedelta(microseconds=1)


def local_day(at: datetime) -> date:
    """The office's day at this instant."""
    return at.astimezone(ZONE).date()


def local_midnight(day: date) -> datetime:
    """The instant this day begins."""
    return datetime.combine(day, time.min, tzinfo=ZONE)


def local_midnight_after(day: date) -> datetime:
    """`due_at` of a deadline given as a day: its 24:00 (domain 3.1, Civil Code art. 148)."""
    return local_midnight(day + ONE_DAY)


def last_day_in_time(due_at: datetime) -> date:
    """The last local day on which an act can still be in time."""
    return local_day(due_at - TICK)


def is_day_end(due_at: datetime) -> bool:
    """Whether the deadline is a whole day (it ends at local midnight), not an hour of a day."""
    return due_at.astimezone(ZONE).time() == time.min


def spoken(due_at: datetime) -> str:
    """A deadline as people say it: its last day, or hour and day (domain 3.1)."""
    if is_day_end(due_at):
        return f"{last_day_in_time(due_at):%d/%m/%Y}"
    return f"{due_at.astimezone(ZONE):%H:%M %d/%m/%Y}"


def days_overdue(due_at: datetime, at: datetime) -> int:
    """Local days late, from 1; 0 in time (domain 3.7: the day after the last day is day 1).

    Late within the last day itself, past its hour, is also day 1.
    """
    if at < due_at:
        return 0
    return max(1, (local_day(at) - last_day_in_time(due_at)).days)


def working_days_left(calendar: Calendar, due_at: datetime, at: datetime) -> int:
    """Working days after today up to the last day in time; 0 when due today or past."""
    return calendar.working_days_between(local_day(at), last_day_in_time(due_at))


def soon_horizon(calendar: Calendar, at: datetime, working_days: int = 3) -> datetime:
    """The instant such that `due_at <= horizon` means due within so many working days (domain 3.7).

    It is the start of the first working day that is too far, so that a day off at the end of the
    stretch belongs to it: `due_at <= horizon` exactly when `working_days_left <= working_days`.
    """
    return local_midnight(calendar.add_working_days(local_day(at), working_days + 1))


def remaining_working_days(calendar: Calendar, due_at: datetime, stopped_at: datetime) -> int:
    """Working days a clock stopped at that instant still had after that day."""
    return working_days_left(calendar, due_at, stopped_at)


def give_back(
    calendar: Calendar,
    due_at: datetime,
    stopped_at: datetime,
    resumed_at: datetime,
    at_least_days: int = 1,
) -> datetime:
    """The new `due_at` when a clock that stood still runs again (domain 5.5; with 0 for 5.7).

    The working days left after the day it stopped are counted again after the day it resumes,
    never fewer than `at_least_days`, and the last of them is given whole. Never earlier than
    before; a clock stopped at or after `due_at` had nothing left and keeps its day.
    """
    if stopped_at >= due_at:
        return due_at
    left = max(remaining_working_days(calendar, due_at, stopped_at), at_least_days)
    last_day = calendar.add_working_days(local_day(resumed_at), left)
    return max(due_at, local_midnight_after(calendar.working_day_from(last_day)))


def after_suspension(
    calendar: Calendar, due_at: datetime, suspended_at: datetime, resumed_at: datetime
) -> datetime:
    """The new `due_at` after a suspension: suspended working days are given back (domain 5.7).

    Of a task in time the days left are counted again; one already overdue stays overdue by as
    many working days as when it was suspended.
    """
    if suspended_at < due_at:
        return give_back(calendar, due_at, suspended_at, resumed_at, at_least_days=0)
    suspended = calendar.working_days_between(local_day(suspended_at), local_day(resumed_at))
    if not suspended:
        return due_at
    moved = calendar.add_working_days(last_day_in_time(due_at), suspended)
    return local_midnight_after(moved)


def read_start(text: str) -> date | datetime:
    """The day or moment an ISO text names; a moment without an offset is local."""
    try:
        start = date.fromisoformat(text) if len(text) <= 10 else datetime.fromisoformat(text)
    except ValueError:
        raise DeadlineRefused("bad_start", text=text) from None
    return checked_start(start)


def checked_start(start: date | datetime) -> date | datetime:
    """The start in the offices' zone, refused outside the years this package reckons in."""
    check_year(start.year)
    if isinstance(start, datetime):
        return start.replace(tzinfo=ZONE) if start.tzinfo is None else start.astimezone(ZONE)
    return start


def check_year(year: int) -> None:
    """Refuse a year outside `FIRST_YEAR` to `LAST_YEAR`."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise DeadlineRefused("out_of_range", first=FIRST_YEAR, last=LAST_YEAR)


def day_of(start: date | datetime) -> date:
    """The local day of a day or moment."""
    return local_day(start) if isinstance(start, datetime) else start
