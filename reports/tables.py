"""The tables of a report, one definition for the page and the paper (rules 8.5, 8.7).

Heads are in the active language; "overdue" never stands alone, every rate names its base.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.deadlines import ZONE, is_day_end, last_day_in_time
from reports.columns import (
    AWAITING,
    COMPLETED,
    ENTRIES,
    OPEN,
    Counts,
    band,
    differs_by_original,
    on_time_rate,
    together,
)
from reports.narrative import rate_text

Cell = int | str


@dataclass(frozen=True)
class Head:
    """A column of a table: the columns it adds up, or a value of its own (a rate, a length)."""

    key: str
    label: str | Promise
    group: str | Promise = ""
    columns: tuple[str, ...] = ()
    value: Callable[[Counts], Cell] | None = None
    width: float = 5
    is_main: bool = False
    is_rare: bool = False

    def cell(self, counts: Counts) -> Cell:
        """Return what stands in the column for one row."""
        return self.value(counts) if self.value else together(counts, self.columns)


@dataclass(frozen=True)
class Line:
    """One row: its name, a second line below it, the cells."""

    name: str
    note: str
    cells: tuple[Cell, ...]
    code: str = ""


@dataclass(frozen=True)
class ReportTable:
    """A table with its title; the cut-off stands under the title (rule 8.7)."""

    by: str
    title: str
    subject: str
    heads: tuple[Head, ...]
    lines: tuple[Line, ...]
    total: tuple[Cell, ...]
    last_day: date

    @property
    def drawn(self) -> list[tuple[Line, list[tuple[Head, Cell]]]]:
        """Each line with its cells beside their heads, for the page."""
        return [(line, list(zip(self.heads, line.cells, strict=True))) for line in self.lines]

    @property
    def drawn_total(self) -> list[tuple[Head, Cell]]:
        """The total's cells beside their heads."""
        return list(zip(self.heads, self.total, strict=True))

    @property
    def upper_heads(self) -> list[tuple[str, int]]:
        """The first line of heads: groups and how many columns each spans, 0 for a lone column."""
        spans: list[tuple[str, int]] = []
        for head in self.heads:
            group = str(head.group)
            if not group:
                spans.append((str(head.label), 0))
            elif spans and spans[-1][1] and spans[-1][0] == group:
                spans[-1] = (group, spans[-1][1] + 1)
            else:
                spans.append((group, 1))
        return spans

    @property
    def lower_heads(self) -> list[Head]:
        """The second line of heads: the columns inside groups."""
        return [head for head in self.heads if head.group]


GIVEN, DONE, LEFT_OPEN = (
    gettext_lazy("Assigned"),
    gettext_lazy("Completed"),
    gettext_lazy("Not completed"),
)
OTHER, LINES = gettext_lazy("Other"), gettext_lazy("Consultations")
SPOTS = gettext_lazy("Spot checks")
AGE = gettext_lazy("Not completed, overdue, by age")

RESULTS = (
    Head("assigned", gettext_lazy("Total"), GIVEN, ENTRIES, is_main=True),
    Head("carried_over", gettext_lazy("Carried over"), GIVEN, ("carried_over",)),
    Head("new", gettext_lazy("New"), GIVEN, ("new",)),
    Head("reopened", gettext_lazy("Reopened"), GIVEN, ("reopened",), is_rare=True),
    Head("received", gettext_lazy("Received from others"), GIVEN, ("received",), is_rare=True),
    Head("completed", gettext_lazy("Total"), DONE, COMPLETED, is_main=True),
    Head("before", gettext_lazy("Before the deadline"), DONE, ("completed_before",)),
    Head("on", gettext_lazy("On the last day"), DONE, ("completed_on",)),
    Head("late", gettext_lazy("Completed late"), DONE, ("completed_late",), is_main=True),
    Head("done_undated", gettext_lazy("No deadline"), DONE, ("completed_undated",)),
    Head("open", gettext_lazy("Total"), LEFT_OPEN, OPEN, is_main=True),
    Head("in_time", gettext_lazy("In time"), LEFT_OPEN, ("open_in_time",)),
    Head(
        "awaiting", gettext_lazy("Reported, awaiting verification"), LEFT_OPEN, AWAITING, width=5.5
    ),
    Head(
        "overdue",
        gettext_lazy("Not completed, overdue"),
        LEFT_OPEN,
        ("overdue",),
        width=5.5,
        is_main=True,
    ),
    Head(
        "undecided",
        gettext_lazy("Past the deadline, asked in time, awaiting the decision"),
        LEFT_OPEN,
        ("undecided",),
        width=6,
        is_rare=True,
    ),
    Head("open_undated", gettext_lazy("No deadline"), LEFT_OPEN, ("open_undated",)),
    Head("suspended", gettext_lazy("Suspended"), LEFT_OPEN, ("suspended",)),
    Head(
        "returned",
        gettext_lazy("Returned, transferred"),
        OTHER,
        ("returned", "transferred"),
        is_rare=True,
    ),
    Head("cancelled", gettext_lazy("Cancelled"), OTHER, ("cancelled",), is_rare=True),
    Head(
        "on_time_rate",
        gettext_lazy("Completed on time, percent of fallen due"),
        value=lambda counts: rate_text(on_time_rate(counts)),
        width=6,
    ),
)


