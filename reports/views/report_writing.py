"""What is written on a report's figures: its text, the report upward, signatures, files (8.8).

Each view serves the Office's report and, with `upward`, the body's to its superior.
"""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from agencies.files import SHEET, handed_out
from agencies.models import Event
from agencies.notices import mark_read
from agencies.posting import CONFLICT, try_act, try_form
from reports.forms import NarrativeForm
from reports.lifecycle import (
    approve,
    draft_upward,
    edit_narrative,
    is_upward,
    may_approve,
    may_edit,
)
from reports.models import WrittenReport
from reports.narrative import fields, read
from reports.paper import file_name, report_docx, upward_docx
from reports.paragraphs import PARAGRAPHS
from reports.views.reports import report_page, visible_report
from reports.workbook import report_xlsx


def upward(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the report upward: its text and its way to the superior."""
    found = _written(request, pk, upward=True)
    mark_read(request.user, request.at, found)
    return _upward_page(request, found)


@require_POST
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Draft the report upward from the same figures."""
    found = visible_report(request, pk)
    answered = try_act(
        request,
        lambda: draft_upward(found, request.actor, request.at),
        done=_("The report upward is drafted from the same figures."),
    )
    return answered or report_page(request, visible_report(request, pk), status=CONFLICT)


@require_POST
def approval(request: HttpRequest, pk: int, upward: bool = False) -> HttpResponse:
    """Approve the version the page showed."""
    found = _written(request, pk, upward)
    version = request.POST.get("version", "")
    answered = try_act(
        request,
        lambda: approve(
            found, request.actor, request.at, version=int(version) if version.isdecimal() else -1
        ),
        done=_("The report is approved; the clerk can number and issue it."),
    )
    if answered is not None:
        return answered
    found = _written(request, pk, upward)
    shown = _upward_page if upward else report_page
    return shown(request, found, status=CONFLICT)


def edit(request: HttpRequest, pk: int, upward: bool = False) -> HttpResponse:
    """Edit the paragraphs; the figures inside them stay fields (rule 8.8)."""
    found = _written(request, pk, upward)
    if not may_edit(request.actor, found) and request.method != "POST":
        raise Http404
    form = NarrativeForm(request.POST or None, initial=found.narrative | {"version": found.version})
    answer, status = try_form(
        request, form, lambda: _save(request, found, form), done=_("The text is saved.")
    )
    if answer is not None:
        return answer
    context = {"report": found, "form": form, "figures": fields(found.figures, upward=upward)}
    return render(request, "reports/report_edit.html", context, status=status)


def docx(request: HttpRequest, pk: int, upward: bool = False) -> HttpResponse:
    """Hand out the report as .docx in the national layout."""
    found = _written(request, pk, upward)
    content = upward_docx(found) if upward else report_docx(found)
    return handed_out(content, file_name(found))


def xlsx(request: HttpRequest, pk: int) -> FileResponse:
    """Hand out the tables and row lists as a workbook."""
    found = visible_report(request, pk)
    name = file_name(found, "xlsx")
    return FileResponse(report_xlsx(found), as_attachment=True, filename=name, content_type=SHEET)


def _written(request: HttpRequest, pk: int, upward: bool) -> WrittenReport:
    found = visible_report(request, pk)
    if not upward:
        return found
    if not hasattr(found, "upward"):
        raise Http404
    return found.upward


def _save(request: HttpRequest, found: WrittenReport, form: NarrativeForm) -> WrittenReport:
    paragraphs = {name: form.cleaned_data[name] for name in PARAGRAPHS}
    version = form.cleaned_data["version"]
    return edit_narrative(found, request.actor, request.at, paragraphs=paragraphs, version=version)


def _upward_page(request: HttpRequest, found: WrittenReport, status: int = 200) -> HttpResponse:
    context = {
        "upward": found,
        "report": found.report,
        "text": read(found.narrative, found.figures, upward=is_upward(found)),
        "events": Event.objects.of(found).for_timeline(),
        "may_edit": may_edit(request.actor, found),
        "may_approve": may_approve(request.actor, found),
    }
    return render(request, "reports/report_upward.html", context, status=status)
