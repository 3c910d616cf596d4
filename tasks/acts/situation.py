"""One task before one actor at one instant: what the table's predicates ask."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from agencies.acting import Actor, holders_of
from agencies.deadlines import Calendar, local_day
from agencies.functions import Function
from agencies.models import AgencyCompetence, Body, CalendarDay, Delegation, Post, Setting
from agencies.succession import in_post_on
from tasks.models import CompletionReport, Coordination, DeadlineRow, Extension, Return, Task

# The act whose delegation is a leader's recorded authority to the chief (rule 5.6).
MANDATED = "task.grant_extension"


@dataclass(frozen=True)
class Standing:
    """What the table asks of an actor and an instant alone: read once, however many tasks."""

    actor: Actor
    at: datetime

    @cached_property
    def calendar(self) -> Calendar:
        """The confirmed working days."""
        return CalendarDay.objects.calendar()

    @cached_property
    def chief_is_vacant(self) -> bool:
        """Whether nobody is office chief that day; the function falls to the Chair (rule 2.1)."""
        posts = holders_of(Function.OFFICE_CHIEF, local_day(self.at))
        return not any(Function.OFFICE_CHIEF in post.title.functions for post in posts)

    @cached_property
    def extensions_flagged_from(self) -> int:
        """From which request on a task a further one is flagged, by setting (rule 5.6)."""
        return Setting.objects.value("extensions_flagged_from", self.at)

    @cached_property
    def mandates(self) -> list[Delegation]:
        """The leaders' recorded authority to decide extensions, lent to the actor (rule 5.6)."""
        post = self.actor.post
        if post is None or self.actor.delegation is not None:
            return []
        lent = getattr(post, "authority_lent", None)  # read along by `acting_choices`
        if lent is None:
            in_force = Delegation.objects.in_force_on(local_day(self.at))
            lent = in_force.filter(to_post=post).for_display()
        return [
            one
            for one in lent
            if Function.LEADER in one.from_post.title.functions and one.covers(MANDATED)
        ]

    @cached_property
    def _followed(self) -> dict[int, Post | None]:
        return {}

    def answering(self, post: Post | None) -> Post | None:
        """Return who answers for a post that day: it may have changed hands (rule 2.1)."""
        if post is None:
            return None
        if post.pk not in self._followed:
            self._followed.update(in_post_on([post], local_day(self.at)))
        return self._followed[post.pk]


