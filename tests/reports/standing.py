"""Open tasks counted in one query as the report's columns, for figures made otherwise to equal."""

from collections import Counter

from django.db.models import Count, Min, Q, QuerySet

from agencies.deadlines import days_overdue
from reports.columns import band
from reports.figures import Terms
from tasks.timeliness import Timeliness


def standing_by(field: str, tasks: QuerySet, terms: Terms) -> dict[object, Counter]:
    """Count the open tasks of each value of a field as the report's columns (one query).

    `tasks` come from `tasks_at`. `due_soon` stands inside `open_in_time`.
    """
    is_ = {each: Q(timeliness=each) for each in Timeliness}
    overdue = is_[Timeliness.OVERDUE]
    columns = {
        "open_in_time": is_[Timeliness.ON_TRACK] | is_[Timeliness.DUE_SOON],
        "due_soon": is_[Timeliness.DUE_SOON],
        "awaiting_in_time": is_[Timeliness.AWAITING_IN_TIME],
        "awaiting_late": is_[Timeliness.AWAITING_LATE],
        "awaiting_undated": is_[Timeliness.AWAITING_UNDATED],
        "overdue": overdue,
        "undecided": is_[Timeliness.OVERDUE_EXTENSION] | is_[Timeliness.OVERDUE_RETURN],
        "open_undated": is_[Timeliness.UNDATED],
        "suspended": is_[Timeliness.SUSPENDED],
    }
    for start, following in zip(terms.bands, (*terms.bands[1:], None), strict=True):
        within = overdue
        if start > 1:
            within &= Q(due_then__lte=terms.overdue_since(start))
        if following:
            within &= Q(due_then__gt=terms.overdue_since(following))
        columns[band(start)] = within
    counts = {name: Count("pk", filter=condition) for name, condition in columns.items()}
    rows = (
        tasks.open().order_by().values(field)
        .annotate(**counts, oldest_due=Min("due_then", filter=overdue))
    )  # fmt: skip
    return {row.pop(field): _with_longest(row, terms) for row in rows}


def _with_longest(row: dict, terms: Terms) -> Counter:
    oldest = row.pop("oldest_due")
    longest = days_overdue(oldest, terms.at) if oldest else 0
    return Counter(row, longest_overdue=longest)
