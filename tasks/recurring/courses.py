"""A stored recurring task as the course its occurrences take."""

from dataclasses import dataclass
from datetime import datetime

from agencies.deadlines import Calendar
from agencies.deadlines import Recurrence as Rule
from agencies.models import CalendarDay, Setting
from tasks.models import Recurrence
from tasks.recurring.periods import Course


@dataclass(frozen=True)
class Courses:
    """What courses are reckoned by at an instant: calendar and setting, read once."""

    calendar: Calendar
    yearly_days: int

    @classmethod
    def at(cls, at: datetime) -> "Courses":
        """Read the confirmed calendar and how early a yearly task opens."""
        days = Setting.objects.value("yearly_opens_days_before", at)
        return cls(CalendarDay.objects.calendar(), days)

    def of(self, recurrence: Recurrence) -> Course:
        """Return the course of one stored row."""
        return Course(
            rule=Rule.from_json(recurrence.rule),
            text=recurrence.rule_text,
            starts_on=recurrence.starts_on,
            ends_on=recurrence.ends_on,
            calendar=self.calendar,
            yearly_days=self.yearly_days,
            follows=recurrence.previous_id is not None,
        )
