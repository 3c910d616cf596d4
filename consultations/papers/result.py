"""The result sheet (phiếu tổng hợp kết quả): counts, each agency, the proof of silence (6.8)."""

from collections.abc import Sequence
from datetime import datetime

from django.utils import translation

from agencies.in_words import arithmetic_lines
from agencies.models import Notice
from agencies.papers import (
    Align,
    Block,
    Column,
    Heading,
    Item,
    Level,
    Paper,
    Paragraph,
    Row,
    Table,
    build,
)
from consultations.models import Consultation
from consultations.papers.lines import Line, content, document, lines_of, numbers, remarks
from consultations.papers.sheet import introduction, sheet
from consultations.papers.wording import closed, instant, moment, until
from consultations.stances import OPINIONS, UNSETTLED, Outcome

ENDED = (Outcome.REDIRECTED, Outcome.DROPPED, Outcome.MOVED, Outcome.WITHDRAWN)
AWAITED = (Outcome.AWAITING, Outcome.AWAITING_REGISTER)


def result_docx(consultation: Consultation, at: datetime) -> bytes:
    """Return the sheet as of the instant."""
    with translation.override("vi"):
        return build(result_paper(consultation, lines_of(consultation, at), at))


def result_paper(consultation: Consultation, lines: Sequence[Line], at: datetime) -> Paper:
    """Lay the lines into the sheet."""
    silent = [line for line in lines if line.is_silent]
    blocks: list[Block] = [
        *_opening(consultation, lines, at),
        Heading("Số lượng"),
        _counts(lines, at),
        Heading("Kết quả của từng cơ quan, đơn vị"),
        _by_agency(lines, at),
    ]
    if silent:
        blocks.append(
            Heading("Cách tính thời hạn và chứng cứ gửi, nhận đối với cơ quan không trả lời")
        )
        for line in silent:
            blocks += _proof(line)
    said = "Các thời điểm nêu trên lấy từ dữ liệu ghi nhận tại thời điểm phát sinh"
    return sheet(
        consultation,
        at,
        type_name="Phiếu tổng hợp kết quả",
        subject=f"Lấy ý kiến đối với {consultation.title}",
        blocks=[*blocks, Paragraph(said)],
    )


def _opening(consultation: Consultation, lines: Sequence[Line], at: datetime) -> list[Block]:
    if consultation.withdrawn_at is not None and consultation.withdrawn_at <= at:
        state = closed(
            f"Đã rút lúc {instant(consultation.withdrawn_at)}: {consultation.withdrawn_reason}"
        )
    elif consultation.closed_early_at is not None and consultation.closed_early_at <= at:
        state = f"Kết thúc sớm lúc {instant(consultation.closed_early_at)}, khi tất cả đã trả lời."
    else:
        state = f"Thời hạn trả lời chung: {until(consultation.due_at)}."
    questions = [
        Item(
            f"Câu {one.number}{' (nội dung chủ yếu)' if one.is_principal else ''}: {one.text}",
            Level.DASH,
        )
        for one in consultation.questions.all()
    ]
    return [
        Paragraph(f"{introduction(consultation)}. {state} Kết quả tính đến {instant(at)}."),
        Paragraph("Nội dung lấy ý kiến:"),
        *questions,
    ]


def _counts(lines: Sequence[Line], at: datetime) -> Table:
    """Counts first (data papers 2 (3)); what was asked is answered, silent, waiting or ended. Names
    stand once, not beside the sums.
    """
    late = [line for line in lines if line.late]
    rows = [
        ("- đồng ý", numbers(lines, Outcome.AGREED), True),
        ("- đồng ý, có góp ý", numbers(lines, Outcome.WITH_COMMENTS), True),
        ("- không đồng ý", numbers(lines, Outcome.DISAGREED), True),
        (
            "Không trả lời trong hạn, được xác định là đồng ý",
            numbers(lines, Outcome.DEEMED_AGREED),
            True,
        ),
        ("Không trả lời trong hạn", numbers(lines, Outcome.NO_REPLY), False),
        ("Đề nghị bổ sung căn cứ hoặc trả lại, đang xử lý", numbers(lines, *UNSETTLED), False),
        ("Còn chờ trả lời hoặc chờ đối chiếu sổ công văn đến", numbers(lines, *AWAITED), False),
        ("Đã chuyển cơ quan khác, thôi lấy ý kiến hoặc rút", numbers(lines, *ENDED), False),
        ("Trả lời sau thời hạn (không làm thay đổi kết quả)", late, False),
    ]
    return Table(
        columns=(
            Column("Chỉ tiêu", 20),
            Column("Số cơ quan, đơn vị", 7, Align.CENTER),
            Column("Tên cơ quan, đơn vị", 40),
        ),
        rows=[
            Row(("Được lấy ý kiến", len(lines), "")),
            Row(("Có ý kiến trong hạn, trong đó:", len(numbers(lines, *OPINIONS)), "")),
            *(
                Row((label, len(found), "; ".join(line.name for line in found)))
                for label, found, is_always in rows
                if found or is_always
            ),
        ],
        cut_off=f"Tính đến {instant(at)}",
    )


