"""The year's days off: proposed by a library, confirmed by the administrator (domain 3.5)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

import holidays
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from agencies.acting import Actor
from agencies.administering import only_administrator
from agencies.deadlines import Calendar, Deadline, local_day, national_rows, recount
from agencies.editing import mark_of, refuse_other, what_changed
from agencies.holders import Holder, OpenDeadline, open_deadlines
from agencies.models import Agency, Body, CalendarDay, Event, record
from agencies.refusals import Refused


@dataclass(frozen=True)
class Move:
    """One open deadline a change of the calendar would put later: never earlier."""

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
    only_administrator(actor)
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
    if new:
        office = Body.current().office
        record(
            "calendar.proposed", office, actor, at, key=actor.form_key, year=year, count=len(new)
        )
    return len(new)


@transaction.atomic
def add_day(
    day: date,
    kind: str,
    name: str,
    source: str,
    actor: Actor,
    at: datetime,
    *,
    version: str | None = None,
) -> CalendarDay:
    """Propose one day by hand: a swap the government announced.

    A day proposed already is written over only by who has seen what stands there (`version`).
    """
    only_administrator(actor)
    row, created = CalendarDay.objects.select_for_update().get_or_create(
        day=day, defaults={"kind": kind, "name": name, "source": source, "proposed_at": at}
    )
    office = Body.current().office
    told = {"day_on": day.isoformat(), "name": name}
    if not created:
        if row.confirmed_at:
            raise Refused(_already(row), "day")
        _refuse_unseen(row, version, {"kind": kind, "name": name, "source": source}, office)
        row.kind, row.name, row.source, row.proposed_at = kind, name, source, at
        row.save()
    record("calendar.day_proposed", office, actor, at, key=actor.form_key, **told)
    return row


def _refuse_unseen(
    row: CalendarDay, version: str | None, typed: dict[str, str], office: Agency
) -> None:
    differing = [(name, getattr(row, name), new) for name, new in typed.items()]
    differing = [(name, old, new) for name, old, new in differing if old != new]
    if differing:
        refuse_other(
            version_of_day(row),
            version,
            told=lambda: _told_of(row, office),
            differences=lambda: differing,
        )


@transaction.atomic
def drop_proposal(
    row: CalendarDay, actor: Actor, at: datetime, *, version: str | None = None
) -> None:
    """Remove a proposed day; a confirmed one is withdrawn with a reason (`withdraw_day`)."""
    only_administrator(actor)
    row = CalendarDay.objects.select_for_update().get(pk=row.pk)
    if row.confirmed_at:
        raise Refused(_already(row))
    office = Body.current().office
    refuse_other(version_of_day(row), version, told=lambda: _told_of(row, office))
    day_on = row.day.isoformat()
    record(
        "calendar.day_dropped", office, actor, at, key=actor.form_key, day_on=day_on, name=row.name
    )
    row.delete()


def version_of_day(row: CalendarDay) -> str:
    """Return what changes when a proposed day is written over; forms carry it (rule 5.14)."""
    return mark_of(row.kind, row.name, row.source)


def _told_of(row: CalendarDay, office: Agency) -> str:
    return what_changed(office, acts="calendar.day_", params__day_on=row.day.isoformat())


def moves(year: int, at: datetime) -> list[Move]:
    """Return which open deadlines confirming the year's proposals would put later."""
    return _moves(CalendarDay.objects.filter(day__year=year) | CalendarDay.objects.confirmed(), at)


def moves_without(row: CalendarDay, at: datetime) -> list[Move]:
    """Return which open deadlines withdrawing a confirmed day would put later: those counted on a
    worked day that is none. One counted around a day off keeps its day, never an earlier one.
    """
    return _moves(CalendarDay.objects.confirmed().exclude(pk=row.pk), at)


