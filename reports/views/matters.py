"""What the pages of cases and of commendations do in one way: the list, one act (rule 9.1)."""

from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from agencies.as_of import AsOf
from agencies.listing import sorted_rows
from agencies.posting import try_row
from consultations.acts import Act
from consultations.forms.acts import ActForm
from reports.cases.listing import PILLS, SORTS, MatterFilter
from reports.cases.page import read_grounds, signatures_of
from reports.cases.people import Matter, person_of
from reports.cases.situation import Situation
from reports.cases.standing import Standing

PAGE_SIZE = 30


def listed(request: HttpRequest, rows: QuerySet, as_of: AsOf, waiting: QuerySet) -> dict[str, Any]:
    """Return the list as its address asks for it; `waiting` are those the actor is next to act on.

    `rows` carry their standing, now or at the end of the day asked for.
    """
    waits = set(waiting.values_list("pk", flat=True))
    if request.GET.get("waits") == "me":
        rows = rows.filter(pk__in=waits)
    narrowed = MatterFilter(request.GET, rows.select_related("agency", "report"))
    ordered = sorted_rows(narrowed.qs, SORTS, request.GET.get("sort", ""), "-drafted")
    page = Paginator(ordered, PAGE_SIZE).get_page(request.GET.get("page"))
    for row in page:
        row.pill, row.waits = PILLS.get(row.stands, "done"), row.pk in waits
        row.standing_text = row.Standing(row.stands).label
        row.decided = row.get_measure_display() if row.stands == Standing.DECIDED else ""
    return {"page": page, "filter": narrowed, "waiting": len(waits), "as_of": as_of}


def act_page(
    request: HttpRequest,
    found: Matter,
    row: Act,
    form_class: type[ActForm],
    act: Callable[[ActForm], object],
    *,
    done: str = "",
    to: str = "",
    **context: Any,
) -> HttpResponse:
    """Show the form of one act beside what it rests on, and do it when posted."""
    situation = Situation(request.actor, request.at, found)
    answer, form, status = try_row(
        request, row, situation, found, form_class, act, done=done, to=to
    )
    if answer is not None:
        return answer
    context |= {
        "act": row,
        "matter": found,
        "person": person_of(found),
        "form": form,
        "grounds": read_grounds(found, request.actor),
        "signatures": signatures_of(situation),
    }
    return render(request, f"reports/{row.prefix}_act.html", context, status=status)
