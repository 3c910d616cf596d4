"""The acts of a consultation: ask, prepare, reply (rules 6.1 to 6.5). Who may: `acts.py`."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from agencies.acting import Actor
from agencies.deadlines import local_day
from agencies.directory import LEADERS
from agencies.files import keep_all
from agencies.models import Agency, AgencyGroup, CodeCounter, Event, record, record_all
from agencies.notices import Owed, owe, owe_all
from agencies.refusals import Refused
from consultations import acts, terms
from consultations.models import (
    Answer,
    Consultation,
    Opinion,
    Question,
    Reply,
    ReplyDraft,
    TermsRow,
)
from consultations.receivers import people_of, people_of_requester
from consultations.stances import Stance, gravest
from tasks.models import Task

CODE_PREFIX = "YK"


class Asked(NamedTuple):
    """A question as asked: principal, unless unmarked with a reason."""

    text: str
    is_principal: bool = True
    minor_reason: str = ""


def ask(
    actor: Actor,
    at: datetime,
    *,
    title: str,
    provision: str,
    questions: Iterable[Asked | tuple],
    agencies: Iterable[Agency | AgencyGroup],
    due: terms.Due,
    background: str = "",
    urgent: bool = False,
    reason: str = "",
    express_consent: str = "",
    task: Task | None = None,
    document_number: str = "",
    files: Iterable[UploadedFile] = (),
) -> Consultation:
    """Ask agencies for opinions by a deadline; the requester is the actor's agency (rule 6.1).

    `agencies` may hold groups, which stand for their members of that day. `reason` says why it is
    urgent; `express_consent` names the provision under which silence stays silence.
    """
    acts.demand(acts.ASK, actor)
    asked = _numbered(questions)
    if not title.strip():
        raise Refused(_("Say what the consultation is about."), field="title")
    if not provision.strip():
        raise Refused(_("Name the provision that requires asking."), field="provision")
    if urgent and not reason.strip():
        raise Refused(_("Say why it is urgent."), field="urgent_reason")
    if task is not None and not Task.objects.visible_to(actor).filter(pk=task.pk).exists():
        raise Refused(_("This task is not among those you see."), field="task")
    consulted = expand(agencies, actor.agency, at)
    deadline = terms.reckon(due, at)
    terms.refuse_too_short(deadline, at, urgent=urgent)
    with transaction.atomic():
        consultation = Consultation.objects.create(
            code=CodeCounter.take(CODE_PREFIX, local_day(at).year),
            requester=actor.agency,
            asked_by=actor.post,
            task=task,
            title=title.strip(),
            provision=provision.strip(),
            background=background,
            document_number=document_number,
            is_urgent=urgent,
            urgent_reason=reason.strip() if urgent else "",
            asked_at=at,
            due_at=deadline.due_at,
            deadline_text=terms.as_written(due),
            arithmetic=deadline.to_json(),
        )
        for question in asked:
            question.consultation = consultation
        Question.objects.bulk_create(asked)
        event = record(
            "consultation.asked",
            consultation,
            actor,
            at,
            key=actor.form_key,
            requester=actor.agency.short_name,
            count=len(consulted),
            due_at=deadline.due_at.isoformat(),
        )
        keep_all(list(files), consultation, actor, at, role="consultation", event=event)
        _open_lines(consultation, consulted, actor, at, express_consent.strip())
    return consultation


def expand(chosen: Iterable[Agency | AgencyGroup], requester: Agency, at: datetime) -> list[Agency]:
    """Return the agencies to ask, each once, in the order given; groups stand for their members
    of that day (rule 4.2), the requester left out. Refuses a closed agency and the requester
    where they are named.
    """
    day = local_day(at)
    found: dict[int, Agency] = {}
    for one in chosen:
        if isinstance(one, AgencyGroup):
            members = one.members_on(day).exclude(pk=requester.pk).exclude(code=LEADERS)
            found.update((member.pk, member) for member in members)
            continue
        if one.pk == requester.pk:
            raise Refused(_("An agency does not ask itself."), field="agencies")
        if not Agency.objects.open_on(day).filter(pk=one.pk).exists():
            raise Refused(
                _("%(agency)s is closed: choose its successor.") % {"agency": one},
                field="agencies",
            )
        found.setdefault(one.pk, one)
    if not found:
        raise Refused(_("Choose at least one agency to ask."), field="agencies")
    return list(found.values())


def save_draft(opinion_id: int, actor: Actor, at: datetime, *, content: dict, version: int) -> None:
    """Keep what is prepared and not sent: not a reply (rule 6.5).

    `version` is the draft's when the form was opened; 0 for none. A draft changed meanwhile by
    somebody else is not overwritten.
    """
    with transaction.atomic():
        opinion = _locked(opinion_id)
        acts.demand(acts.DRAFT, actor, opinion.agency_id)
        draft = ReplyDraft.objects.filter(opinion=opinion).first() or ReplyDraft(opinion=opinion)
        if draft.content == content:
            return
        if draft.version != version:
            raise Refused(
                _("%(who)s changed this draft meanwhile. What you typed is kept on this page.")
                % {"who": draft.saved_by.user}
            )
        draft.content, draft.saved_by, draft.saved_at = content, actor.post, at
        draft.version = version + 1
        draft.save()


def reply(
    opinion_id: int,
    actor: Actor,
    clock: Callable[[], datetime],
    *,
    answers: Mapping[Question | int, tuple[str, str]],
    note: str = "",
    document_number: str = "",
    files: Iterable[UploadedFile] = (),
) -> Reply:
    """Send an agency's opinion: a stance and text per question (or its id).

    Rule 6.4: the line is locked first, *then* the clock is read; what comes at or after the
    deadline is kept as a late reply and changes nothing. Another may follow; all are kept.
    """
    with transaction.atomic():
        opinion = _locked(opinion_id)
        at = clock()
        acts.demand(acts.REPLY, actor, opinion.agency_id)
        given = _checked(opinion, answers)
        event = record(
            "opinion.replied" if at < opinion.due_at else "opinion.late_reply",
            opinion,
            actor,
            at,
            key=actor.form_key,
            agency=opinion.agency.short_name,
            title=opinion.consultation.title,
            due_at=opinion.due_at.isoformat(),
        )
        sent = Reply.objects.create(
            opinion=opinion,
            event=event,
            post=actor.post,
            stance=gravest(answer.stance for answer in given),
            note=note.strip(),
            document_number=document_number.strip(),
            received_at=at,
        )
        for answer in given:
            answer.reply = sent
        Answer.objects.bulk_create(given)
        keep_all(list(files), opinion, actor, at, role="reply", event=event)
        ReplyDraft.objects.filter(opinion=opinion).delete()
        owe(people_of_requester(opinion.consultation, at), event)
    return sent


def note_opening(opinion: Opinion, actor: Actor, at: datetime) -> None:
    """Record who of the consulted agency first opened the request, and when (rule 6.8)."""
    if opinion.opened_at is not None or opinion.agency_id != actor.agency_id:
        return
    first = Opinion.objects.filter(pk=opinion.pk, opened_at__isnull=True)
    if first.update(opened_at=at, opened_by=actor.user):
        opinion.opened_at, opinion.opened_by = at, actor.user


def write_terms(opinion: Opinion, event: Event, at: datetime) -> None:
    """Add the dated row of a line's present terms (rule 3.9)."""
    _terms_row(opinion, event, at).save(force_insert=True)


