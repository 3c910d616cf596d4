"""When the occurrences of a rule open and fall due. Pure: rule and calendar in, days out."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice, takewhile

from agencies.deadlines import (
    Calendar,
    Deadline,
    Period,
    by_day,
    by_instant,
    is_day_end,
    last_day_in_time,
)
from agencies.deadlines import Recurrence as Rule


@dataclass(frozen=True)
class Occasion:
    """One period of a rule: its first day, the day its task opens, the deadline (rule 3.2)."""

    period_on: date
    opens_on: date
    deadline: Deadline


@dataclass(frozen=True)
class Course:
    """A rule as it runs: from a day on, to a last day or on and on.

    A rule that follows another one (`follows`) takes whole periods from its first day on, so that
    no period is both the old rule's and its own. A yearly task opens `yearly_days` before its
    last day, every other one on the first day of its period.
    """

    rule: Rule
    text: str
    starts_on: date
    ends_on: date | None
    calendar: Calendar
    yearly_days: int
    follows: bool = False

    def occasions(self) -> Iterator[Occasion]:
        """Every occasion in order; none opens after the last day."""
        period = self._first_period()
        while True:
            occasion = self.of(period)
            if self.ends_on is not None and occasion.opens_on > self.ends_on:
                return
            yield occasion
            period = self.rule.next_period(period)

    def begun(self, day: date) -> list[Occasion]:
        """The occasions whose task has opened by the day."""
        return list(takewhile(lambda one: one.opens_on <= day, self.occasions()))

    def coming(self, day: date, count: int) -> list[Occasion]:
        """The next occasions that fall due on the day or later."""
        due = (one for one in self.occasions() if one.deadline.last_day >= day)
        return list(islice(due, count))

    def of(self, period_on: date) -> Occasion:
        """The occasion of one period. It never opens before the rule holds."""
        due_at = self.rule.due_at(period_on)
        last_day = last_day_in_time(due_at)
        if is_day_end(due_at):
            deadline = by_day(last_day, period_on, self.calendar, expression=self.text)
        else:
            deadline = by_instant(due_at, period_on, self.calendar, expression=self.text)
        opens_on = period_on
        if self.rule.period is Period.YEARLY:
            opens_on = max(period_on, last_day - timedelta(days=self.yearly_days))
        return Occasion(period_on, max(opens_on, self.starts_on), deadline)

    def _first_period(self) -> date:
        if not self.follows:
            return self.rule.next_period_due(self.starts_on)
        period = self.rule.period_start(self.starts_on)
        return period if period >= self.starts_on else self.rule.next_period(period)
