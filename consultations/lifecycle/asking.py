"""Asking for opinions: what, on which ground, whom, until when (rule 6.1)."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from agencies.acting import Actor
from agencies.deadlines import local_day
from agencies.directory import LEADERS
from agencies.files import keep_all
from agencies.models import (
    Agency,
    AgencyCompetence,
    AgencyGroup,
    CodeCounter,
    Competence,
    Event,
    record,
)
from agencies.refusals import NotYours, Refused
from consultations import acts, terms
from consultations.lifecycle.letters import draft_letter
from consultations.lifecycle.lines import Whom, lock_rounds, new_line, open_lines, served_on_paper
from consultations.models import Consultation, Dossier, Question
from consultations.numbering import CONSULTATION, Letter, is_required
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
    competences: Iterable[Competence] = (),
    why: str = "",
    task: Task | None = None,
    dossier: Dossier | None = None,
    previous: Consultation | None = None,
    document_number: str = "",
    document_on: date | None = None,
    signer: str = "",
    signed: Iterable[UploadedFile] = (),
    series: str = "",
    files: Iterable[UploadedFile] = (),
) -> Consultation:
    """Ask agencies for opinions by a deadline; the requester is the actor's agency (rule 6.1).

    `agencies` may hold groups, which stand for their members of that day. `reason` says why it is
    urgent; `express_consent` names the provision under which silence stays silence; `why` is for
    the agencies none of whose `competences` is concerned. A new round names the `previous` one,
    which must be closed (rule 6.7).

    The letter is either one signed outside the program (its number, date, signer and `signed`
    file), or one to be issued here with the next number of `series` (rule 2.8).
    """
    acts.demand(acts.ASK, actor)
    competences, series = list(competences), series.strip()
    asked = _numbered(questions)
    _refuse_unsaid(title, provision, urgent=urgent, reason=reason)
    _refuse_others(actor, task, dossier)
    if not acts.in_portfolio(actor, acts.concerned(competences, task)):
        raise NotYours(_("This lies outside your portfolio; the head asks."))
    letter = Letter(signed=list(signed))
    if not series:
        letter = Letter(document_number.strip(), document_on, signer.strip(), letter.signed)
        letter.refuse(at, is_required=is_required(CONSULTATION, at, actor.agency_id))
    consulted = whom(agencies, actor.agency, at, competences=competences, why=why)
    deadline = terms.reckon(due, at)
    terms.refuse_too_short(deadline, at, urgent=urgent)
    consultation = Consultation(
        requester=actor.agency,
        asked_by=actor.post,
        task=task,
        dossier=dossier,
        previous=previous,
        title=title.strip(),
        provision=provision.strip(),
        express_consent=express_consent.strip()[:300],
        background=background,
        document_number=letter.number,
        document_on=letter.dated_on,
        signer=letter.signer,
        is_urgent=urgent,
        urgent_reason=reason.strip() if urgent else "",
        asked_at=at,
        due_at=deadline.due_at,
        deadline_text=terms.as_written(due),
        arithmetic=deadline.to_json(),
    )
    with transaction.atomic():
        if previous is not None:
            _check_round(previous, actor, at)
        event = _keep(consultation, asked, competences, actor, count=len(consulted))
        keep_all(list(files), consultation, actor, at, role="consultation", event=event)
        keep_all(letter.signed, consultation, actor, at, role="signed", event=event)
        if series:
            draft_letter(consultation, actor.with_form_key(None), at, series=series)
        _open(consultation, consulted, actor)
    return consultation


def _keep(
    consultation: Consultation,
    questions: Sequence[Question],
    competences: Sequence[Competence],
    actor: Actor,
    *,
    count: int,
) -> Event:
    """Save what is asked, and that it was asked of so many; return the main event."""
    at = consultation.asked_at
    consultation.code = CodeCounter.take(CODE_PREFIX, local_day(at).year)
    consultation.save()
    for question in questions:
        question.consultation = consultation
    Question.objects.bulk_create(questions)
    consultation.competences.set(competences)
    return record(
        "consultation.asked",
        consultation,
        actor,
        at,
        key=actor.form_key,
        requester=consultation.requester.short_name,
        count=count,
        due_at=consultation.due_at.isoformat(),
    )


def _open(consultation: Consultation, consulted: Iterable[Whom], actor: Actor) -> None:
    """Open a line for each agency, by the consultation's deadline."""
    at = consultation.asked_at
    on_paper = served_on_paper([one.agency for one in consulted], at)
    lines = [
        new_line(
            consultation,
            one,
            at,
            due_at=consultation.due_at,
            is_on_paper=one.agency.pk in on_paper,
        )
        for one in consulted
    ]
    open_lines(consultation, lines, actor, at)


def _refuse_unsaid(title: str, provision: str, *, urgent: bool, reason: str) -> None:
    if not title.strip():
        raise Refused(_("Say what the consultation is about."), field="title")
    if not provision.strip():
        raise Refused(_("Name the provision that requires asking."), field="provision")
    if urgent and not reason.strip():
        raise Refused(_("Say why it is urgent."), field="urgent_reason")


def _refuse_others(actor: Actor, task: Task | None, dossier: Dossier | None) -> None:
    """What is asked about is a task the actor sees, or a dossier of the own agency."""
    if task is not None and not Task.objects.visible_to(actor).filter(pk=task.pk).exists():
        raise Refused(_("This task is not among those you see."), field="task")
    if dossier is not None and dossier.agency_id != actor.agency_id:
        raise Refused(_("This dossier is not your agency's."), field="dossier")


def _check_round(previous: Consultation, actor: Actor, at: datetime) -> None:
    """A new round follows a closed one of the same requester, one at a time: of two asked at once
    the second waits for the lock and finds the first (rule 6.7).
    """
    lock_rounds(Consultation.objects.filter(pk=previous.pk))
    Event.objects.refuse_again(actor.form_key)
    case = acts.RoundCase(actor, at, previous)
    refusal = acts.ROUND_ACTS["new_round"].refusal(case)
    if refusal is not None:
        raise refusal


def whom(
    chosen: Iterable[Agency | AgencyGroup],
    requester: Agency,
    at: datetime,
    *,
    competences: Collection[Competence],
    why: str,
) -> list[Whom]:
    """Return who is asked, groups spelled out, and why: an agency none of whose competences is
    concerned needs the reason (rule 6.1); where no competence is named it holds for all.
    """
    consulted, why = _expand(chosen, requester, at), why.strip()
    if not competences:
        return [Whom(agency, why) for agency in consulted]
    rows = AgencyCompetence.objects.filter(agency__in=consulted, competence__in=competences)
    competent = set(rows.values_list("agency", flat=True))
    outside = [agency.short_name for agency in consulted if agency.pk not in competent]
    if outside and not why:
        raise Refused(
            _("Outside the competences concerned; say why they are asked: %(names)s.")
            % {"names": ", ".join(outside)},
            field="why",
        )
    return [
        Whom(agency) if agency.pk in competent else Whom(agency, why, is_outside=True)
        for agency in consulted
    ]


def _expand(
    chosen: Iterable[Agency | AgencyGroup], requester: Agency, at: datetime
) -> list[Agency]:
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
