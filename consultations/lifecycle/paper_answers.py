"""What an agency served on paper answers to a meeting's result, or to a poor mark: a clerk enters
it from its paper, as a paper reply (rules 2.7, 6.9, 6.10).
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.acting import Actor
from agencies.files import keep_all
from agencies.refusals import Refused
from consultations.acts import LineCase
from consultations.lifecycle.lines import (
    Clock,
    begin_on_line,
    demand_words,
    recorded_on_line,
    tell_decider,
    tell_requester,
)
from consultations.lifecycle.paper import demand_scan
from consultations.models import Opinion, PaperAnswer, PoorContest, PoorMark, Reconciliation
from consultations.numbering import Letter
from consultations.outcome import Received, is_late

ENTERED = {
    Reconciliation.Response.CONFIRMED: "opinion.result_confirmed_on_paper",
    Reconciliation.Response.OBJECTED: "opinion.result_objected_on_paper",
}


@transaction.atomic
def enter_result_answer(
    opinion: Opinion,
    actor: Actor,
    clock: Clock,
    *,
    response: str,
    letter: Letter,
    received_at: datetime,
    text: str = "",
) -> PaperAnswer:
    """Enter the agency's answer to the result of a meeting. The stamp decides whether it is in
    time, if it is entered while the register is looked through; late, it is kept and silence has
    confirmed the result.
    """
    case = begin_on_line(opinion, actor, clock, "enter_result_answer")
    result = case.reconciliation
    if response not in Reconciliation.Response.values:
        raise Refused(_("Choose what the agency answers."), field="response")
    if response == Reconciliation.Response.OBJECTED:
        demand_words(text, "text")
    _demand_letter(letter, received_at, since=result.sent_at, at=case.at)
    said = Received(received_at, response, case.at)
    late = is_late(said, result.due_at, result.register_until)
    act = "opinion.result_answered_late" if late else ENTERED[response]
    answer = _kept(
        case, act, letter, received_at, kind=response, text=text, reconciliation=result
    )  # fmt: skip
    if not late:
        result.answer(response, text, actor.post, received_at)
        result.entered_at = case.at
        result.save()
    return answer


@transaction.atomic
def enter_mark_contest(
    opinion: Opinion,
    actor: Actor,
    clock: Clock,
    *,
    reason: str,
    letter: Letter,
    received_at: datetime,
) -> PaperAnswer:
    """Enter that the agency contests the latest mark it has not contested yet."""
    case = begin_on_line(opinion, actor, clock, "enter_mark_contest")
    mark: PoorMark = case.uncontested_mark
    demand_words(reason, "reason")
    _demand_letter(letter, received_at, since=mark.marked_at, at=case.at)
    answer = _kept(
        case, "opinion.mark_contested_on_paper", letter, received_at,
        kind=PaperAnswer.Kind.CONTESTED, text=reason, mark=mark,
    )  # fmt: skip
    PoorContest.objects.create(
        mark=mark, reason=answer.text, contested_at=case.at, contested_by=actor.post
    )
    return answer


def _demand_letter(letter: Letter, received_at: datetime, *, since: datetime, at: datetime) -> None:
    demand_scan(letter, received_at, since=since, at=at)
    if not letter.number.strip():
        raise Refused(_("Give the number of the letter."), field="document_number")
    if letter.dated_on is None:
        raise Refused(_("Give the date of the letter."), field="document_on")


def _kept(
    case: LineCase,
    act: str,
    letter: Letter,
    received_at: datetime,
    *,
    kind: str,
    text: str,
    **about: Reconciliation | PoorMark,
) -> PaperAnswer:
    event = recorded_on_line(
        act, case, kind=kind, text=text, received_at=received_at.isoformat(),
        paper=letter.number.strip(), paper_on=letter.dated_on.isoformat(),
    )  # fmt: skip
    answer = PaperAnswer.objects.create(
        opinion=case.opinion, event=event, post=case.actor.post, kind=kind, text=text.strip(),
        document_number=letter.number.strip(), document_on=letter.dated_on,
        signer=letter.signer.strip(), received_at=received_at, entered_at=case.at, **about,
    )  # fmt: skip
    keep_all(list(letter.signed), case.opinion, case.actor, case.at, role="reply", event=event)
    tell_decider(case, event)
    tell_requester(case, event)
    return answer