SPOT_CHECKS = tuple(
    Head(name, label, SPOTS, (name,), is_rare=True)
    for name, label in (
        ("spot_carried", gettext_lazy("Carried over")),
        ("spot_drawn", gettext_lazy("Drawn")),
        ("spot_done", gettext_lazy("Done as reported")),
        ("spot_not_done", gettext_lazy("Not done, reopened")),
        ("spot_waiting", gettext_lazy("To be checked")),
    )
)


def following(bands: Sequence[int]) -> tuple[Head, ...]:
    """Return the columns about age, silence, coordination, consultations and spot checks."""
    ages = [
        Head(band(start), _band_words(start, next_start), AGE, (band(start),))
        for start, next_start in zip(bands, (*bands[1:], None), strict=True)
    ]
    return (
        *ages,
        Head("longest", gettext_lazy("Longest (days)"), AGE, value=_greatest("longest_overdue")),
        Head(
            "oldest",
            gettext_lazy("Oldest without a deadline (days)"),
            value=_greatest("oldest_undated"),
            width=5.5,
        ),
        Head("not_updated", gettext_lazy("Not updated"), columns=("not_updated",), width=5.5),
        Head(
            "coordinated",
            gettext_lazy("Coordinated, open (not added to the led)"),
            value=_greatest("coordinated_open"),
            width=6,
        ),
        Head("lines_carried", gettext_lazy("Carried over"), LINES, ("lines_carried",)),
        Head("lines_received", gettext_lazy("Received"), LINES, ("lines_received",)),
        Head("lines_in_time", gettext_lazy("Answered in time"), LINES, ("lines_in_time",)),
        Head("lines_late", gettext_lazy("Answered late"), LINES, ("lines_late",)),
        Head("lines_silent", gettext_lazy("No answer"), LINES, ("lines_silent",)),
        Head("lines_awaiting", gettext_lazy("Not due yet"), LINES, ("lines_awaiting",)),
        Head("lines_ended", gettext_lazy("No longer asked"), LINES, ("lines_ended",), is_rare=True),
        *SPOT_CHECKS,
    )


LATE, OVERDUE = gettext_lazy("Completed late"), gettext_lazy("Not completed, overdue")
AS_IT_STANDS = gettext_lazy("By the deadline as it stands")
ORIGINALLY = gettext_lazy("By the original deadline")

BY_ORIGINAL = (
    Head("extended", gettext_lazy("Extended in the period"), columns=("extended",), width=8),
    Head("late", AS_IT_STANDS, LATE, ("completed_late",), width=10),
    Head("original_late", ORIGINALLY, LATE, ("original_completed_late",), width=10),
    Head("overdue", AS_IT_STANDS, OVERDUE, ("overdue",), width=10),
    Head("original_overdue", ORIGINALLY, OVERDUE, ("original_overdue",), width=10),
)


def _greatest(column: str) -> Callable[[Counts], Cell]:
    return lambda counts: counts.get(column, 0)


def _band_words(start: int, following: int | None) -> str:
    if following is None:
        return _("over %(days)d days") % {"days": start - 1}
    if start == 1:
        return _("up to %(days)d days") % {"days": following - 1}
    return _("%(first)d to %(last)d days") % {"first": start, "last": following - 1}


def results_by_agency(figures: Mapping) -> ReportTable:
    """Give each lead agency's results, in official order."""
    title = _("Results by agency")
    return _table(figures, "agencies", title, _("Agency"), RESULTS)


def results_by_authority(figures: Mapping) -> ReportTable:
    """Give the results by who assigned the work."""
    title, subject = _("Results by who assigned"), _("Assigned by")
    return _table(figures, "authorities", title, subject, RESULTS)


