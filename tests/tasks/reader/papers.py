"""The directives the reader's tests read: our own papers, and where they lie."""

from functools import cache
from pathlib import Path

from tasks.reader import Directory, Reading, read

ROOT = Path(__file__).resolve().parents[3]
SAMPLE = (ROOT / "tests" / "samples" / "chi-dao-mau.txt").read_text("utf-8")
DEMO = {
    path.stem: path.read_text("utf-8")
    for path in sorted((ROOT / "tasks" / "data" / "demo").glob("*.txt"))
}
PAPERS = {"chi-dao-mau": SAMPLE, **DEMO}
GOLD = ROOT.parent / "shared" / "data" / "directives"


@cache
def directory() -> Directory:
    """The demonstration district's agencies."""
    return Directory.from_file()


def reading(text: str, filename: str = "van-ban.txt") -> Reading:
    """Read a text with the demonstration district's directory."""
    return read(text, filename, directory())


def outline(read_paper: Reading) -> list[tuple]:
    """What must not change with the file's form: who, with whom, until when, as what."""
    return [
        (p.clause, p.lead, tuple(p.coordinating), p.deadline, p.recurrence, tuple(p.kinds))
        for p in read_paper.proposals
    ]


LETTER = """\
ỦY BAN NHÂN DÂN
HUYỆN AN LÃO

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: 55/UBND-VP
An Lão, ngày 06 tháng 3 năm 2026

V/v thử việc đọc văn bản

Kính gửi: Các phòng, ban, ngành huyện.

Chủ tịch Ủy ban nhân dân huyện yêu cầu:

{body}

Yêu cầu các cơ quan, đơn vị nghiêm túc thực hiện./.

Nơi nhận:
- Như trên;
- Lưu: VT.

CHỦ TỊCH

Lê Minh Khuê
"""


def letter(*clauses: str) -> Reading:
    """A letter of the district with these clauses, read."""
    return reading(LETTER.format(body="\n\n".join(clauses)))
