"""The monthly reports: list, one, its frozen rows, its text, approval, .docx."""

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from agencies.models import Event
from agencies.notices import mark_read
from agencies.posting import CONFLICT, try_act
from reports.columns import assigned, completed
from reports.lifecycle import approve, edit_narrative, may_approve, may_edit
from reports.models import PeriodicReport
from reports.narrative import LABELS, LONGEST, PARAGRAPHS, fields, read
from reports.paper import file_name
from reports.paper import report_docx as docx_of
from reports.tables import (
    by_original_deadline,
    due_text,
    following_by_agency,
    original_text,
    overdue_tasks,
    results_by_agency,
    results_by_authority,
    rows_behind,
)

PAGE = 24
ROWS = 50
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class NarrativeForm(forms.Form):
    """The paragraphs of a report; figures are fields in braces."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name in PARAGRAPHS:
            self.fields[name] = forms.CharField(
                label=LABELS[name],
                required=False,
                max_length=LONGEST,
                widget=forms.Textarea(attrs={"rows": 3}),
            )


def reports(request: HttpRequest) -> HttpResponse:
    """List the reports, the newest first."""
    if not request.actor.sees_everything:
        raise Http404
    found = PeriodicReport.objects.visible_to(request.actor).select_related("paper")
    direction = "cut_off_at" if request.GET.get("sort") == "period" else "-cut_off_at"
    year = request.GET.get("year", "")
    if year.isdecimal() and len(year) == 4:
        found = found.filter(cut_off_at__year=int(year))
    rows = found.defer("rows", "calendar", "narrative").order_by(direction)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    for report in page.object_list:
        report.results = results_by_agency(report.figures)
    years = PeriodicReport.objects.visible_to(request.actor).dates("cut_off_at", "year", "DESC")
    context = {
        "page": page,
        "years": [str(day.year) for day in years],
        "year": year,
        "drafts": found.filter(state=PeriodicReport.State.DRAFT).count(),
    }
    return render(request, "reports/reports.html", context)


def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one report as it was frozen."""
    found = _visible(request, pk)
    mark_read(request.user, request.at, found)
    return _report_page(request, found)


def report_rows(request: HttpRequest, pk: int) -> HttpResponse:
    """List the frozen rows behind one figure of the report."""
    found = _visible(request, pk)
    agency, authority = request.GET.get("agency", ""), request.GET.get("authority", "")
    column = request.GET.get("column", "assigned")
    behind = rows_behind(found.figures, found.rows, column, agency=agency, authority=authority)
    if behind is None:
        raise Http404
    head, rows = behind
    names = {each["code"]: each["name"] for each in found.figures["agencies"]}
    sources = {each["code"]: each["name"] for each in found.figures["authorities"]}
    shown = [
        row
        | {
            "due": due_text(row["due_at"]),
            "original": original_text(row),
            "agency_name": names[row.get("lead") or row["agency"]],
        }
        for row in rows
    ]
    context = {
        "report": found,
        "head": head,
        "of": names.get(agency) or sources.get(authority, ""),
        "is_lines": column.startswith("lines_"),
        "page": Paginator(shown, ROWS).get_page(request.GET.get("page")),
    }
    return render(request, "reports/report_rows.html", context)


@require_POST
def report_approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve the version the page showed."""
    found = _visible(request, pk)
    version = request.POST.get("version", "")
    answered = try_act(
        request,
        lambda: approve(
            found, request.actor, request.at, version=int(version) if version.isdecimal() else -1
        ),
        done=_("The report is approved; the clerk can number and issue it."),
    )
    return answered or _report_page(request, _visible(request, pk), status=CONFLICT)


def report_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Edit the paragraphs; the figures inside them stay fields (rule 8.8)."""
    found = _visible(request, pk)
    if not may_edit(request.actor, found) and request.method != "POST":
        raise Http404
    form = NarrativeForm(request.POST or None, initial=found.narrative | {"version": found.version})
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            answered = try_act(request, lambda: _save(request, found, form), form=form,
                               done=_("The text is saved."))  # fmt: skip
            if answered:
                return answered
            status = CONFLICT
    context = {"report": found, "form": form, "figures": fields(found.figures)}
    return render(request, "reports/report_edit.html", context, status=status)


def report_docx(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out the report as .docx in the national layout."""
    found = _visible(request, pk)
    answer = HttpResponse(docx_of(found), content_type=DOCX)
    answer["Content-Disposition"] = f'attachment; filename="{file_name(found)}"'
    return answer


def _visible(request: HttpRequest, pk: int) -> PeriodicReport:
    found = PeriodicReport.objects.visible_to(request.actor).select_related(
        "paper__signed_by__title__head_title", "paper__signed_by__user", "approved_by__user",
        "approved_by__title", "approved_by__agency",
    )  # fmt: skip
    return get_object_or_404(found, pk=pk)


def _save(request: HttpRequest, found: PeriodicReport, form: NarrativeForm) -> PeriodicReport:
    paragraphs = {name: form.cleaned_data[name] for name in PARAGRAPHS}
    version = form.cleaned_data["version"]
    return edit_narrative(found, request.actor, request.at, paragraphs=paragraphs, version=version)


def _report_page(request: HttpRequest, found: PeriodicReport, status: int = 200) -> HttpResponse:
    figures = found.figures
    context = {
        "report": found,
        "figures": figures,
        "total": figures["total"],
        "total_assigned": assigned(figures["total"]),
        "total_completed": completed(figures["total"]),
        "text": read(found.narrative, figures),
        "tables": [
            results_by_agency(figures),
            results_by_authority(figures),
            following_by_agency(figures),
            *filter(None, [by_original_deadline(figures)]),
        ],
        "overdue": overdue_tasks(figures, found.rows),
        "events": Event.objects.of(found).for_timeline(),
        "may_edit": may_edit(request.actor, found),
        "may_approve": may_approve(request.actor, found),
    }
    return render(request, "reports/report.html", context, status=status)
