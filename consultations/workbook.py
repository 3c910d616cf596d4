"""The signs of misuse as a workbook: both tables of the page, numbers as numbers (rule 6.11)."""

from collections.abc import Iterator
from typing import IO, Any

from django.utils.translation import gettext as _

from agencies.deadlines import ZONE
from agencies.papers.words import short_date
from agencies.sheets import Column, Sheet, write_book
from consultations.misuse import Misuse, Row


def signs_xlsx(misuse: Misuse) -> IO[bytes]:
    """Return the workbook of a period, in the reader's language; a sheet a table."""
    return write_book(_sheets(misuse))


def _sheets(misuse: Misuse) -> Iterator[Sheet]:
    period, instant = misuse.period, misuse.at.astimezone(ZONE)
    notes = [
        _("Asked from %(since)s until %(until)s")
        % {"since": short_date(period.since), "until": short_date(period.until)},
        _("As things stood at %(instant)s") % {"instant": f"{instant:%H:%M %d/%m/%Y}"},
        _("A sign proves nothing: it says where to look."),
    ]
    for table in misuse.tables:
        yield Sheet(
            name=str(table["title"]),
            title=": ".join([_("Signs of misuse"), str(table["title"])]),
            notes=[*notes, _("From when on is it a sign?"), *table["limits"]],
            columns=[
                Column(_("Agency"), 38),
                *(Column(str(head), 14) for head in table["columns"]),
                Column(_("Signs"), 34),
                Column(_("Notes"), 44),
            ],
            rows=map(_cells, table["rows"]),
        )


def _cells(row: Row) -> list[Any]:
    """Return an agency's figures, which of them are signs, and what the page says beside them."""
    signs = [str(head) for head, figure in row.cells if figure.is_flagged]
    notes = [f"{head}: {figure.note}" for head, figure in row.cells if figure.note]
    return [
        row.agency.name,
        *(figure.value for _head, figure in row.cells),
        "; ".join(signs),
        "; ".join(notes),
    ]
