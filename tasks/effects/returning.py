"""What handing back, confirming, refusing and changing the lead would do (rules 5.3, 8.7)."""

from django.utils.translation import gettext as _

from agencies.deadlines import local_day, spoken
from agencies.models import Agency
from tasks.acts import Situation
from tasks.lifecycle import (
    deadline_after_refusal,
    return_is_late_from,
    standing_deadline,
)
from tasks.lifecycle.limits import is_used_up


def warn_lead(case: Situation) -> str:
    """Tell an agency that the task is not among its registered functions, and until when it may
    hand it back without being late (rule 5.3).
    """
    if not case.is_outside_competence:
        return ""
    return _(
        "“%(competence)s” is not registered as a function of your agency. If it is not yours, hand"
        " the task back by %(day)s."
    ) % {
        "competence": case.task.competence,
        "day": spoken(return_is_late_from(case)),
    }


def _hand_back(case: Situation) -> str:
    late_from, due_at = return_is_late_from(case), case.task.due_at
    sentences = [_("The office chief decides; until then nobody works on the task.")]
    if case.at >= late_from:
        sentences.append(
            _("A return was due by %(day)s: this one is flagged as late.")
            % {"day": spoken(late_from)}
        )
    if due_at is not None:
        sentences.append(
            _("Asked before the deadline, it does not count against your agency meanwhile.")
            if case.at < due_at
            else _("The deadline has passed: the task stays overdue in your agency's figures.")
        )
    return " ".join(sentences)


def _withdraw_return(case: Situation) -> str:
    if case.task.due_at is None:
        return _("Your agency answers for the task again.")
    return _("Your agency answers for the task again; its deadline is %(day)s.") % {
        "day": spoken(case.task.due_at)
    }


def _confirm_return(case: Situation) -> str:
    waiting = case.waiting_return
    if waiting is None:
        return ""
    agency = {"agency": case.task.lead.short_name}
    figures = (
        _("If confirmed: the task leaves the figures of %(agency)s.")
        if waiting.is_in_time
        else _(
            "If confirmed: %(agency)s handed it back after the deadline, so the task stays among"
            " its overdue ones."
        )
    )
    return f"{figures % agency} {_next_lead(case)}"


def _refuse_return(case: Situation) -> str:
    waiting, due_at = case.waiting_return, case.task.due_at
    if waiting is None or due_at is None:
        return ""
    new = deadline_after_refusal(case)
    if new == due_at:
        return _("If refused: the work goes on; the deadline stays %(day)s.") % {
            "day": spoken(due_at)
        }
    return _(
        "If refused: the work goes on; the agency gets the working days that passed meanwhile"
        " again, until %(day)s."
    ) % {"day": spoken(new)}


def _change_lead(case: Situation) -> str:
    gone = _("The task of %(agency)s ends as transferred; a linked one begins at the new agency.")
    sentences = [gone % {"agency": case.task.lead.short_name}]
    if case.waiting_report is not None:
        sentences.append(_("The report that waits is sent back first."))
    return " ".join([*sentences, _next_lead(case)])


def _next_lead(case: Situation) -> str:
    """Say which agencies are competent, and which day goes along."""
    return " ".join(filter(None, [_competent(case), _day_along(case)]))


def _competent(case: Situation) -> str:
    task = case.task
    if task.competence_id is None:
        return ""
    found = Agency.objects.open_on(local_day(case.at)).filter(competences=task.competence_id)
    names = [agency.short_name for agency in found.exclude(pk=task.lead_id).in_official_order()]
    told = {"competence": task.competence, "agencies": ", ".join(names)}
    if not names:
        return _("No other agency has “%(competence)s” among its functions.") % told
    return _("Competent for “%(competence)s”: %(agencies)s.") % told


def _day_along(case: Situation) -> str:
    due_at = standing_deadline(case)
    if due_at is None:
        return ""
    if is_used_up(due_at, case):
        return _("A new day must be named: the deadline was %(day)s.") % {"day": spoken(due_at)}
    return _("The deadline %(day)s goes along.") % {"day": spoken(due_at)}


EFFECTS = {
    "hand_back": _hand_back,
    "withdraw_return": _withdraw_return,
    "confirm_return": _confirm_return,
    "refuse_return": _refuse_return,
    "change_lead": _change_lead,
}