def _terms_row(opinion: Opinion, event: Event, at: datetime) -> TermsRow:
    return TermsRow(
        opinion=opinion,
        due_at=opinion.due_at,
        silence_rule=opinion.silence_rule,
        effective_at=at,
        recorded_at=at,
        event=event,
    )


def _open_lines(
    consultation: Consultation,
    consulted: list[Agency],
    actor: Actor,
    at: datetime,
    express_consent: str,
) -> None:
    told = people_of(consulted, at)
    opinions = [_line(consultation, agency, at, express_consent) for agency in consulted]
    Opinion.objects.bulk_create(opinions)
    params = {
        "requester": consultation.requester.short_name,
        "title": consultation.title,
        "due_at": consultation.due_at.isoformat(),
    }
    asked = [(opinion, {"agency": opinion.agency.short_name} | params) for opinion in opinions]
    opened = list(zip(opinions, record_all("opinion.asked", asked, actor, at), strict=True))
    TermsRow.objects.bulk_create([_terms_row(opinion, event, at) for opinion, event in opened])
    owe_all(Owed(told[opinion.agency_id], event, immediate=True) for opinion, event in opened)


def _line(
    consultation: Consultation, agency: Agency, at: datetime, express_consent: str
) -> Opinion:
    silence = terms.silence_for(agency, at, express_consent)
    return Opinion(
        consultation=consultation,
        agency=agency,
        due_at=consultation.due_at,
        silence_rule=silence.rule,
        silence_provision=silence.provision[:300],
        visible_at=at,
    )


def _locked(opinion_id: int) -> Opinion:
    return (
        Opinion.objects.select_for_update(of=("self",))
        .select_related("agency", "consultation__requester", "consultation__asked_by__user")
        .order_by()
        .get(pk=opinion_id)
    )


def _numbered(questions: Iterable[Asked | tuple]) -> list[Question]:
    asked = [Asked(*question) for question in questions]
    if not asked or not all(question.text.strip() for question in asked):
        raise Refused(_("Ask at least one question, and leave none empty."), field="questions")
    if any(not q.is_principal and not q.minor_reason.strip() for q in asked):
        raise Refused(_("Say why a question is not principal."), field="questions")
    return [
        Question(
            number=number,
            text=question.text.strip(),
            is_principal=question.is_principal,
            minor_reason="" if question.is_principal else question.minor_reason.strip(),
        )
        for number, question in enumerate(asked, start=1)
    ]


def _checked(opinion: Opinion, answers: Mapping[Question | int, tuple[str, str]]) -> list[Answer]:
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
