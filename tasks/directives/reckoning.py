"""Deadlines of proposals: an expression seen from the directive's date (domain 3, rule 5.11)."""

from calendar import monthrange
from datetime import date, datetime

from django.utils.translation import gettext as _

from agencies.deadlines import (
    Calendar,
    Deadline,
    DeadlineRefused,
    Recurrence,
    local_day,
    parse,
    parse_recurrence,
)
from agencies.models import CalendarDay, Setting
from agencies.refusals import Refused
from tasks.models import Directive, Proposal


def confirmed_calendar() -> Calendar:
    """Return the calendar of the confirmed rows."""
    return CalendarDay.objects.calendar()


def reckon(text: str, directive: Directive, at: datetime, calendar: Calendar) -> Deadline:
    """Return the deadline an expression means, counted from the directive's date.

    Refuses, beside the field, what is not understood and a day before the directive itself.
    """
    start = directive.issued_on or local_day(at)
    try:
        deadline = parse(text, start, calendar)
    except DeadlineRefused as refused:
        message = _(refused.message) % refused.params
        raise Refused(message, field="deadline_text") from None
    if deadline.last_day < start:
        raise Refused(
            _("This day lies before the directive itself (%(day)s).")
            % {"day": f"{start:%d/%m/%Y}"},
            field="deadline_text",
        )
    return deadline


def set_deadline(proposal: Proposal, deadline: Deadline | None) -> None:
    """Put a deadline and its arithmetic on a proposal; a dated one has no review day."""
    proposal.due_at = deadline.due_at if deadline else None
    proposal.arithmetic = deadline.to_json() if deadline else None
    if deadline:
        proposal.review_on = None


def rule_of(proposal: Proposal) -> Recurrence | None:
    """Return the rule a proposal's task recurs by; None for a task with one deadline or none.

    Words that name no period ("thường xuyên") leave it a task with a review day (rule 5.11).
    """
    if not proposal.recurrence or proposal.due_at or Proposal.Kind.TASK not in proposal.kinds:
        return None
    try:
        return parse_recurrence(proposal.recurrence)
    except DeadlineRefused:
        return None


def recount(directive: Directive, at: datetime) -> None:
    """Count the deadlines of an unapproved directive again after its date changed.

    An expression that no longer gives a day loses it, so that nobody approves a stale one.
    """
    calendar = confirmed_calendar()
    for proposal in directive.proposals.exclude(deadline_text=""):
        try:
            set_deadline(proposal, reckon(proposal.deadline_text, directive, at, calendar))
        except Refused:
            set_deadline(proposal, None)
        proposal.save(update_fields=["due_at", "arithmetic", "review_on"])


def default_review_day(at: datetime) -> date | None:
    """Return the day an undated task is reviewed: the end of the month, by setting (rule 5.11)."""
    if not Setting.objects.value("review_undated_at_month_end", at):
        return None
    today = local_day(at)
    return today.replace(day=monthrange(today.year, today.month)[1])