def _by_agency(lines: Sequence[Line], at: datetime) -> Table:
    return Table(
        columns=(
            Column("TT", 3, Align.CENTER),
            Column("Cơ quan, đơn vị", 13),
            Column("Kết quả", 12),
            Column("Nội dung ý kiến; văn bản trả lời", 34),
            Column("Hiệu lực từ", 9, Align.CENTER),
            Column("Ghi nhận lúc", 9, Align.CENTER),
            Column("Ghi chú", 16),
        ),
        rows=[
            Row(
                (
                    str(place),
                    line.name,
                    line.outcome_words,
                    _said(line),
                    moment(line.effective_at),
                    moment(line.recorded_at),
                    remarks(line),
                )
            )
            for place, line in enumerate(lines, start=1)
        ],
        cut_off=f"Tính đến {instant(at)}",
    )


def _said(line: Line) -> str:
    if line.counting is None:
        return ""
    parts = [content(line.counting)]
    if bears := document(line.counting):
        parts.append(f"({bears})")
    return "\n".join(parts)


def _proof(line: Line) -> list[Block]:
    """How the deadline was counted, and that the request had reached the agency by then."""
    opinion = line.opinion
    facts = [
        *_ground(line),
        f"Yêu cầu hiển thị cho cơ quan từ {instant(opinion.visible_at, with_seconds=True)}.",
        *_delivery(line),
        _notices(line.proof.notices),
        _opening_of(line),
        *_counting(line),
        _silence(line),
    ]
    return [
        Heading(f"{line.name}: {line.outcome.label}", Level.CLAUSE),
        *(Item(fact, Level.DASH) for fact in facts),
    ]


def _ground(line: Line) -> list[str]:
    if not line.opinion.silence_provision:
        return []
    return [
        closed(f"Căn cứ xác định ý nghĩa của việc không trả lời: {line.opinion.silence_provision}")
    ]


def _delivery(line: Line) -> list[str]:
    delivered = line.proof.delivered
    if delivered is None:
        return []
    handed, recorded = instant(line.proof.delivered_at), instant(delivered.recorded_at)
    return [f"Bản giấy giao lúc {handed}, văn thư ghi nhận lúc {recorded}."]


def _notices(notices: Sequence[Notice]) -> str:
    """Which notices went to whom, and when."""
    if not notices:
        return "Thông báo: không có người nhận có tài khoản; yêu cầu gửi bằng văn bản giấy."
    said = [
        f"{one.person.full_name} ({one.get_channel_display()}, {_sent(one)})" for one in notices
    ]
    return f"Thông báo: {'; '.join(said)}."


def _sent(notice: Notice) -> str:
    if notice.channel == Notice.Channel.APP:
        return f"lúc {instant(notice.created_at, with_seconds=True)}"
    if notice.sent_at is None:
        return "chưa gửi đi"
    return f"gửi lúc {instant(notice.sent_at, with_seconds=True)}"


def _opening_of(line: Line) -> str:
    opinion = line.opinion
    if opinion.opened_at is None or opinion.opened_at > line.at:
        return "Mở xem lần đầu: chưa có người của cơ quan mở xem."
    opened = instant(opinion.opened_at, with_seconds=True)
    return f"Mở xem lần đầu: lúc {opened}, người mở: {opinion.opened_by.full_name}."


def _counting(line: Line) -> list[str]:
    """The arithmetic: the start, each day counted, each skipped and why, the roll (rule 3.6)."""
    deadline = line.proof.arithmetic
    if deadline is None:
        return []
    steps = "; ".join(f"{one['days']}: {one['text']}" for one in arithmetic_lines(deadline))
    words = f" “{deadline.expression}”" if deadline.expression else ""
    return [f"Cách tính thời hạn{words}: {steps}."]


def _silence(line: Line) -> str:
    due_at = line.opinion.due_at
    recorded = (
        f"hệ thống ghi nhận lúc {instant(line.recorded_at, with_seconds=True)}"
        if line.recorded_at
        else "hệ thống chưa ghi nhận; kết quả không phụ thuộc thời điểm ghi nhận"
    )
    return (
        f"Thời hạn: {until(due_at)}; trước thời điểm đó không có trả lời. "
        f"{line.outcome_words} từ {instant(due_at)}, {recorded}."
    )
