"""Pages of tasks: one task with its acts, a task without a directive."""

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from agencies.notices import mark_read
from agencies.posting import BAD_REQUEST, CONFLICT, try_act, try_form
from agencies.timeline import Timeline
from tasks import lifecycle
from tasks.acts import ACTS, Act, Situation
from tasks.effects import effect
from tasks.extension_page import extension_shown
from tasks.forms.acting import ActForm
from tasks.forms.acts import form_of
from tasks.forms.new_task import NewTaskForm, below_demand
from tasks.helping import with_helpers
from tasks.judgement import Judgement
from tasks.models import Demand, Recurrence, Task
from tasks.recurring.acts import begin
from tasks.task_page import page_of, told_on_the_page
from tasks.views.listing import answer_in_row, list_address

# Where on the task's page an act leads whose trace is not at its top.
PLACES = {
    "contribute": "#shares",
    "divide": "#shares",
    "raise_obstacle": "#obstacles",
    "write": "#exchange",
}


def task(request: HttpRequest, code: str) -> HttpResponse:
    """Show one task: what the actor must do next, its story, who answers for what."""
    found = _visible(request, code)
    page = page_of(found, request.actor, request.at, request.GET.get("page", ""))
    shown = (*page["exchange"].things, *page["obstacles"])
    mark_read(request.user, request.at, found, *shown)
    return render(request, "tasks/task.html", page)


def task_timeline(request: HttpRequest, code: str) -> HttpResponse:
    """Show a task's facts and its complete story, to be printed."""
    context = page_of(_visible(request, code), request.actor, request.at)
    context["story"] = Timeline.whole(context["events"])
    return render(request, "tasks/task_timeline.html", context)


def task_act(request: HttpRequest, code: str, act: str) -> HttpResponse:
    """Show the form of one act, and do it when posted."""
    if act not in ACTS:
        raise Http404
    found, row = _visible(request, code), ACTS[act]
    if request.method == "POST":
        return _posted(request, found, row)
    form = form_of(act, Situation(found, request.actor, request.at))
    return _act_page(request, found, row, form, 200)


def _posted(request: HttpRequest, found: Task, row: Act) -> HttpResponse:
    """Do the act, and lead where it was asked for: to its task, its list, or its row there."""
    case = Situation(found, request.actor, request.at)
    form, status = form_of(row.code, case, request.POST, request.FILES), BAD_REQUEST
    back = list_address(request)
    in_row = bool(back and request.htmx)
    if form.is_valid():
        answer = try_act(
            request,
            lambda: _do(request, found, row, form),
            form=form,
            done="" if in_row else str(row.done),
            to=lambda done: back or f"{done.get_absolute_url()}{PLACES.get(row.code, '')}",
        )
        if answer is not None:
            return answer_in_row(request, found, row, None, 200) if in_row else answer
        found, status = _visible(request, found.code), CONFLICT
        form.put_on_top_of(found)
    if in_row:
        return answer_in_row(request, found, row, form, status)
    return _act_page(request, found, row, form, status)


def task_new(request: HttpRequest) -> HttpResponse:
    """Assign a task that no directive gave (rule 4.6)."""
    if not lifecycle.may_assign(request.actor):
        raise Http404
    form = NewTaskForm(request.POST or None, at=request.at, initial=_begun(request))
    answer, status = try_form(
        request, form, lambda: _assign(request, form), done=_("The task is assigned.")
    )
    if answer is not None:
        return answer
    return render(request, "tasks/task_new.html", {"form": form}, status=status)


def _begun(request: HttpRequest) -> dict:
    """Return what a task below a superior's demand begins with, when the address names one."""
    visible = Demand.objects.visible_to(request.actor).unmet()
    named = visible.filter(code=request.GET.get("demand", ""))
    demand = named.select_related("directive__kind", "directive__issuer").first()
    return below_demand(demand) if demand is not None else {}


def _assign(request: HttpRequest, form: NewTaskForm) -> Task | Recurrence:
    """Assign one task, or begin what comes again each period."""
    actor, at = request.actor, request.at
    if form.cleaned_data["recurrence"]:
        lead, facts = form.cleaned_data["lead"], form.recurring_facts()
        return begin(actor, at, [lead], key=actor.form_key, **facts)[0]
    return lifecycle.assign(actor, at, key=actor.form_key, **form.facts())


def _visible(request: HttpRequest, code: str) -> Task:
    rows = (
        Task.objects.visible_to(request.actor)
        .for_acts()
        .with_extensions()
        .select_related(
            "demand__directive__issuer",
            "recurrence",
            "lead",
            "assigned_by",
            "competence",
            "directive__kind",
            "directive__issuer",
            "parent",
            "responsible__user",
            "responsible__title",
            "supervisor__user",
            "supervisor__title",
            "officer__user",
            "officer__title",
            "handler__user",
            "handler__title",
        )
    )
    found = get_object_or_404(rows, code=code)
    if found.helper_ids:
        prefetch_related_objects([found], with_helpers())
    return found


def _do(request: HttpRequest, found: Task, row: Act, form: ActForm) -> Task:
    facts = {name: form.cleaned_data[name] for name in row.needs}
    act = getattr(lifecycle, row.code)
    version = form.cleaned_data["version"]
    return act(found, request.actor, request.at, version=version, **facts)


def _act_page(
    request: HttpRequest, found: Task, row: Act, form: ActForm, status: int
) -> HttpResponse:
    case, judgement = Situation(found, request.actor, request.at), Judgement.at(request.at)
    refusal = row.refusal(case)
    if refusal is not None and request.method != "POST":
        messages.info(request, refusal.message)
        return render(request, "tasks/task.html", page_of(found, request.actor, request.at))
    is_told = request.htmx and row.code in told_on_the_page(case)  # the form comes below it
    context = {
        "task": found,
        "act": row,
        "form": form,
        "effect": effect(row.code, case) if refusal is None and not is_told else "",
        "is_possible": refusal is None,
        "report": case.waiting_report,
        "waiting_return": case.waiting_return,
        **extension_shown(case, judgement),
        "judgement": judgement,
        "list_address": list_address(request),
    }
    template = "tasks/_task_act_form.html" if request.htmx else "tasks/task_act.html"
    return render(request, template, context, status=status)
