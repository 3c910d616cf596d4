"""Periodic reports as papers in the national layout (rules 8.2, 8.8).

Two papers from the same frozen figures: the Office's to the body, the body's to its superior.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.utils import translation

from agencies.letterheads import (
    COMMITTEE,
    letterhead_named,
    letterhead_of_office,
    signature_of,
    signed_for_body,
)
from agencies.models import OutgoingPaper
from agencies.papers import (
    Align,
    Appendix,
    Block,
    Capacity,
    Column,
    GroupRow,
    Heading,
    Level,
    Note,
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
from reports.corrections import Correction, corrections_for_paper
from reports.details import OverdueTask, overdue_rows, overdue_tasks
from reports.models import PeriodicReport, UpwardReport, WrittenReport
from reports.naming import period_file, period_words
from reports.narrative import read
from reports.tables import (
    ReportTable,
    age,
    by_original_deadline,
    by_overdue,
    change,
    cooperation_by_agency,
    results,
)

SUBJECT = "Kết quả theo dõi, đôn đốc thực hiện nhiệm vụ được giao {period}"
SUBJECT_UPWARD = "Kết quả thực hiện nhiệm vụ được giao {period}"
BODY_COLUMNS = 8
"""A table with more columns lies across its page, as an appendix."""
BESIDE = ("authorities", "leaders", "competences", "priorities")
"""By what else than agencies appendices lay the figures out."""
NAME_WIDTH = 18
"""The share of a name's column beside figures of 5 to 10: heads keep their words whole first."""
NOT_LISTED = "Cơ quan, đơn vị không phát sinh số liệu không liệt kê trong biểu."


def report_docx(report: PeriodicReport) -> bytes:
    """Return the Office's .docx; with number, day and signature once its paper has them."""
    with translation.override("vi"):
        return build(report_paper(report))


def upward_docx(upward: UpwardReport) -> bytes:
    """Return the .docx of the report upward."""
    with translation.override("vi"):
        return build(upward_paper(upward))


def subject_of(written: WrittenReport) -> str:
    """Return the subject line."""
    subject = SUBJECT_UPWARD if isinstance(written, UpwardReport) else SUBJECT
    return subject.format(period=period_words(written.period))


def report_paper(report: PeriodicReport) -> Paper:
    """Lay the frozen figures and the Office's text into a paper (in Vietnamese)."""
    figures, paper = report.figures, report.paper
    return _laid(
        report,
        report,
        letterhead=letterhead_of_office(figures["office"], figures["body"]),
        number=Number(figures["suffix"], paper.number if paper else None),
        addressees=(figures["body"],),
        blocks=_body(read(report.narrative, figures), figures),
        recipients=("Chủ tịch, các Phó Chủ tịch UBND (b/c)", "Các cơ quan, đơn vị, địa phương"),
        signature=signature_of(paper, None) or Signature(Capacity.OWN, figures["signer"]),
    )


def upward_paper(upward: UpwardReport) -> Paper:
    """Lay the same figures into the body's report to its superior, whose tasks stand first and
    apart; signed for the body (TM., rule 2.2).
    """
    figures, paper = upward.figures, upward.paper
    return _laid(
        upward,
        upward.report,
        letterhead=letterhead_named(figures["body"]),
        number=Number(figures["upward_suffix"], paper.number if paper else None),
        addressees=(figures["superior"],),
        blocks=_upward_body(read(upward.narrative, figures, upward=True), figures),
        recipients=("Thường trực Hội đồng nhân dân", "Chủ tịch, các Phó Chủ tịch UBND"),
        signature=_collective_signature(paper, figures),
    )


def _laid(written: WrittenReport, report: PeriodicReport, **own: Any) -> Paper:
    """Lay out what both papers share: the report's place, days, subject and appendices."""
    return Paper(
        kind=PaperKind.NAMED,
        type_name="Báo cáo",
        place=report.figures["place"],
        day=written.paper.dated_on if written.paper else None,
        year=report.period.last_day.year,
        subject=subject_of(written),
        filing="VT, VP",
        appendices=_appendices(report, written),
        **own,
    )


