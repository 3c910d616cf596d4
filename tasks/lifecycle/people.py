"""Who answers for a task, and who is told of its acts (rules 2.1, 5.1)."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from agencies.acting import Actor, head_of, holders_of
from agencies.deadlines import local_day
from agencies.functions import Function
from agencies.models import Agency, AgencyCompetence, Competence, Post, User
from tasks.acts import Situation
from tasks.models import Directive, Task


def responsible_for(lead: Agency, competence: Competence | None, day: date) -> Post | None:
    """Return who handles the competence by the agency's register, else its head that day."""
    if competence is not None:
        row = (
            AgencyCompetence.objects.filter(agency=lead, competence=competence)
            .select_related("responsible")
            .first()
        )
        if row is not None and row.responsible is not None and row.responsible.is_held_on(day):
            return row.responsible
    return head_of(lead, day)


def supervisor_for(lead: Agency | None, competence: Competence | None, day: date) -> Post | None:
    """Return the leader whose portfolio has the competence or the agency, else the Chair."""
    leaders = Post.objects.held_on(day).with_function(Function.LEADER)
    leaders = leaders.order_by("title__is_deputy", "title__rank", "pk")
    portfolio = Q(pk__in=[])
    if competence is not None:
        portfolio |= Q(competences=competence)
    if lead is not None:
        portfolio |= Q(agencies=lead)
    return leaders.filter(portfolio).first() or leaders.first()


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
    head = head_of(agency, day)
    if head is not None:
        return [head.user]
    return users(holders_of(Function.AGENCY_HEAD, day, agency))


def lead_told(task: Task, day: date) -> list[User]:
    """Return the lead's head and the responsible person."""
    people = heads_told(task.lead, day)
    if task.responsible is not None and task.responsible.is_held_on(day):
        people.append(task.responsible.user)
    return people


def follower_told(task: Task, day: date) -> list[User]:
    """Return the following officer, when the task has one."""
    if task.officer is not None and task.officer.is_held_on(day):
        return [task.officer.user]
    return []


def chiefs_told(day: date) -> list[User]:
    """Return the office chief; the Chair on a day without one (rule 2.1)."""
    return users(holders_of(Function.OFFICE_CHIEF, day))


def deciders_told(case: Situation) -> list[User]:
    """Return who must now look at the report: the following officer and who decides (2.3)."""
    task, day = case.task, local_day(case.at)
    if not case.is_led_by_the_office:
        return follower_told(task, day) + chiefs_told(day)
    if task.supervisor is not None and task.supervisor.is_held_on(day):
        return [task.supervisor.user]
    return users(post for post in holders_of(Function.LEADER, day) if not post.title.is_deputy)


def users(posts: Iterable[Post]) -> list[User]:
    """Return the people in the posts."""
    return [post.user for post in posts]
