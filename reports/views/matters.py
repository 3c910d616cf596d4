"""What the pages of cases and of commendations do in one way: the list, one act (rule 9.1)."""

from collections.abc import Callable
from types import ModuleType
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from agencies.as_of import AsOf
from agencies.listing import sorted_rows
from agencies.posting import try_form
from consultations.acts import Act
from consultations.forms.acts import ActForm
from reports.cases.listing import PILLS, SORTS, MatterFilter
from reports.cases.page import read_grounds, signatures_of
from reports.cases.people import Matter, person_of
from reports.cases.situation import Situation
from reports.cases.standing import Standing

PAGE_SIZE = 30

Answer = tuple[HttpResponse | None, int]
Doing = Callable[[HttpRequest, Act, Matter, ActForm], Answer]


def listed(request: HttpRequest, rows: QuerySet, as_of: AsOf, waiting: QuerySet) -> dict[str, Any]:
    """Return the list as its address asks for it; `waiting` are those the actor is next to act on.

    `rows` carry their standing, now or at the end of the day asked for.
    """
    waits = set(waiting.values_list("pk", flat=True))
    if request.GET.get("waits") == "me":
        rows = rows.filter(pk__in=waits)
    narrowed = MatterFilter(request.GET, rows.select_related("agency", "report"))
    ordered = sorted_rows(narrowed.qs, SORTS, request.GET.get("sort", ""), "drafted_at")
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
    do: Doing,
    **context: Any,
) -> HttpResponse:
    """Show the form of one act beside what it rests on, and do it when posted."""
    situation = Situation(request.actor, request.at, found)
    refusal = row.refusal(situation)
    if refusal is not None and request.method != "POST":
        messages.info(request, refusal.message)
        return HttpResponseRedirect(found.get_absolute_url())
    typed = (request.POST, request.FILES) if request.method == "POST" else ()
    form = form_class(*typed, case=situation)
    answer, status = do(request, row, found, form)
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


def doing(functions: ModuleType) -> Doing:
    """Return how an act is done by the function of its name; it leads to what that returns."""

    def do(request: HttpRequest, row: Act, found: Matter, form: ActForm) -> Answer:
        return try_form(
            request,
            form,
            lambda: getattr(functions, row.code)(found, request.actor, request.at, **form.facts()),
            done=str(row.done),
        )

    return do
