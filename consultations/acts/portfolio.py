"""What a consultation is about, and whether a deputy's portfolio reaches it (rule 2.1)."""

from collections.abc import Collection, Iterable

from django.db.models import prefetch_related_objects

from agencies.acting import Actor
from agencies.models import Competence
from consultations.models import Consultation
from tasks.models import Task


def in_portfolio(actor: Actor, matter: Collection[int]) -> bool:
    """Whether a deputy acts within the competences of the portfolio, if it names any (2.1); a
    matter without a competence lies in everybody's.
    """
    post = actor.authority
    if post is None or not post.title.is_deputy or not matter:
        return True
    prefetch_related_objects([post], "competences")  # read once an actor, however many lines
    portfolio = {competence.pk for competence in post.competences.all()}
    return not portfolio or not portfolio.isdisjoint(matter)


def concerned(competences: Iterable[Competence], task: Task | None) -> set[int]:
    """Return the ids of the competences a consultation concerns: its own and its task's."""
    own = {competence.pk for competence in competences}
    return own if task is None or task.competence_id is None else own | {task.competence_id}


def concerned_by(consultation: Consultation) -> set[int]:
    """Return `concerned` of a consultation that was asked."""
    return concerned(consultation.competences.all(), consultation.task)
