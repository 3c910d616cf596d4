"""Who may do an act on a task: predicates over a situation (domain 2; rules 2.1, 2.3, 5.2)."""

from django.db.models import prefetch_related_objects

from agencies.acting import Actor
from agencies.deadlines import local_day
from agencies.functions import Function
from tasks.acts.situation import Situation
from tasks.states import State


def answers_for(actor: Actor, post_id: int | None) -> bool:
    """Whether a post named on a task is the actor's, or has ended and the actor's follows it."""
    if post_id is None or actor.authority is None:
        return False
    return post_id == actor.authority.pk or post_id in actor.answers_for


def in_portfolio(case: Situation) -> bool:
    """Whether a deputy acts within the competences of the portfolio, if it names any (2.1)."""
    post = case.actor.authority
    if not post.title.is_deputy or case.task.competence_id is None:
        return True
    prefetch_related_objects([post], "competences")  # read once an actor, however many tasks
    portfolio = {competence.pk for competence in post.competences.all()}
    return not portfolio or case.task.competence_id in portfolio


def heads_lead(case: Situation) -> bool:
    """The lead's head, a deputy (KT.) or who holds the head's authorisation (TUQ.)."""
    return case.is_own and case.actor.heads_agency and in_portfolio(case)


def works_for_lead(case: Situation) -> bool:
    """The lead's head, or the member of staff the task was handed to (rules 2, 5.8).

    Without a hand-on, or once the handler left that post, the responsible member of staff by the
    agency's register works on it.
    """
    if not case.is_own:
        return False
    if case.actor.heads_agency:
        return True
    task, handler = case.task, case.task.handler
    if answers_for(case.actor, task.handler_id):
        return True
    is_worked_on = handler is not None and handler.is_held_on(local_day(case.at))
    return not is_worked_on and answers_for(case.actor, task.responsible_id)


def helps(case: Situation) -> bool:
    """The head of a coordinating agency (rule 5.9)."""
    return case.actor.heads_agency and case.share is not None


def is_chair(actor: Actor) -> bool:
    """Whether the actor is the first of the leaders."""
    return actor.is_leader and not actor.authority.title.is_deputy


def decides(case: Situation) -> bool:
    """The office chief; for the Office's own work its supervising leader or the Chair (2.3)."""
    if case.sides_with_lead:
        return False
    actor = case.actor
    if case.is_led_by_the_office:
        return is_chair(actor) or (actor.is_leader and answers_for(actor, case.task.supervisor_id))
    if actor.has(Function.OFFICE_CHIEF):
        return in_portfolio(case)
    return is_chair(actor) and case.standing.chief_is_vacant


def grants(case: Situation) -> bool:
    """Who assigned: the Chair, the supervising leader, a deputy within the portfolio; the chief
    only under such a leader's recorded authority (rule 5.6).
    """
    if case.sides_with_lead:
        return False
    actor = case.actor
    if actor.is_leader:
        return (
            is_chair(actor) or answers_for(actor, case.task.supervisor_id) or _portfolio_has(case)
        )
    return actor.has(Function.OFFICE_CHIEF) and case.mandate is not None


def _portfolio_has(case: Situation) -> bool:
    """Whether a deputy's portfolio names the task's competence or its lead."""
    post = case.actor.authority
    prefetch_related_objects([post], "competences", "agencies")
    competences = {one.pk for one in post.competences.all()}
    agencies = {one.pk for one in post.agencies.all()}
    return case.task.competence_id in competences or case.task.lead_id in agencies


def follows(case: Situation) -> bool:
    """An officer of the Office, never for the Office's own work."""
    return case.actor.has(Function.OFFICER) and not case.sides_with_lead


def follows_or_decides(case: Situation) -> bool:
    """Whoever checks the report for the Office."""
    return follows(case) or decides(case)


def corrects(case: Situation) -> bool:
    """The officer freely before acceptance; after it only the chief (rule 4.5)."""
    if case.task.state == State.ASSIGNED and follows(case):
        return True
    return decides(case)


def divides(case: Situation) -> bool:
    """Who says what each helper gives and by when: the lead's head or the Office (rule 5.9)."""
    return heads_lead(case) or follows_or_decides(case)


def talks(case: Situation) -> bool:
    """Both sides of the exchange: the lead's people, the Office and the leaders (rule 5.12)."""
    actor = case.actor
    return works_for_lead(case) or actor.is_office or actor.is_leader
