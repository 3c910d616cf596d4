"""The table "tổng hợp, tiếp thu, giải trình ý kiến" (rule 6.9; data papers 3, row Opinions)."""

from collections.abc import Sequence
from datetime import datetime

from django.utils import translation

from agencies.papers import (
    Block,
    Column,
    GroupRow,
    Heading,
    Item,
    Level,
    Paper,
    Paragraph,
    Row,
    Table,
    build,
)
from agencies.papers.words import count
from consultations.models import Answer, Consultation, Question
from consultations.papers.lines import Line, lines_of, numbered, numbers
from consultations.papers.sheet import introduction, sheet
from consultations.papers.wording import closed, instant
from consultations.stances import OPINIONS, Outcome, Stance

COMMENTS = (Stance.WITH_COMMENTS, Stance.DISAGREED)
NOT_SETTLED = "Chưa có nội dung tiếp thu, giải trình."
LATE = "Ý kiến gửi sau thời hạn (được lưu, không làm thay đổi kết quả)"


def settled_docx(consultation: Consultation, at: datetime) -> bytes:
    """Return the table as of the instant."""
    with translation.override("vi"):
        return build(settled_paper(consultation, lines_of(consultation, at), at))


def settled_paper(consultation: Consultation, lines: Sequence[Line], at: datetime) -> Paper:
    """Lay the comments and what was made of them into the table, question by question."""
    comments = [(line, answer) for line in lines for answer in _comments(line)]
    return sheet(
        consultation,
        at,
        type_name="Bảng tổng hợp, tiếp thu, giải trình ý kiến",
        subject=f"Đối với {consultation.title}",
        blocks=[
            Paragraph(f"{introduction(consultation)}. Kết quả tính đến {instant(at)} như sau:"),
            Heading("Tổng hợp chung"),
            *_summary(lines, [answer for _line, answer in comments]),
            Heading("Kết quả cụ thể"),
            _table(list(consultation.questions.all()), lines, comments),
            Paragraph(f"Trên đây là tổng hợp ý kiến đối với “{consultation.title}”"),
        ],
    )


def _comments(line: Line) -> list[Answer]:
    """The comments of the reply that counts: those that are settled (rule 6.9)."""
    if line.counting is None or line.outcome not in OPINIONS:
        return []
    return [one for one in line.counting.answers.all() if one.stance in COMMENTS]


def _summary(lines: Sequence[Line], comments: Sequence[Answer]) -> list[Block]:
    """Counts first, then who agrees and who has comments."""
    settlements = [one.settlement for one in comments if hasattr(one, "settlement")]
    accepted = sum(one.is_accepted for one in settlements)
    explained = len(settlements) - accepted
    said = [
        f"Tổng số cơ quan, đơn vị được lấy ý kiến: {count(len(lines))}; có ý kiến trong hạn: "
        f"{count(len(numbers(lines, *OPINIONS)))}; được xác định là đồng ý do không trả lời: "
        f"{count(len(numbers(lines, Outcome.DEEMED_AGREED)))}; không trả lời: "
        f"{count(len(numbers(lines, Outcome.NO_REPLY)))}.",
        f"Tổng số ý kiến góp ý, không đồng ý: {count(len(comments))}; tiếp thu: "
        f"{count(accepted)}; giải trình: {count(explained)}; chưa tiếp thu, giải trình: "
        f"{count(len(comments) - len(settlements))}.",
    ]
    for label, outcome in (
        ("Cơ quan, đơn vị đồng ý", Outcome.AGREED),
        ("Cơ quan, đơn vị đồng ý, có góp ý", Outcome.WITH_COMMENTS),
        ("Cơ quan, đơn vị không đồng ý", Outcome.DISAGREED),
        ("Cơ quan, đơn vị không trả lời, được xác định là đồng ý", Outcome.DEEMED_AGREED),
        ("Cơ quan, đơn vị không trả lời", Outcome.NO_REPLY),
    ):
        if found := numbers(lines, outcome):
            said.append(f"{label}: {'; '.join(_cited(line) for line in found)}.")
    return [Item(text, Level.CLAUSE) for text in said]


def _cited(line: Line) -> str:
    bears = numbered(line.counting) if line.counting is not None else ""
    return f"{line.name} ({bears})" if bears else line.name


def _table(
    questions: Sequence[Question],
    lines: Sequence[Line],
    comments: Sequence[tuple[Line, Answer]],
) -> Table:
    rows: list[Row | GroupRow] = [
        _row(question, line.name, answer, settlement_of(answer))
        for question in questions
        for line, answer in comments
        if answer.question_id == question.pk
    ]
    late = [
        _row(question, f"{line.name}, {instant(reply.received_at)}", answer, "Ghi nhận.")
        for question in questions
        for line in lines
        for reply in line.late
        for answer in reply.answers.all()
        if answer.question_id == question.pk and answer.text
    ]
    if late:
        rows += [GroupRow(LATE), *late]
    return Table(
        columns=(
            Column("NHÓM VẤN ĐỀ, CÂU HỎI", 19, merges=True),
            Column("CHỦ THỂ GÓP Ý", 14),
            Column("NỘI DUNG GÓP Ý", 27),
            Column("Ý KIẾN TIẾP THU, GIẢI TRÌNH", 27),
        ),
        rows=rows,
        when_empty="Không có ý kiến góp ý",
    )


def _row(question: Question, who: str, answer: Answer, made: str) -> Row:
    asked = f"Câu {question.number}. {question.text}"
    said = closed(f"{str(answer.get_stance_display()).capitalize()}. {answer.text}")
    return Row((asked, who, said, made))


def settlement_of(answer: Answer) -> str:
    """What the requester made of a comment: accepted, or explained (rule 6.9)."""
    settlement = getattr(answer, "settlement", None)
    if settlement is None:
        return NOT_SETTLED
    if settlement.is_accepted:
        return closed(f"Tiếp thu. {settlement.explanation}".strip())
    return closed(f"Giải trình: {settlement.explanation}")
