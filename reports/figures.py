"""The one source of figures: what the dashboard shows now and the report freezes (rule 8.9).

Both ask the same questions of the same annotations; `now()` reads the caches, `as_of(at)` the
history rows. A test holds the two equal at one instant.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Min, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest

from agencies.deadlines import (
    Calendar,
    local_day,
    local_midnight,
    soon_horizon,
)
from agencies.deadlines.calendar import ONE_DAY
from agencies.models import CalendarDay, Setting
from consultations.models import Opinion
from reports.columns import band
from tasks.models import CompletionReport, ProgressUpdate, Task


@dataclass(frozen=True)
class Terms:
    """What figures are judged by at an instant: the settings in force then and the calendar."""

    at: datetime
    calendar: Calendar
    bands: tuple[int, ...]
    not_updated_days: int
    due_soon_days: int
    ranking_minimum: int

    @classmethod
    def in_force(cls, at: datetime) -> "Terms":
        """Read the settings and the confirmed calendar."""
        value = Setting.objects.value
        return cls(
            at=at,
            calendar=CalendarDay.objects.calendar(),
            bands=tuple(sorted({1, *value("overdue_band_days", at)})),
            not_updated_days=value("not_updated_days", at),
            due_soon_days=value("due_soon_days", at),
            ranking_minimum=value("ranking_minimum", at),
        )

    @property
    def soon_at(self) -> datetime:
        """The end of "due soon" (rule 3.7)."""
        return soon_horizon(self.calendar, self.at, self.due_soon_days)

    @property
    def stale_at(self) -> datetime:
        """Work without news since this instant counts as not updated (rule 8.5)."""
        return local_midnight(local_day(self.at) - ONE_DAY * self.not_updated_days)

    def overdue_since(self, days: int) -> datetime:
        """The instant such that `due_at <=` it means overdue that many days or longer."""
        return local_midnight(local_day(self.at) - ONE_DAY * (days - 1))

    def band_of(self, days: int) -> str:
        """The column of work so many days overdue."""
        return band(max(start for start in self.bands if start <= days))

    def to_json(self) -> dict:
        """What the frozen report keeps of the settings."""
        return {
            "overdue_band_days": list(self.bands),
            "not_updated_days": self.not_updated_days,
            "due_soon_days": self.due_soon_days,
            "ranking_minimum": self.ranking_minimum,
        }


def tasks_at(tasks: QuerySet, terms: Terms, *, past: bool = False) -> QuerySet:
    """Narrow to counted tasks and judge them at the instant: by the caches, or as of the past."""
    counted = tasks.counted()
    read = counted.as_of(terms.at) if past else counted.now()
    return read.with_timeliness(terms.at, terms.soon_at)


def with_news(tasks: QuerySet, at: datetime) -> QuerySet:
    """Annotate `news_at`: the last update or report by the instant, else the assignment."""
    updates = ProgressUpdate.objects.filter(task=OuterRef("pk"), made_at__lte=at)
    reports = CompletionReport.objects.filter(task=OuterRef("pk"), sent_at__lte=at)
    last_update = updates.order_by("-made_at").values("made_at")[:1]
    last_report = reports.order_by("-sent_at").values("sent_at")[:1]
    return tasks.annotate(
        news_at=Greatest(
            F("assigned_at"),
            Coalesce(Subquery(last_update), F("assigned_at")),
            Coalesce(Subquery(last_report), F("assigned_at")),
        )
    )


def first_data_at() -> datetime | None:
    """Return when the first task was assigned or the first consultation asked."""
    first_task = Task.objects.counted().aggregate(first=Min("assigned_at"))["first"]
    first_line = Opinion.objects.aggregate(first=Min("visible_at"))["first"]
    return min((each for each in (first_task, first_line) if each), default=None)
