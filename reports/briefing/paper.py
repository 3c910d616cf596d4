"""The notice of a briefing's conclusions in the national layout (rule 8.2, sample 13)."""

from itertools import groupby

from django.utils import translation

from agencies.letterheads import letterhead_of_office, signature_of
from agencies.models import Body
from agencies.papers import (
    Block,
    Capacity,
    Heading,
    Item,
    Level,
    Number,
    Paper,
    PaperKind,
    Paragraph,
    Signature,
    build,
)
from reports.briefing.wording import Meeting, subject_of
from reports.models import Briefing, BriefingDecision


def meeting_of(briefing: Briefing, body: Body) -> Meeting:
    """Return the facts of the meeting the notice names."""
    post = briefing.chaired_by
    title = post.title.name
    of_the_body = post.agency_id != body.office_id
    return Meeting(
        title=briefing.title,
        held_on=briefing.held_on,
        body=body.name,
        office=body.office.name,
        chair_name=post.user.full_name,
        chair_title=f"{title} {body.name}" if of_the_body else title,
        present=briefing.present,
    )


def notice_of(briefing: Briefing, decisions: list[BriefingDecision]) -> Paper:
    """Lay the conclusions out: assessment, then one numbered heading an agency, dashes below."""
    body, paper = Body.current(), briefing.paper
    meeting = meeting_of(briefing, body)
    level = body.short_name.removeprefix("UBND ").split()[0]
    with translation.override("vi"):
        return Paper(
            kind=PaperKind.NAMED,
            type_name="Thông báo",
            letterhead=letterhead_of_office(body.office.name, body.name),
            number=Number(paper.suffix if paper else body.notice_suffix, paper and paper.number),
            place=body.place,
            day=paper.dated_on if paper else None,
            year=briefing.held_on.year,
            subject=subject_of(meeting),
            blocks=_blocks(briefing, decisions, body),
            recipients=(
                f"Chủ tịch, các Phó Chủ tịch UBND {level} (b/c)",
                *(name for name in dict.fromkeys(one.agency.name for one in decisions)),
                "Lãnh đạo, chuyên viên Văn phòng",
            ),
            filing="VT, TH",
            signature=signature_of(paper, None) or Signature(Capacity.OWN, "Chánh Văn phòng"),
        )


def docx_of(briefing: Briefing) -> bytes:
    """Return the notice as .docx."""
    return build(notice_of(briefing, decisions_of(briefing)))


def decisions_of(briefing: Briefing) -> list[BriefingDecision]:
    """Return the decisions in official order of the agencies."""
    return list(briefing.decisions.select_related("agency__kind", "task", "made_by__user"))


def file_name(briefing: Briefing) -> str:
    """Return the name of the downloaded notice."""
    return f"thong-bao-ket-luan-{briefing.held_on:%Y-%m-%d}.docx"


def _blocks(briefing: Briefing, decisions: list[BriefingDecision], body: Body) -> list[Block]:
    blocks: list[Block] = [Paragraph(briefing.opening), Heading("Đánh giá chung")]
    blocks += [Paragraph(line) for line in briefing.assessment.splitlines() if line.strip()]
    blocks.append(Heading("Nhiệm vụ và phân công thực hiện"))
    for agency, taken in groupby(decisions, key=lambda one: one.agency):
        blocks.append(Heading(agency.name, Level.CLAUSE))
        blocks += [Item(one.text, Level.DASH) for one in taken]
    blocks.append(Heading(body.office.name, Level.CLAUSE))
    blocks.append(Item(briefing.follow_up, Level.DASH))
    blocks.append(Paragraph(briefing.closing))
    return blocks
