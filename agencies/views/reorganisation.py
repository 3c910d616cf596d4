"""Closing an agency, moving its open work to its successors, undoing that (rule 2.5)."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from agencies import closing, reorganising
from agencies.deadlines import local_day
from agencies.forms import CloseAgencyForm, ReorganisationForm
from agencies.listing import sorted_rows
from agencies.models import Agency, Event, Reorganisation
from agencies.posting import CONFLICT, try_act, try_form

PAGE = 40
SORTS = {"agency": ("kind__order", "order", "name"), "closed": ("closed_on",)}


def agency_close(request: HttpRequest, code: str) -> HttpResponse:
    """Close an agency from a day on, with its successors: the administrator's."""
    if not closing.may_close(request.actor):
        raise Http404
    found = get_object_or_404(Agency.objects.visible_to(request.actor), code=code)
    day = local_day(request.at)
    form = CloseAgencyForm(request.POST or None, agency=found, day=day)
    answer, status = try_form(
        request,
        form,
        lambda: closing.close(found, request.actor, request.at, **form.cleaned_data),
        done=_("The agency is closed; the office chief moves its open work."),
    )
    if answer is not None:
        return answer
    context = {"agency": found, "form": form, "posts": closing.posts_to_end(found, day)}
    return render(request, "agencies/agency_close.html", context, status=status)


def reorganisations(request: HttpRequest) -> HttpResponse:
    """List the closed agencies, what became of their work, and what nobody has moved."""
    if not (request.actor.sees_everything or closing.may_close(request.actor)):
        raise Http404
    closed = Agency.objects.filter(closed_on__isnull=False).prefetch_related("successors")
    ordered = sorted_rows(closed, SORTS, request.GET.get("sort", ""), "-closed")
    page = Paginator(ordered, PAGE).get_page(request.GET.get("page"))
    moved = Reorganisation.objects.live().filter(agency__in=page.object_list)
    waiting = {agency.pk: count for agency, count in reorganising.unmoved(request.at)}
    done = {row.agency_id: row for row in moved}
    context = {
        "page": page,
        "rows": [(agency, waiting.get(agency.pk), done.get(agency.pk)) for agency in page],
        "waiting": len(waiting),
        "total": page.paginator.count,
    }
    return render(request, "agencies/reorganisations.html", context)


def reorganisation(request: HttpRequest, code: str) -> HttpResponse:
    """Preview what moves where and move it; moved, show what went where and let it be undone."""
    found = _closed(request, code)
    if request.method != "POST":
        return _page(request, found)
    preview = reorganising.Preview(found, request.at)
    form = ReorganisationForm(request.POST, preview=preview)
    if request.POST.get("act") == "fill":
        filled = form.filled(request.POST.get("fill", ""))
        return _page(request, found, ReorganisationForm(preview=preview, initial=filled))
    status = CONFLICT if form.is_stale else 400
    if form.is_valid():
        answer = try_act(
            request,
            lambda: reorganising.move(
                found, request.actor, request.at,
                document_number=form.cleaned_data["document_number"],
                chosen=form.chosen(), fingerprint=form.cleaned_data["fingerprint"],
            ),
            form=form,
            done=_("Moved. The successors are told now."),
        )  # fmt: skip
        if answer is not None:
            return answer
        status = CONFLICT
    form.data = form.data.copy()  # what changed stands on the page now: move on top of it
    form.data["fingerprint"] = preview.fingerprint
    return _page(request, found, form, status)


@require_POST
def reorganisation_undo(request: HttpRequest, code: str) -> HttpResponse:
    """Give back what nobody has acted on since."""
    found = _closed(request, code)
    moved = get_object_or_404(Reorganisation.objects.visible_to(request.actor).live(), agency=found)
    answer = try_act(
        request,
        lambda: reorganising.undo(moved, request.actor, request.at),
        done=_("Undone. What had been acted on stays with its successor."),
    )
    return answer or HttpResponseRedirect(moved.get_absolute_url())


def _closed(request: HttpRequest, code: str) -> Agency:
    """Return a closed agency to whoever sees everything, else 404."""
    if not request.actor.sees_everything:
        raise Http404
    return get_object_or_404(Agency.objects.filter(closed_on__isnull=False), code=code)


def _page(
    request: HttpRequest, found: Agency, form: ReorganisationForm | None = None, status: int = 200
) -> HttpResponse:
    all_moves = Reorganisation.objects.visible_to(request.actor).filter(agency=found)
    moved = all_moves.live().select_related("moved_by__user", "moved_by__title").first()
    may_move = reorganising.may_move(request.actor, request.at)
    context = {
        "agency": found,
        "is_closed": found.closed_on <= local_day(request.at),
        "moved": moved,
        "may_move": may_move,
        "events": Event.objects.of(*all_moves).for_timeline(),
    }
    if moved is not None:
        moves = reorganising.moves_of(moved, request.at)
        undoable = sum(not why for _move, why in moves)
        context |= {"moves": moves, "undoable": undoable, "kept": len(moves) - undoable}
    else:
        preview = form.preview if form else reorganising.Preview(found, request.at)
        context |= {
            "preview": preview,
            "form": form or ReorganisationForm(preview=preview),
            "chooses": may_move and len(preview.successors) > 1,
        }
    return render(request, "agencies/reorganisation.html", context, status=status)
