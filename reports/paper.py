"""The monthly report as a paper in the national layout (rules 8.2, 8.8)."""

from collections.abc import Mapping, Sequence

from django.utils import translation

from agencies.models import OutgoingPaper
from agencies.papers import (
    Align,
    Appendix,
    Block,
    Capacity,
    Column,
    GroupRow,
    Heading,
    Letterhead,
    Level,
    Number,
    Paper,
    PaperKind,
    Paragraph,
    Row,
    Signature,
    Table,
    Total,
    build,
)
from agencies.papers.words import cut_off
from reports.models import PeriodicReport
from reports.narrative import read
from reports.tables import (
    OverdueTask,
    ReportTable,
    by_original_deadline,
    following_by_agency,
    overdue_tasks,
    results_by_agency,
    results_by_authority,
)

SUBJECT = "Kết quả theo dõi, đôn đốc thực hiện nhiệm vụ được giao tháng {month} năm {year}"


def report_docx(report: PeriodicReport) -> bytes:
    """Return the report's .docx; with number, day and signature once its paper has them."""
    with translation.override("vi"):
        return build(report_paper(report))


def subject_of(report: PeriodicReport) -> str:
    """Return the report's subject line."""
    return SUBJECT.format(**report.figures["period"])


def report_paper(report: PeriodicReport) -> Paper:
    """Lay the frozen figures and the approved text into a paper (in Vietnamese)."""
    figures, paper = report.figures, report.paper
    return Paper(
        kind=PaperKind.NAMED,
        type_name="Báo cáo",
        letterhead=Letterhead(figures["office"], superior=figures["body"]),
        number=Number(figures["suffix"], paper.number if paper else None),
        place=figures["place"],
        day=paper.dated_on if paper else None,
        year=report.period.last_day.year,
        subject=subject_of(report),
        addressees=(figures["body"],),
        blocks=_body(report),
        recipients=("Chủ tịch, các Phó Chủ tịch UBND (b/c)", "Các cơ quan, đơn vị, địa phương"),
        filing="VT, VP",
        signature=_signature(paper, figures["signer"]),
        appendices=(
            _appendix(results_by_agency(figures)),
            _appendix(following_by_agency(figures)),
            *map(_appendix, filter(None, [by_original_deadline(figures)])),
            Appendix(
                "Danh mục nhiệm vụ chưa hoàn thành, quá hạn",
                (_overdue_table(overdue_tasks(figures, report.rows), report),),
                landscape=True,
            ),
        ),
    )


def _body(report: PeriodicReport) -> list[Block]:
    text = read(report.narrative, report.figures)
    blocks: list[Block] = [
        *_paragraphs(text, "opening"),
        Heading("Tình hình giao và kết quả thực hiện"),
        Heading("Kết quả chung", Level.CLAUSE),
        *_paragraphs(text, "assigned", "completed", "open", "rate", "original"),
        Paragraph("Chi tiết theo cơ quan, đơn vị tại các Phụ lục kèm theo."),
        Heading("Cơ quan, đơn vị còn nhiệm vụ chưa hoàn thành, quá hạn", Level.CLAUSE),
        *_paragraphs(text, "late"),
        Heading("Kết quả theo nguồn giao", Level.CLAUSE),
        *_paragraphs(text, "superior"),
        _by_authority(report.figures),
        Heading("Việc xin ý kiến và trả lời ý kiến", Level.CLAUSE),
        *_paragraphs(text, "consultations"),
    ]
    if more := _paragraphs(text, "spot_checks"):
        blocks += [Heading("Việc phúc tra nhiệm vụ đã hoàn thành", Level.CLAUSE), *more]
    if more := _paragraphs(text, "difficulties"):
        blocks += [Heading("Khó khăn, vướng mắc"), *more]
    if more := _paragraphs(text, "proposals"):
        blocks += [Heading("Đề xuất, kiến nghị"), *more]
    return [*blocks, *_paragraphs(text, "closing")]


def _paragraphs(text: Mapping[str, str], *names: str) -> list[Paragraph]:
    return [Paragraph(text[name]) for name in names if text[name]]


def _by_authority(figures: Mapping) -> Table:
    """The short table of the body: few columns, on a standing page."""
    whole = results_by_authority(figures)
    kept = [n for n, head in enumerate(whole.heads) if head.is_main]
    return _paper_table(whole, kept, numbered=False)


def _appendix(table: ReportTable) -> Appendix:
    everything = range(len(table.heads))
    inner = _paper_table(table, everything, title="")
    return Appendix(table.title, (inner,), landscape=True)


def _paper_table(
    table: ReportTable, kept: Sequence[int], *, title: str | None = None, numbered: bool = True
) -> Table:
    heads = [table.heads[n] for n in kept]
    first = [Column("TT", 3, Align.CENTER)] if numbered else []
    name = Column(table.subject, 13)
    return Table(
        title=table.title if title is None else title,
        cut_off=cut_off(table.last_day),
        columns=(
            *first,
            name,
            *(
                Column(str(h.label), h.width, Align.RIGHT, (str(h.group),) if h.group else ())
                for h in heads
            ),
        ),
        rows=[
            Row((*((place,) if numbered else ()), line.name, *(line.cells[n] for n in kept)))
            for place, line in enumerate(table.lines, start=1)
        ],
        total=Total(tuple(table.total[n] for n in kept)) if table.lines else None,
    )


def _overdue_table(tasks: list[OverdueTask], report: PeriodicReport) -> Table:
    rows: list[Row | GroupRow] = []
    agency = ""
    for place, task in enumerate(tasks, start=1):
        if task.agency != agency:
            agency = task.agency
            head = f" (người đứng đầu: {task.head})" if task.head else ""
            rows.append(GroupRow(f"{agency}{head}"))
        rows.append(
            Row(
                (
                    place, task.title, task.document, _due(task), task.days,
                    task.cause or "Chưa nêu", _commitment(task),
                )
            )
        )  # fmt: skip
    return Table(
        title="",
        cut_off=cut_off(report.period.last_day),
        columns=(
            Column("TT", 4, Align.CENTER),
            Column("Nội dung nhiệm vụ", 22),
            Column("Văn bản giao", 13),
            Column("Thời hạn", 10, Align.CENTER),
            Column("Số ngày quá hạn", 8, Align.RIGHT),
            Column("Nguyên nhân", 18),
            Column("Ngày cam kết", 10, Align.CENTER),
        ),
        rows=rows,
    )


def _due(task: OverdueTask) -> str:
    """The deadline, and the original one where it was another (rule 5.6)."""
    return f"{task.due} (hạn gốc {task.original})" if task.original else task.due


def _commitment(task: OverdueTask) -> str:
    """The day the agency committed itself to, and that it let it pass (rule 5.12)."""
    return f"{task.commitment} (đã lỡ)" if task.is_broken else task.commitment


def _signature(paper: OutgoingPaper | None, title: str) -> Signature:
    """Write who signed, in the capacity of the signing act (rule 2.2); a draft leaves room."""
    if paper is None or paper.signed_by is None:
        return Signature(Capacity.OWN, title)
    post = paper.signed_by
    name, head = post.user.full_name, post.title.head_title
    if paper.capacity == Capacity.DEPUTY and head is not None:
        return Signature(Capacity.DEPUTY, post.title.name, name, deputy_of=head.name)
    capacity = Capacity.ACTING if post.is_acting else Capacity.OWN
    return Signature(capacity, post.title.name, name)


def file_name(report: PeriodicReport) -> str:
    """Return the name of the downloaded file: bao-cao-2026-11.docx."""
    period = report.period
    return f"bao-cao-{period.year}-{period.month:02d}.docx"
