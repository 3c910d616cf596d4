"""A report as a workbook: its tables and its row lists, numbers as numbers (rule 8.8)."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import IO, Any

from django.utils import translation
from django.utils.translation import gettext as _

from agencies.deadlines import ZONE, is_day_end, last_day_in_time, local_day
from agencies.papers.words import cut_off
from agencies.sheets import Column, Percent, Sheet, write_book
from reports.columns import Change, Rate
from reports.details import overdue_rows, overdue_tasks
from reports.heads import column_words
from reports.models import PeriodicReport
from reports.tables import Line, ReportTable, all_tables

ISSUED = ("urgings", "papers")
"""The row lists of letters, which have a day of issue and no deadline."""
MOST_ROWS = 20_000
"""A sheet of more is read by nobody; the page shows them all."""


def report_xlsx(report: PeriodicReport) -> IO[bytes]:
    """Return the workbook of a report, in Vietnamese like its papers."""
    with translation.override("vi"):
        return write_book(_sheets(report))


def _sheets(report: PeriodicReport) -> Iterator[Sheet]:
    notes = [str(report), cut_off(report.period.last_day)]
    for place, table in enumerate(all_tables(report.figures), start=1):
        yield _table_sheet(f"{place}. {table.subject}", table, notes)
    yield _overdue_sheet(report, notes)
    names = {each["code"]: each["name"] for each in report.figures["agencies"]}
    yield _rows_sheet(report, "tasks", _("Tasks"), notes, names)
    for of, name in (
        ("lines", _("Consultations")),
        ("poor", _("Poor answers")),
        ("dossiers", _("Dossiers")),
        ("spot_checks", _("Spot checks")),
        ("urgings", _("Urgings")),
        ("papers", _("Criticism and praise")),
    ):
        if report.rows.filter(of=of).exists():
            yield _rows_sheet(report, of, name, notes, names)


def _table_sheet(name: str, table: ReportTable, notes: list[str]) -> Sheet:
    heads = [Column(f"{head.group}: {head.label}" if head.group else str(head.label), 14)
             for head in table.heads]  # fmt: skip
    total = Line(_("Total"), "", table.total)
    return Sheet(
        name=name,
        title=table.title,
        notes=notes,
        columns=[Column(table.subject, 38), *heads],
        rows=([line.name, *map(_number, line.cells)] for line in (*table.lines, total)),
    )


def _number(cell: Any) -> Any:
    """Rates become percentages and changes numbers, to be reckoned with."""
    match cell:
        case Rate():
            return Percent(cell.part / cell.base if cell.base else None)
        case Change():
            return cell.value
    return None if cell == "-" else cell


def _overdue_sheet(report: PeriodicReport, notes: list[str]) -> Sheet:
    tasks = overdue_tasks(report.figures, overdue_rows(report))
    columns = [
        Column(_("No."), 6),
        Column(_("Code"), 16),
        Column(_("Task"), 52),
        Column(_("Document, source"), 24),
        Column(_("Lead agency"), 28),
        Column(_("Head of the agency"), 22),
        Column(_("Responsible person"), 22),
        Column(_("Deadline"), 17),
        Column(_("Original deadline"), 17),
        Column(_("Days overdue"), 10),
        Column(_("Times urged"), 10),
        Column(_("Cause"), 34),
        Column(_("Commitment day"), 14),
    ]
    rows = (
        [
            place, task.code, task.title, task.document, task.agency, task.head, task.responsible,
            task.due, task.original, task.days, task.times_urged, task.cause, task.commitment,
        ]
        for place, task in enumerate(tasks, start=1)
    )  # fmt: skip
    title = _("Tasks not completed, overdue")
    return Sheet(_("Not completed, overdue"), title, notes, columns, rows)


def _rows_sheet(
    report: PeriodicReport, of: str, name: str, notes: list[str], names: Mapping[str, str]
) -> Sheet:
    """The frozen rows behind the figures of one table."""
    found = report.rows.filter(of=of).order_by("place")
    if found.count() > MOST_ROWS:
        notes = [
            *notes,
            _("Only the first %(most)d rows; the page shows all.") % {"most": MOST_ROWS},
        ]
    columns = [
        Column(_("No."), 6),
        Column(_("Code"), 16),
        Column(_("Content"), 52),
        Column(_("Agency"), 28),
        Column(_("Counted as"), 44),
        Column(_("Issued") if of in ISSUED else _("Deadline"), 17),
    ]
    rows = found.values_list("data", "agency", "columns")[:MOST_ROWS].iterator(chunk_size=2000)
    return Sheet(name, name, notes, columns, _drawn(rows, names))


def _drawn(rows: Iterable[tuple], names: Mapping[str, str]) -> Iterator[list]:
    for place, (data, agency, columns) in enumerate(rows, start=1):
        words = "; ".join(filter(None, map(column_words, columns)))
        yield [
            place, data.get("code", ""), data.get("title", ""), names.get(agency, agency), words,
            _issued(data.get("issued_at")) or _deadline(data.get("due_at")),
        ]  # fmt: skip


def _issued(issued_at: str | None) -> Any:
    return local_day(datetime.fromisoformat(issued_at)) if issued_at else None


def _deadline(due_at: str | None) -> Any:
    """A deadline of a whole day is its last day; one with an hour is the instant."""
    if not due_at:
        return None
    instant = datetime.fromisoformat(due_at).astimezone(ZONE)
    return last_day_in_time(instant) if is_day_end(instant) else instant
