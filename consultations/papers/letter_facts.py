"""What the letter says: of a consultation that was asked, or of the form before it is sent."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import PurePath

from agencies.acting import Actor
from agencies.deadlines import Kind
from agencies.letterheads import series_of, signature_of, signed_as
from agencies.models import Attachment, Body, Event, Post
from consultations import terms
from consultations.lifecycle.asking import Asked, whom
from consultations.models import Consultation
from consultations.papers.letter import Addressed, LetterFacts
from consultations.papers.wording import instant


def facts_asked(consultation: Consultation) -> LetterFacts:
    """Return what the letter of a consultation says: as it was when asked, whatever was extended,
    redirected or supplied since.
    """
    paper, requester = consultation.letter, consultation.requester
    number, series = _typed_number(consultation.document_number)
    if paper is not None:
        number, series = paper.number, paper.suffix
    history = Event.objects.of(consultation)
    asked = history.filter(act="consultation.asked").first()
    extended = history.filter(act="consultation.extended").first()
    first = extended.params if extended is not None else {}
    lines = consultation.opinions.filter(redirected_from=None).select_related("agency__kind")
    sent = Attachment.objects.of(consultation).filter(event=asked, role="consultation")
    return LetterFacts(
        requester=requester,
        title=consultation.title,
        provision=consultation.provision,
        background=consultation.background,
        questions=[
            Asked(one.text, one.is_principal, one.minor_reason)
            for one in consultation.questions.all()
        ],
        addressed=[
            Addressed(line.agency, line.silence_rule, line.silence_provision, line.why_asked)
            for line in lines
        ],
        due_at=datetime.fromisoformat(asked.params["due_at"]),
        asked_at=consultation.asked_at,
        term=_term(
            first.get("old_words", consultation.deadline_text),
            first.get("old_arithmetic", consultation.arithmetic),
        ),
        competences=[one.name for one in consultation.competences.all()],
        documents=[PurePath(file.name).stem for file in sent],
        urgent_reason=consultation.urgent_reason,
        task=consultation.task,
        earlier=_earlier(consultation.previous),
        series=series or series_of(requester, Body.current()),
        number=number,
        dated_on=consultation.letter_dated_on,
        signature=signature_of(paper, consultation.asked_by),
    )


def facts_typed(
    actor: Actor, at: datetime, questions: Sequence[Asked], facts: Mapping
) -> LetterFacts:
    """Return what the letter would say if what is typed were sent now (rule 6.1: a preview).

    Raises `Refused` where the agencies or the deadline would be refused.
    """
    deadline = terms.reckon(facts["due"], at)
    terms.refuse_too_short(deadline, at, urgent=facts["urgent"])
    consulted = whom(
        facts["agencies"], actor.agency, at, competences=facts["competences"], why=facts["why"]
    )
    return LetterFacts(
        requester=actor.agency,
        title=facts["title"],
        provision=facts["provision"],
        background=facts["background"],
        questions=questions,
        addressed=[
            Addressed(one.agency, silence.rule, silence.provision, one.why)
            for one in consulted
            for silence in [terms.silence_for(one.agency, at, facts["express_consent"])]
        ],
        due_at=deadline.due_at,
        asked_at=at,
        term=_term(terms.as_written(facts["due"]), deadline.to_json()),
        competences=[one.name for one in facts["competences"]],
        documents=[PurePath(upload.name).stem for upload in facts["files"]],
        urgent_reason=facts["reason"] if facts["urgent"] else "",
        task=facts["task"],
        earlier=_earlier(facts["previous"]),
        series=facts["series"] or series_of(actor.agency, Body.current()),
        signature=signed_as(actor.post, actor.capacity, lent_by=_lender(actor)),
    )


def _term(words: str, arithmetic: Mapping | None) -> str:
    """Return "05 ngày làm việc kể từ ngày nhận được văn bản này"; nothing for a day or an hour."""
    if not words or not arithmetic or arithmetic["kind"] != Kind.TERM:
        return ""
    return words if "kể từ" in words else f"{words} kể từ ngày nhận được văn bản này"


def _lender(actor: Actor) -> Post | None:
    return None if actor.delegation is None else actor.authority


def _typed_number(symbol: str) -> tuple[int | None, str]:
    """Return number and series of a letter numbered outside the program: 45 and "KTHT"."""
    number, _slash, series = symbol.partition("/")
    return (int(number), series) if number.isdecimal() and series else (None, "")


def _earlier(previous: Consultation | None) -> str:
    if previous is None:
        return ""
    letter = f"Công văn số {previous.letter_symbol}, " if previous.letter_symbol else ""
    return f"{letter}mã {previous.code}, gửi lúc {instant(previous.asked_at)}"
