"""What the notice of a briefing says, drafted in Vietnamese from its facts (sample 13).

Pure: facts in, text out; the Office edits it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from agencies.papers.words import count, long_date, short_date


@dataclass(frozen=True)
class Meeting:
    """Who concluded which meeting on which day, and who was there."""

    title: str
    held_on: date
    body: str
    office: str
    chair_name: str
    chair_title: str
    present: str = ""

    @property
    def chair(self) -> str:
        """The one who concluded, as the notice names him."""
        return f"đồng chí {self.chair_name} - {self.chair_title}"

    @property
    def named(self) -> str:
        """The meeting inside a sentence."""
        return f"{self.title[:1].lower()}{self.title[1:]}"


@dataclass(frozen=True)
class Standing:
    """How the work stood when the meeting ended."""

    open: int
    overdue: int
    late_agencies: int
    due_this_week: int
    most_late: Sequence[tuple[str, int]] = ()


def subject_of(meeting: Meeting) -> str:
    """Return the notice's subject: whose conclusions, which meeting, which day."""
    return f"Kết luận của {meeting.chair} tại {meeting.named} ngày {short_date(meeting.held_on)}"


def opening_of(meeting: Meeting) -> str:
    """Say which day who held the meeting, who was there and who concluded."""
    day = long_date(meeting.held_on)
    present = f" Dự họp có {meeting.present.strip(' .')}." if meeting.present.strip() else ""
    return (
        f"{day[:1].upper()}{day[1:]}, {meeting.body} tổ chức {meeting.named} do {meeting.chair} "
        f"chủ trì.{present} Sau khi nghe {meeting.office} báo cáo tình hình thực hiện nhiệm vụ "
        f"được giao và ý kiến của các đại biểu dự họp, {meeting.chair} kết luận:"
    )


def assessment_of(standing: Standing, meeting: Meeting) -> str:
    """Say how the work stands, with figures of the moment the meeting ended (rule 8.7)."""
    words = (
        f"Tính đến ngày {short_date(meeting.held_on)}, các cơ quan, đơn vị, địa phương đang thực "
        f"hiện {count(standing.open)} nhiệm vụ được giao"
    )
    if standing.due_this_week:
        words += f"; trong tuần có {count(standing.due_this_week)} nhiệm vụ đến hạn"
    words += "."
    if not standing.overdue:
        return f"{words} Không có nhiệm vụ chưa hoàn thành, quá hạn."
    worst = ", ".join(f"{name} ({count(n)} nhiệm vụ)" for name, n in standing.most_late)
    return (
        f"{words}\nTuy nhiên, còn {count(standing.overdue)} nhiệm vụ chưa hoàn thành, quá hạn ở "
        f"{count(standing.late_agencies)} cơ quan, đơn vị; nhiều nhất là {worst}."
    )


def follow_up_of(meeting: Meeting) -> str:
    """The last heading: the Office follows up and reports."""
    return (
        "Theo dõi, đôn đốc các cơ quan, đơn vị, địa phương thực hiện Kết luận này; tổng hợp, báo "
        f"cáo {meeting.body} kết quả tại cuộc họp giao ban kế tiếp."
    )


def closing_of(meeting: Meeting) -> str:
    """The closing sentence: the Office announces, the agencies carry out."""
    return (
        f"Trên đây là kết luận của {meeting.chair} tại {meeting.named}. {meeting.office} thông báo "
        "và đề nghị các cơ quan, đơn vị, địa phương liên quan biết, nghiêm túc thực hiện."
    )


def new_day(title: str, code: str, due_on: date) -> str:
    """A new deadline, as the notice says it."""
    return (
        f"Tập trung hoàn thành nhiệm vụ “{title}” ({code}); thời hạn hoàn thành mới: ngày "
        f"{short_date(due_on)}."
    )


def answered(difficulty: str, answer: str) -> str:
    """An answer to a difficulty, as the notice says it."""
    return f"Về khó khăn, vướng mắc “{_short(difficulty)}”: {answer.strip()}"


def urged(tasks: int) -> str:
    """An urging drafted in the meeting, as the notice says it."""
    return (
        f"Thực hiện dứt điểm {count(tasks)} nhiệm vụ theo văn bản đôn đốc; báo cáo rõ nguyên nhân "
        "chậm, ngày cam kết hoàn thành của từng nhiệm vụ."
    )


def with_day(text: str, due_on: date | None) -> str:
    """A free decision with the day it is due."""
    plain = text.strip().rstrip(".;")
    if due_on is None:
        return f"{plain}."
    return f"{plain}; hoàn thành chậm nhất ngày {short_date(due_on)}."


def _short(text: str, most: int = 160) -> str:
    words = " ".join(text.split()).rstrip(".")
    return words if len(words) <= most else f"{words[:most].rsplit(' ', 1)[0]}…"
