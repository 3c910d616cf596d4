"""Owing messages and sending them: written with the act, claimed, sent, marked (rule 10.2)."""

import logging
import smtplib
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.mail import EmailMultiAlternatives
from django.db import connection, models, transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.text import Truncator

from agencies.acting import Actor
from agencies.deadlines import local_day
from agencies.delivery import Delivery
from agencies.models import Event, Notice, NoticeChoice, User
from agencies.notice_kinds import NoticeKind, kind_of

logger = logging.getLogger(__name__)


def owe(people: Iterable[User], event: Event, *, immediate: bool = False, url: str = "") -> None:
    """Owe each person a message about the event, in the event's own transaction.

    Every one gets it in the application; `immediate` (an act addressed to them, rule 10.1) also
    by e-mail at once, the rest in the day's digest, unless the person chose otherwise for notices
    of that kind. Whoever did the act owes himself none. `url` is where the message leads, if not
    to the thing.
    """
    owe_all([Owed(people, event, immediate, url)])


class Owed(NamedTuple):
    """Whom to tell of an event, whether by mail at once, and where it leads if not to the thing."""

    people: Iterable[User]
    event: Event
    immediate: bool = False
    url: str = ""


def owe_all(owed: Iterable[Owed]) -> None:
    """Owe the messages of many events in one step; each as `owe` says.

    Where a person is named twice for one event, the first naming holds. The number of queries
    does not depend on how many are told.
    """
    told = [
        (person, one, kind_of(one.event.act, is_addressed=one.immediate))
        for one in owed
        for person in one.people
        if person.pk != one.event.actor_id
    ]
    choosable = {kind.code for *_rest, kind in told if not kind.always}
    chosen = _chosen({person.pk for person, *_rest in told}, choosable)
    rows: dict[tuple, list[Notice]] = {}
    for person, one, kind in told:
        default = Delivery.AT_ONCE if one.immediate else Delivery.DIGEST
        delivery = chosen.get((person.pk, kind.code), default)
        rows.setdefault((person.pk, one.event.pk), _rows(person, one, kind, delivery))
    new = [row for of_one in rows.values() for row in of_one]
    Notice.objects.bulk_create(new, ignore_conflicts=True)
    if any(row.channel == Notice.Channel.MAIL for row in new):
        wake_after_commit()


def owe_groups(
    act: str,
    groups: Mapping[int, Iterable[User]],
    told: Iterable[tuple[int, int]],
    *,
    immediate: bool = False,
) -> None:
    """Owe what `owe` owes, for thousands of events of one act that nobody in person did.

    `told` are an event's id and the id of the group of people it is told to. The database writes
    the rows out of the events it holds.
    """
    told, kind = list(told), kind_of(act, is_addressed=immediate)
    groups = {group: list(people) for group, people in groups.items()}
    everybody = {person.pk for people in groups.values() for person in people}
    chosen = {} if kind.always else _chosen(everybody, {kind.code})
    default = Delivery.AT_ONCE if immediate else Delivery.DIGEST
    ways = [
        (group, person.pk, channel, delivery)
        for group, people in groups.items()
        for person in people
        for delivery in [chosen.get((person.pk, kind.code), default)]
        for channel in _channels(person, delivery)
    ]
    if not told or not ways:
        return
    columns = [list(column) for column in (*zip(*told, strict=True), *zip(*ways, strict=True))]
    with connection.cursor() as cursor:
        cursor.execute(GROUPS_TOLD, [kind.code, *columns])
    if any(channel == Notice.Channel.MAIL for _group, _person, channel, _delivery in ways):
        wake_after_commit()


GROUPS_TOLD = """
INSERT INTO agencies_notice (person_id, channel, occasion, event_id, thing_type_id, thing_id,
    subject, text, url, kind, delivery, lines, created_at, attempts, last_error)
SELECT way.person, way.channel, 'event:' || event.id, event.id, event.thing_type_id,
    event.thing_id, event.thing_text, '', event.thing_url, %s, way.delivery, '[]',
    event.recorded_at, 0, ''
FROM unnest(%s::bigint[], %s::bigint[]) AS told (event, people)
JOIN unnest(%s::bigint[], %s::bigint[], %s::text[], %s::text[])
    AS way (people, person, channel, delivery) ON way.people = told.people
JOIN agencies_event event ON event.id = told.event
ORDER BY event.id
ON CONFLICT DO NOTHING
"""


