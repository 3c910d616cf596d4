"""What the result sheet and the table of comments share: head, foot, first sentence (6.8, 6.9)."""

from collections.abc import Sequence
from datetime import datetime

from agencies.acting import head_of
from agencies.capacity import Capacity
from agencies.deadlines import local_day
from agencies.letterheads import letterhead_of, place_of, signed_as
from agencies.models import Body
from agencies.papers import Block, Paper, PaperKind, Signature
from agencies.papers.words import short_date
from consultations.models import Consultation
from consultations.papers.wording import instant


def sheet(
    consultation: Consultation,
    at: datetime,
    *,
    type_name: str,
    subject: str,
    blocks: Sequence[Block],
) -> Paper:
    """Lay blocks into a working paper of the requester: landscape, without a number."""
    requester, body = consultation.requester, Body.current()
    return Paper(
        kind=PaperKind.NAMED,
        type_name=type_name,
        letterhead=letterhead_of(requester, body),
        place=place_of(requester, body),
        day=local_day(at),
        subject=subject,
        blocks=blocks,
        filing="VT, hồ sơ công việc",
        signature=_signature_on(consultation, at),
        landscape=True,
        body_size=13,
    )


def _signature_on(consultation: Consultation, at: datetime) -> Signature:
    """Leave room for the requester's head of that day to sign."""
    head = head_of(consultation.requester, local_day(at))
    if head is None:
        return Signature(Capacity.OWN, "Thủ trưởng cơ quan")
    return signed_as(head, Capacity.ACTING if head.is_acting else Capacity.OWN)


def introduction(consultation: Consultation) -> str:
    """`Phòng … lấy ý kiến tại Công văn số … ngày … (mã …), gửi lúc …, căn cứ …`."""
    letter = ""
    if consultation.letter_symbol:
        day = consultation.letter_dated_on
        dated = f" ngày {short_date(day)}" if day else ""
        letter = f" tại Công văn số {consultation.letter_symbol}{dated}"
    return (
        f"{consultation.requester.name} lấy ý kiến đối với “{consultation.title}”{letter} "
        f"(mã {consultation.code}), gửi lúc {instant(consultation.asked_at)}, căn cứ "
        f"{consultation.provision.strip().rstrip('.;')}"
    )
