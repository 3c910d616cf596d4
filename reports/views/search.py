"""One field finds everything (traps.md: search)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def search(request: HttpRequest) -> HttpResponse:
    """Find directives, tasks, consultations, agencies and people."""
    return render(request, "reports/search.html", {})
