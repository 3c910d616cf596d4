"""Whose work a dashboard shows, as of when, and the addresses of exactly its rows (8.3, 8.9)."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse

from agencies.acting import Actor
from agencies.deadlines import local_day
from agencies.models import Agency, Post
from agencies.succession import answered_by
from reports.figures import Terms, tasks_at
from tasks.models import Task


@dataclass(frozen=True)
class Figure:
    """A count and the address of exactly the rows behind it."""

    count: int
    url: str
    from_days: int = 0
    to_days: int | str = ""

    @property
    def over_days(self) -> int:
        """The days a band without an end lies above."""
        return self.from_days - 1


@dataclass(frozen=True)
class Scope:
    """What one actor looks at: everything, a leader's portfolio or an agency; now, or as things
    stood at the end of the day `as_of`, whose last instant `at` then is.
    """

    actor: Actor
    at: datetime
    as_of: date | None = None
    leader: Post | None = None
    agency: Agency | None = None

    @cached_property
    def terms(self) -> Terms:
        """The settings in force at the instant and the calendar."""
        return Terms.in_force(self.at)

    @property
    def day(self) -> date:
        """The local day figures are judged on."""
        return local_day(self.at)

    @property
    def past(self) -> datetime | None:
        """The instant to read dated rows at; None reads what holds now."""
        return self.at if self.as_of else None

    @cached_property
    def supervising(self) -> frozenset[int]:
        """The posts whose supervision is the leader's, those he follows included (rule 2.1)."""
        return answered_by(self.leader, self.day) if self.leader else frozenset()

    def narrow(self, tasks: QuerySet) -> QuerySet:
        """Narrow classified tasks to the leader's portfolio or the agency."""
        if self.leader is not None:
            tasks = tasks.filter(supervisor_then__in=self.supervising)
        if self.agency is not None:
            tasks = tasks.filter(lead=self.agency)
        return tasks

    @property
    def tasks(self) -> QuerySet:
        """The counted tasks in scope, judged and classified at the instant."""
        visible = Task.objects.visible_to(self.actor)
        return self.narrow(
            tasks_at(visible, self.terms, past=bool(self.as_of)).classified(self.past)
        )

    def url(self, name: str, **parameters) -> str:
        """Return the address of a list with these parameters, as of the same day."""
        asked = {key: value for key, value in parameters.items() if value not in ("", None)}
        if self.as_of:
            asked.setdefault("as_of", self.as_of.isoformat())
        return f"{reverse(name)}?{urlencode(asked, doseq=True)}" if asked else reverse(name)

    def tasks_url(self, **parameters) -> str:
        """Return the address of the tasks in scope with these parameters."""
        own = {}
        if self.leader is not None:
            own["leader"] = self.leader.pk
        if self.agency is not None:
            own["agency"] = self.agency.code
        return self.url("tasks", **(own | parameters))
