"""The monthly reports: list, one, its text, approval, .docx."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from reports.models import PeriodicReport

PAGE = 24


def reports(request: HttpRequest) -> HttpResponse:
    """List the reports, the newest first."""
    if not request.actor.sees_everything:
        raise Http404
    found = PeriodicReport.objects.visible_to(request.actor)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(request, "reports/reports.html", {"page": page})


def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one report."""
    found = get_object_or_404(PeriodicReport.objects.visible_to(request.actor), pk=pk)
    return render(request, "reports/report.html", {"report": found})


report_edit = report_approve = report_docx = report
