"""What stands behind a report's figures: its frozen rows, and the overdue tasks in full."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, IntegerField, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from agencies.deadlines import spoken
from reports.columns import ENTRIES, LINE_ENTRIES
from reports.counting import GROUPINGS
from reports.heads import Head, offered
from reports.models import PeriodicReport


def rows_behind(
    report: PeriodicReport, key: str, *, by: str = "", code: str = ""
) -> tuple[Head, QuerySet] | None:
    """Return the frozen rows that a figure of the report counts; None when there is no such
    figure. `by` and `code` name the table and its row; without them it is the total's.
    """
    head = offered(report.figures["settings"]["overdue_band_days"]).get(key)
    if head is None or (by and by not in GROUPINGS) or (head.is_helped and by != "agencies"):
        return None
    rows = report.rows.filter(of=head.of, columns__overlap=list(head.columns))
    if head.is_helped:
        rows = rows.filter(data__coordinating__contains=[code])
    elif by == "agencies":
        rows = rows.filter(agency=code)
    elif by:
        rows = rows.filter(**{f"data__{GROUPINGS[by]}": code})
    return head, _without_pairs(rows, report.figures, head, by, code)


def _without_pairs(rows: QuerySet, figures: Mapping, head: Head, by: str, code: str) -> QuerySet:
    """Leave out what the figure leaves out: one of two rows where work moved within (8.6)."""
    left_out = figures.get("left_out", {}).get(f"{by}:{code}" if by else "total", {})
    if head.of == "lines":
        side = "line_entries" if set(head.columns) <= set(LINE_ENTRIES) else "line_exits"
        return rows.exclude(data__line__in=left_out.get(side, []))
    if head.of != "tasks" or head.key not in _PAIRED:
        return rows
    side = "entries" if set(head.columns) <= set(ENTRIES) else "exits"
    return rows.exclude(data__code__in=left_out.get(side, []))


_PAIRED = ("assigned", "received", "returned", "transferred")


@dataclass(frozen=True)
class OverdueTask:
    """A task not completed and overdue at the cut-off, with who answers for it (rule 8.5)."""

    code: str
    title: str
    document: str
    agency: str
    head: str
    responsible: str
    due: str
    original: str
    days: int
    times_urged: int
    cause: str
    commitment: str
    is_broken: bool


ROW_SORTS = {
    "agency": ("place",),
    "title": (KeyTextTransform("title", "data"),),
    "due": (KeyTextTransform("due_at", "data"),),
    "days": (Cast(KeyTextTransform("days_overdue", "data"), IntegerField()),),
}
"""What frozen rows are sorted by: their place, in the official order of agencies, without one."""
LONGEST_SHOWN = 100
"""How many overdue tasks a page shows; papers and workbooks have them all."""


def overdue_rows(report: PeriodicReport, at_most: int | None = None) -> list[dict]:
    """Return the frozen rows of the overdue tasks: all, or the longest overdue only."""
    late = report.rows.filter(of="tasks", columns__contains=["overdue"])
    if at_most is not None:
        late = late.order_by(F("data__days_overdue").desc(), "place")[:at_most]
    return list(late.values_list("data", flat=True))


def overdue_tasks(figures: Mapping, rows: Iterable[Mapping]) -> list[OverdueTask]:
    """Give the overdue tasks in full, by agency in official order, the longest first."""
    agencies = {each["code"]: each for each in figures["agencies"]}
    order = {code: place for place, code in enumerate(agencies)}
    late = sorted(rows, key=lambda row: (order[row["lead"]], -row["days_overdue"], row["code"]))
    return [
        OverdueTask(
            code=row["code"],
            title=row["title"],
            document=row["document"],
            agency=agencies[row["lead"]]["name"],
            head=agencies[row["lead"]]["head"],
            responsible=row.get("responsible", ""),
            due=due_text(row["due_at"]),
            original=original_text(row),
            days=row["days_overdue"],
            times_urged=row.get("times_urged", 0),
            **_delay(row, figures["period"]["last_day"]),
        )
        for row in late
    ]


def _delay(row: Mapping, last_day: str) -> dict:
    """Return cause and commitment day as frozen; reports built before they were have none."""
    committed = row.get("commitment_on") or ""
    return {
        "cause": row.get("cause", ""),
        "commitment": f"{date.fromisoformat(committed):%d/%m/%Y}" if committed else "",
        "is_broken": bool(committed) and committed <= last_day,
    }


def original_text(row: Mapping) -> str:
    """Return a frozen row's original deadline where it is another than the one that held (5.6)."""
    original = row.get("original_due_at")
    return due_text(original) if original != row["due_at"] else ""


def due_text(due_at: str | None) -> str:
    """Return a frozen deadline as its last day in time, with the hour where it has one."""
    return spoken(datetime.fromisoformat(due_at)) if due_at else ""