def _moves(rows: QuerySet[CalendarDay], at: datetime) -> list[Move]:
    calendar = Calendar.from_rows(rows.values_list("day", "kind", "name"))
    found = []
    for holder, held in open_deadlines(at):
        deadline = Deadline.from_json(held.arithmetic)
        again = recount(deadline, calendar)
        if again is not deadline and again.due_at > held.due_at:
            found.append(Move(holder, held, again))
    return found


def version_of_plan(proposed: Iterable[CalendarDay], to_move: Iterable[Move]) -> str:
    """Return what changes with the days in question and with what changing them would move."""
    days = [(row.day, row.kind, row.name) for row in proposed]
    moved = [(str(move.held.thing), move.held.due_at, move.new.due_at) for move in to_move]
    return mark_of(sorted(days), sorted(moved))


@transaction.atomic
def confirm(year: int, actor: Actor, at: datetime, *, version: str | None = None) -> int:
    """Confirm the year's proposals and move the deadlines they touch, one event each.

    `version` is of the plan the page showed: nobody moves a deadline unseen (rule 3.5).
    """
    only_administrator(actor)
    to_move = moves(year, at)
    proposed = CalendarDay.objects.select_for_update().filter(
        day__year=year, confirmed_at__isnull=True
    )
    office = Body.current().office
    refuse_other(
        version_of_plan(proposed, to_move),
        version,
        told=lambda: what_changed(office, acts="calendar."),
    )
    days = [str(row) for row in proposed]
    proposed.update(confirmed_at=at, confirmed_by=actor.user)
    record(
        "calendar.confirm", office, actor, at, key=actor.form_key, year=year,
        days=days, moved=len(to_move),
    )  # fmt: skip
    _move_all(to_move, actor, at)
    return len(to_move)


@transaction.atomic
def withdraw_day(
    row: CalendarDay, actor: Actor, at: datetime, *, reason: str, version: str | None = None
) -> int:
    """Withdraw a confirmed day, with a reason: from now on the day is what its weekday says. The
    deadlines this puts later move, one event each; none moves to an earlier day, and what has been
    deemed stays (rule 3.5). Return how many moved.

    `version` is of the plan the page showed (`version_of_plan` of the day and its moves).
    """
    only_administrator(actor)
    Event.objects.refuse_again(actor.form_key)
    row = CalendarDay.objects.select_for_update().get(pk=row.pk)
    office = Body.current().office
    if not row.confirmed_at:
        raise Refused(_("%(day)s is only proposed: drop the proposal.") % {"day": row})
    if not reason.strip():
        raise Refused(_("Say why the day is withdrawn, and by which document."), "reason")
    to_move = moves_without(row, at)
    refuse_other(
        version_of_plan([row], to_move),
        version,
        told=lambda: what_changed(office, acts="calendar."),
    )
    record(
        "calendar.day_withdrawn", office, actor, at, key=actor.form_key, moved=len(to_move),
        day_on=row.day.isoformat(), name=row.name, kind=row.kind, text=reason.strip(),
    )  # fmt: skip
    row.delete()
    _move_all(to_move, actor, at)
    return len(to_move)


def withdrawn_days(year: int) -> QuerySet[Event]:
    """Return the events of the year's days that were withdrawn, oldest first."""
    told = Event.objects.of(Body.current().office).filter(act="calendar.day_withdrawn")
    return told.filter(params__day_on__startswith=f"{year}-").for_timeline()


def _move_all(to_move: Iterable[Move], actor: Actor, at: datetime) -> None:
    for move in to_move:
        move.holder.move(move.held, move.new.due_at, move.new.to_json(), actor, at)


def unconfirmed_next_year(at: datetime) -> int | None:
    """Return next year when it is November or later and none of its days is confirmed."""
    day = local_day(at)
    if day.month < 11:
        return None
    following = day.year + 1
    confirmed = CalendarDay.objects.confirmed().filter(day__year=following).exists()
    return None if confirmed else following


def _already(row: CalendarDay) -> str:
    return _("%(day)s is confirmed already.") % {"day": row}
