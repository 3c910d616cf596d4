"""Directives: the list, a new one, its page, its header, the addressee's acknowledgement."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.as_of import AsOf
from agencies.deadlines import local_day
from agencies.notices import mark_read
from agencies.posting import BAD_REQUEST, CONFLICT, noting, try_act, try_form
from agencies.refusals import Refused
from tasks.directive_page import page_of, whole_story
from tasks.directives.acknowledging import acknowledge as acknowledge_act
from tasks.directives.drafting import draft_read, draft_typed
from tasks.directives.header import save_header
from tasks.directives.listing import DirectiveFilter, figures, listed, seen
from tasks.directives.permits import (
    may_acknowledge,
    may_register,
)
from tasks.directives.reading import CannotRead, read_typed, read_upload
from tasks.directory import directory_of
from tasks.forms.directives import AcknowledgeForm, HeaderForm, TypedForm, UploadForm
from tasks.models import Acknowledgement, Directive

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
    rows = Directive.objects.visible_to(request.actor)
    found = get_object_or_404(rows.select_related("kind", "issuer", "drafted_by__user"), pk=pk)
    context = page_of(found, request.actor, request.at)
    told = (found, *context["acknowledgements"], *context["obstacles"])
    mark_read(request.user, request.at, *told)
    return render(request, "tasks/directive.html", context)


def directive_timeline(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a directive's complete story, to be printed."""
    found = get_object_or_404(Directive.objects.visible_to(request.actor), pk=pk)
    context = {"directive": found, "story": whole_story(found, request.actor, request.at)}
    return render(request, "tasks/directive_timeline.html", context)


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
    answer, status = try_form(
        request,
        form,
        lambda: acknowledge_act(
            found, request.actor, request.at,
            spread_on=form.cleaned_data["spread_on"],
            how=form.cleaned_data["how"],
            uploads=form.cleaned_data["files"],
        ),
        done=_("Recorded. Thank you."),
        to=found.directive.get_absolute_url(),
    )  # fmt: skip
    if answer is not None:
        return answer
    context = {"acknowledgement": found, "directive": found.directive, "form": form}
    return render(request, "tasks/acknowledge.html", context, status=status)
