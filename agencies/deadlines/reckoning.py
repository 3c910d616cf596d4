"""Counting a term to its last day, with its arithmetic kept (domain 3.2, 3.3, 3.4, 3.6)."""

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta

from agencies.deadlines.calendar import ONE_DAY, Calendar
from agencies.deadlines.deadline import (
    DAY_ENDS_AT,
    Deadline,
    Kind,
    Step,
    StepKind,
    Unit,
    Warned,
)
from agencies.deadlines.instants import (
    ZONE,
    check_year,
    checked_start,
    day_of,
    is_day_end,
    last_day_in_time,
    local_midnight_after,
)
from agencies.deadlines.refusals import DeadlineRefused

LONGEST_TERM_DAYS = 3660
UNIT_WORDS = {
    Unit.WORKING_DAY: "ngày làm việc",
    Unit.DAY: "ngày",
    Unit.WEEK: "tuần",
    Unit.MONTH: "tháng",
    Unit.YEAR: "năm",
    Unit.HOUR: "giờ",
}
LONGEST = {
    Unit.WORKING_DAY: LONGEST_TERM_DAYS,
    Unit.DAY: LONGEST_TERM_DAYS,
    Unit.WEEK: LONGEST_TERM_DAYS // 7,
    Unit.MONTH: 600,
    Unit.YEAR: 50,
    Unit.HOUR: LONGEST_TERM_DAYS * 24,
}


def by_day(
    day: date, start: date | datetime, calendar: Calendar, *, expression: str = ""
) -> Deadline:
    """A deadline on a named day, its 24:00; it never moves, the form warns (domain 3.1, 3.2)."""
    check_year(day.year)
    start = checked_start(start)
    return Deadline(
        expression=expression or f"{day:%d/%m/%Y}",
        kind=Kind.DAY,
        start=start,
        begins_on=day_of(start),
        due_at=local_midnight_after(day),
        last_day=day,
        warnings=_warnings(calendar, day_of(start), day, named=True),
    )


def by_instant(
    due_at: datetime, start: date | datetime, calendar: Calendar, *, expression: str = ""
) -> Deadline:
    """A deadline at an hour of a named day (domain 3.1); it never moves."""
    start, due_at = checked_start(start), checked_start(due_at)
    day = last_day_in_time(due_at)
    return Deadline(
        expression=expression or f"{due_at:%H:%M} ngày {due_at:%d/%m/%Y}",
        kind=Kind.DAY if is_day_end(due_at) else Kind.INSTANT,
        start=start,
        begins_on=day_of(start),
        due_at=due_at,
        last_day=day,
        warnings=_warnings(calendar, day_of(start), day, named=True),
    )


def by_term(
    count: int,
    unit: Unit | str,
    start: date | datetime,
    calendar: Calendar,
    *,
    from_receipt: bool = False,
    day_ends_at: time = DAY_ENDS_AT,
    expression: str = "",
) -> Deadline:
    """A deadline so many units after the start, whose own day is not counted (domain 3.3).

    `from_receipt`: what arrives after `day_ends_at` or on a day off counts as received on the next
    working day (domain 3.4). Hours run from the moment, by day and night.
    """
    unit = Unit(unit)
    if count < 1:
        raise DeadlineRefused("not_positive")
    if count > LONGEST[unit]:
        raise DeadlineRefused("too_long", count=f"{count} {UNIT_WORDS[unit]}")
    start = checked_start(start)
    expression = expression or f"{count:02} {UNIT_WORDS[unit]}"
    if unit is Unit.HOUR:
        return _by_hours(count, start, calendar, expression)

    begins_on = received_on(start, calendar, day_ends_at) if from_receipt else day_of(start)
    counted, ends_on = _count(count, unit, begins_on, calendar)
    last_day = calendar.working_day_from(ends_on)
    check_year(last_day.year)
    passed = begins_on + ONE_DAY if unit is Unit.WORKING_DAY else ends_on
    return Deadline(
        expression=expression,
        kind=Kind.TERM,
        start=start,
        begins_on=begins_on,
        due_at=local_midnight_after(last_day),
        last_day=last_day,
        counted=counted,
        skipped=calendar.days_off_between(day_of(start), begins_on)
        + calendar.days_off_between(passed, last_day),
        rolled_from=ends_on if ends_on != last_day else None,
        warnings=_warnings(calendar, day_of(start), last_day),
        from_receipt=from_receipt,
        day_ends_at=day_ends_at,
    )


