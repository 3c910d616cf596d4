"""Days, instants, deadlines and their arithmetic in words: pages, mails and papers say them so.

Pure; the filters and tags of `agencies.templatetags.dondoc` are these functions.
"""

from datetime import UTC, date, datetime, timedelta
from itertools import groupby

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from agencies.deadlines import (
    ZONE,
    Deadline,
    Step,
    StepKind,
    Warned,
    days_overdue,
    explain,
    last_day_in_time,
    spoken,
)


def day(value: date | datetime | str | None) -> str:
    """Return 20/05/2023, an instant in the local zone, a day as events keep it (ISO)."""
    if not value:
        return ""
    if isinstance(value, str):
        value = date.fromisoformat(value)
    if isinstance(value, datetime):
        value = timezone.localtime(value, ZONE)
    return f"{value:%d/%m/%Y}"


def instant(value: datetime | None) -> str:
    """Return "20/05/2023 16:42", local."""
    return f"{timezone.localtime(value, ZONE):%d/%m/%Y %H:%M}" if value else ""


def short_instant(value: datetime | None) -> str:
    """Return "20/05 16:42", local, for timelines whose year is plain."""
    return f"{timezone.localtime(value, ZONE):%d/%m %H:%M}" if value else ""


def due(due_at: datetime | None) -> str:
    """Return a deadline as people say it: the last day in time, or "16:00 20/05/2023" (3.1)."""
    return spoken(due_at) if due_at else ""


def time_left(due_at: datetime | None, at: datetime, working_days: int | None = None) -> str:
    """Return the distance to a deadline in words: "còn 7 giờ", "còn 3 ngày", "quá hạn 12 ngày".

    `working_days` says the rest in working days where the caller knows the calendar.
    """
    if due_at is None:
        return _("no deadline")
    if at >= due_at:
        return _overdue(due_at, at)
    left = due_at - at
    if left < timedelta(hours=1):
        minutes = max(1, int(left.total_seconds() // 60))
        return ngettext("%(n)d minute left", "%(n)d minutes left", minutes) % {"n": minutes}
    if left < timedelta(days=1):
        hours = int(left.total_seconds() // 3600)
        return ngettext("%(n)d hour left", "%(n)d hours left", hours) % {"n": hours}
    if working_days:
        return ngettext("%(n)d working day left", "%(n)d working days left", working_days) % {
            "n": working_days
        }
    days = (last_day_in_time(due_at) - timezone.localdate(at, ZONE)).days
    return ngettext("%(n)d day left", "%(n)d days left", days) % {"n": days}


def _overdue(due_at: datetime, at: datetime) -> str:
    days = days_overdue(due_at, at)
    return ngettext("%(n)d day overdue", "%(n)d days overdue", days) % {"n": days}


WARNINGS = {
    Warned.DAY_OFF: gettext_lazy("The named day is a day off; a named day does not move."),
    Warned.BEFORE_START: gettext_lazy("The day had passed when the deadline was set."),
    Warned.UNCONFIRMED_YEAR: gettext_lazy("The days off of that year are not confirmed yet."),
}
_REASONS = {
    "saturday": gettext_lazy("Saturday"),
    "sunday": gettext_lazy("Sunday"),
    "holiday": gettext_lazy("public holiday"),
}


def arithmetic_lines(deadline: Deadline) -> list[dict]:
    """Return the steps of the arithmetic in words, unbroken runs of one kind as one line."""
    lines = []
    for (kind, _key), run in groupby(explain(deadline), key=_run_key):
        steps = list(run)
        lines.append({"kind": str(kind), "days": _span(steps), "text": _words(kind, steps)})
    return lines


def _run_key(step: Step) -> tuple[StepKind, object]:
    if step.kind is StepKind.COUNTED:
        return step.kind, ""
    if step.kind is StepKind.SKIPPED:
        return step.kind, step.name
    return step.kind, step.day


def _span(steps: list[Step]) -> str:
    first, last = steps[0].day, steps[-1].day
    return day(first) if first == last else f"{first:%d/%m} – {day(last)}"


def _words(kind: StepKind, steps: list[Step]) -> str:
    first = steps[0]
    if kind is StepKind.START:
        return _("start; this day is not counted") if first.reason else _("set on this day")
    if kind is StepKind.COUNTED:
        if len(steps) == 1:
            return _("counted: %(number)d") % {"number": first.number}
        return _("counted: %(first)d to %(last)d") % {
            "first": first.number,
            "last": steps[-1].number,
        }
    if kind is StepKind.SKIPPED:
        reasons = dict.fromkeys(step.name or str(_REASONS.get(step.reason, "")) for step in steps)
        return _("skipped: %(reason)s") % {"reason": ", ".join(reasons)}
    if kind is StepKind.RECEIVED and first.reason == "after_hours":
        return _("counts as received on this day: it arrived after office hours")
    return {
        StepKind.RECEIVED: _("counts as received on this day: it arrived on a day off"),
        StepKind.ROLL: _("the last day was a day off, so the next working day"),
        StepKind.NAMED: _("the day named, to its end"),
        StepKind.INSTANT: _("until the hour given"),
    }[kind]


def moment(value: date | datetime | None) -> str:
    """Return a day as a day and an instant as an instant."""
    return instant(value) if isinstance(value, datetime) else day(value)


def iso(value: date | datetime | None) -> str:
    """Return the machine's form for `<time datetime>`."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds")
    return value.isoformat() if value else ""
