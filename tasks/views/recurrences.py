"""Pages of recurring tasks: the list, one with its occurrences, its end and its change."""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agencies.as_of import AsOf
from agencies.deadlines import local_day
from agencies.models import Agency
from agencies.notices import mark_read
from agencies.posting import CONFLICT, try_form
from tasks.forms.recurrences import ChangeForm, EndForm
from tasks.judgement import Judgement
from tasks.lifecycle import may_assign
from tasks.models import Recurrence
from tasks.recurring import acts
from tasks.recurring.listing import narrowed, rows_of
from tasks.recurring.page import may_act_on, page_of

PAGE, OCCURRENCES = 50, 25


@dataclass(frozen=True)
class Act:
    """One act on a recurring task as its page offers it."""

    label: str | Promise
    done: str | Promise
    form: type[EndForm] | type[ChangeForm]
    do: Callable


ACTS = {
    "change": Act(_("Change the recurring task"), _("Changed."), ChangeForm, acts.change),
    "end": Act(_("End the recurring task"), _("The last day is recorded."), EndForm, acts.end),
}


def recurrences(request: HttpRequest) -> HttpResponse:
    """List the recurring tasks the actor may see."""
    as_of = AsOf.read(request.GET, request.at)
    rows = narrowed(request.GET, request.actor, as_of)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    led = Recurrence.objects.visible_to(request.actor).order_by().values("lead")
    context = {
        "page": page,
        "rows": rows_of(page, as_of.at, as_of.past),
        "state": request.GET.get("state", "running"),
        "agency": request.GET.get("agency", ""),
        "agencies": Agency.objects.filter(pk__in=led).in_official_order(),
        "judgement": Judgement.at(as_of.at),
        "may_assign": may_assign(request.actor) and not as_of.day,
        "as_of": as_of,
    }
    return render(request, "tasks/recurrences.html", context)


def recurrence(request: HttpRequest, code: str) -> HttpResponse:
    """Show one recurring task: its rule, its next days, its occurrences."""
    found = _visible(request, code)
    mark_read(request.user, request.at, page=request.path)
    context = page_of(found, request.actor, request.at)
    page = Paginator(context["occurrences"], OCCURRENCES).get_page(request.GET.get("page"))
    return render(request, "tasks/recurrence.html", context | {"page": page})


def recurrence_act(request: HttpRequest, code: str, act: str) -> HttpResponse:
    """Show the form that ends or changes a recurring task, and do it when posted."""
    found, row = _visible(request, code), ACTS.get(act)
    day = local_day(request.at)
    if row is None or not may_act_on(found, request.actor, day):
        raise Http404
    form = row.form(request.POST or None, recurrence=found, day=day)
    answer, status = try_form(
        request,
        form,
        lambda: row.do(found, request.actor, request.at, **form.facts()),
        done=str(row.done),
    )
    if answer is not None:
        return answer
    if status == CONFLICT:
        found = _visible(request, code)
    context = page_of(found, request.actor, request.at) | {"act": row, "form": form}
    return render(request, "tasks/recurrence_act.html", context, status=status)


def _visible(request: HttpRequest, code: str) -> Recurrence:
    rows = Recurrence.objects.visible_to(request.actor).select_related(
        "lead", "directive__kind", "assigned_by", "competence", "began_by__user"
    )
    return get_object_or_404(rows, code=code)
