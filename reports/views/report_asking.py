"""A report of any days: asking for it, and how far its building is (rule 8.4)."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from agencies.posting import try_form
from reports.asking import ask, may_ask
from reports.forms import AskForm
from reports.models import ReportRequest


def new(request: HttpRequest) -> HttpResponse:
    """Ask for the report of the days from one to another."""
    if not may_ask(request.actor):
        raise Http404
    form = AskForm(request.POST or None)
    answer, status = try_form(
        request,
        form,
        lambda: ask(request.actor, request.at, **form.cleaned_data),
        done=_("The report is being built."),
    )
    if answer is not None:
        return answer
    return render(request, "reports/report_new.html", {"form": form}, status=status)


def asked(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how far a report asked for is; lead to it once it is built."""
    found = ReportRequest.objects.visible_to(request.actor).with_failures()
    wanted = get_object_or_404(found.select_related("asked_by__user"), pk=pk)
    if wanted.report_id is not None:
        to = HttpResponseClientRedirect if request.htmx else HttpResponseRedirect
        return to(wanted.report.get_absolute_url())
    template = "reports/_report_request.html" if request.htmx else "reports/report_request.html"
    return render(request, template, {"wanted": wanted, "at": request.at})
