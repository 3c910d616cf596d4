"""Consultations: the sweep held against plain SQL, lists against themselves when all was small."""

import statistics
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.contenttypes.models import ContentType
from django.core.paginator import Paginator
from django.db import connection, transaction
from django.http import QueryDict

from agencies.acting import Actor
from agencies.deadlines import ZONE
from agencies.models import Agency, Notice, Post
from bench.filling import LINES, Asked, fill_body
from bench.measuring import Measured, analyze, median_of, seconds_of
from consultations.listing import PAGE_SIZE, Listing
from consultations.models import Consultation, Opinion
from consultations.receivers import people_of
from consultations.sweep import record_deemed

TITLE = "Consultations"
FIRST = datetime(2021, 1, 4, tzinfo=ZONE)
LAST = datetime(2026, 11, 2, tzinfo=ZONE)
NOW = datetime(2026, 11, 26, 9, tzinfo=ZONE)
MOMENTS = datetime(2026, 11, 5, tzinfo=ZONE)
"""The first of the moments, a day apart, at which many lines expire at once."""


@dataclass(frozen=True)
class Size:
    """Consultations: how many are few and many, are open all the time, and expire at one moment;
    `runs` of each way of recording these.
    """

    few: int
    many: int
    open: int
    expiring: int
    runs: int


FULL = Size(few=1_000, many=50_000, open=200, expiring=2_500, runs=3)
SMALL = Size(few=8, many=20, open=6, expiring=2, runs=1)


def measure(size: Size) -> list[Measured]:
    """Fill the empty database and measure."""
    fill_body(NOW.date())
    Asked(size.open, NOW + timedelta(days=1), NOW + timedelta(days=9)).fill()
    Asked(size.few - size.open, FIRST, LAST, is_past=True).fill()
    analyze()
    at_first = [seconds for _what, seconds in _lists(size)]
    expiring = 2 * size.runs * size.expiring
    Asked(size.many - size.few - expiring, FIRST, LAST, is_past=True).fill()
    moments = [MOMENTS + timedelta(days=n) for n in range(2 * size.runs)]
    for due_at in moments:
        Asked(size.expiring, due_at, due_at).fill()
    analyze()
    against = f"the same with {size.few:,} consultations"
    return [
        _sweep(size, moments),
        *(
            Measured(what, seconds, against, base, 1.5)
            for (what, seconds), base in zip(_lists(size), at_first, strict=True)
        ),
    ]


def _sweep(size: Size, moments: list[datetime]) -> Measured:
    """Let the sweep and plain SQL record as many lines in turn; both must write as much."""
    plain = PlainSQL()
    times: dict[Callable[[datetime], int], list[float]] = {record_deemed: [], plain.record: []}
    written = set()
    for number, due_at in enumerate(moments):
        record = (record_deemed, plain.record)[number % 2]
        before = Notice.objects.count()
        at = due_at + timedelta(minutes=6)
        times[record].append(seconds_of(lambda record=record, at=at: record(at)))
        written.add(Notice.objects.count() - before)
        plain.look_away(due_at)
    assert len(written) == 1, f"they wrote different numbers of notices: {written}"
    return Measured(
        f"the sweep records {size.expiring * LINES:,} lines that expire at one moment",
        statistics.median(times[record_deemed]),
        "plain `INSERT … SELECT … ON CONFLICT` of the same events and notices",
        statistics.median(times[plain.record]),
        2,
    )


def _lists(size: Size) -> Iterator[tuple[str, float]]:
    """Yield each list and the time of its first page and its total."""
    chair = _actor("xa-quang-trung", "agency_head")
    chief = _actor("vp", "office_chief")
    for what, actor, query in (
        ("what waits for one agency's opinion", chair, "tab=waiting"),
        ("consultations expiring within 3 working days", chief, "tab=all&expiring=3"),
        ("agencies that have not answered, within 3 working days", chief, "tab=lines&expiring=3"),
    ):
        yield what, median_of(7 * size.runs, lambda actor=actor, query=query: _page(actor, query))


