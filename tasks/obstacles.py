"""Difficulties reported upward: who reports them, who answers, who sees them (rule 5.12).

The closing sentence of the directive asks agencies to report difficulties "to consider and direct
in time"; open ones stay on dashboards until somebody answers.
"""

from collections.abc import Iterable
from datetime import datetime

from agencies.acting import Actor
from agencies.deadlines import last_day_in_time, local_day
from agencies.functions import Function
from agencies.models import Agency, Body, Event
from tasks.acts import ACTS, Situation
from tasks.acts.who import in_portfolio
from tasks.judgement import Judgement
from tasks.models import Addressee, Directive, Obstacle, Task

RAISED = "obstacle.raised"


def may_raise_on(directive: Directive, actor: Actor) -> bool:
    """Whether the actor heads an agency the registered directive is addressed to (Kính gửi)."""
    return (
        actor.heads_agency
        and actor.may_do("obstacle.raise")
        and directive.state == Directive.State.REGISTERED
        and directive.addressees.filter(agency=actor.agency_id, role=Addressee.Role.TO).exists()
    )


def may_be_addressed(agency: Agency) -> list[str]:
    """Return to whom an agency may report: the Office's own difficulty goes to a leader (2.3)."""
    if Body.objects.filter(office=agency).exists():
        return [Obstacle.Addressee.LEADER]
    return list(Obstacle.Addressee)


def may_answer(obstacle: Obstacle, actor: Actor, at: datetime) -> bool:
    """Whether the actor answers: a leader any, the chief those addressed to the chief.

    Never who reported it, nor anybody of the agency that did (rule 2.3).
    """
    post = actor.post
    if post is None or not actor.may_do("obstacle.answer"):
        return False
    is_own = obstacle.agency_id in (actor.agency_id, post.agency_id)
    if is_own or obstacle.post.user_id == actor.user.pk:
        return False
    if actor.is_leader:
        return True
    if obstacle.addressee != Obstacle.Addressee.CHIEF or not actor.has(Function.OFFICE_CHIEF):
        return False
    return obstacle.task is None or in_portfolio(Situation(obstacle.task, actor, at))


def may_extend(obstacle: Obstacle, actor: Actor, at: datetime) -> bool:
    """Whether the answer may grant a new deadline in one step (rules 5.6, 5.12)."""
    if obstacle.task is None or obstacle.task.due_at is None:
        return False
    return ACTS["move_deadline"].refusal(Situation(obstacle.task, actor, at)) is None


def with_age(obstacles: Iterable[Obstacle], judgement: Judgement) -> list[Obstacle]:
    """Return the difficulties, each with `waited`: the working days until its answer, or now."""
    found = list(obstacles)
    for one in found:
        until = last_day_in_time(one.answered_at or judgement.instant)
        one.waited = judgement.calendar.working_days_between(local_day(one.raised_at), until)
    return found


def obstacles_on(thing: Task | Directive, actor: Actor, at: datetime) -> list[Obstacle]:
    """Return what was reported on a task or a directive as the actor sees it (one query, none for
    a task read `for_acts` without any). Each says `is_answerable`.
    """
    if not getattr(thing, "is_hindered", True):
        return []
    about = "task" if isinstance(thing, Task) else "directive"
    rows = Obstacle.objects.visible_to(actor).filter(**{about: thing})
    found = list(rows.select_related("agency", "post__user", "post__title", "answered_by__user"))
    for one in found:
        setattr(one, about, thing)
        one.is_answerable = one.answered_at is None and may_answer(one, actor, at)
    return found


def with_files(obstacles: list[Obstacle], story: Iterable[Event]) -> list[Obstacle]:
    """Return the difficulties, each with the `files` it was reported with, out of the story."""
    told = {event.thing_id: event for event in story if event.act == RAISED}
    for one in obstacles:
        one.files = list(told[one.pk].files.all())
    return obstacles
