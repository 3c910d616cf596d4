"""The tables of a report, one definition for page, paper and workbook (rules 8.5, 8.7)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.columns import Change, Counts, Rate, completed, differs_by_original, on_time_rate
from reports.counting import GROUPINGS
from reports.heads import (
    BY_ORIGINAL,
    COOPERATION,
    RANKED,
    RESULTS,
    Cell,
    Head,
    age_and_news,
)
from tasks.models import Task


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
    unit: str = "tasks"

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


def all_tables(figures: Mapping) -> list[ReportTable]:
    """Return every table the figures give, in the order of the report."""
    groupings = [by for by in GROUPINGS if by == "agencies" or figures.get(by)]
    tables = [
        *(results(figures, by) for by in groupings),
        *(age(figures, by) for by in groupings),
        cooperation_by_agency(figures),
        by_original_deadline(figures),
        by_overdue(figures),
        *(change(figures, by) for by in groupings),
    ]
    return [table for table in tables if table is not None]


def results(figures: Mapping, by: str) -> ReportTable:
    """Give the results by agency in official order, by who assigned, leader, competence or
    priority.
    """
    title = {
        "agencies": _("Results by agency"),
        "authorities": _("Results by who assigned"),
        "leaders": _("Results by supervising leader"),
        "competences": _("Results by competence"),
        "priorities": _("Results by priority"),
    }[by]
    return _table(figures, by, title, _subject(by), RESULTS)


def _subject(by: str) -> str:
    return {
        "agencies": _("Agency"),
        "authorities": _("Assigned by"),
        "leaders": _("Supervising leader"),
        "competences": _("Competence"),
        "priorities": _("Priority"),
    }[by]


def age(figures: Mapping, by: str = "agencies") -> ReportTable | None:
    """Give age, silence, extensions and urgings, of agencies also what they help with, which is not
    added; None where another grouping has nothing of it.
    """
    title = {
        "agencies": _("Age of open work, updating and coordination by agency"),
        "authorities": _("Age, updating, extensions and urgings by who assigned"),
        "leaders": _("Age, updating, extensions and urgings by supervising leader"),
        "competences": _("Age, updating, extensions and urgings by competence"),
        "priorities": _("Age, updating, extensions and urgings by priority"),
    }[by]
    heads = age_and_news(figures["settings"]["overdue_band_days"])
    own = [head for head in heads if by == "agencies" or not head.is_helped]
    table = _table(figures, by, title, _subject(by), own)
    holds = by == "agencies" or any(any(line.cells) for line in table.lines)
    return table if holds else None


def cooperation_by_agency(figures: Mapping) -> ReportTable:
    """Give what agencies do beside their tasks: consultations, dossiers, spot checks."""
    title = _("Consultations, dossiers and spot checks by agency")
    table = _table(figures, "agencies", title, _("Agency"), COOPERATION)
    lines = tuple(line for line in table.lines if any(line.cells))
    return replace(table, lines=lines, unit="times")


def by_original_deadline(figures: Mapping) -> ReportTable | None:
    """Give late and overdue work by both deadlines (rule 5.6); None where they say the same, and
    for reports built before both were counted.
    """
    counted = "leaders" in figures or "original_overdue" in figures["total"]
    if not counted or not differs_by_original(figures["total"]):
        return None
    title = _("Extensions, late and overdue work by the deadline as it stands and the original one")
    table = _table(figures, "agencies", title, _("Agency"), BY_ORIGINAL)
    return replace(table, lines=tuple(line for line in table.lines if any(line.cells)))


def by_overdue(figures: Mapping) -> ReportTable | None:
    """Give the agencies with overdue work, the most first; the rate stands beside its counts and
    only where at least so many tasks fell due (rules 8.5, 8.7).
    """
    late = [row for row in figures["agencies"] if row["counts"].get("overdue")]
    if not late:
        return None
    late.sort(key=lambda row: (-row["counts"]["overdue"], -row["counts"]["longest_overdue"]))
    minimum = figures["settings"]["ranking_minimum"]
    rate = Head(
        "ranked_rate",
        ngettext(
            "Completed on time, percent of fallen due (from %(n)d task on)",
            "Completed on time, percent of fallen due (from %(n)d tasks on)",
            minimum,
        )
        % {"n": minimum},
        value=lambda counts: _ranked_rate(counts, minimum),
        width=10,
    )
    title = _("Agencies by number of tasks not completed, overdue")
    return _table(figures, "agencies", title, _("Agency"), (*RANKED, rate), rows=late)


def _ranked_rate(counts: Counts, minimum: int) -> Rate | str:
    rate = on_time_rate(counts)
    return rate if rate.base >= minimum else "-"


def change(figures: Mapping, by: str = "agencies") -> ReportTable | None:
    """Give the change against the last period and the same one of last year (rule 8.5); None in
    the first period of all, and where reports froze the earlier counts of agencies only.
    """
    earlier = [
        (kept, label)
        for kept, label in (
            (figures["before"], _("last period")),
            (figures["year_before"], _("same period last year")),
        )
        if kept is not None and by in kept
    ]
    if not earlier:
        return None
    title = {
        "agencies": _("Change against the last period and the same period of last year"),
        "authorities": _("Change against earlier periods by who assigned"),
        "leaders": _("Change against earlier periods by supervising leader"),
        "competences": _("Change against earlier periods by competence"),
        "priorities": _("Change against earlier periods by priority"),
    }[by]
    heads = [head for kind in _COMPARED for head in _compared_heads(kind, earlier)]
    lines = (_compared_line(by, row, earlier) for row in figures[by])
    return ReportTable(
        "",
        title,
        _subject(by),
        tuple(heads),
        tuple(line for line in lines if any(line.cells)),
        _compared(figures["total"], [kept["total"] for kept, _label in earlier]),
        _last_day(figures),
    )


def _compared_line(by: str, row: Mapping, earlier: Sequence[tuple[Mapping, str]]) -> Line:
    then = [kept[by].get(row["code"], {}) for kept, _label in earlier]
    return Line(row_name(by, row), row.get("head", ""), _compared(row["counts"], then))


_COMPARED = {
    "completed": completed,
    "completed_late": lambda counts: counts.get("completed_late", 0),
    "overdue": lambda counts: counts.get("overdue", 0),
}


def _compared_heads(kind: str, earlier: Sequence[tuple[Mapping, str]]) -> list[Head]:
    group = {
        "completed": _("Completed"),
        "completed_late": _("Completed late"),
        "overdue": _("Not completed, overdue"),
    }[kind]
    heads = [Head(kind, _("this period"), group, width=6, is_main=True)]
    for _kept, label in earlier:
        heads.append(Head(kind, label, group, width=6))
        heads.append(Head(kind, _("change"), group, width=6))
    return heads


def _compared(counts: Counts, earlier: Sequence[Counts]) -> tuple[Cell, ...]:
    cells: list[Cell] = []
    for measure in _COMPARED.values():
        now = measure(counts)
        cells.append(now)
        for then in map(measure, earlier):
            cells += [then, Change(now - then)]
    return tuple(cells)


def _table(
    figures: Mapping,
    by: str,
    title: str,
    subject: str,
    heads: Sequence[Head],
    *,
    rows: Sequence[Mapping] | None = None,
) -> ReportTable:
    rows = figures[by] if rows is None else rows
    total = figures["total"]
    shown = tuple(
        head for head in heads if not head.is_rare or any(head.cell(row["counts"]) for row in rows)
    )
    lines = tuple(
        Line(
            name=row_name(by, row),
            note=row.get("head", ""),
            cells=tuple(head.cell(row["counts"]) for head in shown),
            code=row["code"],
        )
        for row in rows
    )
    totals = tuple(head.cell(total) for head in shown)
    return ReportTable(by, title, subject, shown, lines, totals, _last_day(figures))


def row_name(by: str, row: Mapping) -> str:
    """Return the name of a table's row; what has no leader or competence is said in words."""
    if by == "priorities":
        return str(Task.Priority(row["code"]).label)
    if row["name"]:
        return row["name"]
    return _("No supervising leader") if by == "leaders" else _("No competence stated")


def _last_day(figures: Mapping) -> date:
    return date.fromisoformat(figures["period"]["last_day"])
