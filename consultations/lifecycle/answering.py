"""What the agency asked does: open the request, prepare, reply (rules 6.4, 6.5, 6.8)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from agencies.acting import Actor
from agencies.files import keep_all
from agencies.models import Agency, Event, record
from agencies.notices import owe
from agencies.refusals import NotYours, Refused
from consultations import acts, terms
from consultations.lifecycle.drafts import keep_draft
from consultations.lifecycle.lines import Clock, locked
from consultations.models import Answer, Opinion, Question, Reply, ReplyDraft
from consultations.numbering import REPLY, Letter, is_required
from consultations.outcome import Received, is_late
from consultations.receivers import people_of_requester
from consultations.stances import Stance, gravest


def note_opening(opinion: Opinion, actor: Actor, at: datetime) -> None:
    """Record who of the consulted agency first opened the request, and when (rule 6.8)."""
    if opinion.opened_at is not None or opinion.agency_id != actor.agency_id:
        return
    first = Opinion.objects.filter(pk=opinion.pk, opened_at__isnull=True)
    if first.update(opened_at=at, opened_by=actor.user):
        opinion.opened_at, opinion.opened_by = at, actor.user


def save_draft(opinion_id: int, actor: Actor, at: datetime, *, content: dict, version: int) -> None:
    """Keep what is prepared and not sent: not a reply (rule 6.5).

    `version` is the draft's when the form was opened; 0 for none. A draft changed meanwhile by
    somebody else is not overwritten.
    """
    with transaction.atomic():
        opinion = locked(opinion_id)
        acts.demand(acts.DRAFT, actor, opinion.agency_id)
        draft = ReplyDraft.objects.filter(opinion=opinion).first() or ReplyDraft(opinion=opinion)
        keep_draft(draft, opinion, actor, at, content=content, version=version)


def reply(
    opinion_id: int,
    actor: Actor,
    clock: Clock,
    *,
    answers: Mapping[Question | int, tuple[str, str]],
    note: str = "",
    document_number: str = "",
    document_on: date | None = None,
    signer: str = "",
    signed: Iterable[UploadedFile] = (),
    competent: Agency | None = None,
    competent_words: str = "",
    files: Iterable[UploadedFile] = (),
) -> Reply:
    """Send an agency's opinion: a stance and text per question (or its id).

    A return names the `competent` agency, or says in `competent_words` which other body is, or
    that it is not known (rule 6.2). A setting says whether it must carry number, date, signer and
    the `signed` file (rule 2.8).

    Rule 6.4: the line is locked first, *then* the clock is read; what comes at or after the
    deadline is kept as a late reply and changes nothing. Another may follow; all are kept.
    """
    with transaction.atomic():
        opinion = locked(opinion_id)
        at = clock()
        acts.demand(acts.REPLY, actor, opinion.agency_id)
        if not acts.in_portfolio(actor, acts.concerned_by(opinion.consultation)):
            raise NotYours(_("This lies outside your portfolio; the head sends the opinion."))
        refuse_ended(opinion, at)
        letter = Letter(document_number, document_on, signer, list(signed))
        letter.refuse(at, is_required=is_required(REPLY, at, opinion.agency_id))
        given = checked_answers(opinion, answers)
        stance = gravest(answer.stance for answer in given)
        check_sent_back(opinion, Received(at, stance), competent, competent_words)
        event = record(
            "opinion.replied" if at < opinion.due_at else "opinion.late_reply",
            opinion,
            actor,
            at,
            key=actor.form_key,
            agency=opinion.agency.short_name,
            title=opinion.consultation.title,
            due_at=opinion.due_at.isoformat(),
            **in_words(stance, competent, competent_words),
        )
        sent = keep_reply(
            opinion,
            event,
            actor,
            given,
            files,
            note=note.strip(),
            document_number=letter.number.strip(),
            document_on=letter.dated_on,
            signer=letter.signer.strip(),
            competent=competent,
            received_at=at,
        )
        keep_all(letter.signed, opinion, actor, at, role="signed", event=event)
        ReplyDraft.objects.filter(opinion=opinion).delete()
        owe(people_of_requester(opinion.consultation, at), event)
    return sent


def keep_reply(
    opinion: Opinion,
    event: Event,
    actor: Actor,
    answers: Sequence[Answer],
    files: Iterable[UploadedFile],
    *,
    competent: Agency | None,
    **facts,
) -> Reply:
    """Keep what an agency sent with its answers and documents. Its stance is the gravest of theirs;
    only a return names who is competent (rule 6.2).
    """
    stance = gravest(answer.stance for answer in answers)
    sent = Reply.objects.create(
        opinion=opinion,
        event=event,
        post=actor.post,
        stance=stance,
        competent=competent if stance == Stance.RETURNED else None,
        **facts,
    )
    for answer in answers:
        answer.reply = sent
    Answer.objects.bulk_create(answers)
    keep_all(list(files), opinion, actor, event.recorded_at, role="reply", event=event)
    return sent


def refuse_ended(opinion: Opinion, at: datetime) -> None:
    """Refuse what is said on a line that was withdrawn, dropped or given to another (6.6, 6.7)."""
    if opinion.ended_at is not None and opinion.ended_at <= at:
        raise Refused(
            _("Your opinion is no longer asked: %(why)s.") % {"why": opinion.get_ending_display()}
        )


def in_words(stance: str, competent: Agency | None, words: str) -> dict[str, str]:
    """Return what the event of a return keeps of who is competent, where no agency is named."""
    if stance != Stance.RETURNED or competent is not None:
        return {}
    return {"competent": words.strip()[:300]}


def check_sent_back(
    opinion: Opinion, said: Received, competent: Agency | None, competent_words: str
) -> None:
    """Rule 6.6: insufficient once a round, with a working day left when it was received; a return
    names who is competent. What comes late or was settled changes nothing and is kept as it is.
    """
    if said.stance == Stance.RETURNED:
        _demand_competent(opinion, competent, competent_words)
    settled = opinion.counts_from is not None and said.received_at <= opinion.counts_from
    late = is_late(said, opinion.due_at, opinion.register_until)
    if said.stance != Stance.INSUFFICIENT or settled or late:
        return
    if (
        opinion.counts_from is not None
        and opinion.replies.filter(stance=Stance.INSUFFICIENT, received_at__lte=opinion.counts_from)
        .exclude(paper_check__decision="refused")
        .exists()
    ):
        raise Refused(
            _("“Insufficient basis” is possible once a round; it was answered already."),
            field="stance",
        )
    if not terms.leaves_a_working_day(opinion.due_at, said.received_at):
        raise Refused(
            _("“Insufficient basis” is possible up to one working day before the deadline."),
            field="stance",
        )


def _demand_competent(opinion: Opinion, competent: Agency | None, words: str) -> None:
    """Rule 6.2: not competent, and who is; otherwise a return only passes the work sideways."""
    if competent is None and not words.strip():
        raise Refused(
            _("Name the competent agency, or say in words which body is, or that it is not known."),
            field="competent",
        )
    if competent is not None and competent.pk == opinion.agency_id:
        raise Refused(_("Name another agency as the competent one."), field="competent")


def checked_answers(
    opinion: Opinion, answers: Mapping[Question | int, tuple[str, str]]
) -> list[Answer]:
    """Return the answers as rows; comments and disagreement need text (rule 6.2)."""
    questions = {question.pk: question for question in opinion.consultation.questions.all()}
    given = []
    for key, (stance, text) in answers.items():
        question = questions.get(getattr(key, "pk", key))
        if question is None:
            raise Refused(_("One of the questions is not asked in this consultation."))
        if stance not in Stance.values:
            raise Refused(_("Choose what the opinion is."), field="stance")
        if stance != Stance.AGREED and not text.strip():
            raise Refused(
                _("Question %(number)d: comments and disagreement must say what exactly.")
                % {"number": question.number},
                field=f"text-{question.pk}",
            )
        given.append(Answer(question=question, stance=stance, text=text.strip()))
    if not given:
        raise Refused(_("Answer at least one question."), field="stance")
    return given