def received_on(start: date | datetime, calendar: Calendar, day_ends_at: time) -> date:
    """The day what arrives then counts as received on (domain 3.4).

    After `day_ends_at` or on a day off: the next working day. A bare day arrived in office hours.
    """
    day = day_of(start)
    if isinstance(start, datetime) and start.astimezone(ZONE).time() > day_ends_at:
        return calendar.next_working(day)
    return calendar.working_day_from(day)


def explain(deadline: Deadline) -> list[Step]:
    """The arithmetic in order, for "Why this date?" and the proofs (domain 3.6, 6.8)."""
    if not deadline.counted:
        kind = StepKind.INSTANT if deadline.kind is Kind.INSTANT else StepKind.NAMED
        return [Step(deadline.start_day, StepKind.START), Step(deadline.last_day, kind)]
    steps = [Step(deadline.start_day, StepKind.START, "not_counted")]
    before = [off for off in deadline.skipped if off.day < deadline.begins_on]
    steps += [Step(off.day, StepKind.SKIPPED, off.code, off.name) for off in before]
    if deadline.begins_on != deadline.start_day:
        off_at_arrival = any(off.day == deadline.start_day for off in before)
        reason = "day_off" if off_at_arrival else "after_hours"
        steps.append(Step(deadline.begins_on, StepKind.RECEIVED, reason))
    counted = [
        Step(day, StepKind.COUNTED, number=number)
        for number, day in enumerate(deadline.counted, start=1)
    ]
    skipped = [
        Step(off.day, StepKind.SKIPPED, off.code, off.name)
        for off in deadline.skipped
        if off.day > deadline.begins_on
    ]
    steps += sorted(counted + skipped, key=lambda step: step.day)  # stable: counted first
    if deadline.rolled:
        steps.append(Step(deadline.last_day, StepKind.ROLL, "day_off"))
    return steps


def add_months(day: date, count: int) -> date:
    """The same day so many months later, or that month's last day if it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    check_year(year)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _by_hours(count: int, start: date | datetime, calendar: Calendar, expression: str) -> Deadline:
    if not isinstance(start, datetime):
        raise DeadlineRefused("no_moment")
    due_at = (start.astimezone(UTC) + timedelta(hours=count)).astimezone(ZONE)
    check_year(due_at.year)
    return Deadline(
        expression=expression,
        kind=Kind.INSTANT,
        start=start,
        begins_on=day_of(start),
        due_at=due_at,
        last_day=last_day_in_time(due_at),
        warnings=_warnings(calendar, day_of(start), last_day_in_time(due_at), named=True),
    )


def _count(
    count: int, unit: Unit, begins_on: date, calendar: Calendar
) -> tuple[tuple[date, ...], date]:
    """The days counted and the term's own last day, before any roll."""
    if unit is Unit.WORKING_DAY:
        counted, day = [], begins_on
        for _ in range(count):
            day = calendar.next_working(day)
            counted.append(day)
    elif unit in (Unit.MONTH, Unit.YEAR):
        months = 12 if unit is Unit.YEAR else 1
        counted = [add_months(begins_on, months * n) for n in range(1, count + 1)]
    else:
        days = count * 7 if unit is Unit.WEEK else count
        counted = [begins_on + timedelta(days=n) for n in range(1, days + 1)]
    return tuple(counted), counted[-1]


def _warnings(
    calendar: Calendar, start: date, last_day: date, *, named: bool = False
) -> tuple[str, ...]:
    years = range(start.year, last_day.year + 1)
    found = {
        Warned.DAY_OFF: named and not calendar.is_working(last_day),
        Warned.BEFORE_START: last_day < start,
        Warned.UNCONFIRMED_YEAR: not named and not calendar.confirmed_years.issuperset(years),
    }
    return tuple(warning for warning, holds in found.items() if holds)
