"""The register of outgoing papers: sign, number, issue (rule 2.8)."""

from collections.abc import Callable

from django.core.paginator import Paginator
from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from agencies import outgoing
from agencies.as_of import AsOf
from agencies.deadlines import local_day
from agencies.forms import PaperNumberForm
from agencies.listing import sorted_rows
from agencies.models import Attachment, Event, OutgoingPaper
from agencies.notices import mark_read
from agencies.posting import try_act

DONE = {
    "sign": _("The paper is signed; it waits for a number."),
    "number": _("The paper has its number; it can be issued."),
    "issue": _("The paper is issued."),
}
PAGE = 30
SORTS = {
    "number": ("year", "number"),
    "subject": ("subject",),
    "issuer": ("issuer__kind__order", "issuer__order"),
    "date": ("dated_on",),
}


def papers(request: HttpRequest) -> HttpResponse:
    """List the papers this actor may see: those that wait for a number, then the others, newest
    first; `?state=` and `?year=` narrow, `?sort=` orders, `?as_of=` shows the end of a past day
    (rule 8.9).
    """
    as_of = AsOf.read(request.GET, request.at)
    shown = OutgoingPaper.objects.visible_to(request.actor).standing(as_of.past)
    if as_of.day and not request.actor.sees_everything:
        shown = shown.filter(Q(issuer=request.actor.agency_id) | Q(issued_at__lte=as_of.at))
    waiting = shown.filter(state_then=OutgoingPaper.State.SIGNED).count()
    state, year = request.GET.get("state", ""), request.GET.get("year", "")
    if state in OutgoingPaper.State.values:
        shown = shown.filter(state_then=state)
    if year.isdecimal():
        shown = shown.filter(year=int(year))
    shown = _ordered(shown.select_related("issuer"), request.GET.get("sort", ""))
    page = Paginator(shown, PAGE).get_page(request.GET.get("page"))
    for row in page:
        row.state = row.state_then
        row.hide_number_after(as_of.past)
    context = {
        "page": page,
        "states": OutgoingPaper.State.choices,
        "state": state,
        "year": year,
        "total": page.paginator.count,
        "waiting": waiting,
        "as_of": as_of,
    }
    return render(request, "agencies/papers.html", context)


def _ordered(rows: QuerySet, sort: str) -> QuerySet:
    if sort.removeprefix("-") in SORTS:
        return sorted_rows(rows, SORTS, sort, sort)
    waits = ExpressionWrapper(Q(state_then=OutgoingPaper.State.SIGNED), BooleanField())
    return rows.order_by(waits.desc(), "-drafted_at", "-id")


def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one paper and the next step in its life."""
    found = _visible(request, pk)
    mark_read(request.user, request.at, found)
    form = PaperNumberForm(instance=found, initial={"dated_on": local_day(request.at)})
    return _page(request, found, form)


@require_POST
def paper_act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Sign, number or issue a paper."""
    found = _visible(request, pk)
    form = PaperNumberForm(request.POST if act == "number" else None, instance=found)
    if act == "number" and not form.is_valid():
        return _page(request, found, form, 400)
    acts: dict[str, Callable[[], object]] = {
        "sign": lambda: outgoing.sign(found, request.actor, request.at),
        "number": lambda: outgoing.number(
            found, request.actor, request.at, dated_on=form.cleaned_data["dated_on"]
        ),
        "issue": lambda: outgoing.issue(found, request.actor, request.at),
    }
    if act not in acts:
        raise Http404
    bound = form if act == "number" else None
    answer = try_act(request, acts[act], form=bound, done=DONE[act])
    if answer is None and bound is not None:
        return _page(request, found, form, 409)
    return answer or HttpResponseRedirect(found.get_absolute_url())


def _visible(request: HttpRequest, pk: int) -> OutgoingPaper:
    wanted = OutgoingPaper.objects.filter(pk=pk).select_related("issuer", "signed_by__user")
    return get_object_or_404(wanted.visible_to(request.actor))


def _page(request: HttpRequest, found: OutgoingPaper, form, status: int = 200) -> HttpResponse:
    context = {
        "paper": found,
        "form": form,
        "may_sign": found.state == "draft" and outgoing.may_sign(found, request.actor),
        "may_number": found.state == "signed" and outgoing.may_number(found, request.actor),
        "may_issue": found.state == "numbered" and outgoing.may_number(found, request.actor),
        "files": Attachment.objects.of(found),
        "events": Event.objects.of(found).for_timeline(),
    }
    return render(request, "agencies/paper.html", context, status=status)
