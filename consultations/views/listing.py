"""The list of consultations; its address is described in `consultations.listing`."""

from collections import Counter, defaultdict
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from agencies.models import Agency
from consultations import acts
from consultations.listing import PAGE_SIZE, Listing, tabs_of
from consultations.models import Consultation, Opinion
from consultations.stances import Outcome
from consultations.wording import PILL_OF, Days

FEW = 10  # a short list of what waits needs no filters above it
HORIZONS = (1, 3, 5, 10)
"""Within how many working days the filter offers consultations that expire."""
ANSWERED = (Outcome.AGREED, Outcome.WITH_COMMENTS, Outcome.DISAGREED)


def consultations(request: HttpRequest) -> HttpResponse:
    """List consultations, or lines, as the address asks."""
    listing = Listing.read(request.GET, request.actor, request.at)
    page = Paginator(listing.rows(), PAGE_SIZE).get_page(request.GET.get("page"))
    days = Days.at_instant(listing.at)
    rows = list(page.object_list)
    if listing.is_lines:
        for line in rows:
            _show_line(line, days)
    else:
        _tally(rows, listing, days)
    home = reverse("consultations")
    context = {
        "listing": listing,
        "page": page,
        "rows": rows,
        "results": _results(listing, days),
        "total": page.paginator.count,
        "tabs": [
            {"label": label, "url": f"{home}?{urlencode({'tab': tab})}", "here": tab == listing.tab}
            for tab, label in tabs_of(request.actor).items()
        ],
        "outcomes": Outcome.choices,
        "horizons": sorted({*HORIZONS, listing.expiring} - {None}),
        "requester": Agency.objects.filter(code=listing.requester).first(),
        "agencies": Agency.objects.in_official_order().values_list("code", "short_name"),
        "shows_filters": page.paginator.count > FEW or listing.tab != "waiting" or listing.narrows,
        "may_ask": listing.as_of.day is None and acts.may(acts.ASK, request.actor),
        "may_reply": listing.as_of.day is None and acts.may(acts.REPLY, request.actor),
        "as_of": listing.as_of,
    }
    return render(request, "consultations/list.html", context)


def _results(listing: Listing, days: Days) -> list[Opinion]:
    """Return the results of meetings that wait for our answer beside the requests (rule 6.10)."""
    if listing.tab != "waiting" or listing.as_of.day is not None:
        return []
    waiting = Opinion.objects.result_waiting_for(listing.actor, listing.at).for_display()
    return [days.with_result(line) for line in waiting]


def _show_line(line: Opinion, days: Days) -> None:
    line.outcome_word = Outcome(line.outcome).label
    line.outcome_pill = PILL_OF[line.outcome]
    line.due_at = line.due_then
    line.due_pill = days.pill_of(line.due_at)
    line.left = days.left_and_due(line.due_at)
    line.runs = days.at < line.due_at


def _tally(rows: list[Consultation], listing: Listing, days: Days) -> None:
    """Count the outcomes of each consultation's lines that the actor may see (one query)."""
    lines = listing.visible_lines.filter(consultation__in=rows)
    told: dict[int, Counter] = defaultdict(Counter)
    latest: dict[int, list] = defaultdict(list)
    awaited: dict[int, list[str]] = defaultdict(list)
    for consultation_id, outcome, due_at, agency in lines.with_outcome(days.at).values_list(
        "consultation_id", "outcome", "due_then", "agency__short_name"
    ):
        told[consultation_id][outcome] += 1
        latest[consultation_id].append(due_at)
        if outcome == Outcome.AWAITING:
            awaited[consultation_id].append(agency)
    for row in rows:
        counts = told[row.pk]
        row.awaited_names = awaited[row.pk]
        row.answered = sum(counts[outcome] for outcome in ANSWERED)
        row.disagreed = counts[Outcome.DISAGREED]
        row.deemed = counts[Outcome.DEEMED_AGREED]
        row.no_reply = counts[Outcome.NO_REPLY]
        row.awaited = counts[Outcome.AWAITING]
        row.asked_count = counts.total()
        if listing.as_of.day and row.pk in latest:
            row.due_at = max(latest[row.pk])
        row.is_open = max(latest[row.pk], default=row.due_at) > days.at
        row.shown_due_at = getattr(row, "awaited_until", None) or row.due_at
        row.due_pill = days.pill_of(row.shown_due_at) if row.awaited else "done"
        row.left = days.left(row.shown_due_at)
