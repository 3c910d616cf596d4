"""The list of tasks as a workbook: the rows the page shows, with what it says of them."""

from collections.abc import Iterable, Iterator
from typing import IO, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.deadlines import ZONE, is_day_end, last_day_in_time
from agencies.sheets import Column, write_sheet
from tasks.judgement import Judgement
from tasks.models import Task
from tasks.states import State
from tasks.task_list import Listed

# A workbook of more is read by nobody; the filters find less.
MOST_ROWS = 5_000


def export(found: Listed, most: int = MOST_ROWS) -> IO[bytes]:
    """Return the workbook of a list: filters and instant above, then one row a task, at most so
    many.
    """
    return write_sheet(
        name=_("Tasks"),
        title=_("List of tasks"),
        notes=_notes(found, most),
        columns=_columns(),
        rows=_rows(found, most),
    )


def _columns() -> list[Column]:
    return [
        Column(_("No."), 6),
        Column(_("Code"), 16),
        Column(_("Task"), 52),
        Column(_("Lead agency"), 28),
        Column(_("Assigned by"), 24),
        Column(_("Document, source"), 24),
        Column(_("Assigned on"), 13),
        Column(_("Deadline"), 17),
        Column(_("Original deadline"), 17),
        Column(_("State"), 20),
        Column(_("Timeliness"), 26),
        Column(_("Done, %"), 9),
        Column(_("Last news"), 17),
        Column(_("Urged, times"), 9),
        Column(_("Expected product"), 28),
    ]


def _notes(found: Listed, most: int) -> list[str]:
    instant = found.judgement.instant.astimezone(ZONE)
    notes = [
        _("As things stood at %(instant)s") % {"instant": f"{instant:%H:%M %d/%m/%Y}"},
        _("Filters: %(filters)s") % {"filters": "; ".join(_filters(found)) or _("none")},
    ]
    if found.by_original:
        notes.append(_("Judged by the original deadline"))
    if found.total > most:
        notes.append(
            _("Only the first %(most)d of %(total)d rows; narrow the list to have all.")
            % {"most": most, "total": found.total}
        )
    else:
        notes.append(ngettext("%(n)d task", "%(n)d tasks", found.total) % {"n": found.total})
    return notes


def _filters(found: Listed) -> Iterator[str]:
    """Yield what the list is narrowed by, in words."""
    form = found.filter.form
    for name, value in found.carried:
        if not value or name in ("sort", "as_of") or name not in form.fields:
            continue
        field = form.fields[name]
        yield f"{field.label or name}: {_in_words(field, value)}"


def _in_words(field, value: str) -> str:
    if hasattr(field, "queryset"):
        key = field.to_field_name or "pk"
        row = field.queryset.filter(**{key: value}).first()
        return str(row) if row is not None else value
    return str(dict(getattr(field, "choices", ())).get(value, value))


def _rows(found: Listed, most: int) -> Iterator[list[Any]]:
    rows = found.rows.select_related("lead", "assigned_by", "directive__kind")[:most]
    return _drawn(rows.iterator(chunk_size=500), found.judgement)


def _drawn(rows: Iterable[Task], judgement: Judgement) -> Iterator[list[Any]]:
    for number, task in enumerate(rows, start=1):
        yield [
            number,
            task.code,
            task.title,
            task.lead.name,
            task.assigned_by.name,
            str(task.directive) if task.directive else task.source,
            task.assigned_at.astimezone(ZONE).date(),
            _deadline(task.due_then),
            _deadline(task.original_due_at),
            State(task.state_then).label,
            judgement.words(task),
            task.percent,
            task.updated_at,
            task.times_urged,
            task.product,
        ]


def _deadline(due_at):
    """A deadline of a whole day is its last day; one with an hour is the instant."""
    if due_at is None:
        return None
    return last_day_in_time(due_at) if is_day_end(due_at) else due_at
