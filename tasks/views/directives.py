"""Directives: the list, a new one, its page, its header, the addressee's acknowledgement."""

from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.acting import Actor
from agencies.as_of import AsOf
from agencies.deadlines import local_day
from agencies.models import Attachment, Event
from agencies.notices import mark_read
from agencies.posting import BAD_REQUEST, CONFLICT, noting, try_act, try_form
from agencies.refusals import Refused
from agencies.timeline import Timeline
from tasks.demands.keeping import may_hold_demands, may_keep
from tasks.directives.acknowledging import acknowledge as acknowledge_act
from tasks.directives.chain import chain_of
from tasks.directives.drafting import draft_read, draft_typed
from tasks.directives.duties import duties_of
from tasks.directives.header import save_header
from tasks.directives.listing import DirectiveFilter, figures, listed, seen
from tasks.directives.permits import (
    may_acknowledge,
    may_approve,
    may_correct,
    may_register,
    may_review,
)
from tasks.directives.reading import CannotRead, read_typed, read_upload
from tasks.directory import directory_of
from tasks.forms.directives import AcknowledgeForm, HeaderForm, TypedForm, UploadForm
from tasks.judgement import Judgement
from tasks.models import Acknowledgement, Directive, Obstacle, Recurrence, Task
from tasks.obstacles import may_raise_on, obstacles_on, with_files
from tasks.recurring.page import Row, rows_of, with_latest
from tasks.reviewing.listing import campaigns_of
from tasks.states import State

PAGE = 25


def directives(request: HttpRequest) -> HttpResponse:
    """List the directives the actor may see."""
    as_of = AsOf.read(request.GET, request.at)
    narrowed = DirectiveFilter(request.GET, seen(request.actor, as_of.past))
    shown = listed(narrowed.qs, request.actor, request.GET.get("sort", ""), as_of.past)
    page = Paginator(shown, PAGE).get_page(request.GET.get("page"))
    for row in page.object_list:
        row.state, row.approved_at = row.state_then, row.approved_then
    context = {
        "filter": narrowed,
        "page": page,
        "figures": figures(request.actor, as_of.past),
        "may_register": may_register(request.actor) and not as_of.day,
        "as_of": as_of,
    }
    return render(request, "tasks/directives.html", context)


def directive_new(request: HttpRequest) -> HttpResponse:
    """Take a new directive in: a file to be read, or typed by hand (`?way=typed`)."""
    if not may_register(request.actor):
        raise Http404
    if request.GET.get("way") == "typed":
        return _typed(request)
    form = UploadForm(request.POST or None, request.FILES or None)
    status, by_hand = 200, False
    if request.method == "POST":
        status = BAD_REQUEST
        if form.is_valid():
            refused: list[Refused] = []
            answer = try_act(
                request, noting(refused, lambda: _draft(request, form)), form=form, to=_after_draft
            )
            if answer is not None:
                return answer
            unreadable = refused and isinstance(refused[0], CannotRead)
            status = BAD_REQUEST if unreadable else CONFLICT
            by_hand = bool(unreadable and refused[0].by_hand)
    context = {"form": form, "by_hand": by_hand}
    return render(request, "tasks/directive_new.html", context, status=status)


def _draft(request: HttpRequest, form: UploadForm) -> Directive:
    upload, day = form.cleaned_data["file"][0], local_day(request.at)
    reading = read_upload(upload, day)
    try:
        return draft_read(
            request.actor, request.at,
            reading=reading, directory=directory_of(day), upload=upload,
        )  # fmt: skip
    except Refused as refusal:
        refusal.field = "file"
        raise


def _typed(request: HttpRequest) -> HttpResponse:
    form = TypedForm(
        request.POST or None,
        day=local_day(request.at),
        initial={"urgency": Directive.Urgency.NORMAL},
    )
    answer, status = try_form(
        request,
        form,
        lambda: _draft_typed(request, form),
        done=_("Draft saved. Check its proposals."),
        to=_after_draft,
    )
    if answer is not None:
        return answer
    return render(request, "tasks/directive_typed.html", {"form": form}, status=status)