def _body(text: Mapping[str, str], figures: Mapping) -> list[Block]:
    return [
        *_paragraphs(text, "opening"),
        Heading("Tình hình giao và kết quả thực hiện"),
        Heading("Kết quả chung", Level.CLAUSE),
        *_paragraphs(text, "assigned", "change", "completed", "open", "rate", "original"),
        Paragraph("Chi tiết theo cơ quan, đơn vị tại các Phụ lục kèm theo."),
        Heading("Cơ quan, đơn vị còn nhiệm vụ chưa hoàn thành, quá hạn", Level.CLAUSE),
        *_paragraphs(text, "late"),
        Heading("Kết quả theo nguồn giao", Level.CLAUSE),
        *_paragraphs(text, "superior"),
        _short(results(figures, "authorities")),
        *_section(text, "Việc xin ý kiến và trả lời ý kiến", "consultations"),
        *_section(text, "Hồ sơ trình", "dossiers"),
        *_section(text, "Việc phúc tra nhiệm vụ đã hoàn thành", "spot_checks"),
        *_section(
            text, "Công tác đôn đốc; nhắc nhở, phê bình, biểu dương", "urgings", "discipline"
        ),
        *_section(text, "Khó khăn, vướng mắc", "difficulties", level=Level.PART),
        *_section(text, "Đề xuất, kiến nghị", "proposals", level=Level.PART),
        *_paragraphs(text, "closing"),
    ]


def _upward_body(text: Mapping[str, str], figures: Mapping) -> list[Block]:
    return [
        *_paragraphs(text, "opening"),
        Heading("Kết quả thực hiện nhiệm vụ do cấp trên giao"),
        *_paragraphs(text, "superior"),
        _short(results(figures, "authorities")),
        Heading("Kết quả thực hiện nhiệm vụ chung"),
        *_paragraphs(text, "assigned", "change", "completed", "open", "rate", "original", "late"),
        Paragraph("Chi tiết theo cơ quan, đơn vị tại các Phụ lục kèm theo."),
        *_section(text, "Công tác chỉ đạo, phối hợp", "consultations", "dossiers", "spot_checks",
                  "urgings", "discipline", level=Level.PART),
        *_section(text, "Khó khăn, vướng mắc", "difficulties", level=Level.PART),
        *_section(text, "Đề xuất, kiến nghị", "proposals", level=Level.PART),
        *_paragraphs(text, "closing"),
    ]  # fmt: skip


def _section(
    text: Mapping[str, str], title: str, *names: str, level: Level = Level.CLAUSE
) -> list[Block]:
    """A heading and its paragraphs; nothing where none of them says anything."""
    more = _paragraphs(text, *names)
    return [Heading(title, level), *more] if more else []


def _appendices(report: PeriodicReport, written: WrittenReport) -> tuple[Appendix, ...]:
    """The tables, lying across the page where they are wide, then the overdue tasks in full, last
    what was corrected between the freeze and the signature.
    """
    figures = report.figures
    tables = [
        age(figures),
        cooperation_by_agency(figures),
        by_overdue(figures),
        by_original_deadline(figures),
        change(figures),
        *(table for by in BESIDE if figures.get(by) for table in _tables_beside(figures, by)),
    ]
    overdue = overdue_tasks(figures, overdue_rows(report))
    last = [_corrected(corrections, report)] if (
        corrections := corrections_for_paper(report, written)
    ) else []  # fmt: skip
    return (
        _appendix(results(figures, "agencies"), whole=True),
        *(_appendix(table) for table in tables if table is not None),
        Appendix(
            "Danh mục nhiệm vụ chưa hoàn thành, quá hạn",
            (_overdue_table(overdue, report),),
            landscape=True,
        ),
        *last,
    )


def _tables_beside(figures: Mapping, by: str) -> list[ReportTable | None]:
    """Results, age and change by a grouping; by who assigned the results stand in the body."""
    whole = [] if by == "authorities" else [results(figures, by)]
    return [*whole, age(figures, by), change(figures, by)]


def _paragraphs(text: Mapping[str, str], *names: str) -> list[Paragraph]:
    return [Paragraph(text[name]) for name in names if text[name]]


def _short(whole: ReportTable) -> Table:
    """The short table of the body: few columns, on a standing page."""
    kept = [n for n, head in enumerate(whole.heads) if head.is_main]
    return _paper_table(whole, kept, numbered=False)


