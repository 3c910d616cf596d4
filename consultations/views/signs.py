"""Signs of misuse: per requester and per answering agency, for the chief and the leaders (6.11)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from agencies.deadlines import local_day
from consultations.misuse import Misuse, may_see
from consultations.signs import Period


def signs(request: HttpRequest) -> HttpResponse:
    """Show both tables of the period in the address; without one, of this year."""
    if not may_see(request.actor):
        raise Http404
    today = local_day(request.at)
    period = Period.read(request.GET, since=today.replace(month=1, day=1), until=today)
    return render(request, "consultations/signs.html", {"misuse": Misuse(period, request.at)})
