"""A return later than a working day after receipt is flagged, wherever it is shown (rule 6.6)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Self

from agencies.deadlines import Calendar, local_day, received_on
from agencies.models import CalendarDay, Setting
from consultations.models import Opinion
from consultations.proof import Proof
from consultations.stances import Stance


@dataclass(frozen=True)
class ReturnTerm:
    """How many working days after receipt a request may be returned, a setting."""

    days: int
    day_ends_at: time
    calendar: Calendar

    @classmethod
    def at(cls, at: datetime, calendar: Calendar | None = None) -> Self:
        """Return the term in force at the instant."""
        return cls(
            Setting.objects.value("opinion_return_days", at),
            Setting.objects.day_ends_at(at),
            calendar or CalendarDay.objects.calendar(),
        )

    def is_over(self, reached_at: datetime, at: datetime) -> bool:
        """Whether a return at the instant is late; what arrived after office hours or on a day off
        was received on the next working day (rule 3.4).
        """
        received = received_on(reached_at, self.calendar, self.day_ends_at)
        return self.calendar.working_days_between(received, local_day(at)) > self.days


def returned_late(lines: Iterable[Opinion], proven: Mapping[int, Proof], at: datetime) -> set[int]:
    """Return the ids of the lines, loaded with their replies, that were sent back late; where none
    was sent back nothing is read.
    """
    returned = [
        (line, reply)
        for line in lines
        for reply in line.replies.all()
        if reply.stance == Stance.RETURNED and reply.known_at <= at and not reply.is_refused
    ]
    if not returned:
        return set()
    term = ReturnTerm.at(at)
    return {
        line.pk
        for line, reply in returned
        if term.is_over(proven[line.pk].delivered_at or line.visible_at, reply.received_at)
    }
