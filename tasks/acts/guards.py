"""What stands against an act here and now: each guard answers with the sentence that refuses."""

from django.utils.translation import gettext as _

from agencies.deadlines import local_day, spoken
from tasks.acts.situation import Situation


def not_the_reporter(case: Situation) -> str | None:
    """Rule 2.3: nobody verifies the own report, whatever post it was sent under."""
    report = case.waiting_report
    if report is not None and report.post.user_id == case.actor.user.pk:
        return _("You sent this report yourself; somebody else checks it.")
    return None


def not_verified_yet(case: Situation) -> str | None:
    """A report is verified once."""
    report = case.waiting_report
    if report is not None and report.verified_at is not None:
        return _("This report was marked as verified before.")
    return None


def no_return_waits(case: Situation) -> str | None:
    """Rule 5.3: handed back, the task waits for the chief before any work on it."""
    if case.waiting_return is not None:
        return _("The task was handed back and waits for the office chief; withdraw that first.")
    return None


def a_return_waits(case: Situation) -> str | None:
    """Only a return that was asked is confirmed, refused or withdrawn."""
    return None if case.waiting_return is not None else _("Nobody handed this task back.")


def not_the_returner(case: Situation) -> str | None:
    """Rule 2.3: nobody decides on the own request."""
    waiting = case.waiting_return
    if waiting is not None and waiting.post.user_id == case.actor.user.pk:
        return _("You asked for this yourself; somebody else decides.")
    return None


def no_extension_waits(case: Situation) -> str | None:
    """Rule 5.6: one open request a task."""
    if case.waiting_extension is not None:
        return _("A request for an extension waits for a decision; there is one at a time.")
    return None


def an_extension_waits(case: Situation) -> str | None:
    """Only a request that was made is decided or withdrawn."""
    return None if case.waiting_extension is not None else _("Nobody asked for an extension.")


def not_the_asker(case: Situation) -> str | None:
    """Rule 2.3: nobody decides on the own request."""
    waiting = case.waiting_extension
    if waiting is not None and waiting.post.user_id == case.actor.user.pk:
        return _("You asked for this yourself; somebody else decides.")
    return None


def asks_for_later(case: Situation) -> str | None:
    """A deadline that moved meanwhile may have passed the day asked for."""
    waiting, due_at = case.waiting_extension, case.task.due_at
    if waiting is not None and due_at is not None and waiting.asked_due_at <= due_at:
        return _("The deadline is %(day)s by now; the day asked for is not later.") % {
            "day": spoken(due_at)
        }
    return None


def asks_within_superiors_deadline(case: Situation) -> str | None:
    """Rule 5.6: past the superior's deadline only by the superior's own decision."""
    waiting = case.waiting_extension
    if waiting is not None and case.task.is_past_superior(waiting.asked_due_at):
        return _(
            "The superior's deadline is %(day)s; the day asked for is past it. Grant a day with"
            " number and date of the superior's own decision, or one within."
        ) % {"day": spoken(case.task.superior_due_at)}
    return None


def extension_matters_not(case: Situation) -> str | None:
    """Rule 5.6: a request made in time decides whether a late report is late; it comes first."""
    waiting, report = case.waiting_extension, case.waiting_report
    if waiting is None or report is None or not waiting.is_in_time:
        return None
    if case.task.due_at is None or report.sent_at < case.task.due_at:
        return None
    return _(
        "A request for an extension, made in time, waits for a decision; whether the report is"
        " late depends on it."
    )


def has_a_deadline(case: Situation) -> str | None:
    """Rule 5.11: undated work has a review day; there is nothing to extend."""
    if case.task.due_at is None:
        return _("The task has no deadline but a review day; there is nothing to extend.")
    return None


def is_overdue(case: Situation) -> str | None:
    """Rule 5.12: a cause is given for what is overdue."""
    if case.task.due_at is None or case.at < case.task.due_at:
        return _("The task is not overdue.")
    return None


def is_handed_on(case: Situation) -> str | None:
    """Only what was handed to staff is taken back (rule 5.8)."""
    return None if case.task.handler_id is not None else _("The task was handed to nobody.")


def has_helpers(case: Situation) -> str | None:
    """Shares are asked of coordinating agencies (rule 5.9)."""
    if case.has_helpers:
        return None
    return _("No agency coordinates in this task.")


def lead_is_open(case: Situation) -> str | None:
    """Rule 2.5: a closed agency's work moves to its successors; it is not reopened there."""
    lead = case.task.lead
    if lead.is_closed_on(local_day(case.at)):
        return _("%(agency)s is closed; reopen the work by giving it to its successor.") % {
            "agency": lead.name
        }
    return None


def went_no_further(case: Situation) -> str | None:
    """What another agency took over goes on there (rule 5.3)."""
    if case.went_on:
        return _("Another agency took this task over; it goes on there.")
    return None
