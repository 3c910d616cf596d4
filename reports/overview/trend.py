"""How overdue work and completions went, week by week, from the dated rows (rules 3.9, 8.3)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection
from django.db.models import QuerySet

from agencies.deadlines import last_day_in_time, local_midnight
from reports.overview.scope import Figure, Scope
from tasks.models import StateRow, Task
from tasks.states import OPEN, WORKING, State
from tasks.timeliness import Timeliness

WEEKS = 12

# A state and a deadline hold from their row to the next one; where they overlap, a task stood so.
# Each week's end picks the spans that hold then: one query, whatever the number of weeks.
SPANS = """
WITH chosen (id) AS ({chosen}),
states AS (
    SELECT task_id, state, reported_at, effective_at AS begins,
           lead(effective_at) OVER (PARTITION BY task_id ORDER BY effective_at, id) AS ends
    FROM tasks_staterow WHERE task_id IN (SELECT id FROM chosen)
),
deadlines AS (
    SELECT task_id, due_at, effective_at AS begins,
           lead(effective_at) OVER (PARTITION BY task_id ORDER BY effective_at, id) AS ends
    FROM tasks_deadlinerow WHERE task_id IN (SELECT id FROM chosen)
),
pleas AS (
    SELECT task_id, asked_at, decided_at FROM tasks_extension WHERE asked_at < due_at
    UNION ALL SELECT task_id, asked_at, decided_at FROM tasks_return WHERE asked_at < due_at
),
spans AS (
    SELECT task_id, state, reported_at, due_at, s.begins AS since,
           greatest(s.begins, d.begins) AS begins, least(s.ends, d.ends) AS ends
    FROM states s JOIN deadlines d USING (task_id)
    WHERE (state = ANY(%(working)s) AND due_at IS NOT NULL
           AND coalesce(least(s.ends, d.ends) > due_at, true)
           OR state = %(completed)s AND s.begins > %(first)s)
      AND coalesce(greatest(s.begins, d.begins) < least(s.ends, d.ends), true)
),
weeks AS (
    SELECT number, ends_at,
           lag(ends_at, 1, %(first)s) OVER (ORDER BY number) AS starts_at
    FROM unnest(%(ends)s::timestamptz[]) WITH ORDINALITY AS given (ends_at, number)
)
SELECT number,
       count(*) FILTER (WHERE state <> %(completed)s),
       count(*) FILTER (WHERE state = %(completed)s AND reported_at < due_at),
       count(*) FILTER (WHERE state = %(completed)s AND reported_at >= due_at),
       count(*) FILTER (WHERE state = %(completed)s AND due_at IS NULL)
FROM weeks JOIN spans ON begins <= ends_at AND (ends IS NULL OR ends > ends_at)
WHERE CASE WHEN state = %(completed)s THEN since > starts_at
      ELSE due_at <= ends_at AND NOT EXISTS (
          SELECT FROM pleas WHERE pleas.task_id = spans.task_id AND asked_at <= ends_at
              AND (decided_at IS NULL OR decided_at > ends_at)) END
      {supervised}
GROUP BY number
"""
SUPERVISED = """
      AND (SELECT supervisor_id FROM tasks_classificationrow AS c
           WHERE c.task_id = spans.task_id AND c.effective_at <= ends_at
           ORDER BY c.effective_at DESC, c.id DESC LIMIT 1) = ANY(%(supervising)s)
"""


@dataclass(frozen=True)
class Week:
    """One week up to its end: what was overdue at it, what was completed in it."""

    last_day: date
    is_running: bool
    overdue: Figure
    on_time: Figure
    late: Figure
    undated: Figure

    @property
    def label(self) -> str:
        """The last day as the chart says it."""
        return f"{self.last_day:%d/%m}"

    @property
    def completed(self) -> int:
        """All completed in the week."""
        return self.on_time.count + self.late.count + self.undated.count


def trend(scope: Scope, weeks: int = WEEKS) -> list[Week]:
    """Return the last weeks, the running one up to the instant; weeks end on Sundays."""
    ends = week_ends(scope.at, weeks)
    visible = Task.objects.visible_to(scope.actor).counted()
    if scope.agency is not None:
        visible = visible.filter(lead=scope.agency)
    counted = weekly(visible, ends, supervising=scope.supervising)
    return [
        _week(scope, end, counted[number], is_running=number == len(ends) - 1)
        for number, end in enumerate(ends)
    ]


def week_ends(at: datetime, weeks: int = WEEKS) -> list[datetime]:
    """Return the midnights after the last Sundays, and the instant as the end of the last week."""
    monday = local_midnight(last_day_in_time(at) - timedelta(days=last_day_in_time(at).weekday()))
    past = [monday - timedelta(weeks=n) for n in range(weeks - 2, -1, -1)]
    return [*past, at]


def weekly(
    tasks: QuerySet, ends: Sequence[datetime], *, supervising: Collection[int] = ()
) -> list[tuple[int, int, int, int]]:
    """Count for each end of a week: overdue then; in the week completed on time, late, undated.

    `supervising` narrows to what these leaders' posts supervised at each end. The judgement is that
    of `timeliness` over `TaskQuerySet.as_of`, which a test holds equal.
    """
    first = ends[0] - timedelta(weeks=1)
    ended_since = StateRow.objects.filter(effective_at__gt=first).order_by().values("task")
    stood = tasks.filter(state__in=OPEN) | tasks.filter(pk__in=ended_since)
    chosen, parameters = stood.order_by().values("pk").query.sql_with_params()
    named = {f"chosen_{n}": value for n, value in enumerate(parameters)}
    given = {
        "working": [str(state.value) for state in WORKING],
        "completed": State.COMPLETED.value,
        "first": first,
        "ends": list(ends),
        "supervising": list(supervising),
    }
    sql = SPANS.replace("{chosen}", chosen % tuple(f"%({name})s" for name in named))
    sql = sql.replace("{supervised}", SUPERVISED if supervising else "")
    with connection.cursor() as cursor:
        cursor.execute(sql, given | named)
        found = {row[0]: row[1:] for row in cursor.fetchall()}
    return [found.get(number, (0, 0, 0, 0)) for number in range(1, len(ends) + 1)]


def _week(scope: Scope, end: datetime, counts: tuple, *, is_running: bool) -> Week:
    last_day = last_day_in_time(end)
    first_day = last_day - timedelta(days=last_day.weekday())
    as_of = "" if is_running and not scope.as_of else last_day.isoformat()
    overdue, on_time, late, undated = counts

    def completed(count: int, timeliness: Timeliness) -> Figure:
        url = scope.tasks_url(
            timeliness=timeliness.value, completed_from=first_day.isoformat(), as_of=as_of
        )
        return Figure(count, url)

    return Week(
        last_day=last_day,
        is_running=is_running,
        overdue=Figure(overdue, scope.tasks_url(timeliness="overdue", as_of=as_of)),
        on_time=completed(on_time, Timeliness.COMPLETED_ON_TIME),
        late=completed(late, Timeliness.COMPLETED_LATE),
        undated=completed(undated, Timeliness.COMPLETED_UNDATED),
    )
