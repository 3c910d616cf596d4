"""The letter that asks for opinions, as a công văn (rules 6.1, 8.2; data papers 2 (3))."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import translation

from agencies.deadlines import local_day
from agencies.letterheads import letterhead_of, place_of
from agencies.models import Agency, Body
from agencies.papers import (
    Block,
    Heading,
    Level,
    Number,
    Paper,
    PaperKind,
    Paragraph,
    Signature,
    Urgency,
    build,
)
from agencies.papers.words import short_date
from consultations.lifecycle.asking import Asked
from consultations.lifecycle.letters import SUBJECT
from consultations.papers.wording import addressees, begun, closed, names, until
from consultations.stances import SilenceRule
from tasks.models import Task


@dataclass(frozen=True)
class Addressed:
    """One agency the letter goes to, and what its silence means (rule 6.2)."""

    agency: Agency
    silence: str
    provision: str = ""
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class LetterFacts:
    """What the letter says: of a consultation asked, or of one typed and not sent yet.

    `term` is the deadline in words where it was given so; `earlier` cites the earlier round.
    """

    requester: Agency
    title: str
    provision: str
    questions: Sequence[Asked]
    addressed: Sequence[Addressed]
    due_at: datetime
    asked_at: datetime
    term: str = ""
    background: str = ""
    competences: Sequence[str] = ()
    documents: Sequence[str] = ()
    urgent_reason: str = ""
    task: Task | None = None
    earlier: str = ""
    series: str = ""
    number: int | None = None
    dated_on: date | None = None
    signature: Signature | None = None


def letter_docx(facts: LetterFacts) -> bytes:
    """Return the letter's .docx."""
    with translation.override("vi"):
        return build(letter_paper(facts, Body.current()))


def letter_paper(facts: LetterFacts, body: Body) -> Paper:
    """Lay the facts into a letter of the requester (in Vietnamese)."""
    informed = [] if facts.requester.pk == body.office_id else [f"{body.office.name} (để theo dõi)"]
    return Paper(
        kind=PaperKind.LETTER,
        letterhead=letterhead_of(facts.requester, body),
        number=Number(facts.series, facts.number),
        place=place_of(facts.requester, body),
        day=facts.dated_on,
        year=local_day(facts.asked_at).year,
        subject=SUBJECT.format(title=facts.title),
        addressees=addressees([one.agency for one in facts.addressed]),
        blocks=[
            *_opening(facts),
            Heading("Nội dung đề nghị tham gia ý kiến", Level.CLAUSE),
            *_questions(facts),
            Heading("Thời hạn trả lời", Level.CLAUSE),
            *_deadline(facts),
            *_silence(facts),
            *_documents(facts),
            Paragraph(f"{facts.requester.name} đề nghị {_asked(facts)} quan tâm, phối hợp./."),
        ],
        recipients=informed,
        signature=facts.signature,
        urgency=Urgency.URGENT if facts.urgent_reason else Urgency.NORMAL,
    )


def _asked(facts: LetterFacts) -> str:
    """How the text calls whom it asks."""
    if len(facts.addressed) == 1:
        return facts.addressed[0].agency.name
    return "các cơ quan, đơn vị, địa phương"


def _opening(facts: LetterFacts) -> list[Block]:
    ground = facts.provision.strip().rstrip(".;,")
    if not ground.lower().startswith("căn cứ"):
        ground = f"Căn cứ {ground}"
    basis = [ground, *_assignment(facts)]
    said = (
        f"{'; '.join(basis)}; để có đủ cơ sở hoàn thiện nội dung “{facts.title}”, "
        f"{facts.requester.name} đề nghị {_asked(facts)} tham gia ý kiến như sau:"
    )
    background = [Paragraph(closed(facts.background))] if facts.background.strip() else []
    return [*background, Paragraph(said), *_why(facts)]


def _assignment(facts: LetterFacts) -> list[str]:
    """The task the consultation serves, and the document that gave it."""
    if facts.task is None:
        return []
    directive = facts.task.directive
    if directive is None or not directive.number:
        return [f"thực hiện nhiệm vụ “{facts.task.title}”"]
    dated = f" ngày {short_date(directive.issued_on)}" if directive.issued_on else ""
    kind = directive.kind.name if directive.kind else "Văn bản"
    issuer = f" của {directive.issuer.name}" if directive.issuer else ""
    document = f"{kind} số {directive.number}{dated}{issuer}"
    return [f"thực hiện nhiệm vụ “{facts.task.title}” tại {document}"]


