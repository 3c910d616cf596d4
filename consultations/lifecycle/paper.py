"""Agencies served on paper: when the copy reached them, what came back (rules 2.7, 6.8)."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from agencies.acting import Actor
from agencies.deadlines import Kind, local_day
from agencies.models import Agency, record
from agencies.notices import owe
from agencies.refusals import NotYours, Refused
from consultations import terms
from consultations.acts.cases import LineCase
from consultations.acts.who import settles
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
from consultations.models import Opinion, PaperCheck, Question, Reply
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
    files = list(files)
    case = begin_on_line(opinion, actor, clock, "enter_paper")
    line = case.opinion
    if not files:
        raise Refused(_("Attach the scan of the reply."), field="files")
    if not line.visible_at <= received_at <= case.at:
        raise Refused(
            _("The stamped moment lies between the request and now."), field="received_at"
        )
    if document_on is not None and document_on > local_day(received_at):
        raise Refused(_("A letter is not dated after it was received."), field="document_on")
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
        files,
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


@transaction.atomic
def confirm_paper(reply: Reply, actor: Actor, at: datetime) -> PaperCheck:
    """The chief confirms that the reply stands in the register as entered (rule 2.7); whoever
    settles for the chief does so too (rules 2.1, 2.3).
    """
    held = Reply.objects.select_for_update(of=("self",)).get(pk=reply.pk)
    case = LineCase(actor, at, held.opinion)
    if not settles(case) or not actor.may_do("opinion.confirm_paper"):
        raise NotYours(_("The office chief confirms what was entered from paper."))
    if held.entered_at is None:
        raise Refused(_("This reply was sent in the program."))
    if held.post.user_id == actor.user.pk:
        raise Refused(_("You entered this yourself; somebody else confirms it."))
    check, created = PaperCheck.objects.get_or_create(
        reply=held, defaults={"confirmed_at": at, "confirmed_by": actor.post}
    )
    if created:
        line = held.opinion
        event = record(
            "opinion.paper_confirmed", line, actor, at, key=actor.form_key,
            agency=line.agency.short_name, title=line.consultation.title,
        )  # fmt: skip
        owe([held.post.user], event)
        tell_requester(case, event)
    return check
