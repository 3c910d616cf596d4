"""The papers of cases and commendations in the national layout (rules 2.2, 2.6, 8.2, 9.1)."""

from collections.abc import Sequence
from datetime import datetime

from django.utils import translation

from agencies.deadlines import last_day_in_time, local_day
from agencies.functions import Function
from agencies.letterheads import letterhead_of, letterhead_of_body, title_of
from agencies.models import Body, OutgoingPaper, Post
from agencies.papers import (
    Appendix,
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
from agencies.papers.words import short_date
from reports.cases.grounds import appendices_of, facts, thresholds
from reports.cases.people import signers
from reports.cases.who import holders
from reports.cases.wording import decision_subject, in_paper, praise_subject
from reports.models import AccountabilityCase, Commendation
from reports.models import Signature as Signed

Measure = AccountabilityCase.Measure
MEASURES = {
    Measure.NONE: "không xử lý trách nhiệm",
    Measure.REMIND: "nhắc nhở",
    Measure.CRITICISE: "phê bình",
    Measure.REVIEW: "yêu cầu kiểm điểm trách nhiệm",
    Measure.DISCIPLINE: "xem xét xử lý kỷ luật",
    Measure.REPLACE: "xem xét thay thế, điều chuyển vị trí công tác",
}
ROLES = {
    Signed.Role.CHIEF: "Chánh Văn phòng",
    Signed.Role.INTERNAL_AFFAIRS: "Trưởng phòng Nội vụ",
}


def submission_docx(case: AccountabilityCase, at: datetime) -> bytes:
    """Return the submission to the Chair (tờ trình): facts, the agency's side, what is proposed."""
    with translation.override("vi"):
        return build(submission(case, at))


def decision_docx(case: AccountabilityCase) -> bytes:
    """Return the letter of the Chair's decision or recommendation."""
    with translation.override("vi"):
        return build(recommendation(case) if case.is_recommendation else decision(case))


def praise_docx(commendation: Commendation) -> bytes:
    """Return the letter of praise."""
    with translation.override("vi"):
        return build(praise(commendation))


def submission(case: AccountabilityCase, at: datetime) -> Paper:
    """Lay a case into a submission of the Office and of internal affairs to the Chair."""
    body = Body.current()
    chief = signers(case, at).get(Signed.Role.CHIEF)
    return Paper(
        kind=PaperKind.NAMED,
        type_name="Tờ trình",
        letterhead=letterhead_of(body.office, body),
        number=Number(f"TTr-{body.report_suffix.partition('-')[2] or 'VP'}"),
        place=body.place,
        year=local_day(at).year,
        subject=f"Đề xuất xem xét trách nhiệm đối với {_whom(case)}",
        addressees=(f"{body.leader_title} {body.name}",),
        blocks=[
            Paragraph(
                f"Thực hiện chỉ đạo của {body.leader_title} {body.name} về việc đề xuất xem xét, "
                "quyết định trách nhiệm đối với tổ chức, cá nhân chậm trễ trong thực hiện nhiệm vụ "
                f"được giao, {body.office.name} phối hợp với {_internal_affairs(at)} báo cáo, "
                "đề xuất như sau:"
            ),
            Heading("Nội dung sự việc", Level.CLAUSE),
            Paragraph(case.summary),
            *thresholds(case),
            *facts(case),
            Heading("Giải trình của cơ quan", Level.CLAUSE),
            *_stated(case, at),
            Heading("Đề xuất", Level.CLAUSE),
            *_proposed(case, at),
            Paragraph(f"Kính trình {body.leader_title} {body.name} xem xét, quyết định."),
        ],
        recipients=(_internal_affairs(at),),
        filing="VT, VP",
        signature=_signature(chief) if chief else Signature(Capacity.OWN, "Chánh Văn phòng"),
        appendices=appendices_of(case),
    )


def decision(case: AccountabilityCase) -> Paper:
    """Lay the Chair's decision into a letter to the head concerned."""
    body = Body.current()
    return _letter(
        case.paper,
        decision_subject(case),
        addressees=_addressed(case),
        recipients=_informed(case.decided_at),
        blocks=[
            Paragraph(case.summary),
            *facts(case),
            *_considered(case),
            Paragraph(f"{body.leader_title} {body.name} có ý kiến như sau:"),
            *(Item(text) for text in _ordered(case)),
        ],
        appendices=appendices_of(case),
    )


def recommendation(case: AccountabilityCase) -> Paper:
    """Lay the recommendation into a letter to the body that manages the agency (rule 2.6)."""
    body = Body.current()
    measure = MEASURES[Measure(case.measure)]
    return _letter(
        case.paper,
        decision_subject(case),
        addressees=(case.managed_by,),
        recipients=(case.agency.name, *_informed(case.decided_at)),
        blocks=[
            Paragraph(case.summary),
            *facts(case),
            *_considered(case),
            Paragraph(
                f"{case.agency.name} thuộc quyền quản lý của {case.managed_by}. "
                f"{body.leader_title} {body.name} kiến nghị {case.managed_by} xem xét, {measure} "
                f"đối với {_whom(case)} theo thẩm quyền. {case.decision_text}"
            ),
            Paragraph(f"Đề nghị {case.managed_by} thông báo kết quả xử lý về {body.name}."),
        ],
        appendices=appendices_of(case),
    )


def praise(commendation: Commendation) -> Paper:
    """Lay the Chair's praise into a letter to the agency."""
    body = Body.current()
    reasons = "; ".join(in_paper(ground) for ground in commendation.grounds)
    person = commendation.person
    whom = f"đồng chí {person.user.full_name}, {person.full_words}" if person else (
        f"tập thể {commendation.agency.name}"
    )  # fmt: skip
    follow = (
        f"Giao {_internal_affairs(commendation.decided_at)} tổng hợp, làm căn cứ bình xét thi đua "
        "và đánh giá, xếp loại hằng năm."
    )
    if commendation.measure == Commendation.Measure.REWARD:
        follow = (
            f"Giao {_internal_affairs(commendation.decided_at)} hoàn thiện hồ sơ, thủ tục khen "
            "thưởng theo quy định của pháp luật về thi đua, khen thưởng, trình "
            f"{body.leader_title} {body.name} quyết định."
        )
    verb = "biểu dương" if commendation.measure == Commendation.Measure.PRAISE else "khen thưởng"
    return _letter(
        commendation.paper,
        praise_subject(commendation),
        addressees=(commendation.agency.name,),
        recipients=("Các cơ quan, đơn vị, địa phương", *_informed(commendation.decided_at)),
        blocks=[
            Paragraph(commendation.summary),
            *([Paragraph(f"Kết quả cụ thể: {reasons}.")] if commendation.report else []),
            Paragraph(
                f"{body.leader_title} {body.name} {verb} {whom} có tinh thần trách nhiệm, chủ động "
                f"trong thực hiện nhiệm vụ được giao. {commendation.decision_text}"
            ),
            Paragraph(follow),
        ],
    )


def _letter(
    paper: OutgoingPaper,
    subject: str,
    *,
    addressees: Sequence[str],
    recipients: Sequence[str],
    blocks: Sequence[Block],
    appendices: Sequence[Appendix] = (),
) -> Paper:
    body = Body.current()
    return Paper(
        kind=PaperKind.LETTER,
        letterhead=letterhead_of_body(body),
        number=Number(paper.suffix, paper.number),
        place=body.place,
        day=paper.dated_on,
        year=local_day(paper.drafted_at).year,
        subject=subject,
        addressees=addressees,
        recipients=recipients,
        blocks=blocks,
        signature=_signature(paper.signed_by),
        appendices=appendices,
    )


def _whom(case: AccountabilityCase) -> str:
    if case.concerned is None:
        return f"người đứng đầu {case.agency.name}"
    return f"đồng chí {case.concerned.user.full_name}, {case.concerned.full_words}"


def _addressed(case: AccountabilityCase) -> tuple[str, ...]:
    if case.concerned is None:
        return (case.agency.name,)
    return (
        f"Đồng chí {case.concerned.user.full_name}, {case.concerned.full_words}",
        case.agency.name,
    )


def _stated(case: AccountabilityCase, at: datetime) -> list[Block]:
    statement = getattr(case, "statement", None)
    if statement is not None:
        day = short_date(local_day(statement.made_at))
        late = " (sau thời hạn yêu cầu)" if case.is_stated_late else ""
        return [Paragraph(f"Ngày {day}{late}, {_whom(case)} giải trình: {statement.text}")]
    if case.statement_due_at is None or at < case.statement_due_at:
        return [Paragraph("Đang chờ giải trình.")]
    day = short_date(last_day_in_time(case.statement_due_at))
    return [Paragraph(f"Đến hết ngày {day} không nhận được giải trình của {case.agency.name}.")]


def _considered(case: AccountabilityCase) -> list[Block]:
    """Say that the agency's side was considered, or that it stayed away."""
    statement = getattr(case, "statement", None)
    if statement is not None:
        day = short_date(local_day(statement.made_at))
        return [Paragraph(f"Sau khi xem xét giải trình ngày {day} của {_whom(case)}.")]
    return _stated(case, case.decided_at)


def _proposed(case: AccountabilityCase, at: datetime) -> list[Block]:
    """Say what each signature proposes, and which is missing."""
    given = list(case.signatures.select_related("post__user"))
    blocks: list[Block] = [
        Item(
            f"{ROLES[Signed.Role(one.role)]} ({one.post.user.full_name}, ngày "
            f"{short_date(local_day(one.signed_at))}): đề nghị {MEASURES[Measure(one.measure)]}"
            + (f". {one.text}" if one.text else ""),
            Level.DASH,
        )
        for one in given
    ]
    missing = set(signers(case, at)) - {one.role for one in given}
    due_at = case.signatures_due_at
    for role in sorted(missing):
        words = "chưa có ý kiến"
        if due_at is not None and due_at <= at:
            words = f"không có ý kiến đến hết ngày {short_date(last_day_in_time(due_at))}"
        blocks.append(Item(f"{ROLES[Signed.Role(role)]}: {words}", Level.DASH))
    return blocks


def _ordered(case: AccountabilityCase) -> list[str]:
    """Say what the Chair decides and who follows it up."""
    whom, nv = _whom(case), _internal_affairs(case.decided_at)
    office = Body.current().office.name
    first = {
        Measure.REMIND: f"Nhắc nhở {whom} về việc chậm trễ trong thực hiện nhiệm vụ được giao.",
        Measure.CRITICISE: f"Phê bình {whom} về việc chậm trễ, thiếu trách nhiệm trong thực hiện "
        "nhiệm vụ được giao.",
        Measure.REVIEW: f"Yêu cầu {whom} kiểm điểm trách nhiệm, báo cáo kết quả bằng văn bản về "
        f"{Body.current().name} (qua {office}) chậm nhất ngày {_review_day(case)}.",
        Measure.DISCIPLINE: f"Giao {nv} chủ trì, tham mưu trình tự xem xét xử lý kỷ luật đối với "
        f"{whom} theo quy định.",
        Measure.REPLACE: f"Giao {nv} chủ trì, tham mưu việc thay thế, điều chuyển vị trí công tác "
        f"đối với {whom} theo quy định.",
    }[Measure(case.measure)]
    return [
        first,
        *([case.decision_text] if case.decision_text else []),
        f"Yêu cầu {case.agency.name} khẩn trương hoàn thành các nhiệm vụ nêu trên và báo cáo "
        "kết quả theo quy định.",
        f"Giao {nv} theo dõi, tổng hợp làm căn cứ đánh giá, xếp loại hằng năm; {office} theo dõi, "
        "đôn đốc việc thực hiện.",
    ]


def _review_day(case: AccountabilityCase) -> str:
    return short_date(case.review_due_on) if case.review_due_on else ""


def _informed(at: datetime) -> tuple[str, ...]:
    """Who is informed: internal affairs and inspection, by the agencies of their heads."""
    posts = [
        post
        for function in (Function.INTERNAL_AFFAIRS_HEAD, Function.CHIEF_INSPECTOR)
        for post in holders(function, local_day(at))
    ]
    return tuple(dict.fromkeys(post.agency.name for post in posts))


def _internal_affairs(at: datetime) -> str:
    posts = holders(Function.INTERNAL_AFFAIRS_HEAD, local_day(at))
    return posts[0].agency.name if posts else "Phòng Nội vụ"


def _signature(post: Post) -> Signature:
    """Write who signs, in his own name (rule 2.2): these papers are signed by nobody else."""
    capacity = Capacity.ACTING if post.is_acting else Capacity.OWN
    return Signature(capacity, title_of(post), post.user.full_name)
