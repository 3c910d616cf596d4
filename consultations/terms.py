"""The deadline of a consultation and what silence past it means (rules 6.1, 6.2)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.deadlines import (
    ZONE,
    Deadline,
    DeadlineRefused,
    Unit,
    by_day,
    by_instant,
    by_term,
    last_day_in_time,
    local_midnight_after,
    parse,
    working_days_left,
)
from agencies.models import Agency, CalendarDay, Setting
from agencies.refusals import Refused
from consultations.stances import SilenceRule

Due = date | datetime | str


def reckon(due: Due, at: datetime) -> Deadline:
    """Return the deadline meant by a day (its 24:00), an instant, or words ("03 ngày làm việc").

    A term runs from receipt: the lines become visible at `at` (rules 3.4, 6.8).
    """
    calendar = CalendarDay.objects.calendar()
    try:
        if isinstance(due, datetime):
            return by_instant(due, at, calendar)
        if isinstance(due, date):
            return by_day(due, at, calendar)
        return parse(
            due, at, calendar, from_receipt=True, day_ends_at=Setting.objects.day_ends_at(at)
        )
    except DeadlineRefused as refused:
        raise Refused(_(refused.message) % refused.params, field="due") from None


def earliest(at: datetime, *, urgent: bool) -> datetime:
    """Return the earliest deadline a consultation asked at `at` may have: the end of office hours
    of the last of the working days that the settings give the consulted agencies (rule 6.1).
    """
    ends_at = Setting.objects.day_ends_at(at)
    term = by_term(
        minimum_days(at, urgent=urgent),
        Unit.WORKING_DAY,
        at,
        CalendarDay.objects.calendar(),
        from_receipt=True,
        day_ends_at=ends_at,
    )
    return min(term.due_at, datetime.combine(term.last_day, ends_at, ZONE))


def minimum_days(at: datetime, *, urgent: bool) -> int:
    """Return how many working days the consulted agencies must have."""
    code = "consultation_urgent_days" if urgent else "consultation_minimum_days"
    return Setting.objects.value(code, at)


def refuse_too_short(deadline: Deadline, at: datetime, *, urgent: bool) -> None:
    """Refuse a deadline before the earliest one (rule 6.1)."""
    first = earliest(at, urgent=urgent)
    if deadline.due_at >= first:
        return
    days = minimum_days(at, urgent=urgent)
    sentence = ngettext(
        "The agencies asked must have at least %(days)d working day: not before %(first)s.",
        "The agencies asked must have at least %(days)d working days: not before %(first)s.",
        days,
    ) % {"days": days, "first": f"{first.astimezone(ZONE):%H:%M %d/%m/%Y}"}
    if not urgent:
        sentence += " " + _("When it is urgent, say so and why.")
    raise Refused(sentence, field="due")


def as_written(due: Due) -> str:
    """Return the deadline's words where it was given in words; a day or hour says it all."""
    return due.strip() if isinstance(due, str) else ""


@dataclass(frozen=True)
class Silence:
    """What no reply by the deadline means for one agency, and on which provision that rests."""

    rule: SilenceRule
    provision: str


def silence_for(agency: Agency, at: datetime, express_consent: str = "") -> Silence:
    """Return the silence rule of an agency's line (rule 6.2).

    Default: what a directive founded for its addressees, as a setting in force that names its
    source. Where a provision demands express consent, or the agency is managed by another body
    (rule 2.6), silence stays silence.
    """
    if express_consent:
        return Silence(SilenceRule.NO_REPLY, express_consent)
    if agency.managed_by:
        with translation.override(settings.LANGUAGE_CODE):  # kept on the line for every reader
            why = _("managed by %(body)s") % {"body": agency.managed_by}
        return Silence(SilenceRule.NO_REPLY, why)
    founded = Setting.objects.in_force("silence_is_agreement", at, agency.pk)
    if founded is None or founded.value is not True:
        return Silence(SilenceRule.NO_REPLY, "")
    return Silence(SilenceRule.DEEMED_AGREED, founded.source)


def register_until(due_at: datetime) -> datetime:
    """Return until when a paper reply may still be found in the register of incoming papers: the
    end of the working day after the deadline (rule 2.7).
    """
    calendar = CalendarDay.objects.calendar()
    return local_midnight_after(calendar.add_working_days(last_day_in_time(due_at), 1))


def a_working_day(at: datetime) -> Deadline:
    """Return the least an agency is given to answer again: the next working day (rule 6.6)."""
    return by_term(1, Unit.WORKING_DAY, at, CalendarDay.objects.calendar())


def at_least_a_working_day(due_at: datetime, at: datetime) -> datetime:
    """Return the deadline, or the end of the next working day where less is left (rule 6.6)."""
    return max(due_at, a_working_day(at).due_at)


def leaves_a_working_day(due_at: datetime, at: datetime) -> bool:
    """Whether at least one working day is left after today (rule 6.6)."""
    return working_days_left(CalendarDay.objects.calendar(), due_at, at) >= 1


def sweep_margin(at: datetime) -> timedelta:
    """Return how long past due a line must be before the sweep records it (rule 6.4)."""
    return timedelta(minutes=Setting.objects.value("sweep_margin_minutes", at))
