"""One consulted agency's line as the papers of a consultation read it (rules 6.3, 6.8, 6.9)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from agencies.papers.words import short_date
from consultations.late_returns import returned_late
from consultations.models import Consultation, Opinion, PoorMark, Reconciliation, Reply
from consultations.papers.wording import closed, instant
from consultations.proof import Proof, proofs
from consultations.stances import SILENCE, Outcome, Stance


@dataclass(frozen=True)
class Line:
    """A line at an instant, with its proof."""

    opinion: Opinion
    proof: Proof
    at: datetime
    is_returned_late: bool = False

    @property
    def name(self) -> str:
        """The agency's official name."""
        return self.opinion.agency.name

    @property
    def outcome(self) -> Outcome:
        """What the line means at the instant."""
        return Outcome(self.opinion.outcome)

    @property
    def outcome_words(self) -> str:
        """The outcome, beginning with a capital."""
        return str(self.outcome.label).capitalize()

    @property
    def is_silent(self) -> bool:
        """Whether nobody replied in time."""
        return self.outcome in SILENCE

    @cached_property
    def said(self) -> list[Reply]:
        """What the agency sent by the instant, in order; what was refused is not its reply."""
        return [one for one in self._entered if not one.is_refused]

    @property
    def refused(self) -> list[Reply]:
        """Entries from paper that the chief found wrong: they stand for nothing (rule 2.7)."""
        return [one for one in self._entered if one.is_refused]

    @property
    def _entered(self) -> list[Reply]:
        return [reply for reply in self.opinion.replies.all() if reply.known_at <= self.at]

    @cached_property
    def counting(self) -> Reply | None:
        """The reply that counts."""
        return self.opinion.counting(self.said)

    @property
    def late(self) -> list[Reply]:
        """Late replies: kept with their stance, they change nothing (rules 2.7, 6.3)."""
        return [reply for reply in self.said if reply.is_late]

    @property
    def effective_at(self) -> datetime | None:
        """From when the outcome holds: silence from the deadline, an opinion from its receipt."""
        if self.opinion.ended_at is not None and self.opinion.ended_at <= self.at:
            return self.opinion.ended_at
        if self.is_silent:
            return self.opinion.due_at
        return None if self.counting is None else self.counting.received_at

    @property
    def recorded_at(self) -> datetime | None:
        """When it was written down: silence by the sweep, a paper reply by a clerk."""
        if self.is_silent:
            recorded = self.proof.recorded.get(self.opinion.due_at)
            return recorded if recorded is not None and recorded <= self.at else None
        if self.counting is not None:
            return self.counting.entered_at or self.counting.received_at
        return self.effective_at

    @property
    def poor_mark(self) -> PoorMark | None:
        """The latest poor mark that stands; an upheld contest takes it off (rule 6.9)."""
        marks = [reply.poor_mark for reply in self.said if hasattr(reply, "poor_mark")]
        if not marks or getattr(getattr(marks[-1], "contest", None), "decision", "") == "upheld":
            return None
        return marks[-1]

    @property
    def meeting(self) -> Reconciliation | None:
        """The latest meeting about a disagreement (rule 6.10)."""
        held = [one for one in self.opinion.reconciliations.all() if one.sent_at <= self.at]
        return held[-1] if held else None


def lines_of(consultation: Consultation, at: datetime) -> list[Line]:
    """Return the lines in official order, each with its proof; a constant number of queries."""
    opinions = list(consultation.opinions.with_outcome(at).for_cases())
    proven = proofs(consultation, opinions)
    late = returned_late(opinions, proven, at)
    return [Line(one, proven[one.pk], at, one.pk in late) for one in opinions]


def numbered(reply: Reply) -> str:
    """`Văn bản số 31/UBND ngày 18/11/2026`: the letter a reply came with (rule 2.8)."""
    if not reply.document_number:
        return ""
    dated = f" ngày {short_date(reply.document_on)}" if reply.document_on else ""
    return f"Văn bản số {reply.document_number}{dated}"


