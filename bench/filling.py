"""Large numbers of rows, made by the database itself from few parameters."""

from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import Max

from agencies.deadlines import ZONE
from agencies.directory import shipped
from agencies.models import Delegation, Post
from agencies.titles import load_titles
from consultations.models import Consultation, Opinion
from reports.demonstration.people import settle
from tasks.directory import load

LINES = 8
"""Agencies asked in each consultation."""


def fill_body(day: date) -> None:
    """Make the shipped body with the demonstration's people in post on that day; nobody lends his
    authority, so that every agency has as many people to tell.
    """
    load(shipped())
    load_titles()
    settle(day)
    Delegation.objects.all().delete()


@dataclass(frozen=True)
class Asked:
    """So many consultations with eight lines each, the requesters and agencies in turn.

    They fall due one after another, evenly from `first_due_at` on and before `last_due_at` (or
    all then). `is_past`: of every five lines four were answered in time; what the fifth meant is
    recorded, and the requester was told. Else nobody answered and nothing is recorded.
    """

    count: int
    first_due_at: datetime
    last_due_at: datetime
    is_past: bool = False

    def fill(self) -> None:
        """Write the rows."""
        heads = Post.objects.filter(title__functions__contains=["agency_head"])
        heads = heads.filter(title__is_deputy=False, agency__managed_by="").order_by("agency")
        firsts = {post.agency_id: post for post in heads}
        given = {
            "agencies": list(firsts),
            "posts": [post.pk for post in firsts.values()],
            "people": [post.user_id for post in firsts.values()],
            "count": self.count,
            "seen": Consultation.objects.aggregate(last=Max("pk"))["last"] or 0,
            "lines": LINES,
            "is_past": self.is_past,
            "zone": str(ZONE),
            "first": self.first_due_at,
            "last": self.last_due_at,
            "line": ContentType.objects.get_for_model(Opinion).pk,
        }
        with connection.cursor() as cursor:
            for statement in (
                CONSULTATIONS,
                OPINIONS,
                *((REPLIES, DEEMED) if self.is_past else ()),
            ):
                cursor.execute(statement, given)


# The k-th of the agencies, from 0, round and round.
AGENCY = "(%(agencies)s::bigint[])[1 + (({k}) %% cardinality(%(agencies)s::bigint[]))]"
POST = "(%(posts)s::bigint[])[1 + (({k}) %% cardinality(%(agencies)s::bigint[]))]"
REQUESTER = "array_position(%(agencies)s::bigint[], asked.requester_id)"

CONSULTATIONS = f"""
INSERT INTO consultations_consultation (code, requester_id, asked_by_id, title, provision,
    express_consent, background, document_number, is_urgent, urgent_reason, asked_at, due_at,
    deadline_text, withdrawn_reason, version, search_text, signer, result_told_at)
SELECT 'XYK-' || %(seen)s + n, {AGENCY.format(k="n")}, {POST.format(k="n")},
    'Quy hoạch chi tiết khu dân cư số ' || n, 'Điều 19 Quy chế làm việc', '', '', '', false, '',
    due_at - interval '7 days', due_at, '05 ngày làm việc', '', 0, 'quy hoach khu dan cu ' || n, '',
    CASE WHEN %(is_past)s THEN due_at + interval '6 minutes' END
FROM generate_series(1, %(count)s) n, LATERAL (
    SELECT date_trunc('day', %(first)s::timestamptz
        + (%(last)s::timestamptz - %(first)s::timestamptz) * (n / %(count)s::float),
        %(zone)s) AS due_at) due
"""

OPINIONS = f"""
INSERT INTO consultations_opinion (
    consultation_id, agency_id, due_at, silence_rule, silence_provision, is_on_paper, is_outside,
    why_asked, ending, visible_at, swept_due_at)
SELECT asked.id, {AGENCY.format(k=f"{REQUESTER} + 3 * line")}, asked.due_at, 'deemed_agreed',
    'Công văn 966/UBND-VP, mục 1-3', false, line = 8, '', '', asked.asked_at,
    CASE WHEN %(is_past)s THEN asked.due_at END
FROM consultations_consultation asked, generate_series(1, %(lines)s) line
WHERE asked.id > %(seen)s ORDER BY asked.id, line
"""

# A reply is recorded by an event of its own: made together, matched by the line's id.
REPLIES = """
WITH said AS (
    SELECT line.id, line.agency_id, line.due_at - interval '1 day' AS at, asked.code, asked.title
    FROM consultations_opinion line JOIN consultations_consultation asked
        ON asked.id = line.consultation_id
    WHERE asked.id > %(seen)s AND line.id %% 5 > 0
), events AS (
    INSERT INTO agencies_event (act, params, thing_type_id, thing_id, thing_text, thing_url,
        actor_id, post_id, capacity, effective_at, recorded_at)
    SELECT 'opinion.replied', '{}', %(line)s, id, code || ' ' || title, '/consultations/' || code,
        (%(people)s::bigint[])[array_position(%(agencies)s::bigint[], agency_id)],
        (%(posts)s::bigint[])[array_position(%(agencies)s::bigint[], agency_id)], '', at, at
    FROM said RETURNING id, thing_id, post_id, effective_at
)
INSERT INTO consultations_reply (opinion_id, event_id, post_id, stance, note, document_number,
    signer, received_at)
SELECT thing_id, id, post_id, (ARRAY['agreed', 'with_comments', 'disagreed'])[1 + thing_id %% 3],
    '', '', '', effective_at
FROM events
"""

DEEMED = """
INSERT INTO agencies_event (act, params, thing_type_id, thing_id, thing_text, thing_url, capacity,
    effective_at, recorded_at, key)
SELECT 'opinion.deemed_agreed', '{}', %(line)s, line.id, asked.code || ' ' || asked.title,
    '/consultations/' || asked.code, '', line.due_at, line.due_at + interval '5 minutes',
    'deemed:' || line.id || ':' || (to_jsonb(line.due_at) #>> '{}')
FROM consultations_opinion line JOIN consultations_consultation asked
    ON asked.id = line.consultation_id
WHERE asked.id > %(seen)s AND line.id %% 5 = 0
"""
