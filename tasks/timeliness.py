"""On time or late: one rule, once for Python and once for SQL (rules 3.7, 5.5).

A property test holds the two equal over random facts and instants.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.utils.translation import gettext_lazy as _

from tasks.states import ENDED, Plea, State


class Timeliness(models.TextChoices):
    """What the deadline means for a task at an instant. Derived, never stored (rule 3.7)."""

    ON_TRACK = "on_track", _("on track")
    DUE_SOON = "due_soon", _("due soon")
    OVERDUE = "overdue", _("not completed, overdue")
    OVERDUE_EXTENSION = "overdue_extension", _("overdue, awaiting the extension")
    OVERDUE_RETURN = "overdue_return", _("overdue, awaiting the return")
    UNDATED = "undated", _("no deadline")
    AWAITING_IN_TIME = "awaiting_in_time", _("reported in time, awaiting verification")
    AWAITING_LATE = "awaiting_late", _("reported late, awaiting verification")
    AWAITING_UNDATED = "awaiting_undated", _("reported, awaiting verification")
    COMPLETED_ON_TIME = "completed_on_time", _("completed on time")
    COMPLETED_LATE = "completed_late", _("completed late")
    COMPLETED_UNDATED = "completed_undated", _("completed, no deadline")
    SUSPENDED = "suspended", _("suspended")
    ENDED = "ended", _("ended")


PLEADED = {
    Plea.EXTENSION: Timeliness.OVERDUE_EXTENSION,
    Plea.RETURN: Timeliness.OVERDUE_RETURN,
}


@dataclass(frozen=True)
class Facts:
    """What timeliness is judged from. Instants are aware; `due_at` is exclusive (rule 3.1)."""

    state: str
    due_at: datetime | None
    reported_at: datetime | None
    plea: str = Plea.NONE


def timeliness(facts: Facts, at: datetime, soon_at: datetime) -> Timeliness:
    """Judge the facts at an instant; work due at or before `soon_at` is due soon.

    A task finishes at the moment of the report that is confirmed, and while a report waits the
    clock stands still at that moment (rule 5.5). What was asked in time and is undecided does not
    count as overdue against the agency (rules 5.3, 5.6).
    """
    if facts.state == State.SUSPENDED:
        return Timeliness.SUSPENDED
    if facts.state in (State.REPORTED, State.COMPLETED):
        in_time, late, undated = (
            (Timeliness.AWAITING_IN_TIME, Timeliness.AWAITING_LATE, Timeliness.AWAITING_UNDATED)
            if facts.state == State.REPORTED
            else (
                Timeliness.COMPLETED_ON_TIME,
                Timeliness.COMPLETED_LATE,
                Timeliness.COMPLETED_UNDATED,
            )
        )
        if facts.due_at is None:
            return undated
        return in_time if facts.reported_at < facts.due_at else late
    if facts.state in ENDED:
        return Timeliness.ENDED
    if facts.due_at is None:
        return Timeliness.UNDATED
    if at >= facts.due_at:
        return PLEADED.get(Plea(facts.plea), Timeliness.OVERDUE)
    return Timeliness.DUE_SOON if facts.due_at <= soon_at else Timeliness.ON_TRACK


def timeliness_expression(
    at: datetime, soon_at: datetime, *, due: str = "due_then", plea: str = "plea_then"
) -> Case:
    """Return `timeliness` in SQL, over the annotations of `TaskQuerySet.now` and `as_of`.

    `due` names the deadline to judge by; an empty `plea` judges as if nothing had been asked.
    """
    pleaded = PLEADED if plea else {}
    reported = Q(state_then=State.REPORTED)
    completed = Q(state_then=State.COMPLETED)
    undated = Q((f"{due}__isnull", True))
    in_time = Q(reported_then__lt=F(due))
    passed, soon = Q((f"{due}__lte", at)), Q((f"{due}__lte", soon_at))
    branches = [
        (Q(state_then=State.SUSPENDED), Timeliness.SUSPENDED),
        (reported & undated, Timeliness.AWAITING_UNDATED),
        (reported & in_time, Timeliness.AWAITING_IN_TIME),
        (reported, Timeliness.AWAITING_LATE),
        (completed & undated, Timeliness.COMPLETED_UNDATED),
        (completed & in_time, Timeliness.COMPLETED_ON_TIME),
        (completed, Timeliness.COMPLETED_LATE),
        (Q(state_then__in=ENDED), Timeliness.ENDED),
        (undated, Timeliness.UNDATED),
        *((passed & Q((plea, asked)), value) for asked, value in pleaded.items()),
        (passed, Timeliness.OVERDUE),
        (soon, Timeliness.DUE_SOON),
    ]
    return Case(
        *(When(condition, then=Value(value.value)) for condition, value in branches),
        default=Value(Timeliness.ON_TRACK.value),
        output_field=models.CharField(max_length=20),
    )