def document(reply: Reply) -> str:
    """`Văn bản số 31/UBND ngày 18/11/2026, người ký: …`: the letter, and who signed it."""
    signed = f"người ký: {reply.signer}" if reply.signer else ""
    return ", ".join(filter(None, (numbered(reply), signed)))


def content(reply: Reply) -> str:
    """Say what a reply says on each question; agreement to all in one sentence."""
    answers = list(reply.answers.all())
    said = [
        closed(f"Câu {one.question.number}: {one.get_stance_display()}. {one.text}".rstrip())
        for one in answers
        if one.stance != Stance.AGREED
    ]
    agreed = [str(one.question.number) for one in answers if one.stance == Stance.AGREED]
    if not said:
        said = ["Đồng ý với các nội dung được hỏi."]
    elif agreed:
        said.append(f"Câu {', '.join(agreed)}: đồng ý.")
    if reply.competent_words:
        said.append(closed(f"Cơ quan có chức năng: {reply.competent_words}"))
    if reply.note:
        said.append(closed(reply.note))
    return "\n".join(said)


def remarks(line: Line) -> str:
    """What stands beside the outcome: late and replaced replies, paper, marks, meetings."""
    said = [_late(reply) for reply in line.late]
    replaced = [one for one in line.said if one not in line.late and one != line.counting]
    said += [
        f"Đã thay thế trả lời lúc {instant(one.received_at)}: {one.get_stance_display()}."
        for one in replaced
    ]
    said += [_refused(reply) for reply in line.refused]
    if line.is_returned_late:
        said.append("Trả lại muộn so với thời hạn kể từ khi nhận được yêu cầu.")
    if line.counting is not None and line.counting.entered_at is not None:
        said.append(_stamp(line.counting))
    if (mark := line.poor_mark) is not None:
        said.append(closed(f"Trả lời bị đánh giá: {mark.get_kind_display()}; {mark.reason}"))
    if (meeting := line.meeting) is not None:
        means = meeting.means(line.at)
        said.append(f"Làm việc thống nhất ngày {short_date(meeting.held_on)}: {means.label}.")
    if line.opinion.is_outside:
        said.append(closed(f"Hỏi ngoài lĩnh vực được giao, vì: {line.opinion.why_asked}"))
    if line.opinion.redirected_from is not None:
        said.append(f"Thay {line.opinion.redirected_from.agency.name}.")
    return "\n".join(said)


def _late(reply: Reply) -> str:
    texts = [one.text for one in reply.answers.all() if one.text]
    quoted = f" (“{'; '.join(texts)}”)" if texts else ""
    when = f"lúc {instant(reply.received_at)}"
    if reply.entered_at is not None:
        when = (
            f"bằng văn bản giấy, dấu đến {instant(reply.received_at)}, nhập lúc "
            f"{instant(reply.entered_at)}"
        )
    return (
        f"Trả lời muộn {when}: {reply.get_stance_display()}{quoted}; "
        "được lưu, không làm thay đổi kết quả."
    )


def _refused(reply: Reply) -> str:
    check = reply.paper_check
    return closed(
        f"Nội dung nhập từ văn bản giấy, dấu đến {instant(reply.received_at)}, bị "
        f"{check.checked_by.user.full_name} từ chối lúc {instant(check.checked_at)}: {check.reason}"
    )


def _stamp(reply: Reply) -> str:
    check = getattr(reply, "paper_check", None)
    confirmed = "chưa được xác nhận"
    if check is not None:
        confirmed = f"{check.checked_by.user.full_name} xác nhận lúc {instant(check.checked_at)}"
    return (
        f"Trả lời bằng văn bản giấy, dấu đến {instant(reply.received_at)}, nhập lúc "
        f"{instant(reply.entered_at)}; {confirmed}."
    )


def numbers(lines: Sequence[Line], *outcomes: Outcome) -> list[Line]:
    """Return the lines with one of the outcomes."""
    return [line for line in lines if line.outcome in outcomes]
