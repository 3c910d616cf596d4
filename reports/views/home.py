"""The first page after log-in, by role."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from agencies.acting import Actor
from agencies.as_of import AsOf
from agencies.functions import Function
from agencies.listing import sorted_rows
from agencies.models import Agency, Post
from reports.my_work import MyWork
from reports.overview import (
    AgencyOverview,
    Overview,
    Scope,
    may_open_dashboard,
    overdue_acknowledgements,
)
from reports.places import has_overview, has_work
from tasks.urging.table import prepares

PAGE = 50
ACKNOWLEDGEMENT_SORTS = {
    "agency": ("agency__kind__order", "agency__order", "due_at"),
    "directive": ("directive__number_key", "directive__issued_on"),
    "due": ("due_at",),
}


def home(request: HttpRequest) -> HttpResponseRedirect:
    """Lead each role to its first work: dashboard, own work, the register, the jobs."""
    if has_overview(request.actor):
        return HttpResponseRedirect(reverse("dashboard"))
    if has_work(request.actor):
        return HttpResponseRedirect(reverse("my_work"))
    if request.actor.has(Function.CLERK):
        return HttpResponseRedirect(reverse("papers"))
    if request.actor.has(Function.ADMINISTRATOR):
        return HttpResponseRedirect(reverse("jobs"))
    return HttpResponseRedirect(reverse("notices"))


def dashboard(request: HttpRequest) -> HttpResponse:
    """Show what is overdue and what waits, now or at the end of a past day: all of it, or the
    portfolio of a leader, whose own it is at first.
    """
    if not request.actor.sees_everything:
        raise Http404
    as_of = AsOf.read(request.GET, request.at)
    leader = leader_shown(request.actor, request.GET.get("whose", ""))
    scope = Scope(request.actor, as_of.at, as_of=as_of.day, leader=leader)
    overview = Overview(
        scope,
        by=request.GET.get("by", ""),
        sort=request.GET.get("sort", ""),
        everything=request.GET.get("all") == "1",
    )
    context = {
        "overview": overview,
        "standing": overview.standing,
        "breakdown": overview.breakdown,
        "as_of": as_of,
        "at": as_of.at,
        "kept": [(name, request.GET.get(name, "")) for name in ("whose", "by", "all")],
        "may_urge": not as_of.day and prepares(request.actor),
        "is_own": leader is not None and leader == request.actor.authority,
    }
    return render(request, "reports/dashboard.html", context)


def leader_shown(actor: Actor, whose: str) -> Post | None:
    """Return whose portfolio the address asks for: a leader sees the own one unless it says `all`,
    the Office everything unless it names a leader's post.
    """
    leaders = Post.objects.with_function(Function.LEADER).for_display()
    if whose.isdecimal():
        return get_object_or_404(leaders, pk=int(whose))
    if actor.is_leader and whose != "all":
        return leaders.filter(pk=actor.authority.pk).first()
    return None


def agency_dashboard(request: HttpRequest, code: str) -> HttpResponse:
    """Show an agency's tasks, people, consultations and dossiers, now or at the end of a past day,
    to its head, the Office and the leaders.
    """
    agency = get_object_or_404(Agency.objects.visible_to(request.actor), code=code)
    if not may_open_dashboard(request.actor, agency):
        raise Http404
    as_of = AsOf.read(request.GET, request.at)
    scope = Scope(request.actor, as_of.at, as_of=as_of.day, agency=agency)
    overview = AgencyOverview(scope)
    context = {
        "overview": overview,
        "standing": overview.standing,
        "agency": agency,
        "as_of": as_of,
        "at": as_of.at,
        "is_own": agency.pk == request.actor.agency_id,
    }
    return render(request, "reports/agency_dashboard.html", context)


def acknowledgements_overdue(request: HttpRequest) -> HttpResponse:
    """List the addressees that have not acknowledged a directive by its day."""
    if not request.actor.sees_everything:
        raise Http404
    as_of = AsOf.read(request.GET, request.at)
    late = overdue_acknowledgements(request.actor, as_of.at, past=as_of.past)
    late = late.select_related("agency", "directive__kind")
    sort = request.GET.get("sort", "")
    ordered = sorted_rows(late, ACKNOWLEDGEMENT_SORTS, sort, "due")
    page = Paginator(ordered, PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "as_of": as_of, "at": as_of.at, "kept": [("sort", sort)]}
    return render(request, "reports/acknowledgements.html", context)


def my_work(request: HttpRequest) -> HttpResponse:
    """Show what the actor must do next, the most urgent first."""
    actor = request.actor
    heads = actor.agency is not None and may_open_dashboard(actor, actor.agency)
    context = {"work": MyWork(actor, request.at), "heads": heads}
    return render(request, "reports/my_work.html", context)