def _draft_typed(request: HttpRequest, form: TypedForm) -> Directive:
    text = form.cleaned_data["text"]
    reading = read_typed(text, local_day(request.at)) if text.strip() else None
    return draft_typed(request.actor, request.at, header=form.header(), reading=reading)


def _after_draft(directive: Directive) -> str:
    return reverse("directive_review", args=[directive.pk])


def directive(request: HttpRequest, pk: int) -> HttpResponse:
    """One directive: what it is, its chain, its work, who acknowledged, its story."""
    actor = request.actor
    visible = Directive.objects.visible_to(actor)
    rows = visible.select_related("kind", "issuer", "drafted_by__user")
    found = get_object_or_404(rows, pk=pk)
    tasks = (
        Task.objects.visible_to(actor)
        .filter(directive=found, recurrence__isnull=True)
        .select_related("lead")
        .order_by("proposal__order", "is_group", "lead__kind__order", "lead__order", "pk")
    )
    acknowledgements = (
        Acknowledgement.objects.visible_to(actor)
        .filter(directive=found)
        .select_related("agency", "acknowledged_by__user")
    )
    obstacles = obstacles_on(found, actor, request.at)
    mark_read(request.user, request.at, found, *acknowledgements, *obstacles)
    events = _story(found, actor, [one.pk for one in acknowledgements], obstacles)
    judgement = Judgement.at(request.at)
    cites = found.citations.select_related("cited__kind")
    context = {
        "directive": found,
        "files": Attachment.objects.visible_to(actor).of(found),
        "addressees": found.addressees.select_related("agency"),
        "work": _work(tasks),
        "judgement": judgement,
        "chain": chain_of(found, actor, judgement),
        "may_note": may_keep(actor) and may_hold_demands(found),
        "task_count": sum(not task.is_group for task in tasks),
        "recurrences": _recurrences(found, actor, request.at),
        "duties": duties_of(found, acknowledgements, sees_everything=actor.sees_everything),
        "campaigns": campaigns_of(actor).filter(directive=found).order_by("pk"),
        "acknowledgements": acknowledgements,
        "own": [one for one in acknowledgements if may_acknowledge(actor, one)],
        "waiting": [one for one in acknowledgements if one.is_waiting],
        "cites": cites,
        "visible_cited": set(
            visible.filter(pk__in=[c.cited_id for c in cites if c.cited_id]).values_list(
                "pk", flat=True
            )
        ),
        "cited_by": visible.filter(citations__cited=found).select_related("kind").distinct(),
        "events": events,
        "obstacles": with_files(obstacles, events),
        "may_raise": may_raise_on(found, actor),
        "may_register": may_register(actor),
        "may_correct": may_correct(actor),
        "may_review": may_review(actor) or may_approve(actor),
        "proposal_count": found.proposals.exclude(state="dropped").count(),
    }
    return render(request, "tasks/directive.html", context)


def _recurrences(directive: Directive, actor: Actor, at: datetime) -> list[Row]:
    """What the directive lets come again each period, as far as the actor sees it."""
    rows = Recurrence.objects.visible_to(actor).filter(directive=directive)
    return rows_of(with_latest(rows.order_by("proposal__order", "pk"), actor), at)


