"""Agencies and posts: who exists, who heads, who answers for what."""

from datetime import date

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from agencies.acting import heads_by_agency
from agencies.closing import may_close
from agencies.deadlines import local_day
from agencies.fold import fold
from agencies.models import Agency, AgencyKind, Attachment, Event, Post
from agencies.notices import mark_read
from agencies.portfolios import leaders_on, supervising
from agencies.register import may_keep_competences, may_name_responsible, register_of
from agencies.regulations import may_keep_regulations
from agencies.succession import in_post_on

PAGE = 60
HISTORY = 20


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
    mark_read(request.user, request.at, page=request.path)
    actor, day = request.actor, local_day(request.at)
    register = register_of(found)
    answering = in_post_on([row.responsible for row in register.values()], day)
    context = {
        "agency": found,
        "posts": Post.objects.held_on(day).filter(agency=found).for_display(),
        "register": [(row, answering.get(row.responsible_id)) for row in register.values()],
        "may_keep_register": may_name_responsible(actor, found) or may_keep_competences(actor),
        "regulations": _regulations(found, day),
        "may_keep_regulations": may_keep_regulations(actor, found),
        "supervisor": supervising(leaders_on(day), None, found),
        "is_open": not found.is_closed_on(day),
        "successors": found.successors.all(),
        "predecessors": found.predecessors.all(),
        "events": _kept(found),
        "may_close": may_close(actor),
    }
    return render(request, "agencies/agency.html", context)


def _regulations(found: Agency, day: date) -> dict[str, list[tuple]]:
    """Return the working regulations with their files: in force or to come, and older ones."""
    rows = list(found.regulations.all())
    files: dict[int, list[Attachment]] = {}
    for file in Attachment.objects.of_many(rows):
        files.setdefault(file.thing_id, []).append(file)
    sorted_out: dict[str, list[tuple]] = {"present": [], "past": []}
    for row in rows:
        has_ended = row.ends_on is not None and row.ends_on < day
        sorted_out["past" if has_ended else "present"].append((row, files.get(row.pk, [])))
    return sorted_out


def _kept(found: Agency):
    """Return who changed what about the agency itself, the newest first."""
    events = Event.objects.of(found).filter(act__regex=r"^(register|agency)\.")
    return events.for_timeline().order_by("-effective_at", "-id")[:HISTORY]