def _appendix(table: ReportTable, *, whole: bool = False) -> Appendix:
    """A table of the page; what only fits a screen is left out, and unless it is wanted `whole`
    the rows that hold no figure.
    """
    kept = [n for n, head in enumerate(table.heads) if head.is_on_paper]
    lines = tuple(line for line in table.lines if whole or any(line.cells))
    left_out = [] if len(lines) == len(table.lines) else [Note(NOT_LISTED)]
    inner = _paper_table(replace(table, lines=lines), kept, title="")
    return Appendix(table.title, (inner, *left_out), landscape=len(table.heads) > BODY_COLUMNS)


def _paper_table(
    table: ReportTable, kept: Sequence[int], *, title: str | None = None, numbered: bool = True
) -> Table:
    heads = [table.heads[n] for n in kept]
    first = [Column("TT", 3, Align.CENTER)] if numbered else []
    name = Column(table.subject, NAME_WIDTH)
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
            Row((*((place,) if numbered else ()), line.name, *_cells(line.cells, kept)))
            for place, line in enumerate(table.lines, start=1)
        ],
        total=Total(_cells(table.total, kept)) if table.lines else None,
    )


def _cells(cells: Sequence, kept: Sequence[int]) -> tuple[int | str, ...]:
    """Counts as figures, rates and changes as they are written."""
    return tuple(cell if isinstance(cell, int) else str(cell) for cell in (cells[n] for n in kept))


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
                    place, task.title, task.document, task.responsible, _due(task), task.days,
                    task.times_urged, task.cause or "Chưa nêu", _commitment(task),
                )
            )
        )  # fmt: skip
    return Table(
        title="",
        cut_off=cut_off(report.period.last_day),
        columns=(
            Column("TT", 4, Align.CENTER),
            Column("Nội dung nhiệm vụ", 22),
            Column("Văn bản giao", 12),
            Column("Người phụ trách", 10),
            Column("Thời hạn", 10, Align.CENTER),
            Column("Số ngày quá hạn", 7, Align.RIGHT),
            Column("Số lần đôn đốc", 7, Align.RIGHT),
            Column("Nguyên nhân", 17),
            Column("Ngày cam kết", 10, Align.CENTER),
        ),
        rows=rows,
    )


def _corrected(corrections: list[Correction], report: PeriodicReport) -> Appendix:
    """What was corrected after the freeze, so that who compares finds why (rule 8.4)."""
    rows = [
        Row((place, each.code, each.title, each.before_text, each.after_text, each.told))
        for place, each in enumerate(corrections, start=1)
    ]
    table = Table(
        title="",
        cut_off=cut_off(report.period.last_day),
        columns=(
            Column("TT", 4, Align.CENTER),
            Column("Mã số", 11),
            Column("Nội dung", 24),
            Column("Số liệu đã chốt", 15),
            Column("Sau khi điều chỉnh", 15),
            Column("Căn cứ điều chỉnh", 21),
        ),
        rows=rows,
    )
    note = Note("Số liệu của báo cáo giữ nguyên như khi chốt; các điều chỉnh dưới đây không được "
                "tính vào báo cáo này.")  # fmt: skip
    return Appendix("Điều chỉnh sau khi chốt số liệu", (note, table), landscape=True)


def _due(task: OverdueTask) -> str:
    """The deadline, and the original one where it was another (rule 5.6)."""
    return f"{task.due} (hạn gốc {task.original})" if task.original else task.due


def _commitment(task: OverdueTask) -> str:
    """The day the agency committed itself to, and that it let it pass (rule 5.12)."""
    return f"{task.commitment} (đã lỡ)" if task.is_broken else task.commitment


def _collective_signature(paper: OutgoingPaper | None, figures: Mapping) -> Signature:
    """Write who signed for the body: TM. ỦY BAN NHÂN DÂN / CHỦ TỊCH, a deputy with KT. below;
    whom the Chair authorised signs for him (TUQ. CHỦ TỊCH) in the own post.
    """
    if paper is not None and paper.capacity == Capacity.AUTHORISED:
        return signature_of(paper, None)
    if paper is not None and paper.signed_by is not None:
        return signed_for_body(paper.signed_by)
    return Signature(Capacity.COLLECTIVE, figures["leader_title"], on_behalf_of=COMMITTEE)


def file_name(written: WrittenReport, ending: str = "docx") -> str:
    """Return the name of the downloaded file: bao-cao-2026-11.docx."""
    upward = "-cap-tren" if isinstance(written, UpwardReport) else ""
    return f"bao-cao{upward}-{period_file(written.period)}.{ending}"