def _actor(agency: str, function: str) -> Actor:
    posts = Post.objects.for_display().with_function(function).filter(agency__code=agency)
    post = posts.order_by("title__is_deputy", "pk").first()
    return Actor(post.user, post, None, NOW.date())


def _page(actor: Actor, query: str) -> list:
    rows = Listing.read(QueryDict(query), actor, NOW).rows()
    return list(Paginator(rows, PAGE_SIZE).get_page(1))


class PlainSQL:
    """The least that writes the rows: who is told is known beforehand, nothing is locked."""

    def __init__(self) -> None:
        self.line = ContentType.objects.get_for_model(Opinion).pk
        told = people_of(Agency.objects.all(), NOW)
        pairs = [(agency, user.pk) for agency, users in told.items() for user in users]
        self.agencies, self.people = map(list, zip(*pairs, strict=True))

    def record(self, at: datetime) -> int:
        """Record the lines that expired the same day."""
        given = {"at": at, "due_at": at - timedelta(minutes=6), "line": self.line}
        given |= {"agencies": self.agencies, "people": self.people}
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(EVENTS, given)
            recorded = cursor.rowcount
            cursor.execute(NOTICES, given)
        return recorded

    def look_away(self, due_at: datetime) -> None:
        """Let no job look at these again, as after the next minute."""
        Opinion.objects.filter(due_at=due_at).update(swept_due_at=due_at)
        told_at = due_at + timedelta(minutes=6)
        Consultation.objects.filter(due_at=due_at).update(result_told_at=told_at)


EVENTS = """
INSERT INTO agencies_event (act, params, thing_type_id, thing_id, thing_text, thing_url, capacity,
    effective_at, recorded_at, key)
SELECT 'opinion.deemed_agreed',
    jsonb_build_object('agency', agency.short_name, 'title', asked.title, 'due_at', line.due_at),
    %(line)s, line.id, asked.code || ' ' || asked.title || ': ' || agency.short_name,
    '/consultations/' || asked.code || '/#line-' || line.id, '', line.due_at, %(at)s,
    'deemed:' || line.id || ':' || (to_jsonb(line.due_at) #>> '{}')
FROM consultations_opinion line
JOIN consultations_consultation asked ON asked.id = line.consultation_id
JOIN agencies_agency agency ON agency.id = line.agency_id
WHERE line.due_at = %(due_at)s AND line.ended_at IS NULL AND NOT EXISTS (
    SELECT FROM consultations_reply reply
    WHERE reply.opinion_id = line.id AND reply.received_at < line.due_at)
ON CONFLICT (key) DO NOTHING
"""
NOTICES = """
INSERT INTO agencies_notice (person_id, channel, occasion, event_id, thing_type_id, thing_id,
    subject, text, url, kind, delivery, lines, created_at, attempts, last_error)
SELECT people.person, way.channel, 'event:' || event.id, event.id, event.thing_type_id,
    event.thing_id, event.thing_text, '', event.thing_url, 'deemed', way.delivery, '[]',
    event.recorded_at, 0, ''
FROM agencies_event event
JOIN consultations_opinion line ON line.id = event.thing_id
JOIN consultations_consultation asked ON asked.id = line.consultation_id
JOIN LATERAL (VALUES (line.agency_id, 'app', 'at_once'), (line.agency_id, 'mail', 'at_once'),
    (asked.requester_id, 'app', 'digest')) way (agency, channel, delivery) ON true
JOIN unnest(%(agencies)s::bigint[], %(people)s::bigint[]) people (agency, person)
    ON people.agency = way.agency
WHERE event.act = 'opinion.deemed_agreed' AND event.effective_at = %(due_at)s
    AND event.thing_type_id = %(line)s
ON CONFLICT (person_id, channel, occasion) DO NOTHING
"""
