"""A question unmarked as principal is contested by whoever disagrees on it (rule 6.1)."""

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.acting import Actor
from agencies.refusals import Refused
from consultations.lifecycle.lines import (
    Clock,
    begin_on_line,
    demand_words,
    recorded_on_line,
    tell_asked,
    tell_decider,
    tell_requester,
)
from consultations.models import Opinion, Question, QuestionContest


@transaction.atomic
def contest_question(
    opinion: Opinion, actor: Actor, clock: Clock, *, question: Question | int, reason: str
) -> QuestionContest:
    """Hold that a question the agency disagrees on is principal; the chief settles it. Until then
    the disagreement stands as one on a principal question.
    """
    case = begin_on_line(opinion, actor, clock, "contest_question")
    demand_words(reason, "reason")
    wanted = getattr(question, "pk", question)
    contested = next((one for one in case.contestable if one.pk == wanted), None)
    if contested is None:
        raise Refused(_("Choose a question you disagree on that is not principal."), "question")
    event = recorded_on_line(
        "opinion.question_contested", case, number=contested.number, text=reason
    )
    contest = QuestionContest.objects.create(
        question=contested, opinion=case.opinion, reason=reason.strip(), contested_at=case.at,
        contested_by=actor.post,
    )  # fmt: skip
    tell_decider(case, event)
    tell_requester(case, event)
    return contest


@transaction.atomic
def settle_question(
    opinion: Opinion, actor: Actor, clock: Clock, *, upheld: bool, answer: str
) -> QuestionContest:
    """Settle the oldest contest of the line: upheld, the question is principal for everybody."""
    case = begin_on_line(opinion, actor, clock, "settle_question")
    demand_words(answer, "answer")
    contest = case.question_contest
    contest.settle(actor.post, case.at, upheld=upheld, answer=answer)
    act = "opinion.question_is_principal" if upheld else "opinion.question_stays_minor"
    event = recorded_on_line(act, case, number=contest.question.number, text=answer)
    tell_asked(case, event)
    tell_requester(case, event)
    return contest
