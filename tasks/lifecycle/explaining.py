"""Why a task is overdue, by which day the lead commits itself, what it needs (rule 5.12)."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.acting import Actor
from agencies.deadlines import local_day
from agencies.notices import owe
from agencies.refusals import Refused, demand_words
from tasks.lifecycle.doing import finished, locked, recorded
from tasks.lifecycle.people import follower_told
from tasks.models import Explanation, Task


@transaction.atomic
def explain(
    task: Task,
    actor: Actor,
    at: datetime,
    *,
    cause: str,
    commitment_on: date,
    needs: str = "",
    version: int | None = None,
) -> Task:
    """The lead's head gives the cause of the delay and a day; the latest one holds, all are kept.

    A commitment moves no deadline: the task stays overdue, and a broken one shows.
    """
    case = locked(task, "explain", actor, at, version)
    day = local_day(at)
    demand_words(cause, "cause", _("Say what caused the delay."))
    if commitment_on < day:
        raise Refused(_("Commit your agency to a coming day."), field="commitment_on")
    event = recorded(
        case, "task.explained", text=cause, commitment_on=commitment_on.isoformat(), needs=needs
    )
    Explanation.objects.create(
        task=case.task,
        event=event,
        post=actor.post,
        cause=cause,
        commitment_on=commitment_on,
        needs=needs,
        made_at=at,
    )
    owe(follower_told(case.task, day), event)
    return finished(case.task)
