"""What suspending, resuming, cancelling, reopening and correcting would do (rules 4.5, 5.7)."""

from django.utils.translation import gettext as _

from agencies.deadlines import spoken
from tasks.acts import Situation
from tasks.lifecycle import deadline_after_suspension


def _suspend(case: Situation) -> str:
    due_at = case.task.due_at
    is_overdue = due_at is not None and case.at >= due_at
    sentences = [
        _("The task is overdue already and stays so in the figures of its agency.")
        if is_overdue
        else _("The clock stands still until the work is resumed."),
        _("Suspended working days are given back at the end."),
        _lapsing(case),
    ]
    return " ".join(filter(None, sentences))


def _resume(case: Situation) -> str:
    due_at = case.task.due_at
    if due_at is None:
        return _("The work goes on where it stood.")
    new = deadline_after_suspension(case)
    if new == due_at:
        return _("Resumed today, the deadline stays %(day)s.") % {"day": spoken(due_at)}
    return _("Resumed today, the suspended working days are given back: deadline %(day)s.") % {
        "day": spoken(new)
    }


def _cancel(case: Situation) -> str:
    gone = _("The task ends as cancelled; it is no longer among the open ones.")
    return f"{gone} {_lapsing(case)}".strip()


def _reopen(case: Situation) -> str:
    counted = _("The task counts as reopened; what was confirmed stays on record.")
    due_at = case.task.due_at
    if due_at is None:
        return counted
    told = (
        _("Its deadline, %(day)s, has passed: without a new day it is overdue at once.")
        if case.at >= due_at
        else _("Its deadline is %(day)s.")
    )
    return f"{counted} {told % {'day': spoken(due_at)}}"


def _correct(case: Situation) -> str:
    return _("Old and new values stay on the timeline; the agency is told what changed and why.")


def _lapsing(case: Situation) -> str:
    """Say what waits for a decision and would lapse."""
    if case.waiting_report is not None:
        return _("The report that waits lapses.")
    if case.waiting_return is not None:
        return _("The return that waits lapses.")
    if case.waiting_extension is not None:
        return _("The request for an extension lapses; the agency may ask again.")
    return ""


EFFECTS = {
    "suspend": _suspend,
    "resume": _resume,
    "cancel": _cancel,
    "reopen": _reopen,
    "correct": _correct,
}
