"""How time, outcome and agencies read on the pages of consultations: words only, no rule."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from agencies.deadlines import (
    ZONE,
    Calendar,
    is_day_end,
    last_day_in_time,
    local_day,
    soon_horizon,
    working_days_left,
)
from agencies.in_words import due, time_left
from agencies.models import Agency, CalendarDay, Setting
from consultations.models import Opinion
from consultations.stances import Outcome

# Shape and colour of each outcome (design principle 4); the word beside it says the rest.
PILL_OF = {
    Outcome.AWAITING: "waiting",
    Outcome.AGREED: "track",
    Outcome.WITH_COMMENTS: "track",
    Outcome.DISAGREED: "late",
    Outcome.INSUFFICIENT: "waiting",
    Outcome.RETURNED: "waiting",
    Outcome.DEEMED_AGREED: "soon",
    Outcome.NO_REPLY: "late",
    Outcome.AWAITING_REGISTER: "waiting",
    Outcome.REDIRECTED: "done",
    Outcome.DROPPED: "done",
    Outcome.WITHDRAWN: "done",
    Outcome.MOVED: "done",
}


@dataclass(frozen=True)
class Days:
    """The calendar and the end of "due soon", read once a page."""

    calendar: Calendar
    at: datetime
    soon_at: datetime

    @classmethod
    def at_instant(cls, at: datetime, working_days: int | None = None) -> "Days":
        """Read the calendar; "due soon" is the setting's, or so many working days."""
        calendar = CalendarDay.objects.calendar()
        if working_days is None:
            working_days = Setting.objects.value("due_soon_days", at)
        return cls(calendar, at, soon_horizon(calendar, at, working_days))

    def pill_of(self, due_at: datetime) -> str:
        """Return the kind of pill of a deadline still awaited."""
        if self.at >= due_at:
            return "late"
        return "soon" if due_at <= self.soon_at else "track"

    def left(self, due_at: datetime) -> str:
        """Return "còn 2 ngày làm việc" or "còn 7 giờ"."""
        days = working_days_left(self.calendar, due_at, self.at)
        return time_left(due_at, self.at, working_days=days)

    def left_and_due(self, due_at: datetime) -> str:
        """Return "còn 7 giờ, hết hạn 17:00 hôm nay"."""
        if self.at >= due_at:
            return _("ended %(due)s") % {"due": self.due(due_at)}
        return _("%(left)s, due %(due)s") % {"left": self.left(due_at), "due": self.due(due_at)}

    def with_result(self, line: Opinion) -> Opinion:
        """Return a line of `result_waiting_for` with the time left to answer the result."""
        line.due_pill = self.pill_of(line.result_due_at)
        line.left = self.left_and_due(line.result_due_at)
        return line

    def due(self, due_at: datetime) -> str:
        """Return the deadline, an hour of today as "17:00 hôm nay"."""
        if last_day_in_time(due_at) != local_day(self.at):
            return due(due_at)
        if is_day_end(due_at):
            return _("at the end of today")
        return _("%(hour)s today") % {"hour": f"{timezone.localtime(due_at, ZONE):%H:%M}"}

    def hour(self, due_at: datetime) -> str:
        """Return "17:00", with its day when that is not today."""
        if last_day_in_time(due_at) == local_day(self.at):
            return f"{timezone.localtime(due_at, ZONE):%H:%M}"
        return due(due_at)

    def working_days_since(self, since: datetime, until: datetime) -> int:
        """Return the working days after the day of `since` up to that of `until`."""
        return self.calendar.working_days_between(local_day(since), local_day(until))


def own_word(agency: Agency) -> str:
    """Return what an agency calls itself on its own forms: "xã" where its name says so."""
    kind = agency.kind.name.lower()
    if get_language() == "vi" and f" {kind} " in f" {agency.name.lower()} ":
        return kind
    return _("our agency")
