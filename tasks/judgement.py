"""Judging many tasks at one instant: calendar and settings read once (rule 3.7)."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.deadlines import (
    Calendar,
    days_overdue,
    last_day_in_time,
    local_day,
    soon_horizon,
    working_days_left,
)
from agencies.models import CalendarDay, Setting
from tasks.models import Task
from tasks.states import OPEN, State
from tasks.timeliness import Facts, Timeliness, timeliness

# Shape and colour of each judgment (design principle 4).
KINDS = {
    Timeliness.ON_TRACK: "track",
    Timeliness.DUE_SOON: "soon",
    Timeliness.OVERDUE: "late",
    Timeliness.OVERDUE_EXTENSION: "waiting",
    Timeliness.OVERDUE_RETURN: "waiting",
    Timeliness.UNDATED: "track",
    Timeliness.AWAITING_IN_TIME: "waiting",
    Timeliness.AWAITING_LATE: "waiting",
    Timeliness.AWAITING_UNDATED: "waiting",
    Timeliness.SUSPENDED: "waiting",
}


@dataclass(frozen=True)
class Judgement:
    """An instant with what tasks are judged by: `Judgement.at(request.at)`, two queries."""

    instant: datetime
    calendar: Calendar
    soon_at: datetime

    @classmethod
    def at(cls, instant: datetime, calendar: Calendar | None = None) -> "Judgement":
        """Read how soon "due soon" is, and the confirmed calendar unless it was read before."""
        if calendar is None:
            calendar = CalendarDay.objects.calendar()
        days = Setting.objects.value("due_soon_days", instant)
        return cls(instant, calendar, soon_horizon(calendar, instant, days))

    def of(self, task: Task) -> Timeliness:
        """Return the timeliness of a task at the instant (`state_then` … when annotated)."""
        facts = Facts(
            getattr(task, "state_then", task.state),
            getattr(task, "due_then", task.due_at),
            getattr(task, "reported_then", task.reported_at),
            getattr(task, "plea_then", task.plea),
        )
        return timeliness(facts, self.instant, self.soon_at)

    def kind(self, task: Task) -> str:
        """Return the kind of pill: late, soon, track, waiting or done."""
        return KINDS.get(self.of(task), "done")

    def words(self, task: Task) -> str | Promise:
        """Return the timeliness as people say it: "quá hạn 12 ngày", "còn 3 ngày làm việc"."""
        judged = self.of(task)
        due_at = getattr(task, "due_then", task.due_at)
        if judged in (Timeliness.OVERDUE, Timeliness.DUE_SOON, Timeliness.ON_TRACK):
            return self.distance(due_at)
        if judged is Timeliness.ENDED:
            return State(getattr(task, "state_then", task.state)).label
        return judged.label

    def distance(self, due_at: datetime) -> str:
        """Return how far a deadline is, or how long it has passed, as people say it."""
        if self.instant >= due_at:
            days = days_overdue(due_at, self.instant)
            return ngettext("%(n)d day overdue", "%(n)d days overdue", days) % {"n": days}
        days = working_days_left(self.calendar, due_at, self.instant)
        if days == 0:
            return self._rest_days(due_at)
        return ngettext("%(n)d working day left", "%(n)d working days left", days) % {"n": days}

    def _rest_days(self, due_at: datetime) -> str:
        """Return how far a deadline is that no working day separates from today."""
        days = (last_day_in_time(due_at) - local_day(self.instant)).days
        if days == 0:
            return _("due today")
        return ngettext("%(n)d day left", "%(n)d days left", days) % {"n": days}


def progress_by(
    field: str, tasks: QuerySet, judgement: Judgement, past: datetime | None = None
) -> dict[Any, Counter]:
    """Return by the field's value how many of the tasks there are, completed, open and overdue;
    as of a past instant when one is given.

    Parents of groups are not counted (rule 5.1). One query.
    """
    counted = tasks.counted()
    read = counted.now() if past is None else counted.as_of(past)
    judged = read.with_timeliness(judgement.instant, judgement.soon_at)
    rows = (
        judged.order_by()
        .values(field)
        .annotate(
            total=Count("pk"),
            done=Count("pk", filter=Q(state_then=State.COMPLETED)),
            open=Count("pk", filter=Q(state_then__in=OPEN)),
            overdue=Count("pk", filter=Q(timeliness=Timeliness.OVERDUE)),
        )
    )
    return {row.pop(field): Counter(row) for row in rows}
