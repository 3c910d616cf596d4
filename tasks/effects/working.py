"""What the acts of the main path would do: accept, report, verify, complete, send back."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.deadlines import ZONE, days_overdue, spoken
from tasks.acts import Situation
from tasks.effects.returning import warn_lead
from tasks.lifecycle import deadline_after_send_back


def _accept(case: Situation) -> str:
    if case.task.due_at is None:
        answers = _("Your agency answers for the task; it has no deadline but a review day.")
    else:
        answers = _("Your agency answers for the task; its deadline is %(day)s.") % {
            "day": spoken(case.task.due_at)
        }
    return f"{answers} {warn_lead(case)}".strip()


def _report(case: Situation) -> str:
    due_at = case.task.due_at
    if due_at is None:
        return _("The Office verifies the result and confirms it.")
    if case.at < due_at:
        return _(
            "Sent now, the report is in time: the clock stands still while the Office verifies."
        )
    days = days_overdue(due_at, case.at)
    return ngettext(
        "The deadline passed %(n)d day ago: once confirmed, the task is completed late.",
        "The deadline passed %(n)d days ago: once confirmed, the task is completed late.",
        days,
    ) % {"n": days}


def _complete(case: Situation) -> str:
    report, due_at = case.waiting_report, case.task.due_at
    if report is None:
        return ""
    sent = f"{report.sent_at.astimezone(ZONE):%d/%m/%Y %H:%M}"
    if due_at is None:
        return _("If confirmed: completed; the task finished with the report of %(sent)s.") % {
            "sent": sent
        }
    words = (
        _("If confirmed: completed on time, by the report of %(sent)s (deadline %(due)s).")
        if report.sent_at < due_at
        else _("If confirmed: completed late, by the report of %(sent)s (deadline %(due)s).")
    )
    return words % {"sent": sent, "due": spoken(due_at)}


def _send_back(case: Situation) -> str:
    report = case.waiting_report
    if report is None or case.task.due_at is None:
        return ""
    returned = deadline_after_send_back(case, report, lacks_evidence=False)
    if returned.moves:
        return _(
            "If sent back: the agency gets its remaining working time again, until %(due)s;"
            " without evidence the deadline stays %(old)s."
        ) % {"due": spoken(returned.due_at), "old": spoken(case.task.due_at)}
    if not returned.reason:
        return _("If sent back: the deadline stays %(old)s.") % {"old": spoken(case.task.due_at)}
    return _("If sent back: the deadline stays %(old)s, because %(reason)s.") % {
        "old": spoken(case.task.due_at),
        "reason": returned.reason,
    }


def _contribute(case: Situation) -> str:
    share = case.share
    asked = share.asked or _("nothing particular was asked")
    if share.share_due_at is None:
        return _("Asked of your agency: %(asked)s.") % {"asked": asked}
    words = (
        _("Asked of your agency: %(asked)s. It was due on %(due)s; sent now, it is late.")
        if share.is_late(case.at)
        else _("Asked of your agency: %(asked)s, by %(due)s.")
    )
    return words % {"asked": asked, "due": spoken(share.share_due_at)}


def _explain(case: Situation) -> str:
    return _("A commitment moves no deadline: the task stays overdue, and a broken one is shown.")


def _verify(case: Situation) -> str:
    return _("The office chief sees that you verified the evidence, and decides.")


EFFECTS = {
    "accept": _accept,
    "report": _report,
    "complete": _complete,
    "contribute": _contribute,
    "explain": _explain,
    "send_back": _send_back,
    "verify": _verify,
}
