"""A hundred thousand tasks with their histories, made by the database itself."""

from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.contenttypes.models import ContentType
from django.db import connection

from agencies.deadlines import ZONE
from agencies.models import Agency, AgencyKind, Competence, Post, PostTitle, User
from tasks.models import Authority, Task


def fill_agencies(count: int, day: date) -> list[int]:
    """Let there be so many agencies with a head each since that day; return all heads' posts."""
    kind = AgencyKind.objects.order_by("-order").first()
    title = PostTitle.objects.filter(functions__contains=["agency_head"], is_deputy=False).first()
    missing = count - Agency.objects.count()
    made = [
        Agency(code=f"don-vi-{n}", name=f"Đơn vị số {n}", short_name=f"Đơn vị {n}", kind=kind)
        for n in range(max(missing, 0))
    ]
    for agency in made:
        agency.save()
    users = [User(username=f"dv{n}", full_name=f"Trần Văn {n}") for n in range(len(made))]
    User.objects.bulk_create(users)
    Post.objects.bulk_create(
        Post(user=user, agency=agency, title=title, starts_on=day)
        for user, agency in zip(users, made, strict=True)
    )
    heads = Post.objects.filter(title__functions__contains=["agency_head"], title__is_deputy=False)
    firsts = heads.order_by("agency_id", "pk").distinct("agency_id")
    return list(firsts.values_list("pk", flat=True))


@dataclass(frozen=True)
class Assigned:
    """So many tasks given evenly between two instants to the agencies of these posts in turn.

    Of forty, one is never reported; of fifty, one is cancelled, one handed back, one suspended for
    good; of twelve, one has no deadline; of fifteen, one was extended. The others are reported five
    to sixty-four days after they were given, and confirmed two days later, if that is past by then.
    """

    count: int
    first_at: datetime
    now: datetime
    posts: list[int]

    def fill(self) -> None:
        """Write tasks, events, state, deadline and classification rows, reports, updates."""
        leaders = Post.objects.filter(title__functions__contains=["leader"])
        given = {
            "posts": self.posts,
            "leaders": list(leaders.order_by("pk").values_list("pk", flat=True)),
            "authorities": list(Authority.objects.order_by("pk").values_list("pk", flat=True)),
            "competences": list(Competence.objects.order_by("pk").values_list("pk", flat=True)),
            "count": self.count,
            "seen": Task.objects.count(),
            "first": self.first_at,
            "now": self.now,
            "zone": str(ZONE),
            "task": ContentType.objects.get_for_model(Task).pk,
        }
        with connection.cursor() as cursor:
            for statement in (
                PLAN, TASKS, STATES, DEADLINES, CLASSES, EXTENDED, GRANTED, REPORTS, UPDATES,
            ):  # fmt: skip
                cursor.execute(statement, given)
            cursor.execute("DROP TABLE plan")


def _turn(name: str, k: str) -> str:
    """The k-th of an array given, from 0, round and round."""
    return f"(%({name})s::bigint[])[1 + (({k}) %% cardinality(%({name})s::bigint[]))]"


