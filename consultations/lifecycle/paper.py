"""Agencies served on paper: when the copy reached them, what came back (rules 2.7, 6.8)."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from agencies.acting import Actor
from agencies.deadlines import Kind, local_day
from agencies.models import Agency
from agencies.refusals import Refused
from consultations import terms
from consultations.lifecycle.answering import (
    check_sent_back,
    checked_answers,
    in_words,
    keep_reply,
)
from consultations.lifecycle.lines import (
    Clock,
    begin_on_line,
    recorded_on_line,
    set_due,
    tell_decider,
    tell_requester,
    write_terms,
)
from consultations.models import Opinion, Question, Reply
from consultations.numbering import Letter
from consultations.outcome import Received
from consultations.proof import arithmetics
from consultations.stances import gravest


@transaction.atomic
def register_delivery(
    opinion: Opinion, actor: Actor, clock: Clock, *, delivered_at: datetime
) -> Opinion:
    """Record the registered moment at which the paper copy reached the agency (rule 6.8).

    A deadline that is a term from receipt, the line's own or the consultation's, runs from it,
    never to an earlier instant.
    """
    case = begin_on_line(opinion, actor, clock, "register_delivery")
    line = case.opinion
    if not line.visible_at <= delivered_at <= case.at:
        raise Refused(_("The moment lies between the sending and now."), field="delivered_at")
    due_at, arithmetic = line.due_at, None
    counted = arithmetics([line]).get(line.pk)
    if counted is not None and counted.kind == Kind.TERM:
        later = terms.reckon(counted.expression, delivered_at)
        if later.due_at > due_at:
            due_at, arithmetic = later.due_at, later.to_json()
    event = recorded_on_line(
        "opinion.delivered", case, delivered_at=delivered_at.isoformat(),
        due_at=due_at.isoformat(), arithmetic=arithmetic,
    )  # fmt: skip
    set_due(line, due_at)
    line.save(update_fields=["due_at", "register_until"])
    write_terms(line, event, case.at)
    return line


@transaction.atomic
def enter_paper(
    opinion: Opinion,
    actor: Actor,
    clock: Clock,
    *,
    answers: Mapping[Question | int, tuple[str, str]],
    received_at: datetime,
    files: Iterable[UploadedFile],
    document_number: str = "",
    document_on: date | None = None,
    signer: str = "",
    competent: Agency | None = None,
    competent_words: str = "",
) -> Reply:
    """Enter what came on paper with its stamped moment of receipt and a scan.

    The stamp counts if it is entered by the end of the working day after the deadline; insufficient
    needs a working day left at the stamped moment (rule 6.6).
    """
    letter = Letter(document_number, document_on, signer, list(files))
    case = begin_on_line(opinion, actor, clock, "enter_paper")
    line = case.opinion
    demand_scan(letter, received_at, since=line.visible_at, at=case.at)
    given = checked_answers(line, answers)
    stance = gravest(answer.stance for answer in given)
    check_sent_back(line, Received(received_at, stance, case.at), competent, competent_words)
    event = recorded_on_line(
        "opinion.paper_entered", case, received_at=received_at.isoformat(),
        document_number=document_number, **in_words(stance, competent, competent_words),
    )  # fmt: skip
    sent = keep_reply(
        line,
        event,
        actor,
        given,
        letter.signed,
        document_number=document_number.strip(),
        document_on=document_on,
        signer=signer.strip(),
        competent=competent,
        received_at=received_at,
        entered_at=case.at,
    )
    tell_decider(case, event)
    tell_requester(case, event)
    return sent


def demand_scan(letter: Letter, received_at: datetime, *, since: datetime, at: datetime) -> None:
    """Refuse a paper without its scan, and one stamped before it was asked for or in the future."""
    if not letter.signed:
        raise Refused(_("Attach the scan of the reply."), field="files")
    if not since <= received_at <= at:
        raise Refused(
            _("The stamped moment lies between the request and now."), field="received_at"
        )
    if letter.dated_on is not None and letter.dated_on > local_day(received_at):
        raise Refused(_("A letter is not dated after it was received."), field="document_on")
