"""Signs of misuse: per requester and per answering agency, for the chief and the leaders (6.11)."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from agencies.deadlines import local_day
from agencies.files import SHEET
from consultations.misuse import Misuse, may_see
from consultations.signs import Period
from consultations.workbook import signs_xlsx


def signs(request: HttpRequest) -> HttpResponse:
    """Show both tables of the period in the address; without one, of this year."""
    return render(request, "consultations/signs.html", {"misuse": _misuse(request)})


def signs_export(request: HttpRequest) -> FileResponse:
    """Hand out the tables of the page as a workbook."""
    book = signs_xlsx(_misuse(request))
    name = f"dau-hieu-lam-dung-{local_day(request.at):%Y-%m-%d}.xlsx"
    return FileResponse(book, as_attachment=True, filename=name, content_type=SHEET)


def _misuse(request: HttpRequest) -> Misuse:
    if not may_see(request.actor):
        raise Http404
    today = local_day(request.at)
    period = Period.read(request.GET, since=today.replace(month=1, day=1), until=today)
    return Misuse(period, request.at)
