"""Agencies and posts: who exists, who heads, who answers for what."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from agencies.acting import heads_by_agency
from agencies.deadlines import local_day
from agencies.fold import fold
from agencies.models import Agency, AgencyKind, Post

PAGE = 60


def directory(request: HttpRequest) -> HttpResponse:
    """List the agencies open today in official order; `?q=` and `?kind=` narrow."""
    day = local_day(request.at)
    words, kind = request.GET.get("q", ""), request.GET.get("kind", "")
    agencies = Agency.objects.visible_to(request.actor).open_on(day).select_related("kind")
    agencies = agencies.filter(search_text__contains=fold(words)).in_official_order()
    if kind:
        agencies = agencies.filter(kind__code=kind)
    page = Paginator(agencies, PAGE).get_page(request.GET.get("page"))
    heads = heads_by_agency([agency.pk for agency in page], day)
    context = {
        "page": page,
        "rows": [(agency, heads.get(agency.pk)) for agency in page],
        "kinds": AgencyKind.objects.all(),
        "q": words,
        "kind": kind,
        "total": page.paginator.count,
    }
    return render(request, "agencies/directory.html", context)


def agency(request: HttpRequest, code: str) -> HttpResponse:
    """Show one agency: its posts, competences, and what higher floors hang on it."""
    found = get_object_or_404(
        Agency.objects.visible_to(request.actor).select_related("kind"), code=code
    )
    day = local_day(request.at)
    competences = found.agencycompetence_set.select_related(
        "competence", "responsible__user", "responsible__title"
    )
    context = {
        "agency": found,
        "posts": Post.objects.held_on(day).filter(agency=found).for_display(),
        "competences": competences.order_by("competence__name"),
        "is_open": found.closed_on is None or found.closed_on > day,
        "successors": found.successors.all(),
    }
    return render(request, "agencies/agency.html", context)
