"""The urging letter in the national layout: pure facts in, a paper out (rules 2.2, 8.2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from agencies.deadlines import ZONE, is_day_end, last_day_in_time
from agencies.papers import (
    Align,
    Appendix,
    Block,
    Column,
    GroupRow,
    Item,
    Letterhead,
    Number,
    Paper,
    PaperKind,
    Paragraph,
    Row,
    Signature,
    Table,
)
from agencies.papers.words import short_date
from tasks.urging.wording import DAY_FIELD, Named, Text, before, moment, subject_of


@dataclass(frozen=True)
class ListedTask:
    """One row of the appendix. `due` is as the letter writes it; an undated one has none."""

    code: str
    title: str
    document: str
    due: str
    days: int
    urged_before: int


@dataclass(frozen=True)
class Letter:
    """The whole letter of one urging. `day` and `number` come with the register."""

    agency: str
    ordinal: int
    text: Text
    answer_by_at: datetime
    as_of: datetime
    tasks: Sequence[ListedTask]
    named: Named
    letterhead: Letterhead
    signature: Signature
    suffix: str
    number: int | None = None
    day: date | None = None


def paper_of(letter: Letter) -> Paper:
    """Lay the letter under the committee's letterhead, its tasks as an appendix."""
    named = letter.named
    has_overdue = any(task.due for task in letter.tasks)
    return Paper(
        kind=PaperKind.LETTER,
        letterhead=letter.letterhead,
        number=Number(letter.suffix, letter.number),
        place=named.place,
        day=letter.day,
        year=letter.as_of.astimezone(ZONE).year,
        subject=subject_of(letter.ordinal, has_overdue),
        addressees=(letter.agency,),
        blocks=_blocks(letter),
        recipients=(
            f"{named.leader}, các Phó {named.leader} {named.short} (b/c)",
            "CVP, các PCVP",
        ),
        filing="VT, VP",
        signature=letter.signature,
        appendices=(_appendix(letter, has_overdue),),
    )


def _blocks(letter: Letter) -> list[Block]:
    text, named = letter.text, letter.named
    demands = text.demands.replace(DAY_FIELD, before(letter.answer_by_at))
    asked = f"{named.chair} yêu cầu {letter.agency} thực hiện các nội dung sau:"
    return [
        Paragraph(text.basis),
        Paragraph(f"{text.finding.rstrip()} {asked}"),
        *(Item(line) for line in demands.splitlines() if line.strip()),
        *([Paragraph(text.consequence)] if text.consequence.strip() else []),
    ]


def _appendix(letter: Letter, has_overdue: bool) -> Appendix:
    dated = [task for task in letter.tasks if task.due]
    silent = [task for task in letter.tasks if not task.due]
    rows: list[Row | GroupRow] = []
    parts = [
        ("Nhiệm vụ chưa hoàn thành, quá hạn", dated),
        ("Nhiệm vụ không có thời hạn, chưa có báo cáo", silent),
    ]
    for title, tasks in parts:
        if tasks and dated and silent:
            rows.append(GroupRow(title))
        rows += [
            Row(
                (
                    place, f"{task.title}\n{task.code}", task.document, task.due or "Không có",
                    task.days, task.urged_before or None,
                )
            )
            for place, task in enumerate(tasks, start=1)
        ]  # fmt: skip
    title = parts[0][0] if has_overdue else parts[1][0]
    if dated and silent:
        title = f"{parts[0][0]}; {parts[1][0][:1].lower()}{parts[1][0][1:]}"
    return Appendix(
        f"Danh mục {title[:1].lower()}{title[1:]}",
        (_table(rows, letter.as_of, bool(dated), bool(silent)),),
    )


def _table(
    rows: list[Row | GroupRow], as_of: datetime, has_overdue: bool, has_silent: bool
) -> Table:
    heads = ["Số ngày quá hạn"] if has_overdue else []
    heads += ["Số ngày chưa cập nhật"] if has_silent else []
    return Table(
        columns=(
            Column("TT", 4, Align.CENTER),
            Column("Nội dung nhiệm vụ", 24),
            Column("Văn bản giao", 14),
            Column("Thời hạn", 10, Align.CENTER),
            Column("; ".join([heads[0], *(head.lower() for head in heads[1:])]), 8),
            Column("Số lần đã đôn đốc", 7),
        ),
        rows=rows,
        cut_off=f"Số liệu tính đến {moment(as_of)}",
    )


def due_words(due_at: datetime | None) -> str:
    """The deadline as a table writes it: `12/11/2026`, with its hour where it has one."""
    if due_at is None:
        return ""
    if is_day_end(due_at):
        return short_date(last_day_in_time(due_at))
    return moment(due_at).replace(" ngày ", " ")
