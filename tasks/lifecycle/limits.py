"""Which day a task may be given when its lead changes or its work begins again (5.3, 5.6)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from agencies.deadlines import (
    DeadlineRefused,
    by_day,
    local_day,
    spoken,
    working_days_left,
)
from agencies.refusals import NotYours, Refused
from tasks.acts import Situation, who
from tasks.lifecycle.superior import SuperiorDecision, hold_to_superior
from tasks.models import Task


@dataclass(frozen=True)
class Wanted:
    """The day asked of an act, if any, and the superior's decision given with it (rule 5.6)."""

    due_on: date | None = None
    superior_number: str = ""
    superior_on: date | None = None


@dataclass(frozen=True)
class Day:
    """A deadline that may be set, and the superior's decision it rests on."""

    due_at: datetime | None
    superior: SuperiorDecision | None = None

    @property
    def told(self) -> dict[str, str]:
        """The decision as the parameters of an event."""
        return self.superior.told if self.superior is not None else {}


def day_of_the_next(case: Situation, wanted: Wanted, *, standing: datetime | None) -> Day:
    """Return the deadline of whoever takes the task over (rule 5.3); none of an undated one.

    The day that stands goes along unless it leaves too little time: then one must be named.
    """
    if wanted.due_on is None:
        if is_used_up(standing, case):
            raise Refused(
                _(
                    "The deadline, %(day)s, has passed or leaves less than one working day: name"
                    " the day for the new agency."
                )
                % {"day": spoken(standing)},
                field="due_on",
            )
        return Day(standing)
    due_at = named_day(wanted.due_on, case)
    if is_used_up(due_at, case):
        raise Refused(_("Leave the new agency at least one working day."), field="due_on")
    return _allowed(case, due_at, wanted, standing=standing)


def day_reopened(case: Situation, wanted: Wanted) -> Day:
    """Return the deadline of a task opened again: as it was unless another day is named (5.6)."""
    standing = case.task.due_at
    if wanted.due_on is None:
        return Day(standing)
    return _allowed(case, named_day(wanted.due_on, case), wanted, standing=standing)


def named_day(day: date, case: Situation) -> datetime:
    """Return the deadline of a day that was named; one that has passed is refused."""
    try:
        due_at = by_day(day, local_day(case.at), case.calendar).due_at
    except DeadlineRefused as refused:
        raise Refused(_(refused.message) % refused.params, field="due_on") from None
    if due_at <= case.at:
        raise Refused(_("This day has passed already."), field="due_on")
    return due_at


def is_used_up(due_at: datetime | None, case: Situation) -> bool:
    """Whether a deadline has passed or leaves whoever begins now less than one working day."""
    return due_at is not None and working_days_left(case.calendar, due_at, case.at) < 1


def within_superior(task: Task, due_at: datetime, *, present: datetime | None = None) -> datetime:
    """Return a deadline of time given back: never past the superior's, never earlier (rule 5.6).

    `present` is what it was before; the task's own unless it is a helper's.
    """
    if not task.is_past_superior(due_at):
        return due_at
    return max(present or task.due_at, task.superior_due_at)


def _allowed(
    case: Situation, due_at: datetime, wanted: Wanted, *, standing: datetime | None
) -> Day:
    """Refuse a later day that is not needed, as only who assigned may grant it (rule 5.6)."""
    is_later = standing is not None and due_at > standing and not is_used_up(standing, case)
    if is_later and not who.grants(case):
        raise NotYours(
            _(
                "The deadline still stands; a later day is for who assigned the task, or for the"
                " chief under a leader's recorded authority. Leave the day empty: the agency may"
                " ask for an extension."
            ),
            field="due_on",
        )
    decision = hold_to_superior(
        case.task, due_at, case.at, number=wanted.superior_number, on=wanted.superior_on
    )
    return Day(due_at, decision)
