"""The year's days off: proposed by a library, confirmed by the administrator (domain 3.5)."""

from dataclasses import dataclass
from datetime import date, datetime

import holidays
from django.db import transaction
from django.utils.translation import gettext as _

from agencies.acting import Actor
from agencies.deadlines import Calendar, Deadline, local_day, national_rows, recount
from agencies.functions import Function
from agencies.holders import Holder, OpenDeadline, open_deadlines
from agencies.models import Body, CalendarDay, record
from agencies.refusals import NotYours, Refused


@dataclass(frozen=True)
class Move:
    """One open deadline a confirmation would put later: never earlier."""

    holder: Holder
    held: OpenDeadline
    new: Deadline


def seed_national(at: datetime) -> int:
    """Write the confirmed national years shipped with the product; return how many rows are new."""
    rows = [
        CalendarDay(
            day=day,
            kind=kind,
            name=name,
            source="agencies/data/calendar.json",
            proposed_at=at,
            confirmed_at=at,
        )
        for day, kind, name in national_rows()
    ]
    before = CalendarDay.objects.count()
    CalendarDay.objects.bulk_create(rows, ignore_conflicts=True)
    return CalendarDay.objects.count() - before


@transaction.atomic
def propose(year: int, actor: Actor, at: datetime) -> int:
    """Propose a year's days off from the library; return how many rows are new.

    The library does not know the government's swaps: the administrator adds those by hand.
    """
    _only_administrator(actor)
    found = holidays.country_holidays("VN", years=year, language="vi")
    known = set(CalendarDay.objects.filter(day__year=year).values_list("day", flat=True))
    new = [
        CalendarDay(
            day=day, kind=CalendarDay.Kind.OFF, name=name, source="holidays", proposed_at=at
        )
        for day, name in sorted(found.items())
        if day not in known
    ]
    CalendarDay.objects.bulk_create(new)
    return len(new)


@transaction.atomic
def add_day(
    day: date, kind: str, name: str, source: str, actor: Actor, at: datetime
) -> CalendarDay:
    """Propose one day by hand: a swap the government announced."""
    _only_administrator(actor)
    row, created = CalendarDay.objects.get_or_create(
        day=day, defaults={"kind": kind, "name": name, "source": source, "proposed_at": at}
    )
    if not created and row.confirmed_at:
        raise Refused(_already(row), "day")
    if not created:
        row.kind, row.name, row.source, row.proposed_at = kind, name, source, at
        row.save()
    return row


@transaction.atomic
def drop_proposal(row: CalendarDay, actor: Actor) -> None:
    """Remove a proposed day; a confirmed one stays."""
    _only_administrator(actor)
    CalendarDay.objects.filter(pk=row.pk, confirmed_at__isnull=True).delete()


def moves(year: int, at: datetime) -> list[Move]:
    """Return which open deadlines confirming the year's proposals would put later."""
    rows = CalendarDay.objects.filter(day__year=year) | CalendarDay.objects.confirmed()
    calendar = Calendar.from_rows(rows.values_list("day", "kind", "name"))
    found = []
    for holder, held in open_deadlines(at):
        deadline = Deadline.from_json(held.arithmetic)
        again = recount(deadline, calendar)
        if again is not deadline and again.due_at > held.due_at:
            found.append(Move(holder, held, again))
    return found


@transaction.atomic
def confirm(year: int, actor: Actor, at: datetime) -> int:
    """Confirm the year's proposals and move the deadlines they touch, one event each."""
    _only_administrator(actor)
    to_move = moves(year, at)
    proposed = CalendarDay.objects.select_for_update().filter(
        day__year=year, confirmed_at__isnull=True
    )
    days = [str(row) for row in proposed]
    proposed.update(confirmed_at=at, confirmed_by=actor.user)
    record(
        "calendar.confirm", Body.current().office, actor, at, key=actor.form_key, year=year,
        days=days, moved=len(to_move),
    )  # fmt: skip
    for move in to_move:
        move.holder.move(move.held, move.new.due_at, move.new.to_json(), actor, at)
    return len(to_move)


def unconfirmed_next_year(at: datetime) -> int | None:
    """Return next year when it is November or later and none of its days is confirmed."""
    day = local_day(at)
    if day.month < 11:
        return None
    following = day.year + 1
    confirmed = CalendarDay.objects.confirmed().filter(day__year=following).exists()
    return None if confirmed else following


def _only_administrator(actor: Actor) -> None:
    if not actor.has(Function.ADMINISTRATOR):
        raise NotYours(_("Only the system administrator changes the calendar."))


def _already(row: CalendarDay) -> str:
    return _("%(day)s is confirmed already.") % {"day": row}
