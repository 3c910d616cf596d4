"""What stands open, counted along every dimension of the dashboard in one query (rule 8.3)."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import cached_property

from django.db import connection
from django.db.models import QuerySet

from agencies.deadlines import days_overdue, local_day, local_midnight
from reports.columns import AWAITING, add_up, awaiting, band
from reports.figures import Terms
from reports.overview.scope import Figure, Scope
from tasks.timeliness import Timeliness

#: By what the dashboard breaks open work down: the address' word, and the column judged tasks have.
DIMENSIONS = {
    "agency": "lead",
    "leader": "supervisor_then",
    "authority": "authority_then",
    "competence": "competence_then",
}
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
# The judged rows are read once: an aggregate over the annotation would judge each row again for
# every figure and every dimension.
COUNT = """
    SELECT {grouping}, {names}, timeliness, CASE {bands} ELSE 1 END AS band,
           due_then <= %s AS this_week, count(*), min(due_then)
    FROM ({judged}) AS judged ({names}, timeliness, due_then)
    GROUP BY GROUPING SETS ({sets}), timeliness, band, this_week
"""


def standing_along(
    dimensions: dict[str, str], tasks: QuerySet, terms: Terms
) -> dict[str, dict[int | None, Counter]]:
    """Count the open tasks of each value of each dimension as the report's columns.

    `tasks` are judged (`Scope.tasks`), dimensions name one of their columns each. `due_soon` and
    `due_this_week` stand inside `open_in_time`.
    """
    judged = tasks.open().order_by().values_list(*dimensions.values(), "timeliness", "due_then")
    inner, parameters = judged.query.sql_with_params()
    later = [start for start in terms.bands if start > 1]
    sql = COUNT.format(
        judged=inner,
        names=", ".join(dimensions),
        grouping=", ".join(f"GROUPING({name})" for name in dimensions),
        sets=", ".join(f"({name})" for name in dimensions),
        bands=" ".join("WHEN due_then <= %s THEN %s" for _start in later) or "WHEN false THEN 1",
    )
    limits = [part for start in reversed(later) for part in (terms.overdue_since(start), start)]
    with connection.cursor() as cursor:
        cursor.execute(sql, [*limits, week_end(terms.at), *parameters])
        return _folded(cursor.fetchall(), list(dimensions), terms)


def _folded(rows: Iterable[tuple], names: list[str], terms: Terms) -> dict:
    found: dict[str, dict[int | None, Counter]] = {name: defaultdict(Counter) for name in names}
    width = len(names)
    for row in rows:
        place = row[:width].index(0)  # GROUPING is 0 for the dimension the row belongs to
        timeliness, start, is_this_week, count, oldest = row[2 * width :]
        counts = found[names[place]][row[width + place]]
        for column in COLUMNS[Timeliness(timeliness)]:
            counts[column] += count
        if is_this_week and timeliness in (Timeliness.ON_TRACK, Timeliness.DUE_SOON):
            counts["due_this_week"] += count
        if timeliness == Timeliness.OVERDUE:
            counts[band(start)] += count
            longest = days_overdue(oldest, terms.at)
            counts["longest_overdue"] = max(counts["longest_overdue"], longest)
    return {name: dict(each) for name, each in found.items()}


def week_end(at: datetime) -> datetime:
    """Return the end of the week that holds the instant: the midnight after Sunday."""
    day = local_day(at)
    return local_midnight(day + timedelta(days=7 - day.weekday()))


class Standing:
    """The open tasks in scope: the figures at the top of a dashboard; `by` names a dimension to
    count along beside agencies.
    """

    def __init__(self, scope: Scope, by: str = "agency") -> None:
        self.scope, self.by = scope, by

    @cached_property
    def along(self) -> dict[str, dict[int | None, Counter]]:
        """Open tasks by dimension and its value's id."""
        wanted = {name: DIMENSIONS[name] for name in dict.fromkeys(("agency", self.by))}
        return standing_along(wanted, self.scope.tasks, self.scope.terms)

    @cached_property
    def total(self) -> Counter:
        """The open tasks of all agencies."""
        return add_up(self.along["agency"].values())

    @property
    def late_agencies(self) -> int:
        """How many agencies have overdue work."""
        return sum(1 for counts in self.along["agency"].values() if counts["overdue"])

    def _figure(self, count: int, **parameters) -> Figure:
        return Figure(count, self.scope.tasks_url(**parameters))

    @property
    def overdue(self) -> Figure:
        """Open, past the deadline."""
        return self._figure(self.total["overdue"], timeliness="overdue")

    @property
    def due_soon(self) -> Figure:
        """Due within the setting's working days."""
        return self._figure(self.total["due_soon"], timeliness="due_soon")

    @property
    def due_this_week(self) -> Figure:
        """Still to be done by the end of Sunday."""
        last = week_end(self.scope.at) - timedelta(days=1)
        return self._figure(
            self.total["due_this_week"],
            timeliness=[Timeliness.ON_TRACK.value, Timeliness.DUE_SOON.value],
            due_before=f"{last:%Y-%m-%d}",
        )

    @property
    def awaiting(self) -> Figure:
        """Reported, not yet verified (rule 5.5)."""
        return self._figure(awaiting(self.total), timeliness="awaiting")

    @property
    def awaiting_parts(self) -> dict[str, Figure]:
        """Of those, reported in time, late, and without a deadline."""
        return {column: self._figure(self.total[column], timeliness=column) for column in AWAITING}

    @property
    def on_track(self) -> Figure:
        """In time and further away than "due soon"."""
        count = self.total["open_in_time"] - self.total["due_soon"]
        return self._figure(count, timeliness=Timeliness.ON_TRACK.value)

    @property
    def undated(self) -> Figure:
        """Open without a deadline: never inside "on time" (rule 8.7)."""
        return self._figure(self.total["open_undated"], timeliness="undated")

    @property
    def undecided(self) -> Figure:
        """Past the deadline, waiting for what was asked in time (rules 5.3, 5.6)."""
        asked = [Timeliness.OVERDUE_EXTENSION.value, Timeliness.OVERDUE_RETURN.value]
        return self._figure(self.total["undecided"], timeliness=asked)

    @property
    def suspended(self) -> Figure:
        """The clock stands still by the chief's decision (rule 5.7)."""
        return self._figure(self.total["suspended"], timeliness="suspended")