def _why(facts: LetterFacts) -> list[Block]:
    """Why these agencies: the competences concerned, and the reason for one outside them."""
    said = []
    if facts.competences:
        matters = "; ".join(name.lower() for name in facts.competences)
        said.append(
            f"Nội dung lấy ý kiến thuộc lĩnh vực: {matters}; các cơ quan, đơn vị được đề nghị "
            "tham gia ý kiến theo chức năng, nhiệm vụ của mình."
        )
    reasons: dict[str, list[Agency]] = {}
    for one in facts.addressed:
        if one.why.strip():
            reasons.setdefault(one.why.strip(), []).append(one.agency)
    said += [
        closed(f"Đề nghị {names(agencies)} tham gia vì: {reason}")
        for reason, agencies in reasons.items()
    ]
    if facts.earlier:
        said.append(closed(f"Đây là lần lấy ý kiến tiếp theo của {facts.earlier}"))
    return [Paragraph(text) for text in said]


def _questions(facts: LetterFacts) -> list[Block]:
    return [
        Paragraph(f"Câu {number}{_rank(asked)}. {asked.text.strip()}")
        for number, asked in enumerate(facts.questions, start=1)
    ]


def _rank(asked: Asked) -> str:
    if asked.is_principal:
        return " (nội dung chủ yếu)"
    return f" (không phải nội dung chủ yếu: {asked.minor_reason.strip().rstrip('.')})"


def _deadline(facts: LetterFacts) -> list[Block]:
    within = until(facts.due_at)
    if facts.term:
        within = f"trong thời hạn {facts.term} ({within})"
    said = [
        f"Ý kiến tham gia gửi về {facts.requester.name} {within}; đề nghị trả lời từng câu hỏi, "
        "nêu rõ đồng ý, đồng ý và có góp ý hoặc không đồng ý, kèm nội dung cụ thể và căn cứ.",
        "Trường hợp chưa đủ căn cứ để tham gia ý kiến hoặc nội dung không thuộc chức năng, đề nghị "
        "nêu rõ tài liệu cần bổ sung hoặc cơ quan có chức năng để được xử lý kịp thời.",
    ]
    if facts.urgent_reason:
        said.append(closed(f"Lý do cần trả lời gấp: {facts.urgent_reason}"))
    return [Paragraph(text) for text in said]


def _silence(facts: LetterFacts) -> list[Block]:
    """What no reply by the deadline means, for whom, and on which provision that rests (6.2)."""
    by_terms: dict[tuple[str, str], list[Agency]] = {}
    for one in facts.addressed:
        by_terms.setdefault((one.silence, one.provision), []).append(one.agency)
    said = []
    ranked = sorted(by_terms.items(), key=lambda terms: (terms[0][0] == SilenceRule.NO_REPLY,
                                                         -len(terms[1])))  # fmt: skip
    for (rule, provision), agencies in ranked:
        whom = names(agencies)
        if agencies is ranked[0][1]:
            others = [one for _terms, rest in ranked[1:] for one in rest]
            if len(facts.addressed) > 1:
                whom = f"cơ quan, đơn vị{f' (trừ {names(others)})' if others else ''}"
        if rule == SilenceRule.DEEMED_AGREED:
            said.append(
                f"Theo {provision}, quá thời hạn nêu trên mà {whom} không có ý kiến thì được xác "
                "định là đồng ý và phải chịu trách nhiệm về nội dung đó."
            )
        elif provision or len(by_terms) > 1:
            ground = f" ({provision})" if provision else ""
            said.append(
                f"Việc {whom} không trả lời không được xác định là đồng ý{ground}; đề nghị có ý "
                "kiến bằng văn bản."
            )
    return [Paragraph(begun(text)) for text in said]


def _documents(facts: LetterFacts) -> list[Block]:
    if not facts.documents:
        return []
    if len(facts.documents) == 1:
        return [Paragraph(f"(Gửi kèm: {facts.documents[0]})")]
    listed = "; ".join(f"{n}. {name}" for n, name in enumerate(facts.documents, start=1))
    return [Paragraph(f"(Gửi kèm: {listed})")]