def _chosen(people: set[int], kinds: set[str]) -> Mapping[tuple[int, str], str]:
    """Return what the people chose for the kinds, by person and kind (one query)."""
    if not people:
        return {}
    rows = NoticeChoice.objects.filter(person__in=people, kind__in=kinds)
    return {(pk, kind): way for pk, kind, way in rows.values_list("person", "kind", "delivery")}


def mailed_at_once(people: Iterable[User], kind: str) -> set[int]:
    """Return the ids of those who want a kind mailed at once: all who chose nothing else."""
    people = {person.pk for person in people}
    chosen = _chosen(people, {kind})
    return {pk for pk in people if chosen.get((pk, kind), Delivery.AT_ONCE) == Delivery.AT_ONCE}


def _rows(person: User, owed: Owed, kind: NoticeKind, delivery: str) -> list[Notice]:
    event = owed.event
    return [
        Notice(
            person=person,
            channel=channel,
            occasion=f"event:{event.pk}",
            event=event,
            thing_type_id=event.thing_type_id,
            thing_id=event.thing_id,
            subject=event.thing_text,
            url=owed.url or event.thing_url,
            kind=kind.code,
            delivery=delivery,
            created_at=event.recorded_at,
        )
        for channel in _channels(person, delivery)
    ]


def _channels(person: User, delivery: str) -> list[str]:
    mails = delivery == Delivery.AT_ONCE and person.email
    return [Notice.Channel.APP, Notice.Channel.MAIL] if mails else [Notice.Channel.APP]


def owe_occasion(
    person: User,
    occasion: str,
    *,
    subject: str,
    text: str,
    url: str,
    at: datetime,
    channels: Iterable[str] = (Notice.Channel.APP, Notice.Channel.MAIL),
    thing: models.Model | None = None,
    kind: str = "",
    lines: list[dict] | None = None,
) -> int:
    """Owe one person one message on an occasion that is no event and return how many rows are new.

    A day's digest with its `lines`, a reminder's step: asked again for the same occasion, it adds
    nothing.
    """
    rows = [
        Notice(
            person=person,
            channel=channel,
            occasion=occasion,
            thing=thing,
            subject=subject,
            text=text,
            url=url,
            kind=kind,
            lines=lines or [],
            created_at=at,
        )
        for channel in channels
        if channel == Notice.Channel.APP or person.email
    ]
    known = set(
        Notice.objects.filter(person=person, occasion=occasion).values_list("channel", flat=True)
    )
    new = [row for row in rows if row.channel not in known]
    Notice.objects.bulk_create(new, ignore_conflicts=True)
    if new:
        wake_after_commit()
    return len(new)


def mark_read(person: User, at: datetime, *things: models.Model, page: str = "") -> None:
    """Mark what the person was told about the things, or of a page, as read: it was opened.

    `page` is an address: what leads to a place on it was seen too. One query.
    """
    about = Q(url=page) | Q(url__startswith=f"{page}#") if page else Q(pk__in=[])
    for thing in things:
        about |= Q(thing_type=ContentType.objects.get_for_model(thing), thing_id=thing.pk)
    unread = Notice.objects.in_application().unread().filter(about, person=person)
    unread.update(read_at=at)


def wake_after_commit() -> None:
    """Wake the sender once, however many messages the transaction owes.

    An approval owes a hundred; with the broker down each waking waits for its timeout.
    """
    waiting = transaction.get_connection().run_on_commit
    if not any(function is wake_sender for _savepoints, function, _robust in waiting):
        transaction.on_commit(wake_sender)