def following_by_agency(figures: Mapping) -> ReportTable:
    """Give age, silence and consultations of each agency; coordination is not added to leads."""
    heads = following(figures["settings"]["overdue_band_days"])
    title = _("Age of open work, updating, coordination, consultations, spot checks by agency")
    return _table(figures, "agencies", title, _("Agency"), heads)


def by_original_deadline(figures: Mapping) -> ReportTable | None:
    """Give late and overdue work by both deadlines (rule 5.6); None where they say the same, and
    for reports built before both were counted.
    """
    is_counted = any("original_overdue" in row["counts"] for row in figures["agencies"])
    if not is_counted or not differs_by_original(figures["total"]):
        return None
    title = _("Extensions, late and overdue work by the deadline as it stands and the original one")
    table = _table(figures, "agencies", title, _("Agency"), BY_ORIGINAL)
    return replace(table, lines=tuple(line for line in table.lines if any(line.cells)))


def _table(
    figures: Mapping, by: str, title: str, subject: str, heads: Sequence[Head]
) -> ReportTable:
    rows = figures[by]
    total = figures["total"]
    shown = tuple(
        head for head in heads if not head.is_rare or any(head.cell(row["counts"]) for row in rows)
    )
    lines = tuple(
        Line(
            name=row["name"],
            note=row.get("head", ""),
            cells=tuple(head.cell(row["counts"]) for head in shown),
            code=row["code"],
        )
        for row in rows
    )
    totals = tuple(head.cell(total) for head in shown)
    last_day = date.fromisoformat(figures["period"]["last_day"])
    return ReportTable(by, title, subject, shown, lines, totals, last_day)


@dataclass(frozen=True)
class OverdueTask:
    """A task not completed and overdue at the cut-off, with who answers for it (rule 8.5)."""

    code: str
    title: str
    document: str
    agency: str
    head: str
    due: str
    original: str
    days: int
    cause: str
    commitment: str
    is_broken: bool


def overdue_tasks(figures: Mapping, rows: Mapping) -> list[OverdueTask]:
    """Return the frozen overdue tasks, by agency in official order, the longest first."""
    agencies = {each["code"]: each for each in figures["agencies"]}
    order = {code: place for place, code in enumerate(agencies)}
    late = [row for row in rows["tasks"] if row["exit"] == "overdue"]
    late.sort(key=lambda row: (order[row["lead"]], -row["days_overdue"], row["code"]))
    return [
        OverdueTask(
            code=row["code"],
            title=row["title"],
            document=row["document"],
            agency=agencies[row["lead"]]["name"],
            head=agencies[row["lead"]]["head"],
            due=due_text(row["due_at"]),
            original=original_text(row),
            days=row["days_overdue"],
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


def rows_behind(
    figures: Mapping, rows: Mapping, key: str, *, agency: str = "", authority: str = ""
) -> tuple[Head, list[Mapping]] | None:
    """Return the frozen rows a figure of the report counts; None when there is no such figure."""
    bands = figures["settings"]["overdue_band_days"]
    offered = (*RESULTS, *following(bands), *BY_ORIGINAL)
    heads = {head.key: head for head in offered if head.columns}
    head = heads.get(key)
    if head is None:
        return None
    wanted = set(head.columns)
    if key.startswith("lines_"):
        found = [row for row in rows["lines"] if agency in ("", row["agency"])]
    elif key.startswith("spot_"):
        found = [row for row in rows.get("spot_checks", []) if agency in ("", row["lead"])]
    else:
        found = [
            row
            for row in rows["tasks"]
            if agency in ("", row["lead"]) and authority in ("", row["authority"])
        ]
    return head, [row for row in found if wanted & _columns_of(row, bands)]


def _columns_of(row: Mapping, bands: Sequence[int]) -> set[str]:
    """Return every column the frozen row is counted in."""
    columns = {row["entry"], row["exit"]}
    if row["exit"] == "overdue":
        columns.add(band(max(start for start in bands if start <= row["days_overdue"])))
    remarks = ("not_updated", "extended", "original_completed_late", "original_overdue")
    return columns | {remark for remark in remarks if row.get(remark)}


def original_text(row: Mapping) -> str:
    """Return a frozen row's original deadline where it is another than the one that held (5.6)."""
    original = row.get("original_due_at")
    return due_text(original) if original != row["due_at"] else ""


def due_text(due_at: str | None) -> str:
    """Return a frozen deadline as its last day in time, with the hour where it has one."""
    if not due_at:
        return ""
    instant = datetime.fromisoformat(due_at).astimezone(ZONE)
    day = last_day_in_time(instant)
    return f"{day:%d/%m/%Y}" if is_day_end(instant) else f"{instant:%H:%M} {day:%d/%m/%Y}"