@dataclass(frozen=True)
class Situation:
    """One task before one actor at one instant."""

    task: Task
    actor: Actor
    at: datetime
    shared: Standing | None = None

    @cached_property
    def standing(self) -> Standing:
        """What other situations of the actor and the instant share."""
        return self.shared or Standing(self.actor, self.at)

    @cached_property
    def calendar(self) -> Calendar:
        """The confirmed calendar, read once for all that is reckoned in one situation."""
        return CalendarDay.objects.calendar()

    @property
    def is_own(self) -> bool:
        """Whether the actor acts for the lead."""
        return self.actor.agency_id is not None and self.actor.agency_id == self.task.lead_id

    @property
    def sides_with_lead(self) -> bool:
        """Whether deciding would be on one's own work: also when authority of the Office was
        lent to somebody whose own post is with the lead (rule 2.3).
        """
        post = self.actor.post
        return self.is_own or (post is not None and post.agency_id == self.task.lead_id)

    @cached_property
    def is_led_by_the_office(self) -> bool:
        """Whether the Office itself is the lead; a leader then decides (rule 2.3)."""
        known = self._known("office_leads")
        return Body.objects.filter(office_id=self.task.lead_id).exists() if known is None else known

    @cached_property
    def mandate(self) -> Delegation | None:
        """The leader's recorded authority under which the chief decides extensions (rule 5.6)."""
        for one in self.standing.mandates:
            is_chairs = not one.from_post.title.is_deputy
            if is_chairs or one.from_post == self.supervisor:
                return one
        return None

    @cached_property
    def supervisor(self) -> Post | None:
        """Who is the task's supervising leader on that day: it follows the post (rule 2.1)."""
        return self.standing.answering(self.task.supervisor)

    @cached_property
    def waiting_report(self) -> CompletionReport | None:
        """The report that waits for the Office."""
        return self._waiting("waiting_report")

    @cached_property
    def waiting_return(self) -> Return | None:
        """The return that waits for the chief (rule 5.3)."""
        if self._known("return_waits") is False:
            return None
        return self._waiting("waiting_return")

    @cached_property
    def waiting_extension(self) -> Extension | None:
        """The extension that waits for whoever assigned (rule 5.6)."""
        if self._known("extension_waits") is False:
            return None
        return self._waiting("waiting_extension")

    @cached_property
    def times_asked(self) -> int:
        """How often the lead asked to extend the task, what waits included (rule 5.6)."""
        known = self._known("times_asked")
        return self.task.extensions.count() if known is None else known

    @cached_property
    def times_extended(self) -> int:
        """How often whoever assigned it gave more time, asked or unasked."""
        known = self._known("times_extended")
        return self.task.deadline_rows.extending().count() if known is None else known

    @cached_property
    def asks_too_often(self) -> bool:
        """Whether the waiting request is flagged as the third, by setting (rule 5.6)."""
        if self.waiting_extension is None or self.times_asked < 2:
            return False
        return self.times_asked >= self.standing.extensions_flagged_from

    @cached_property
    def share(self) -> Coordination | None:
        """The acting agency's part in helping with the task (rule 5.9)."""
        agency, helpers = self.actor.agency_id, self._known("helper_ids")
        if agency is None or self.is_own or (helpers is not None and agency not in helpers):
            return None
        shares = self.task.coordinations.all()
        own = (one for one in shares if one.agency_id == agency and one.is_current)
        return next(own, None)

    @cached_property
    def has_helpers(self) -> bool:
        """Whether any agency coordinates in the task."""
        known = self._known("helper_ids")
        return self.task.coordinations.current().exists() if known is None else bool(known)

    @cached_property
    def is_outside_competence(self) -> bool:
        """Whether the task's competence is not registered as a function of its lead (rule 5.3)."""
        task = self.task
        if task.competence_id is None or task.lead_id is None:
            return False
        known = self._known("lead_is_competent")
        if known is not None:
            return not known
        register = AgencyCompetence.objects.filter(
            agency=task.lead_id, competence=task.competence_id
        )
        return not register.exists()

    @cached_property
    def went_on(self) -> bool:
        """Whether another agency took the task over (rule 5.3)."""
        known = self._known("is_followed")
        return Task.objects.following(self.task).exists() if known is None else known

    def _waiting(self, name: str):
        return WAITING[name]().filter(task=self.task, decision="").first()

    def _known(self, name: str) -> Any:
        """What `for_acts()` or `with_extensions()` read along with the row, if it was asked."""
        return getattr(self.task, name, None)


def _reports() -> QuerySet:
    given_back = DeadlineRow.objects.filter(task=OuterRef("task"), event__act="task.sent_back")
    reports = CompletionReport.objects.annotate(time_was_given_back=Exists(given_back))
    return reports.select_related("post__user", "verified_by__user")


# What a task may have waiting for a decision, loaded with what pages say of it.
WAITING: dict[str, Callable[[], QuerySet]] = {
    "waiting_report": _reports,
    "waiting_return": lambda: Return.objects.select_related("post__user", "suggested"),
    "waiting_extension": lambda: Extension.objects.select_related("post__user"),
}


def situations(tasks: Iterable[Task], actor: Actor, at: datetime) -> list[Situation]:
    """Return the situations of many tasks, read `for_acts`, at the cost of few queries in all."""
    standing = Standing(actor, at)
    cases = [Situation(task, actor, at, standing) for task in tasks]
    for name, rows in WAITING.items():
        waiting = rows().filter(task__in=[case.task for case in cases], decision="")
        found = {row.task_id: row for row in waiting}
        for case in cases:
            vars(case)[name] = found.get(case.task.pk)  # as the cached property would
    return cases
