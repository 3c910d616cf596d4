"""What asking, granting or refusing an extension would do, said before it is done (rule 5.6)."""

from datetime import datetime

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.deadlines import ZONE, Calendar, days_overdue, last_day_in_time, spoken
from tasks.acts import Situation
from tasks.models import Task
from tasks.states import State


def _ask(case: Situation) -> str:
    """What asking now means, before the deadline or after it."""
    due_at = case.task.due_at
    if due_at is None:
        return ""
    days = days_overdue(due_at, case.at)
    if not days:
        told = [
            _(
                "Sent now, the request is in time: while it waits for the decision, the task does"
                " not count as overdue."
            )
        ]
    else:
        told = [
            ngettext(
                "The deadline passed %(n)d day ago: the request is marked as late, and the task"
                " stays overdue until it is decided.",
                "The deadline passed %(n)d days ago: the request is marked as late, and the task"
                " stays overdue until it is decided.",
                days,
            )
            % {"n": days}
        ]
    number = case.times_asked + 1
    if number > 1 and number >= case.standing.extensions_flagged_from:
        told.append(_("It is request number %(n)d for this task and is flagged.") % {"n": number})
    if case.task.superior_due_at is not None:
        told.append(_superiors(case.task) + ".")
    return " ".join(told)


def _grant(case: Situation) -> str:
    """What granting the day asked for means."""
    waiting = case.waiting_extension
    if waiting is None:
        return ""
    calendar, due_at = case.standing.calendar, waiting.asked_due_at
    told = _warnings(case)
    if not calendar.is_working(last_day_in_time(due_at)):
        told.append(_("%(day)s is a day off; a named day does not move.") % {"day": spoken(due_at)})
    effects = [
        _("extension number %(n)d") % {"n": case.times_extended + 1},
        _slack(case.task, due_at, calendar),
        _figures(case, due_at),
        _original(case.task),
    ]
    told.append(_("If granted: %(effects)s.") % {"effects": "; ".join(filter(None, effects))})
    return " ".join(told)


def _grant_other_day(case: Situation) -> str:
    """What limits another day: the superior's deadline, and whose decision passes it."""
    if case.waiting_extension is None:
        return ""
    told = _warnings(case)
    if case.task.superior_due_at is not None:
        told.append(
            _("%(limit)s; past it only by the superior's own decision, with number and date.")
            % {"limit": _superiors(case.task)}
        )
        told += _demand_apart(case.task)
    told.append(capfirst(_original(case.task)) + ".")
    return " ".join(told)


def _refuse(case: Situation) -> str:
    """What refusing means."""
    due_at = case.task.due_at
    days = days_overdue(due_at, case.at) if due_at is not None else 0
    if not days or case.task.state == State.REPORTED:
        return _("If refused: the deadline stays %(day)s.") % {"day": spoken(due_at)}
    return ngettext(
        "If refused: the deadline stays %(day)s; the task is %(n)d day overdue, and it counts.",
        "If refused: the deadline stays %(day)s; the task is %(n)d days overdue, and it counts.",
        days,
    ) % {"day": spoken(due_at), "n": days}


def _move(case: Situation) -> str:
    """What changing the deadline unasked means."""
    task, told = case.task, []
    if task.original_due_at is not None:
        told.append(capfirst(_original(task)) + ".")
    if task.superior_due_at is not None:
        told += [_superiors(task) + ".", *_demand_apart(task)]
    return " ".join(told)


def _warnings(case: Situation) -> list[str]:
    told = []
    if case.waiting_extension.is_late:
        told.append(_("The request was sent after the deadline."))
    if case.asks_too_often:
        told.append(_("It is request number %(n)d for this task.") % {"n": case.times_asked})
    return told


def _superior(task: Task) -> str:
    """Who set the superior's deadline."""
    issuer = task.demand.directive.issuer if task.demand is not None else task.assigned_by
    return issuer.name


def _superiors(task: Task) -> str:
    return _("The deadline of %(who)s is %(day)s") % {
        "who": _superior(task),
        "day": spoken(task.superior_due_at),
    }


def _demand_apart(task: Task) -> list[str]:
    if task.demand is None:
        return []
    return [
        _("The deadline of the demand %(code)s itself is changed on the demand's own page.")
        % {"code": task.demand.code}
    ]


def _slack(task: Task, due_at: datetime, calendar: Calendar) -> str:
    """How many working days stay until the superior's deadline."""
    limit = task.superior_due_at
    if limit is None:
        return ""
    days = calendar.working_days_between(last_day_in_time(due_at), last_day_in_time(limit))
    told = {"n": days, "who": _superior(task), "day": spoken(limit)}
    if days == 0:
        return _("no working day left before the deadline of %(who)s, %(day)s") % told
    return (
        ngettext(
            "%(n)d working day left before the deadline of %(who)s, %(day)s",
            "%(n)d working days left before the deadline of %(who)s, %(day)s",
            days,
        )
        % told
    )


def _figures(case: Situation, due_at: datetime) -> str:
    """What the new deadline makes of a report that waits, or of open work past its day."""
    task = case.task
    if task.due_at is None:
        return ""
    if task.state == State.REPORTED and (report := case.waiting_report) is not None:
        if report.sent_at < task.due_at:
            return ""
        sent = {"sent": f"{report.sent_at.astimezone(ZONE):%d/%m/%Y}"}
        if report.sent_at < due_at:
            return _("the report of %(sent)s is then in time") % sent
        return _("the report of %(sent)s is late all the same") % sent
    if case.at < task.due_at:
        return ""
    if case.at < due_at:
        return _("from today no longer overdue")
    days = days_overdue(due_at, case.at)
    return ngettext("still %(n)d day overdue", "still %(n)d days overdue", days) % {"n": days}


def _original(task: Task) -> str:
    return _("reports also count by the original deadline, %(day)s") % {
        "day": spoken(task.original_due_at)
    }


EFFECTS = {
    "ask_extension": _ask,
    "grant_extension": _grant,
    "grant_other_day": _grant_other_day,
    "refuse_extension": _refuse,
    "move_deadline": _move,
}
