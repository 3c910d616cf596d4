"""The figures of the dashboard and of a month's report, by SQL as somebody would write it by hand:
each table its own aggregate, nothing judged twice, nothing but numbers returned.
"""

from datetime import datetime

from django.db import connection

from agencies.deadlines import soon_horizon
from agencies.models import CalendarDay
from reports.overview.trend import week_ends

WORKING = "('assigned', 'accepted', 'in_progress')"
OPEN = "('assigned', 'accepted', 'in_progress', 'reported', 'suspended')"
OVERDUE = f"state IN {WORKING} AND due_at <= %(at)s AND plea = ''"


def dashboard_figures(at: datetime) -> list[list[tuple]]:
    """Return what the chief's dashboard shows at an instant."""
    ends = week_ends(at)
    return _asked(
        [STANDING, *WAITING, SILENT, EXPIRING, OWED, DELAYS, URGED, RANKING, WEEKS],
        at=at,
        soon_at=soon_horizon(CalendarDay.objects.calendar(), at),
        first=ends[0],
        ends=ends,
    )


def month_figures(since: datetime, at: datetime) -> list[list[tuple]]:
    """Return a month's columns by agency, authority, leader, competence and priority, and its
    consultations and dossiers.
    """
    return _asked([MONTH, MONTH_LINES, MONTH_DOSSIERS], since=since, at=at)


def _asked(statements: list[str], **given: object) -> list[list[tuple]]:
    with connection.cursor() as cursor:
        found = []
        for statement in statements:
            cursor.execute(statement, given)
            found.append(cursor.fetchall())
        return found