# One row a task: when it was given, when each thing happened to it. NULL: it did not, or not yet.
PLAN = f"""
CREATE TEMP TABLE plan AS
SELECT n, 'NV-B-' || %(seen)s + n AS code, post.id AS post_id, post.agency_id,
    {_turn("leaders", "n / 7")} AS leader_id,
    {_turn("authorities", "n / 3")} AS authority_id,
    {_turn("competences", "n / 5")} AS competence_id, given_at,
    CASE WHEN n %% 12 <> 5 THEN date_trunc('day', given_at + interval '31 days', %(zone)s)
    END AS first_due_at,
    CASE WHEN n %% 15 = 4 AND n %% 12 <> 5 AND given_at + interval '22 days' <= %(now)s
        THEN given_at + interval '22 days' END AS extended_at,
    CASE WHEN n %% 50 = 1 THEN 'cancelled' WHEN n %% 50 = 2 THEN 'returned'
        WHEN n %% 50 = 3 THEN 'suspended' END AS stopped,
    given_at + interval '3 days' AS stopped_at,
    CASE WHEN n %% 40 <> 0 AND n %% 50 NOT IN (1, 2, 3) AND done_at <= %(now)s THEN done_at
    END AS reported_at,
    CASE WHEN n %% 40 <> 0 AND n %% 50 NOT IN (1, 2, 3)
        AND done_at + interval '2 days' <= %(now)s THEN done_at + interval '2 days'
    END AS completed_at
FROM generate_series(1, %(count)s) n,
LATERAL (SELECT %(first)s::timestamptz
    + (%(now)s::timestamptz - %(first)s::timestamptz) * (n / (%(count)s + 1.0)) AS given_at) given,
LATERAL (SELECT given_at + make_interval(days => 5 + n * 7919 %% 60) AS done_at) done,
LATERAL (SELECT id, agency_id FROM agencies_post WHERE id = {_turn("posts", "n")}) post
"""

TASKS = """
INSERT INTO tasks_task (code, is_group, source, clause, title, text, product, lead_id,
    responsible_id, supervisor_id, competence_id, assigned_by_id, priority, state, due_at,
    original_due_at, plea, deadline_text, assigned_at, accepted_at, reported_at, completed_at,
    updated_at, percent, version, search_text)
SELECT code, false, 'Kết luận giao ban', '', 'Rà soát hồ sơ đất đai số ' || n,
    'Rà soát, lập danh sách, báo cáo UBND huyện.', '', agency_id, post_id, leader_id,
    competence_id, authority_id, CASE WHEN n %% 9 = 0 THEN 'key' ELSE 'normal' END,
    CASE WHEN stopped IS NOT NULL AND stopped_at <= %(now)s THEN stopped
        WHEN completed_at IS NOT NULL THEN 'completed' WHEN reported_at IS NOT NULL THEN 'reported'
        WHEN given_at + interval '2 days' <= %(now)s THEN 'in_progress' ELSE 'assigned' END,
    first_due_at + CASE WHEN extended_at IS NULL THEN interval '0' ELSE interval '15 days' END,
    first_due_at, '', '', given_at, NULL, reported_at, completed_at,
    least(given_at + interval '9 days', %(now)s), 0, 0, 'ra soat ho so dat dai so ' || n
FROM plan
"""

# Each step is an event and the state row that rests on it, made together.
STATES = """
WITH steps AS (
    SELECT task.id, task.code, step.state, step.at, step.reported_at, plan.post_id
    FROM plan JOIN tasks_task task ON task.code = plan.code, LATERAL (VALUES
        ('assigned', given_at, NULL::timestamptz),
        ('in_progress', CASE WHEN stopped IS NULL THEN given_at + interval '2 days' END, NULL),
        (stopped, CASE WHEN stopped IS NOT NULL THEN stopped_at END, NULL),
        ('reported', plan.reported_at, plan.reported_at),
        ('completed', plan.completed_at, plan.reported_at)) step (state, at, reported_at)
    WHERE step.at <= %(now)s
), events AS (
    INSERT INTO agencies_event (act, params, thing_type_id, thing_id, thing_text, thing_url,
        capacity, effective_at, recorded_at, post_id)
    SELECT 'task.' || state, jsonb_build_object('state', state, 'reported', reported_at),
        %(task)s, id, code, '/tasks/' || code || '/', '', at, at, post_id
    FROM steps RETURNING id, thing_id, params, effective_at
)
INSERT INTO tasks_staterow (task_id, event_id, state, reported_at, effective_at, recorded_at)
SELECT thing_id, id, params ->> 'state', (params ->> 'reported')::timestamptz, effective_at,
    effective_at
FROM events ORDER BY effective_at
"""