def wake_sender() -> None:
    """Tell a worker that mail is owed; with the broker down, beat finds it later (rule 10.2)."""
    from agencies.jobs import send_mail

    try:
        send_mail.delay()
    except Exception as error:
        # kombu raises its own, redis' and socket errors; the act is committed, beat catches up.
        logger.warning("the sender was not woken: %s", error)


def deliver(now: Callable[[], datetime], limit: int = 500) -> int:
    """Send the mail that is owed, each at most once, and return how many went out.

    `now` is read for each message: claiming and marking are two moments, committed apart.
    """
    sent = 0
    for _turn in range(limit):
        notice = _claim(now())
        if notice is None:
            break
        sent += _send(notice, now) if _may_be_told(notice, now()) else _drop(notice, now())
    return sent


def resend(notice: Notice) -> None:
    """Give an uncertain message back to the sender (an administrator's decision)."""
    Notice.objects.filter(pk=notice.pk, sent_at__isnull=True).update(claimed_at=None)
    wake_after_commit()


def _claim(at: datetime) -> Notice | None:
    with transaction.atomic():
        notice = (
            Notice.objects.owed_by_mail()
            .select_for_update(skip_locked=True, of=("self",))
            .filter(attempts__lt=20)
            .select_related("person", "event__actor", "event__post__title", "event__post__agency")
            .order_by("attempts", "created_at", "id")
            .first()
        )
        if notice is not None:
            notice.claimed_at = at
            notice.attempts += 1
            notice.save(update_fields=["claimed_at", "attempts"])
        return notice


def _may_be_told(notice: Notice, at: datetime) -> bool:
    """Whether the person still has an account and may see the thing (rule 10.3)."""
    person = notice.person
    seen = Notice.objects.filter(pk=notice.pk).visible_to(Actor(person, day=local_day(at)))
    return person.is_active and seen.exists()


def _drop(notice: Notice, at: datetime) -> int:
    Notice.objects.filter(pk=notice.pk).update(claimed_at=None, dropped_at=at)
    return 0


def _send(notice: Notice, now: Callable[[], datetime]) -> int:
    message = mail_of(notice)
    try:
        message.send()
    except (ConnectionRefusedError, smtplib.SMTPConnectError, smtplib.SMTPRecipientsRefused) as e:
        # Surely not sent: give it back for a later turn, and stop trying this one now.
        Notice.objects.filter(pk=notice.pk).update(claimed_at=None, last_error=str(e)[:300])
        raise
    except OSError as error:
        # Perhaps sent (the connection broke on the way): it stays claimed and shows as uncertain.
        Notice.objects.filter(pk=notice.pk).update(last_error=str(error)[:300])
        return 0
    Notice.objects.filter(pk=notice.pk).update(sent_at=now(), last_error="")
    return 1


def mail_of(notice: Notice) -> EmailMultiAlternatives:
    """Return the message of a notice, text and HTML, in its person's language."""
    with translation.override(notice.person.language):
        context = {"notice": notice, "site": settings.SITE_URL}
        message = EmailMultiAlternatives(
            subject=_subject_of(notice),
            body=render_to_string("agencies/mail.txt", context),
            to=[notice.person.email],
            headers=_headers_of(notice),
        )
        message.attach_alternative(render_to_string("agencies/mail.html", context), "text/html")
    return message


def _subject_of(notice: Notice) -> str:
    """Return the thing, its code first, and what happened to it; a digest has a subject of its own.

    A long title gives way, so that what happened stays readable.
    """
    words = notice.subject
    if notice.event_id is not None:
        words = f"{Truncator(notice.subject).chars(90)}: {notice.sentence}"
    return " ".join(f"[Đôn Đốc] {words}".split())[:200]


def _headers_of(notice: Notice) -> dict[str, str]:
    """Return what tells programs that a program wrote: no answer by an absent receiver's."""
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    return {
        "Message-ID": f"<notice-{notice.pk}-{notice.attempts}@{host}>",
        "List-Id": f"Don Doc <{notice.kind or 'digest'}.notices.{host}>",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "Content-Language": notice.person.language,
    }
