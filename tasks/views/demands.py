"""Superiors' demands: the list, one with the tasks below it, noting and changing it (rule 4.1)."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.models import Attachment, Event
from agencies.notices import mark_read
from agencies.posting import CONFLICT, try_form
from tasks import lifecycle
from tasks.demands import keeping
from tasks.demands.listing import as_it_stood, listed, tasks_below
from tasks.forms.demands import (
    CloseDemandForm,
    CorrectDemandForm,
    MoveDemandForm,
    NoteDemandForm,
    VersionForm,
)
from tasks.judgement import Judgement
from tasks.models import Demand, Directive, Task

PAGE = 50
ACTS = {
    "correct": (keeping.correct, CorrectDemandForm, gettext_lazy("The demand is corrected.")),
    "move": (
        keeping.move,
        MoveDemandForm,
        gettext_lazy("The superior's new deadline is recorded."),
    ),
    "close": (keeping.close, CloseDemandForm, gettext_lazy("The demand is closed.")),
}
HEADINGS = {
    "correct": gettext_lazy("Correct the demand"),
    "move": gettext_lazy("The superior's new deadline"),
    "close": gettext_lazy("Close the demand"),
}


def demands(request: HttpRequest) -> HttpResponse:
    """List what the body owes upward, as the address narrows it (tasks.demands.listing)."""
    found = listed(request.GET, request.actor, request.at)
    page = Paginator(found.rows, PAGE).get_page(request.GET.get("page"))
    page.object_list = as_it_stood(page.object_list)
    past = found.as_of.past
    context = {
        "listed": found,
        "as_of": found.as_of,
        "filter": found.filter,
        "page": page,
        "judgement": found.judgement,
        "below": tasks_below(page.object_list, request.actor, found.judgement, past),
    }
    return render(request, "tasks/demands.html", context)


def demand(request: HttpRequest, code: str) -> HttpResponse:
    """Show one demand: how it stands, the tasks below it, its story, the form that closes it."""
    found = _visible(request, code)
    mark_read(request.user, request.at, page=request.path)
    return _demand_page(request, found, CloseDemandForm(demand=found))


def demand_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Note a demand of a superior's directive."""
    visible = Directive.objects.visible_to(request.actor).select_related("kind", "issuer")
    directive = get_object_or_404(visible, pk=pk)
    if not (keeping.may_keep(request.actor) and keeping.may_hold_demands(directive)):
        raise Http404
    form = NoteDemandForm(request.POST or None, directive=directive)
    answer, status = try_form(
        request,
        form,
        lambda: keeping.note(
            directive,
            request.actor,
            request.at,
            wording=form.wording(),
            deadline_text=form.cleaned_data["deadline_text"],
            **form.reckoned(),
        ),
        done=_("The demand is noted."),
    )
    if answer is not None:
        return answer
    context = {"directive": directive, "form": form}
    return render(request, "tasks/demand_new.html", context, status=status)


def demand_act(request: HttpRequest, code: str, act: str) -> HttpResponse:
    """Show the form that corrects, moves or closes a demand, and do it when posted."""
    found = _visible(request, code)
    if act not in ACTS or not keeping.may_keep(request.actor):
        raise Http404
    do, form_class, done = ACTS[act]
    if request.method != "POST":
        if found.closed_at is not None:
            return HttpResponseRedirect(found.get_absolute_url())
        return _act_page(request, found, act, form_class(demand=found), 200)
    form = form_class(request.POST, request.FILES, demand=found)
    answer, status = try_form(
        request,
        form,
        lambda: do(
            found, request.actor, request.at,
            version=form.cleaned_data["version"], **form.facts(),
        ),
        done=str(done),
    )  # fmt: skip
    if answer is not None:
        return answer
    if status == CONFLICT:
        found = _visible(request, code)
        form.data = form.data.copy()
        form.data["version"] = found.version
    return _act_page(request, found, act, form, status)


def _visible(request: HttpRequest, code: str) -> Demand:
    rows = Demand.objects.visible_to(request.actor).select_related(
        "directive__kind", "directive__issuer", "noted_by__user", "closed_by__user"
    )
    return get_object_or_404(rows, code=code)


def _act_page(
    request: HttpRequest, found: Demand, act: str, form: VersionForm, status: int
) -> HttpResponse:
    if act == "close":
        return _demand_page(request, found, form, status)
    context = {
        "demand": found,
        "form": form,
        "act": act,
        "heading": HEADINGS[act],
        "judgement": Judgement.at(request.at),
    }
    return render(request, "tasks/demand_act.html", context, status=status)


def _demand_page(
    request: HttpRequest, found: Demand, form: CloseDemandForm, status: int = 200
) -> HttpResponse:
    judgement = Judgement.at(request.at)
    below = Task.objects.visible_to(request.actor).counted().filter(demand=found)
    may_keep = keeping.may_keep(request.actor) and found.closed_at is None
    context = {
        "demand": found,
        "form": form if may_keep else None,
        "may_assign": lifecycle.may_assign(request.actor) and found.closed_at is None,
        "judgement": judgement,
        "tasks": below.select_related("lead").order_by("due_at", "pk"),
        "counts": tasks_below([found], request.actor, judgement).get(found.pk, {}),
        "files": Attachment.objects.of(found),
        "events": Event.objects.of(found).for_timeline().order_by("-effective_at", "-pk"),
        "deadlines": found.deadline_rows.all(),
    }
    return render(request, "tasks/demand.html", context, status=status)
