"""A list or a dashboard as things stood at the end of a day gone by: `?as_of=2026-10-20` (8.9)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from agencies.deadlines import local_day, local_midnight_after
from agencies.deadlines.calendar import ONE_DAY

FIRST_YEAR = 2000


@dataclass(frozen=True)
class AsOf:
    """The instant a page is judged at: now, or the end of `day`."""

    at: datetime
    day: date | None = None
    latest: date | None = None  # the last day that can be asked for

    @classmethod
    def read(cls, query: Mapping[str, str], at: datetime) -> "AsOf":
        """Read the address; a day that has not ended, or none at all, is now."""
        latest = local_day(at) - ONE_DAY
        try:
            day = date.fromisoformat(query.get("as_of", ""))
        except ValueError:
            return cls(at, latest=latest)
        if day > latest or day.year < FIRST_YEAR:
            return cls(at, latest=latest)
        return cls(local_midnight_after(day), day, latest)

    @property
    def past(self) -> datetime | None:
        """The instant to read dated rows at; None reads what holds now."""
        return self.at if self.day else None
