"""Pages of spot checks: the list, drawing one, its tasks with their evidence (rule 5.13)."""

from secrets import token_hex

from django.core.paginator import Paginator
from django.db.models import QuerySet, Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from agencies.as_of import AsOf
from agencies.listing import sorted_rows
from agencies.models import Event
from agencies.notices import mark_read
from agencies.posting import CONFLICT, try_form
from tasks.forms.spot_checks import DrawForm, FindForm
from tasks.models import SpotCheck, SpotCheckItem
from tasks.reviewing import spot_checks as checking
from tasks.reviewing.listing import SPOT_CHECK_SORTS
from tasks.reviewing.permits import may_draw
from tasks.reviewing.spot_check_page import items_of, judge

PAGE = 20


def spot_checks(request: HttpRequest) -> HttpResponse:
    """List the spot checks with what each found."""
    as_of, sort = AsOf.read(request.GET, request.at), request.GET.get("sort", "")
    rows = _all(request).standing(as_of.past)
    shown = sorted_rows(rows, SPOT_CHECK_SORTS, sort, "-drawn")
    context = {
        "page": Paginator(shown, PAGE).get_page(request.GET.get("page")),
        "waiting": rows.aggregate(n=Sum("waiting"))["n"],
        "may_draw": may_draw(request.actor) and not as_of.day,
        "as_of": as_of,
        "kept": [("sort", sort)],
    }
    return render(request, "tasks/spot_checks.html", context)


def spot_check_new(request: HttpRequest) -> HttpResponse:
    """Draw a sample; the seed comes from the machine's randomness and is kept."""
    if not may_draw(request.actor):
        raise Http404
    form = DrawForm(request.POST or None, at=request.at)
    answer, status = try_form(
        request,
        form,
        lambda: checking.draw(request.actor, request.at, drawing=form.drawing(), seed=token_hex(8)),
        done=_("The sample is drawn."),
    )
    if answer is not None:
        return answer
    return render(request, "tasks/spot_check_new.html", {"form": form}, status=status)


def spot_check(request: HttpRequest, code: str) -> HttpResponse:
    """Show one spot check: each drawn task with its evidence and what was found."""
    found, show = _visible(request, code), request.GET.get("show", "")
    mark_read(request.user, request.at, page=request.path)
    page = Paginator(items_of(found, show), PAGE).get_page(request.GET.get("page"))
    judge(page.object_list, request.actor, request.at)
    context = {
        "check": found,
        "page": page,
        "show": show,
        "events": Event.objects.of(found).for_timeline(),
    }
    return render(request, "tasks/spot_check.html", context)


def spot_check_item(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Show one drawn task with its evidence; posted, record what was found."""
    found = _item(request, code, pk)
    form = FindForm(request.POST or None, initial={"note": found.note})
    answer, status = try_form(
        request,
        form,
        lambda: _do(request, found, form.cleaned_data),
        done=_("The finding is recorded."),
        to=f"{found.spot_check.get_absolute_url()}#item-{found.pk}",
    )
    if answer is not None:
        return answer
    if status == CONFLICT:
        found = _item(request, code, pk)
    context = {"check": found.spot_check, "item": found, "form": form}
    return render(request, "tasks/spot_check_item.html", context, status=status)


def _do(request: HttpRequest, found: SpotCheckItem, facts: dict) -> SpotCheckItem:
    """Record the finding of the button pressed; without a known one it is "done as reported"."""
    act = request.POST.get("act")
    if act == "reopen":
        return checking.reopen(found, request.actor, request.at, **facts)
    record = checking.doubt if act == "doubt" else checking.find_done
    return record(found, request.actor, request.at, note=facts["note"])


def _all(request: HttpRequest) -> QuerySet:
    if not request.actor.sees_everything:
        raise Http404
    return SpotCheck.objects.visible_to(request.actor).select_related(
        "agency", "competence", "drawn_by__user"
    )


def _visible(request: HttpRequest, code: str) -> SpotCheck:
    return get_object_or_404(_all(request).standing(), code=code)


def _item(request: HttpRequest, code: str, pk: int) -> SpotCheckItem:
    found = get_object_or_404(items_of(_visible(request, code)), pk=pk)
    judge([found], request.actor, request.at)
    return found
