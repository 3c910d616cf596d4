"""Pages of difficulties: the list, one with its answer, a new one on a directive (rule 5.12)."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from agencies.as_of import AsOf
from agencies.models import Attachment, Event
from agencies.notices import mark_read
from agencies.posting import CONFLICT, try_form
from tasks.acts import Situation
from tasks.effects import effect
from tasks.forms.obstacles import AnswerForm, RaiseOnDirectiveForm
from tasks.judgement import Judgement
from tasks.lifecycle import answer_obstacle, raise_on_directive
from tasks.models import Directive, Obstacle
from tasks.obstacle_list import THINGS, as_it_stood, listed
from tasks.obstacles import may_answer, may_extend, may_raise_on, with_age

PAGE = 50


def obstacles(request: HttpRequest) -> HttpResponse:
    """List the difficulties the actor may see, those that wait for an answer first."""
    as_of = AsOf.read(request.GET, request.at)
    found = listed(request.GET, request.actor, as_of.past)
    page = Paginator(found.rows, PAGE).get_page(request.GET.get("page"))
    page.object_list = with_age(map(as_it_stood, page.object_list), Judgement.at(as_of.at))
    context = {"listed": found, "page": page, "as_of": as_of}
    return render(request, "tasks/obstacles.html", context)


def obstacle(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one difficulty with what it is about; whom it was reported to answers it here."""
    found = _visible(request, pk)
    mark_read(request.user, request.at, found)
    is_posted = request.method == "POST"
    may = found.answered_at is None and may_answer(found, request.actor, request.at)
    form = _form(request, found) if may or is_posted else None
    answer, status = try_form(
        request,
        form,
        lambda: answer_obstacle(found, request.actor, request.at, **form.cleaned_data),
        done=_("The answer is recorded; who reported it is told at once."),
    )
    if answer is not None:
        return answer
    if status == CONFLICT:
        found = _visible(request, pk)
    return _page(request, found, form, status)


def obstacle_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Report a difficulty in carrying out a directive (its closing sentence asks for it)."""
    directive = get_object_or_404(Directive.objects.visible_to(request.actor), pk=pk)
    if not may_raise_on(directive, request.actor):
        raise Http404
    agency = request.actor.agency
    form = RaiseOnDirectiveForm(request.POST or None, request.FILES or None, agency=agency)
    answer, status = try_form(
        request,
        form,
        lambda: raise_on_directive(directive, request.actor, request.at, **form.cleaned_data),
        done=_("The difficulty is reported."),
    )
    if answer is not None:
        return answer
    context = {"directive": directive, "form": form}
    return render(request, "tasks/obstacle_new.html", context, status=status)


def _visible(request: HttpRequest, pk: int) -> Obstacle:
    rows = Obstacle.objects.visible_to(request.actor).select_related(*THINGS)
    return get_object_or_404(rows, pk=pk)


def _form(request: HttpRequest, found: Obstacle) -> AnswerForm:
    extends = may_extend(found, request.actor, request.at)
    return AnswerForm(request.POST or None, obstacle=found, may_extend=extends)


def _effect(request: HttpRequest, found: Obstacle) -> str:
    """Say what moving the deadline means beside the field that does it."""
    return effect("move_deadline", Situation(found.task, request.actor, request.at))


def _page(
    request: HttpRequest, found: Obstacle, form: AnswerForm | None, status: int
) -> HttpResponse:
    judgement = Judgement.at(request.at)
    context = {
        "obstacle": with_age([found], judgement)[0],
        "form": form,
        "files": Attachment.objects.of(found),
        "judgement": judgement,
        "effect": _effect(request, found) if form is not None and "due_on" in form.fields else "",
        "extension_waits": form is not None
        and found.task is not None
        and found.task.extensions.filter(decision="").exists(),
        "events": Event.objects.of(found).for_timeline(),
    }
    return render(request, "tasks/obstacle.html", context, status=status)
