"""The minutes of an inspection (biên bản) in the national layout (rules 8.2, 9.2)."""

from collections.abc import Iterable
from datetime import date

from django.utils import translation

from agencies.deadlines import last_day_in_time, local_day
from agencies.letterheads import letterhead_of
from agencies.models import Body
from agencies.papers import (
    Align,
    Block,
    Capacity,
    Column,
    Heading,
    Item,
    Level,
    Paper,
    PaperKind,
    Paragraph,
    Row,
    Signature,
    Table,
    build,
)
from agencies.papers.words import long_date, short_date
from reports.models import Finding, Inspection, InspectionMember
from tasks.models import Task

RATINGS = {
    Finding.Rating.GOOD: "Việc làm tốt",
    Finding.Rating.FAULT: "Tồn tại, hạn chế",
    Finding.Rating.BREACH: "Vi phạm",
}
ROLES = {
    InspectionMember.Role.HEAD: "Trưởng đoàn",
    InspectionMember.Role.SECRETARY: "Thư ký",
    InspectionMember.Role.MEMBER: "Thành viên",
}
KINDS = {
    Inspection.Kind.PLANNED: "theo kế hoạch",
    Inspection.Kind.SURPRISE: "đột xuất",
}


def minutes_docx(inspection: Inspection) -> bytes:
    """Return the minutes as .docx."""
    with translation.override("vi"):
        return build(minutes(inspection))


def minutes(inspection: Inspection) -> Paper:
    """Lay an inspection into minutes: who, what was found, the agency's view, the conclusion."""
    body, team = Body.current(), list(inspection.team.select_related("post__user", "post__title",
                                                                     "post__agency"))  # fmt: skip
    head = next((one.post for one in team if one.role == InspectionMember.Role.HEAD), None)
    began = inspection.started_at
    day = local_day(began) if began else inspection.starts_on
    return Paper(
        kind=PaperKind.NAMED,
        type_name="Biên bản",
        letterhead=letterhead_of(inspection.inspector, body),
        place=body.place,
        day=local_day(inspection.concluded_at) if inspection.concluded_at else None,
        year=day.year,
        subject=f"Kiểm tra công vụ {KINDS[Inspection.Kind(inspection.kind)]} tại "
        f"{inspection.agency.name}",
        blocks=[
            Paragraph(
                f"{_days(day, inspection.ends_on)}, tại "
                f"{inspection.agency.name}, đoàn kiểm tra của {inspection.inspector.name} tiến "
                f"hành kiểm tra: {inspection.subject}."
                + (f" Căn cứ: {inspection.basis}." if inspection.basis else "")
            ),
            Heading("Thành phần đoàn kiểm tra", Level.CLAUSE),
            *_dashes(
                f"{one.post.user.full_name}, {one.post.full_words}: "
                f"{ROLES[InspectionMember.Role(one.role)]}"
                for one in sorted(team, key=lambda one: list(ROLES).index(one.role))
            ),
            Heading("Kết quả kiểm tra", Level.CLAUSE),
            *_found(inspection),
            Heading("Ý kiến của cơ quan được kiểm tra", Level.CLAUSE),
            Paragraph(inspection.view_of_agency or "Không có ý kiến khác."),
            Heading("Kết luận, kiến nghị", Level.CLAUSE),
            Paragraph(inspection.conclusion or "Chưa kết luận."),
            *_tasks(inspection),
            Paragraph(
                "Biên bản được lập thành 02 bản, đã đọc cho các thành phần cùng nghe và thống nhất "
                "ký tên./."
            ),
        ],
        recipients=(inspection.agency.name, body.office.name),
        filing="VT",
        signature=Signature(Capacity.OWN, "Trưởng đoàn", head.user.full_name if head else ""),
    )


def _found(inspection: Inspection) -> list[Block]:
    blocks: list[Block] = []
    findings = list(inspection.findings.prefetch_related("event__files"))
    for rating, title in RATINGS.items():
        rows = [one for one in findings if one.rating == rating]
        if rows:
            blocks.append(Heading(title, Level.POINT))
            blocks += _dashes(map(_with_evidence, rows))
    return blocks or [Paragraph("Chưa ghi nhận nội dung nào.")]


def _with_evidence(finding: Finding) -> str:
    names = ", ".join(file.name for file in finding.event.files.all())
    text = finding.text.rstrip(".; ")
    return f"{text} (tài liệu: {names})" if names else text


def _dashes(lines: Iterable[str]) -> list[Block]:
    """Write lines as dashes: each ends with a semicolon, the last with a full stop."""
    texts = list(lines)
    ends = [";"] * (len(texts) - 1) + ["."]
    return [Item(text + end, Level.DASH) for text, end in zip(texts, ends, strict=False)]


def _days(first: date, last: date) -> str:
    if last <= first:
        return f"Ngày {long_date(first).removeprefix('ngày ')}"
    return f"Từ {long_date(first)} đến {long_date(last)}"


def _tasks(inspection: Inspection) -> list[Block]:
    tasks = list(inspection.tasks.select_related("lead"))
    if not tasks:
        return []
    return [
        Paragraph("Nhiệm vụ giao thực hiện sau kiểm tra:"),
        Table(
            columns=(
                Column("TT", 3, Align.CENTER),
                Column("Nhiệm vụ", 16),
                Column("Cơ quan chủ trì", 9),
                Column("Thời hạn", 7, Align.CENTER),
            ),
            rows=[
                Row((place, task.title, task.lead.name, _due(task)))
                for place, task in enumerate(tasks, start=1)
            ],
        ),
    ]


def _due(task: Task) -> str:
    return short_date(last_day_in_time(task.due_at)) if task.due_at else ""
