"""Who answers for a task, and who is told of its acts (rules 2.1, 5.1)."""

from collections.abc import Iterable
from datetime import date
from functools import cached_property

from agencies.acting import Actor, heads_by_agency, holders_by_agency, holders_of
from agencies.deadlines import local_day
from agencies.functions import Function
from agencies.models import Agency, AgencyCompetence, Competence, Post, User
from agencies.portfolios import leaders_on, supervising
from agencies.succession import in_post_on
from tasks.acts import Situation
from tasks.models import Directive, Task


class Answering:
    """Who answers in some agencies on one day, and who is told: looked up once for all."""

    def __init__(
        self, agencies: Iterable[Agency], day: date, competence: Competence | None = None
    ) -> None:
        self.agencies = {agency.pk: agency for agency in agencies}
        self.day = day
        self.competence = competence

    def responsible(self, lead: Agency) -> Post | None:
        """Return who handles the competence by the agency's register, else its head that day."""
        return self._register.get(lead.pk) or self._heads.get(lead.pk)

    def supervisor(self, lead: Agency | None) -> Post | None:
        """Return the leader whose portfolio has the competence or the agency, else the Chair."""
        return supervising(self._leaders, self.competence, lead)

    def heads_told(self, agency: Agency) -> list[User]:
        """Return the agency's head that day; without one its deputies, without them the chief."""
        head = self._heads.get(agency.pk)
        return [head.user] if head is not None else users(self._instead_of_heads[agency.pk])

    def lead_told(self, task: Task) -> list[User]:
        """Return the lead's head, the responsible person and whom the task was handed to."""
        named = _answering([task.responsible, task.handler], self.day)
        return self.heads_told(task.lead) + users(named)

    @cached_property
    def _register(self) -> dict[int, Post | None]:
        if self.competence is None:
            return {}
        rows = AgencyCompetence.objects.filter(
            agency__in=self.agencies, competence=self.competence, responsible__isnull=False
        ).select_related("responsible__user")
        answering = in_post_on([row.responsible for row in rows], self.day)
        return {row.agency_id: answering[row.responsible_id] for row in rows}

    @cached_property
    def _heads(self) -> dict[int, Post]:
        return heads_by_agency(self.agencies, self.day)

    @cached_property
    def _instead_of_heads(self) -> dict[int, list[Post]]:
        headless = [agency for pk, agency in self.agencies.items() if pk not in self._heads]
        return holders_by_agency(Function.AGENCY_HEAD, headless, self.day)

    @cached_property
    def _leaders(self) -> list[Post]:
        return leaders_on(self.day)


def officer_for(actor: Actor, directive: Directive | None, day: date) -> Post | None:
    """Return the officer who assigns, or who drafted the directive, to follow the task."""
    if actor.post is not None and actor.has(Function.OFFICER):
        return actor.post
    drafter = directive.drafted_by if directive is not None else None
    if drafter is None or not drafter.is_held_on(day):
        return None
    return drafter if Function.OFFICER in drafter.title.functions else None


def heads_told(agency: Agency, day: date) -> list[User]:
    """Return the agency's head that day; without one its deputies, without them the chief."""
    return Answering([agency], day).heads_told(agency)


def lead_told(task: Task, day: date) -> list[User]:
    """Return the lead's head, the responsible person and whom the task was handed to."""
    return Answering([task.lead], day).lead_told(task)


def follower_told(task: Task, day: date) -> list[User]:
    """Return the following officer, when the task has one, or who follows that post."""
    if task.officer is None:
        return []
    return users(_answering([task.officer], day) or holders_of(Function.OFFICER, day))


def chiefs_told(day: date) -> list[User]:
    """Return the office chief; the Chair on a day without one (rule 2.1)."""
    return users(holders_of(Function.OFFICE_CHIEF, day))


def deciders_told(case: Situation) -> list[User]:
    """Return who must now look at the report: the following officer and who decides (2.3)."""
    task, day = case.task, local_day(case.at)
    if not case.is_led_by_the_office:
        return follower_told(task, day) + chiefs_told(day)
    return supervisor_told(task.supervisor, day)


def supervisor_told(supervisor: Post | None, day: date) -> list[User]:
    """Return the supervising leader, or who follows that post; without any the Chair."""
    found = _answering([supervisor], day)
    if found:
        return users(found)
    return users(post for post in holders_of(Function.LEADER, day) if not post.title.is_deputy)


def granters_told(case: Situation) -> list[User]:
    """Return who decides on deadlines: the supervising leader, else the Chair; and the chief,
    who may hold a leader's authority for it, but not about the Office's own work (5.6, 2.3).
    """
    day = local_day(case.at)
    leaders = supervisor_told(case.task.supervisor, day)
    return leaders if case.is_led_by_the_office else leaders + chiefs_told(day)


def _answering(posts: Iterable[Post | None], day: date) -> list[Post]:
    """Return who answers for the posts that day (`agencies.succession`), leaving out nobody."""
    return [post for post in in_post_on(posts, day).values() if post is not None]


def users(posts: Iterable[Post]) -> list[User]:
    """Return the people in the posts."""
    return [post.user for post in posts]
