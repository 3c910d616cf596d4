"""The first page after log-in, by role."""

from datetime import date, datetime

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from agencies.deadlines import local_day, local_midnight_after
from agencies.functions import Function
from reports.my_work import MyWork
from reports.overview import Overview, overdue_acknowledgements
from reports.places import has_overview, has_work

PAGE = 50


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
    """Show what is overdue and what waits for the Office, now or at the end of a past day."""
    if not request.actor.sees_everything:
        raise Http404
    as_of = _past_day(request.GET.get("as_of", ""), request.at)
    at = local_midnight_after(date.fromisoformat(as_of)) if as_of else request.at
    overview = Overview(request.actor, at, as_of=as_of)
    everything = request.GET.get("all") == "1"
    context = {
        "overview": overview,
        "as_of": as_of,
        "today": local_day(request.at),
        "at": at,
        "everything": everything,
        "lines": overview.agencies(request.GET.get("sort", ""), everything=everything),
        "longest": max((c["overdue"] for c in overview.counts.values()), default=0),
    }
    if not as_of:
        context |= {
            "reports_waiting": overview.reports_waiting(),
            "owed": overview.owed(),
            "extensions_waiting": overview.extensions_waiting(),
            "returns_waiting": overview.returns_waiting(),
            "obstacles": overview.obstacles_waiting(),
            "acknowledgements": overview.acknowledgements_overdue(),
            "corrections": overview.corrections_waiting(),
            "campaigns": overview.campaigns(),
            "directives": overview.directives_waiting(),
            "expiring": overview.expiring(),
            "unmoved": overview.unmoved(),
        }
    return render(request, "reports/dashboard.html", context)


def _past_day(text: str, at: datetime) -> str:
    """Return the day if it is one that has ended, else nothing: the page shows now."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return ""
    return text if day < local_day(at) and day.year > 2000 else ""


def acknowledgements_overdue(request: HttpRequest) -> HttpResponse:
    """List the addressees that have not acknowledged a directive by its day."""
    if not request.actor.sees_everything:
        raise Http404
    late = overdue_acknowledgements(request.actor, request.at)
    late = late.select_related("agency", "directive__kind")
    order = "agency" if request.GET.get("sort") == "agency" else "due_at"
    columns = ["agency__kind__order", "agency__order", "due_at"]
    late = late.order_by(*(columns if order == "agency" else ["due_at", "pk"]))
    page = Paginator(late, PAGE).get_page(request.GET.get("page"))
    return render(request, "reports/acknowledgements.html", {"page": page})


def my_work(request: HttpRequest) -> HttpResponse:
    """Show what the actor must do next, the most urgent first."""
    return render(request, "reports/my_work.html", {"work": MyWork(request.actor, request.at)})
