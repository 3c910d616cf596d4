"""Agencies ranked by what they completed on time of what fell due (rules 8.3, 8.7)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q

from agencies.deadlines import last_day_in_time, local_midnight
from agencies.models import Agency
from reports.columns import Rate
from reports.overview.scope import Figure, Scope
from reports.overview.trend import WEEKS, week_ends
from tasks.timeliness import Timeliness

ON_TIME = Q(timeliness=Timeliness.COMPLETED_ON_TIME)
OVERDUE = Q(timeliness=Timeliness.OVERDUE)


@dataclass(frozen=True)
class Ranked:
    """An agency's place: the part completed on time, its base, and the counts beside them."""

    place: int
    agency: Agency
    on_time: Figure
    late: Figure
    overdue: Figure
    base: Figure

    @property
    def rate(self) -> Rate:
        """Completed on time of what fell due."""
        return Rate(self.on_time.count, self.base.count)


@dataclass(frozen=True)
class Ranking:
    """The agencies with enough fallen due since a day, the best first; beside them the others in
    official order with what fell due.
    """

    since: date
    minimum: int
    lines: list[Ranked]
    too_few: list[tuple[Agency, Figure]]


def ranking(scope: Scope, *, minimum: int | None = None) -> Ranking:
    """Rank the agencies in scope over the weeks of the trend (one query beside the agencies').

    The base is dated completed work and open work past its day; what awaits verification or a
    decision asked for in time is left out, what was overdue when it was returned, taken away or
    suspended stays in (rule 8.7).
    """
    first = week_ends(scope.at, WEEKS)[0]
    since = last_day_in_time(first) - timedelta(days=6)
    rows = (
        scope.tasks.with_endings(scope.past)
        .fallen_due(local_midnight(since))
        .order_by()
        .values("lead")
        .annotate(
            base=Count("pk"),
            on_time=Count("pk", filter=ON_TIME),
            late=Count("pk", filter=Q(timeliness=Timeliness.COMPLETED_LATE)),
            overdue=Count("pk", filter=OVERDUE),
        )
    )
    counted = {row["lead"]: row for row in rows}
    minimum = minimum or scope.terms.ranking_minimum
    agencies = list(Agency.objects.filter(pk__in=counted).in_official_order())
    enough = [each for each in agencies if counted[each.pk]["base"] >= minimum]
    enough.sort(key=lambda each: _rank(counted[each.pk]))
    lines, places = [], {}
    for position, agency in enumerate(enough, start=1):
        rate = _rank(counted[agency.pk])[0]
        place = places.setdefault(rate, position)
        lines.append(_ranked(scope, place, agency, counted[agency.pk], since))
    too_few = [
        (
            agency,
            _figure(scope, agency, counted[agency.pk]["base"], fallen_due_from=since.isoformat()),
        )
        for agency in agencies
        if agency not in enough
    ]
    return Ranking(since, minimum, lines, too_few)


def _rank(row: Mapping[str, int]) -> tuple[float, int]:
    """The highest rate first, of equal ones the larger base."""
    return -row["on_time"] / row["base"], -row["base"]


def _ranked(
    scope: Scope, place: int, agency: Agency, row: Mapping[str, int], since: date
) -> Ranked:
    begins = since.isoformat()

    def figure(count: int, **parameters: str) -> Figure:
        return _figure(scope, agency, count, **parameters)

    return Ranked(
        place=place,
        agency=agency,
        on_time=figure(
            row["on_time"], timeliness=Timeliness.COMPLETED_ON_TIME.value, completed_from=begins
        ),
        late=figure(row["late"], timeliness=Timeliness.COMPLETED_LATE.value, completed_from=begins),
        overdue=figure(row["overdue"], timeliness=Timeliness.OVERDUE.value),
        base=figure(row["base"], fallen_due_from=begins),
    )


def _figure(scope: Scope, agency: Agency, count: int, **parameters: str) -> Figure:
    return Figure(count, scope.tasks_url(**({"agency": agency.code} | parameters)))
