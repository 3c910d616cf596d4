"""Open tasks counted one by one as the report's columns, for figures made in SQL to equal."""

from collections import Counter, defaultdict
from datetime import datetime

from django.db.models import QuerySet

from agencies.deadlines import days_overdue
from reports.columns import band
from reports.figures import Terms
from tasks.timeliness import Timeliness

COLUMNS = {
    Timeliness.ON_TRACK: ("open_in_time",),
    Timeliness.DUE_SOON: ("open_in_time", "due_soon"),
    Timeliness.AWAITING_IN_TIME: ("awaiting_in_time",),
    Timeliness.AWAITING_LATE: ("awaiting_late",),
    Timeliness.AWAITING_UNDATED: ("awaiting_undated",),
    Timeliness.OVERDUE: ("overdue",),
    Timeliness.OVERDUE_EXTENSION: ("undecided",),
    Timeliness.OVERDUE_RETURN: ("undecided",),
    Timeliness.UNDATED: ("open_undated",),
    Timeliness.SUSPENDED: ("suspended",),
}


def standing_by(field: str, tasks: QuerySet, terms: Terms) -> dict[object, Counter]:
    """Count the open tasks of each value of a field as the report's columns.

    `tasks` come from `tasks_at`. `due_soon` stands inside `open_in_time`.
    """
    counts: dict[object, Counter] = defaultdict(Counter)
    for value, timeliness, due_at in tasks.open().values_list(field, "timeliness", "due_then"):
        counted = counts[value]
        counted.update(COLUMNS[timeliness])
        if timeliness == Timeliness.OVERDUE:
            counted[_band_of(due_at, terms)] += 1
            days = days_overdue(due_at, terms.at)
            counted["longest_overdue"] = max(counted["longest_overdue"], days)
    return dict(counts)


def _band_of(due_at: datetime, terms: Terms) -> str:
    later = [start for start in terms.bands[1:] if due_at <= terms.overdue_since(start)]
    return band(later[-1] if later else terms.bands[0])