DEADLINES = """
INSERT INTO tasks_deadlinerow (task_id, event_id, due_at, reason, effective_at, recorded_at)
SELECT task.id, state.event_id, first_due_at, '', given_at, given_at
FROM plan JOIN tasks_task task ON task.code = plan.code
JOIN tasks_staterow state ON state.task_id = task.id AND state.state = 'assigned'
"""

CLASSES = """
INSERT INTO tasks_classificationrow (task_id, event_id, competence_id, assigned_by_id,
    supervisor_id, priority, effective_at, recorded_at)
SELECT task.id, state.event_id, task.competence_id, task.assigned_by_id, task.supervisor_id,
    task.priority, task.assigned_at, task.assigned_at
FROM plan JOIN tasks_task task ON task.code = plan.code
JOIN tasks_staterow state ON state.task_id = task.id AND state.state = 'assigned'
"""

EVENT_AND = """
WITH given AS ({rows}), events AS (
    INSERT INTO agencies_event (act, params, thing_type_id, thing_id, thing_text, thing_url,
        capacity, effective_at, recorded_at, post_id)
    SELECT '{act}', '{{}}', %(task)s, id, code, '/tasks/' || code || '/', '', at, at, post_id
    FROM given RETURNING id, thing_id, effective_at, post_id
)
"""

EXTENDED = (
    EVENT_AND.format(
        act="task.extension_asked",
        rows="""SELECT task.id, task.code, extended_at - interval '2 days' AS at, post_id
    FROM plan JOIN tasks_task task ON task.code = plan.code WHERE extended_at IS NOT NULL""",
    )
    + """
INSERT INTO tasks_extension (task_id, event_id, post_id, reason, due_at, asked_at, asked_due_at,
    granted_due_at, decision, decided_at, answer, superior_number)
SELECT task.id, events.id, events.post_id, 'Chờ số liệu', task.original_due_at,
    events.effective_at, task.due_at, task.due_at, 'approved',
    events.effective_at + interval '2 days', '', ''
FROM events JOIN tasks_task task ON task.id = events.thing_id
"""
)

GRANTED = (
    EVENT_AND.format(
        act="task.extension_granted",
        rows="""SELECT task.id, task.code, extended_at AS at, post_id
    FROM plan JOIN tasks_task task ON task.code = plan.code WHERE extended_at IS NOT NULL""",
    )
    + """
INSERT INTO tasks_deadlinerow (task_id, event_id, due_at, reason, effective_at, recorded_at)
SELECT task.id, events.id, task.due_at, 'Chờ số liệu', effective_at, effective_at
FROM events JOIN tasks_task task ON task.id = events.thing_id
"""
)

REPORTS = (
    EVENT_AND.format(
        act="task.reported",
        rows="""SELECT task.id, task.code, plan.reported_at AS at, post_id
    FROM plan JOIN tasks_task task ON task.code = plan.code WHERE plan.reported_at IS NOT NULL""",
    )
    + """
INSERT INTO tasks_completionreport (task_id, event_id, post_id, result, document_number, sent_at,
    decision, decided_at, reason, lacks_evidence)
SELECT task.id, events.id, events.post_id, 'Đã xong', '', events.effective_at,
    CASE WHEN task.completed_at IS NULL THEN '' ELSE 'confirmed' END, task.completed_at, '', false
FROM events JOIN tasks_task task ON task.id = events.thing_id
"""
)

UPDATES = (
    EVENT_AND.format(
        act="task.progressed",
        rows="""SELECT task.id, task.code, given_at + interval '9 days' AS at, post_id
    FROM plan JOIN tasks_task task ON task.code = plan.code
    WHERE stopped IS NULL AND given_at + interval '9 days' <= %(now)s""",
    )
    + """
INSERT INTO tasks_progressupdate (task_id, event_id, post_id, text, percent, document_number,
    made_at)
SELECT thing_id, id, post_id, 'Đang làm', 40, '', effective_at FROM events
"""
)
