"""Navigation by role: each app registers its entries in `AppConfig.ready()`."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS
from django.db.models import Expression, IntegerField, QuerySet, Subquery
from django.db.models.expressions import RawSQL
from django.db.models.sql import Query
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agencies.acting import Actor


def has_rows(actor: Actor) -> bool:
    """Whether any content can be the actor's to see; a pure administrator has none (section 2)."""
    return actor.sees_everything or actor.agency_id is not None


@dataclass(frozen=True)
class Entry:
    """One place in the rail: for whom, in which section and order, with which count.

    `count` gives the count as a figure of a query (`RowCount`): the rail asks all in one.
    """

    label: str | Promise
    url_name: str
    section: str = "work"
    order: int = 50
    shown_to: Callable[[Actor], bool] = has_rows
    count: Callable[[Actor, datetime], Expression] | None = None
    tab: int = 0
    tab_label: str | Promise = ""
    also: tuple[str, ...] = ()  # beginnings of other addresses that belong to the place


SECTIONS = {"work": "", "office": _("Management"), "agencies": _("Agencies"), "system": _("System")}
_ENTRIES: list[Entry] = []


def register_entries(*entries: Entry) -> None:
    """Add entries of an app."""
    for entry in entries:
        if entry not in _ENTRIES:
            _ENTRIES.append(entry)


class RowCount(Subquery):
    """How many rows a query has, as one figure of another query."""

    template = "(SELECT count(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()
    empty_result_set_value = 0

    def __init__(self, rows: QuerySet) -> None:
        super().__init__(rows.order_by().values("pk"))


class CountedOnce:
    """`RowCount` for rows that differ from page to page by an agency and an instant only.

    Building what a line means at an instant takes Django longer than counting takes PostgreSQL,
    and the rail stands on every page: the query is built and compiled the first time, with marks
    in the places of the two. `rows` puts them into the query as they are and computes nothing
    from them.
    """

    AGENCY, AT = -1, datetime.max.replace(tzinfo=UTC)

    def __init__(self, rows: Callable[[int, datetime], QuerySet]) -> None:
        self.rows = rows

    @cached_property
    def compiled(self) -> RawSQL:
        """The figure with the marks for its agency and its instant."""
        return _compiled(RowCount(self.rows(self.AGENCY, self.AT)))

    def __call__(self, agency_id: int | None, at: datetime) -> RawSQL:
        """Return the figure for an agency (None where no agency is asked for) at an instant."""
        given = {self.AGENCY: agency_id, self.AT: at}
        params = [given.get(param, param) for param in self.compiled.params]
        return RawSQL(self.compiled.sql, params, IntegerField())


def counts_for(request: HttpRequest) -> dict[str, RawSQL]:
    """Return the counts of the rail, by place, to be asked together in one query.

    Each is compiled by itself: as an annotation, its whole query would be rewritten first.
    """
    return {
        f"count_{entry.url_name}": _compiled(entry.count(request.actor, request.at))
        for entry in _ENTRIES
        if entry.count is not None and entry.shown_to(request.actor)
    }


def _compiled(figure: Expression) -> RawSQL:
    try:
        sql, params = Query(None).get_compiler(DEFAULT_DB_ALIAS).compile(figure)
    except EmptyResultSet:
        sql, params = "0", ()
    return RawSQL(sql, params, IntegerField())


def sections_for(request: HttpRequest, counted: object) -> list[dict]:
    """Return the sections of the rail with their visible entries; `counted` has the counts."""
    items = [e for e in sorted(_ENTRIES, key=lambda e: e.order) if e.shown_to(request.actor)]
    sections = []
    for code, title in SECTIONS.items():
        drawn = [
            {**_draw(entry, request), "count": getattr(counted, f"count_{entry.url_name}", 0)}
            for entry in items
            if entry.section == code
        ]
        if drawn:
            sections.append({"title": title, "items": drawn})
    return sections


def tabs_for(request: HttpRequest) -> list[dict]:
    """Return the phone's tabs: up to three entries that ask for one, then "more"."""
    wanted = [e for e in _ENTRIES if e.tab and e.shown_to(request.actor)]
    drawn = [
        {**_draw(entry, request), "label": entry.tab_label or entry.label}
        for entry in sorted(wanted, key=lambda e: e.tab)[:3]
    ]
    more = reverse("more")
    return [*drawn, {"label": _("More"), "url": more, "active": request.path == more}]


def _draw(entry: Entry, request: HttpRequest) -> dict:
    url = reverse(entry.url_name)
    here = request.path == url or (url != "/" and request.path.startswith((url, *entry.also)))
    return {"label": entry.label, "url": url, "active": here}
