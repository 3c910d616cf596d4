"""Periodic reports: the list, one with its tables, the frozen rows behind each figure."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agencies.as_of import AsOf
from agencies.listing import sorted_rows
from agencies.models import Agency, Event
from agencies.notices import mark_read
from reports.asking import may_ask
from reports.columns import assigned, completed
from reports.corrections import corrections
from reports.counting import GROUPINGS
from reports.details import (
    LONGEST_SHOWN,
    ROW_SORTS,
    due_text,
    original_text,
    overdue_rows,
    overdue_tasks,
    rows_behind,
)
from reports.lifecycle import may_approve, may_draft_upward, may_edit
from reports.listing import APPROVE, WAITS, as_it_stood, reports_of, waits
from reports.models import PeriodicReport, PeriodKind, ReportRequest
from reports.narrative import read
from reports.overview import line_of, may_see
from reports.tables import all_tables, results, row_name

PAGE = 24
ROWS = 50
SORTS = {"period": ("cut_off_at", "starts_at"), "send": ("send_by_at",)}
WORDS = {
    "tasks": _("Tasks"),
    "lines": _("Consultation lines"),
    "poor": _("Poor answers"),
    "dossiers": _("Dossiers"),
    "spot_checks": _("Tasks checked"),
    "urgings": _("Urgings"),
    "papers": _("Papers"),
}
"""What the frozen rows of each table are."""
ADDRESSES = {
    "tasks": "task",
    "lines": "consultation",
    "poor": "consultation",
    "dossiers": "dossier",
    "spot_checks": "task",
    "urgings": "urging",
}
"""Under which address the thing of a row is found by its code; papers about cases under none."""


def reports(request: HttpRequest) -> HttpResponse:
    """List the reports, the newest first, as their address asks (`reports.listing`)."""
    if not request.actor.sees_everything:
        raise Http404
    as_of = AsOf.read(request.GET, request.at)
    every = reports_of(request.actor, as_of.past)
    found = every.select_related("paper", "upward__paper")
    kind, year = request.GET.get("kind", ""), request.GET.get("year", "")
    if kind in PeriodKind.values:
        found = found.filter(kind=kind)
    if year.isdecimal() and len(year) == 4:
        found = found.filter(cut_off_at__year=int(year))
    if request.GET.get("waits") in WAITS:
        found = found.filter(waits(request.GET["waits"], as_of.past))
    ordered = sorted_rows(found.listed(), SORTS, request.GET.get("sort", ""), "-period")
    page = Paginator(ordered, PAGE).get_page(request.GET.get("page"))
    for report in page.object_list:
        as_it_stood(report, as_of.past)
        report.results = results(report.figures, "agencies")
    years = every.dates("cut_off_at", "year", "DESC")
    context = {
        "page": page,
        "kinds": PeriodKind.choices,
        "kind": kind,
        "years": [str(day.year) for day in years],
        "year": year,
        "waits": request.GET.get("waits", ""),
        "drafts": found.filter(waits(APPROVE, as_of.past)).count(),
        "may_ask": may_ask(request.actor) and not as_of.day,
        "asked": []
        if as_of.day
        else ReportRequest.objects.visible_to(request.actor).waiting().with_failures(),
        "as_of": as_of,
    }
    return render(request, "reports/reports.html", context)


def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one report as it was frozen."""
    found = visible_report(request, pk)
    mark_read(request.user, request.at, found)
    return report_page(request, found)


def report_agency(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Show all a report froze of one agency, each figure with its rows, to whoever sees them."""
    found, agency = readable_report(request, pk), get_object_or_404(Agency, code=code)
    line = line_of(found, code, whole=request.actor.sees_everything)
    if line is None or not may_see(request.actor, agency):
        raise Http404
    return render(
        request, "reports/report_agency.html", {"report": found, "agency": agency, "line": line}
    )


def report_rows(request: HttpRequest, pk: int) -> HttpResponse:
    """List the frozen rows behind one figure of the report; an agency reads those of its own."""
    found = readable_report(request, pk)
    by, code = request.GET.get("by", ""), request.GET.get("code", "")
    behind = rows_behind(found, request.GET.get("column", "assigned"), by=by, code=code)
    agency = Agency.objects.filter(code=code).first() if by == "agencies" else None
    is_own = agency is not None and may_see(request.actor, agency)
    if behind is None or not (request.actor.sees_everything or is_own):
        raise Http404
    head, rows = behind
    rows = sorted_rows(
        rows.visible_to(request.actor), ROW_SORTS, request.GET.get("sort", ""), "agency"
    )
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    names = {each["code"]: each["name"] for each in found.figures["agencies"]}
    context = {
        "report": found,
        "head": head,
        "of": _row_named(found, by, code),
        "agency": agency,
        "what": WORDS[head.of],
        "page": page,
        "rows": [
            _drawn(row.data, head.of, names.get(row.agency, row.agency)) for row in page.object_list
        ],
    }
    return render(request, "reports/report_rows.html", context)


def _row_named(found: PeriodicReport, by: str, code: str) -> str:
    """Return the name of the table's row the figure stands in; nothing for the total's."""
    if by not in GROUPINGS:
        return ""
    rows = (row for row in found.figures.get(by, ()) if row["code"] == code)
    return next((row_name(by, row) for row in rows), "")


def _drawn(row: dict, of: str, agency: str) -> dict:
    address = ADDRESSES.get(of)
    return row | {
        "url": reverse(address, args=[row["code"]]) if address else "",
        "due": due_text(row.get("due_at")),
        "original": original_text(row),
        "by": agency,
    }


def readable_report(request: HttpRequest, pk: int) -> PeriodicReport:
    """Return a report of which the actor reads figures, or 404."""
    return get_object_or_404(PeriodicReport.objects.with_figures_for(request.actor), pk=pk)


def visible_report(request: HttpRequest, pk: int) -> PeriodicReport:
    """Return the report, or 404 where the actor may not see it."""
    found = PeriodicReport.objects.visible_to(request.actor).select_related(
        "paper__signed_by__title__head_title", "paper__signed_by__user", "approved_by__user",
        "upward__paper__signed_by__title__head_title", "upward__paper__signed_by__user",
        "upward__approved_by__user",
    )  # fmt: skip
    return get_object_or_404(found, pk=pk)


def report_page(request: HttpRequest, found: PeriodicReport, status: int = 200) -> HttpResponse:
    """Show the report's page."""
    figures = found.figures
    overdue = overdue_tasks(figures, overdue_rows(found, LONGEST_SHOWN))
    context = {
        "report": found,
        "figures": figures,
        "total": figures["total"],
        "total_assigned": assigned(figures["total"]),
        "total_completed": completed(figures["total"]),
        "text": read(found.narrative, figures),
        "tables": all_tables(figures),
        "overdue": overdue,
        "overdue_left": figures["total"].get("overdue", 0) - len(overdue),
        "corrections": corrections(found, request.at),
        "events": Event.objects.of(found).for_timeline(),
        "may_edit": may_edit(request.actor, found),
        "may_approve": may_approve(request.actor, found),
        "may_draft_upward": may_draft_upward(request.actor, found),
    }
    return render(request, "reports/report.html", context, status=status)
