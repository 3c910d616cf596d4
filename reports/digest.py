"""One digest a person a day, out of the ledger (rules 8.1, 10.1, 10.2).

Each reminder's step becomes a notice in the application; one mail a day says them together with
what happened since the last one. Running late or twice only delays, never repeats.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db import connection, transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.acting import Actor, acting_choices
from agencies.deadlines import ZONE, local_day
from agencies.delivery import Delivery
from agencies.models import CalendarDay, Notice, User
from agencies.notices import owe_occasion
from agencies.one_by_one import each_on_its_own
from reports.notice_kinds import DUE_SOON, OVERDUE
from reports.reminders import Reminder, Reminding

NOT_BEFORE_HOUR = 7
LISTED = 30
DIGESTING = 8_001
"""The first key of the advisory lock; the second is the person."""


def owe_digests(at: datetime) -> int:
    """Owe each person the day's digest, from 7 o'clock of a working day on; return how many.

    A person the day's digest was owed to before is left alone, so it may run every half hour. One
    whose digest fails holds up no other.
    """
    local = at.astimezone(ZONE)
    if local.hour < NOT_BEFORE_HOUR or not CalendarDay.objects.calendar().is_working(local.date()):
        return 0
    wanted: dict[int, list[Reminder]] = defaultdict(list)
    for reminder in Reminding(at).all():
        wanted[reminder.person.pk].append(reminder)
    told = set(_of_the_day(at).values_list("person", flat=True))
    people = User.objects.filter(is_active=True).exclude(pk__in=told).order_by("pk")
    return sum(each_on_its_own(people, lambda person: _owe_one(person, wanted[person.pk], at)))


def _of_the_day(at: datetime):
    return Notice.objects.filter(occasion=occasion_of(at))


def occasion_of(at: datetime) -> str:
    """Return the occasion of the day's digest."""
    return f"digest:{local_day(at).isoformat()}"


@transaction.atomic
def _owe_one(person: User, reminders: list[Reminder], at: datetime) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [DIGESTING, person.pk])
    if _of_the_day(at).filter(person=person).exists():
        return 0
    with translation.override(person.language):
        new = _new_steps(person, reminders, at)
        since = _since_the_last(person, at)
        if not new and not since:
            return 0
        sections = digest_sections(new, since)
        return owe_occasion(
            person,
            occasion_of(at),
            subject=digest_subject(new, since, at),
            text=digest_text(sections),
            lines=sections,
            url=reverse("home"),
            at=at,
            channels=[Notice.Channel.MAIL],
        )


def _new_steps(person: User, reminders: list[Reminder], at: datetime) -> list[Reminder]:
    """Record the steps not given before as notices in the application, and return them."""
    occasions = [reminder.occasion for reminder in reminders]
    given = set(
        Notice.objects.filter(person=person, occasion__in=occasions).values_list(
            "occasion", flat=True
        )
    )
    new = [reminder for reminder in reminders if reminder.occasion not in given]
    for reminder in new:
        owe_occasion(
            person,
            reminder.occasion,
            subject=reminder.title[:300],
            text=reminder.told,
            url=reminder.thing.get_absolute_url(),
            at=at,
            channels=[Notice.Channel.APP],
            thing=reminder.thing,
            kind=(OVERDUE if reminder.days_overdue else DUE_SOON).code,
        )
    return new


def _since_the_last(person: User, at: datetime) -> list[Notice]:
    """Return what the person has not read since the last digest and wants to be told in it.

    Only what is still the person's to see, under any post held today (rule 10.3).
    """
    last = (
        Notice.objects.filter(person=person, occasion__startswith="digest:")
        .order_by("-created_at")
        .first()
    )
    found = (
        Notice.objects.in_application()
        .unread()
        .filter(delivery=Delivery.DIGEST, event__isnull=False, created_at__lte=at)
    )
    if last is not None:
        found = found.filter(created_at__gt=last.created_at)
    if not found.filter(person=person).exists():
        return []
    day = local_day(at)
    seen = found.visible_to(Actor(person, day=day), posts=acting_choices(person, day))
    return list(seen.select_related("event__actor").order_by("created_at", "pk"))


def digest_subject(new: list[Reminder], since: list[Notice], at: datetime) -> str:
    """Return the subject: the day and the figures, in the active language."""
    late = sum(1 for each in new if each.is_late)
    pleaded = sum(1 for each in new if each.is_pleaded)
    soon = len(new) - late - pleaded
    parts = []
    if late:
        parts.append(ngettext("%(n)d overdue", "%(n)d overdue", late) % {"n": late})
    if pleaded:
        parts.append(
            ngettext("%(n)d awaits a decision", "%(n)d await a decision", pleaded) % {"n": pleaded}
        )
    if soon:
        parts.append(ngettext("%(n)d due soon", "%(n)d due soon", soon) % {"n": soon})
    if since:
        parts.append(ngettext("%(n)d new", "%(n)d new", len(since)) % {"n": len(since)})
    day = f"{local_day(at):%d/%m/%Y}"
    return _("Your work on %(day)s: %(figures)s") % {"day": day, "figures": ", ".join(parts)}


def digest_sections(new: list[Reminder], since: list[Notice]) -> list[dict]:
    """Return what the digest says, by section, each thing once with its address.

    In the active language; see `Notice.lines`.
    """
    late = [_reminded(each) for each in new if each.is_late]
    pleaded = [_reminded(each) for each in new if each.is_pleaded]
    soon = [_reminded(each) for each in new if not each.days_overdue]
    sections = (
        (_("Not completed, overdue"), late),
        (_("Past the deadline, asked in time, awaiting the decision"), pleaded),
        (_("Due soon"), soon),
        (_("What happened since the last digest"), _happened(since)),
    )
    return [
        {"title": title, "lines": lines[:LISTED], "more": max(0, len(lines) - LISTED)}
        for title, lines in sections
        if lines
    ]


def _reminded(reminder: Reminder) -> dict:
    address = reminder.thing.get_absolute_url()
    return {"subject": reminder.title, "url": address, "sentences": [reminder.told]}


def _happened(since: Iterable[Notice]) -> list[dict]:
    lines: dict[tuple, dict] = {}
    for notice in since:
        line = lines.setdefault(
            (notice.thing_type_id, notice.thing_id),
            {"subject": notice.subject, "url": notice.url, "sentences": []},
        )
        line["sentences"].append(notice.told)
    return list(lines.values())


def digest_text(sections: list[dict]) -> str:
    """Return the digest as plain lines under their headings."""
    return "\n\n".join(
        "\n".join([section["title"], *map(_in_one_line, section["lines"]), *_more(section)])
        for section in sections
    )


def _in_one_line(line: dict) -> str:
    return f"- {line['subject']}: {'; '.join(line['sentences'])}"


def _more(section: dict) -> list[str]:
    rest = section["more"]
    return [ngettext("- and %(n)d more", "- and %(n)d more", rest) % {"n": rest}] if rest else []