def directive_timeline(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a directive's complete story, to be printed."""
    found = get_object_or_404(Directive.objects.visible_to(request.actor), pk=pk)
    acknowledgements = Acknowledgement.objects.visible_to(request.actor).filter(directive=found)
    answered = list(acknowledgements.values_list("pk", flat=True))
    obstacles = obstacles_on(found, request.actor, request.at)
    events = _story(found, request.actor, answered, obstacles)
    context = {"directive": found, "story": Timeline.whole(events)}
    return render(request, "tasks/directive_timeline.html", context)


def _story(
    directive: Directive, actor: Actor, acknowledgements: list[int], obstacles: list[Obstacle]
):
    """The events of the directive, of the acknowledgements and difficulties the actor sees.

    How the Office worked on proposals is not the addressees' business.
    """
    types = ContentType.objects.get_for_models(Directive, Acknowledgement, Obstacle)
    events = Event.objects.filter(
        Q(thing_type=types[Directive], thing_id=directive.pk)
        | Q(thing_type=types[Acknowledgement], thing_id__in=acknowledgements)
        | Q(thing_type=types[Obstacle], thing_id__in=[one.pk for one in obstacles])
    )
    if not actor.sees_everything:
        events = events.exclude(act__startswith="proposal.")
    return events.order_by("effective_at", "id").for_timeline().prefetch_related("files")


def _work(tasks) -> list[tuple[Task | None, list[Task]]]:
    """Return parents (with `done`, how many completed) and their tasks; single ones alone."""
    parents = {task.pk: (task, []) for task in tasks if task.is_group}
    work: list[tuple[Task | None, list[Task]]] = []
    for task in tasks:
        if task.is_group:
            work.append(parents[task.pk])
        elif task.parent_id in parents:
            parent, children = parents[task.parent_id]
            children.append(task)
            parent.done = sum(child.state == State.COMPLETED for child in children)
        else:
            work.append((None, [task]))
    return work


def directive_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Edit the header, and register when number, date and issuer are there."""
    if not may_register(request.actor):
        raise Http404
    found = get_object_or_404(Directive.objects.visible_to(request.actor), pk=pk)
    form = HeaderForm(request.POST or None, day=local_day(request.at), directive=found)
    answer, status = try_form(
        request, form, lambda: _save(request, found, form), done=_("Saved."), to=_after_header
    )
    if answer is not None:
        return answer
    context = {"directive": found, "form": form}
    return render(request, "tasks/directive_edit.html", context, status=status)


def _save(request: HttpRequest, found: Directive, form: HeaderForm) -> Directive:
    """Save, and in the same transaction register when that button was pressed."""
    return save_header(
        found,
        request.actor,
        request.at,
        header=form.header(),
        version=form.cleaned_data["version"] or 0,
        registering=request.POST.get("act") == "register",
    )


def _after_header(directive: Directive) -> str:
    if directive.approved_at is None and directive.proposals.exists():
        return reverse("directive_review", args=[directive.pk])
    return directive.get_absolute_url()


def acknowledge(request: HttpRequest, pk: int) -> HttpResponse:
    """The addressee's head confirms receipt and spreading; given, it shows what was recorded."""
    visible = Acknowledgement.objects.visible_to(request.actor)
    rows = visible.select_related("agency", "directive__kind", "acknowledged_by__user")
    found = get_object_or_404(rows, pk=pk)
    mark_read(request.user, request.at, page=request.path)
    if found.acknowledged_at is not None and request.method != "POST":
        return HttpResponseRedirect(f"{found.directive.get_absolute_url()}#acknowledgements")
    if not may_acknowledge(request.actor, found):
        raise Http404
    form = AcknowledgeForm(
        request.POST or None, request.FILES or None,
        initial={"spread_on": local_day(request.at)},
    )  # fmt: skip
    status = 200
    if request.method == "POST":
        status = BAD_REQUEST
        if form.is_valid():
            typed = form.cleaned_data
            answer = try_act(
                request,
                lambda: acknowledge_act(
                    found, request.actor, request.at,
                    spread_on=typed["spread_on"], how=typed["how"], uploads=typed["files"],
                ),
                form=form,
                done=_("Recorded. Thank you."),
                to=found.directive.get_absolute_url(),
            )  # fmt: skip
            if answer is not None:
                return answer
            status = CONFLICT
    context = {"acknowledgement": found, "directive": found.directive, "form": form}
    return render(request, "tasks/acknowledge.html", context, status=status)
