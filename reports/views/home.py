"""The first page after log-in, by role."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from reports.places import has_overview, has_work


def home(request: HttpRequest) -> HttpResponseRedirect:
    """Lead the chief, officers and leaders to the dashboard, the agencies to their work."""
    if has_overview(request.actor):
        return HttpResponseRedirect(reverse("dashboard"))
    if has_work(request.actor):
        return HttpResponseRedirect(reverse("my_work"))
    return HttpResponseRedirect(reverse("notices"))


def dashboard(request: HttpRequest) -> HttpResponse:
    """Show what is overdue and what waits for the Office."""
    return render(request, "reports/dashboard.html", {})


def my_work(request: HttpRequest) -> HttpResponse:
    """Show what the actor must do next."""
    return render(request, "reports/my_work.html", {})
