"""What an urging letter says, drafted in Vietnamese from the facts of its tasks (rule 8.2).

Pure: facts in, text out. The Office edits the text; the day to report stands in it as a field.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from agencies.deadlines import ZONE, is_day_end, last_day_in_time
from agencies.papers.words import count, hour, short_date

DAY_FIELD = "[thời hạn báo cáo]"
"""Where the text of the demands names the day: filled from `answer_by_at`, never typed."""
CITED_PAPERS = 3
LONG_OVERDUE = 30


@dataclass(frozen=True)
class Cited:
    """A paper as a letter cites it: kind and number, day, who issued it, subject."""

    symbol: str
    issued_on: date | None = None
    issuer: str = ""
    subject: str = ""

    @property
    def in_full(self) -> str:
        """The first citation: kind, number, day, issuer, subject (Decree 30/2020, art. 8)."""
        words = [self.symbol]
        if self.issued_on:
            words.append(f"ngày {short_date(self.issued_on)}")
        if self.issuer:
            words.append(f"của {self.issuer}")
        if self.subject:
            subject = self.subject.removeprefix("V/v ").removeprefix("v/v ").strip(" .;")
            words.append(f"về việc {subject[:1].lower()}{subject[1:]}")
        return " ".join(words)


@dataclass(frozen=True)
class Named:
    """How the letter calls the body, its leader and its Office."""

    body: str
    leader: str
    office: str
    place: str

    @property
    def short(self) -> str:
        """The body's kind and level as lists of recipients write them: `UBND huyện`."""
        words = self.body.replace("Ủy ban nhân dân", "UBND").split()
        return " ".join(words[:2])

    @property
    def chair(self) -> str:
        """The body's leader, as a sentence names him."""
        return f"{self.leader} {self.body}"


@dataclass(frozen=True)
class Late:
    """The facts of an agency's tasks that the letter tells, as of one instant."""

    agency: str
    at: datetime
    ordinal: int
    days: Sequence[int]
    silent: int
    silent_months: int
    papers: Sequence[Cited] = ()
    earlier: Sequence[Cited] = ()

    @property
    def overdue(self) -> int:
        """How many tasks are overdue."""
        return len(self.days)

    @property
    def long_overdue(self) -> int:
        """How many of them by more than thirty days."""
        return sum(1 for days in self.days if days > LONG_OVERDUE)


@dataclass(frozen=True)
class Text:
    """The parts of a letter that the Office may edit."""

    basis: str
    finding: str
    demands: str
    consequence: str


def drafted(late: Late, named: Named) -> Text:
    """Write the letter's text from the facts."""
    return Text(
        basis=basis_of(late, named),
        finding=finding_of(late),
        demands="\n".join(_demands(late, named)),
        consequence=(
            f"Quá thời hạn nêu trên, nếu {late.agency} không thực hiện hoặc không báo cáo, "
            f"{named.office} tổng hợp, báo cáo {named.chair} xem xét trách nhiệm của người đứng "
            "đầu theo quy định."
        ),
    )


def basis_of(late: Late, named: Named) -> str:
    """Cite what assigned the work, in full, and the urgings before this one."""
    papers = [paper.in_full for paper in late.papers[:CITED_PAPERS]]
    if len(late.papers) > CITED_PAPERS or not papers:
        papers.append("các văn bản giao nhiệm vụ nêu tại Phụ lục")
    words = f"Thực hiện {'; '.join(papers)}"
    if late.earlier:
        cited = "; ".join(
            f"{paper.symbol} ngày {short_date(paper.issued_on)}" for paper in late.earlier
        )
        words += f"; tiếp theo {cited} của {named.body} về việc đôn đốc thực hiện nhiệm vụ"
    return f"{words}."


def finding_of(late: Late) -> str:
    """Say what following the work has shown: counts, the longest, how old the undated are."""
    found = []
    if late.overdue:
        words = f"{count(late.overdue)} nhiệm vụ chưa hoàn thành, quá hạn"
        more = []
        if late.long_overdue:
            more.append(f"{count(late.long_overdue)} nhiệm vụ quá hạn trên {LONG_OVERDUE} ngày")
        more.append(f"lâu nhất {count(max(late.days))} ngày")
        found.append(f"{words} ({', '.join(more)})")
    if late.silent:
        found.append(
            f"{count(late.silent)} nhiệm vụ không có thời hạn đã quá {count(late.silent_months)} "
            "tháng chưa có báo cáo, cập nhật kết quả"
        )
    again = f" Đây là lần đôn đốc thứ {late.ordinal}." if late.ordinal > 1 else ""
    return (
        f"Qua theo dõi, rà soát, tính đến {moment(late.at)}, {late.agency} còn "
        f"{'; '.join(found)} (danh mục tại Phụ lục kèm theo).{again}"
    )


def _demands(late: Late, named: Named) -> list[str]:
    demands = []
    if late.overdue:
        demands.append(
            f"Tập trung thực hiện dứt điểm {count(late.overdue)} nhiệm vụ chưa hoàn thành, quá hạn "
            "nêu tại Phụ lục; phân công rõ người, rõ việc, rõ trách nhiệm, rõ ngày hoàn thành."
        )
    if late.silent:
        demands.append(
            f"Khẩn trương thực hiện {count(late.silent)} nhiệm vụ không có thời hạn; xác định ngày "
            "hoàn thành của từng nhiệm vụ."
        )
    if late.ordinal > 1:
        demands.append(
            "Làm rõ trách nhiệm của người đứng đầu và cá nhân được giao trong việc chưa thực hiện "
            "các văn bản đôn đốc nêu trên."
        )
    demands += [
        f"Báo cáo bằng văn bản kết quả từng nhiệm vụ, nguyên nhân chậm và ngày cam kết hoàn thành "
        f"về {named.body} (qua {named.office}), đồng thời cập nhật trên hệ thống theo dõi nhiệm "
        f"vụ, trước {DAY_FIELD}. Nhiệm vụ chưa có tiến triển vẫn phải báo cáo và nêu rõ lý do.",
        "Nhiệm vụ không thể hoàn thành: có văn bản nêu rõ lý do, đề nghị gia hạn hoặc điều chỉnh, "
        "gửi trong cùng thời hạn để xem xét, quyết định.",
    ]
    return demands


def subject_of(ordinal: int, has_overdue: bool) -> str:
    """Return the subject after "V/v"; from the second urging on it says which."""
    kind = "chưa hoàn thành, quá hạn" if has_overdue else "không có thời hạn, chưa có báo cáo"
    again = f" (lần {ordinal})" if ordinal > 1 else ""
    return f"đôn đốc thực hiện nhiệm vụ {kind}{again}"


def moment(at: datetime) -> str:
    """`08 giờ 30 ngày 26/11/2026`; a day's end is that day."""
    local = at.astimezone(ZONE)
    if is_day_end(at):
        return f"hết ngày {short_date(last_day_in_time(at))}"
    return f"{hour(local.time())} ngày {short_date(local.date())}"


def before(at: datetime) -> str:
    """Name the day to report, after "trước": with its hour, or the day after a whole day (3.2)."""
    local = at.astimezone(ZONE)
    if is_day_end(at):
        return f"ngày {short_date(local.date())}"
    return moment(at)