STANDING = f"""
SELECT lead_id, count(*),
    count(*) FILTER (WHERE {OVERDUE}),
    count(*) FILTER (WHERE {OVERDUE} AND due_at > %(at)s - interval '7 days'),
    count(*) FILTER (WHERE {OVERDUE} AND due_at <= %(at)s - interval '7 days'
        AND due_at > %(at)s - interval '30 days'),
    count(*) FILTER (WHERE {OVERDUE} AND due_at <= %(at)s - interval '30 days'),
    min(due_at) FILTER (WHERE {OVERDUE}),
    count(*) FILTER (WHERE state IN {WORKING} AND due_at > %(at)s AND due_at <= %(soon_at)s),
    count(*) FILTER (WHERE state IN {WORKING} AND due_at > %(soon_at)s),
    count(*) FILTER (WHERE state IN {WORKING} AND due_at IS NULL),
    count(*) FILTER (WHERE state = 'reported' AND reported_at < due_at),
    count(*) FILTER (WHERE state = 'reported' AND reported_at >= due_at),
    count(*) FILTER (WHERE state = 'suspended')
FROM tasks_task WHERE NOT is_group AND state IN {OPEN} GROUP BY lead_id
"""
WAITING = (
    "SELECT count(*), min(reported_at) FROM tasks_task WHERE state = 'reported'",
    "SELECT count(*), min(asked_at) FROM tasks_extension WHERE decided_at IS NULL",
    "SELECT count(*), min(asked_at) FROM tasks_return WHERE decided_at IS NULL",
    "SELECT count(*), min(raised_at) FROM tasks_obstacle WHERE answered_at IS NULL",
    "SELECT count(*) FROM consultations_dossier WHERE state IN ('submitted', 'approved')",
    "SELECT count(*), min(drafted_at) FROM tasks_directive WHERE state = 'draft'",
    "SELECT count(*) FROM tasks_directive WHERE state = 'registered' AND approved_at IS NULL",
    """SELECT count(*) FROM tasks_acknowledgement
    WHERE acknowledged_at IS NULL AND due_at <= %(at)s""",
)
SILENT = """
SELECT agency_id, count(*) FROM consultations_opinion line
WHERE due_at <= %(at)s AND ended_at IS NULL AND NOT EXISTS (
    SELECT FROM consultations_reply WHERE opinion_id = line.id AND received_at < line.due_at)
GROUP BY agency_id
"""
EXPIRING = """
SELECT consultation_id, count(*) FROM consultations_opinion line
WHERE due_at > %(at)s AND due_at <= %(soon_at)s AND NOT EXISTS (
    SELECT FROM consultations_reply WHERE opinion_id = line.id)
GROUP BY consultation_id
"""
OWED = "SELECT count(*), min(due_at) FROM tasks_demand WHERE closed_at IS NULL"
DELAYS = f"""
SELECT count(*) FILTER (WHERE cause IS NULL), count(*) FILTER (WHERE commitment_on < %(at)s)
FROM tasks_task LEFT JOIN LATERAL (
    SELECT cause, commitment_on FROM tasks_explanation WHERE task_id = tasks_task.id
    ORDER BY made_at DESC LIMIT 1) said ON true
WHERE {OVERDUE}
"""
URGED = "SELECT agency_id, count(*) FROM tasks_urging WHERE issued_at <= %(at)s GROUP BY agency_id"
RANKING = f"""
SELECT lead_id, count(*) FILTER (WHERE state = 'completed' AND reported_at < due_at),
    count(*) FILTER (WHERE state = 'completed' AND reported_at >= due_at),
    count(*) FILTER (WHERE {OVERDUE})
FROM tasks_task WHERE due_at IS NOT NULL AND NOT is_group
    AND (state = 'completed' AND completed_at > %(first)s - interval '7 days' OR {OVERDUE})
GROUP BY lead_id
"""
WEEKS = f"""
WITH chosen AS (
    SELECT id FROM tasks_task WHERE NOT is_group AND (state IN {OPEN} OR id IN (
        SELECT task_id FROM tasks_staterow WHERE effective_at > %(first)s - interval '7 days'))
), states AS (
    SELECT task_id, state, reported_at, effective_at AS begins,
        lead(effective_at) OVER stood AS ends
    FROM tasks_staterow WHERE task_id IN (SELECT id FROM chosen)
    WINDOW stood AS (PARTITION BY task_id ORDER BY effective_at, id)
), deadlines AS (
    SELECT task_id, due_at, effective_at AS begins, lead(effective_at) OVER held AS ends
    FROM tasks_deadlinerow WHERE task_id IN (SELECT id FROM chosen)
    WINDOW held AS (PARTITION BY task_id ORDER BY effective_at, id)
)
SELECT ends_at, count(*) FILTER (WHERE state IN {WORKING} AND due_at <= ends_at),
    count(*) FILTER (WHERE state = 'completed' AND reported_at < due_at),
    count(*) FILTER (WHERE state = 'completed' AND reported_at >= due_at)
FROM unnest(%(ends)s::timestamptz[]) ends_at
JOIN states s ON s.begins <= ends_at AND coalesce(s.ends > ends_at, true) AND (
    state IN {WORKING} OR state = 'completed' AND s.begins > ends_at - interval '7 days')
JOIN deadlines d ON d.task_id = s.task_id AND d.begins <= ends_at
    AND coalesce(d.ends > ends_at, true)
GROUP BY ends_at
"""
MONTH = f"""
WITH before AS (
    SELECT DISTINCT ON (task_id) task_id, state FROM tasks_staterow
    WHERE effective_at <= %(since)s ORDER BY task_id, effective_at DESC, id DESC
), stood AS (
    SELECT DISTINCT ON (task_id) task_id, state, reported_at, effective_at FROM tasks_staterow
    WHERE effective_at <= %(at)s ORDER BY task_id, effective_at DESC, id DESC
), holding AS (
    SELECT DISTINCT ON (task_id) task_id, due_at FROM tasks_deadlinerow
    WHERE effective_at <= %(at)s ORDER BY task_id, effective_at DESC, id DESC
), classed AS (
    SELECT DISTINCT ON (task_id) task_id, assigned_by_id, supervisor_id, competence_id, priority
    FROM tasks_classificationrow
    WHERE effective_at <= %(at)s ORDER BY task_id, effective_at DESC, id DESC
)
SELECT lead_id, classed.assigned_by_id, classed.supervisor_id, classed.competence_id,
    classed.priority,
    count(*) FILTER (WHERE before.state IN {OPEN}),
    count(*) FILTER (WHERE assigned_at > %(since)s),
    count(*) FILTER (WHERE before.state = 'completed'),
    count(*) FILTER (WHERE stood.state = 'completed' AND stood.reported_at < holding.due_at),
    count(*) FILTER (WHERE stood.state = 'completed' AND stood.reported_at >= holding.due_at),
    count(*) FILTER (WHERE stood.state = 'completed' AND holding.due_at IS NULL),
    count(*) FILTER (WHERE stood.state IN {WORKING} AND holding.due_at > %(at)s),
    count(*) FILTER (WHERE stood.state IN {WORKING} AND holding.due_at <= %(at)s),
    count(*) FILTER (WHERE stood.state IN {WORKING} AND holding.due_at IS NULL),
    count(*) FILTER (WHERE stood.state = 'reported'),
    count(*) FILTER (WHERE stood.state = 'suspended'),
    count(*) FILTER (WHERE stood.state IN ('returned', 'transferred', 'cancelled')),
    max(%(at)s - holding.due_at) FILTER (WHERE stood.state IN {WORKING})
FROM tasks_task JOIN stood ON stood.task_id = tasks_task.id
    JOIN holding ON holding.task_id = tasks_task.id
    JOIN classed ON classed.task_id = tasks_task.id
    LEFT JOIN before ON before.task_id = tasks_task.id
WHERE NOT is_group AND (assigned_at > %(since)s OR before.state IN {OPEN} OR stood.state IN {OPEN})
GROUP BY GROUPING SETS ((lead_id), (classed.assigned_by_id), (classed.supervisor_id),
    (classed.competence_id), (classed.priority))
"""
MONTH_LINES = """
SELECT agency_id, count(*) FILTER (WHERE first_at < due_at),
    count(*) FILTER (WHERE first_at >= due_at),
    count(*) FILTER (WHERE first_at IS NULL AND due_at <= %(at)s)
FROM consultations_opinion line LEFT JOIN LATERAL (
    SELECT min(received_at) AS first_at FROM consultations_reply
    WHERE opinion_id = line.id AND received_at <= %(at)s) said ON true
WHERE visible_at <= %(at)s AND due_at > %(since)s GROUP BY agency_id
"""
MONTH_DOSSIERS = """
SELECT agency_id, count(*) FROM consultations_dossierversion version
JOIN consultations_dossier dossier ON dossier.id = version.dossier_id
WHERE submitted_at > %(since)s AND submitted_at <= %(at)s GROUP BY agency_id
"""
