"""Pages of urgings: choose the tasks, read the letters, issue them all; the list, one (8.2)."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from agencies.as_of import AsOf
from agencies.files import handed_out
from agencies.listing import sorted_rows
from agencies.notices import mark_read
from agencies.posting import BAD_REQUEST, CONFLICT, try_act, try_form
from tasks.forms.urgings import DraftForm, TextForm, initial_of
from tasks.models import Urging
from tasks.urging import issuing, preparing
from tasks.urging.choosing import MOST, chosen
from tasks.urging.facts import answer_by, docx_of, file_name, letter_of, rows_of
from tasks.urging.listing import SORTS, STATES, UrgingFilter, as_they_stood, urgings_of
from tasks.urging.page import page_of, prepared_of
from tasks.urging.table import ACTS, prepares

PAGE = 25


def urgings(request: HttpRequest) -> HttpResponse:
    """List the urgings the actor may see."""
    as_of = AsOf.read(request.GET, request.at)
    rows = urgings_of(request.actor, as_of.past)
    narrowed = UrgingFilter(request.GET, rows, request.actor)
    shown = narrowed.qs if narrowed.is_valid() else rows.none()
    ordered = sorted_rows(shown, SORTS, request.GET.get("sort", ""), "-newest")
    page = Paginator(ordered, PAGE).get_page(request.GET.get("page"))
    page.object_list = as_they_stood(list(page.object_list))
    context = {
        "filter": narrowed,
        "page": page,
        "issued": rows.filter(STATES[Urging.State.ISSUED]).count(),
        "unissued": rows.filter(STATES["unissued"]).count(),
        "may_prepare": prepares(request.actor) and not as_of.day,
        "as_of": as_of,
    }
    return render(request, "tasks/urgings.html", context)


def urging(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one urging: its letter, its tasks as they stand now, its story."""
    found = _visible(request, pk)
    mark_read(request.user, request.at, found)
    return _page(request, found)


def urging_new(request: HttpRequest) -> HttpResponse:
    """Choose the tasks to urge, by agency, and draft a letter for each."""
    if not prepares(request.actor):
        raise Http404
    choice = chosen(request.POST or request.GET, request.actor, request.at)
    if request.method != "POST":
        return _choosing(request, choice, DraftForm(initial=initial_of(answer_by(request.at))))
    ticked = [int(pk) for pk in request.POST.getlist("task") if pk.isdecimal()]
    form, status = DraftForm(request.POST, tasks=ticked), BAD_REQUEST
    if form.is_valid():
        status = CONFLICT
        answer = try_act(
            request,
            lambda: preparing.draft(
                ticked, request.actor, request.at, answer_by_at=form.answer_by_at
            ),
            form=form,
            to=reverse("urgings_prepared"),
        )
        if answer is not None:
            return answer
    return _choosing(request, choice, form, status)


def urgings_prepared(request: HttpRequest) -> HttpResponse:
    """Show every letter in preparation to be read, and issue those ticked in one act."""
    if not request.actor.sees_everything:
        raise Http404
    if request.method == "POST":
        return _issued_together(request)
    return render(request, "tasks/urgings_prepared.html", prepared_of(request.actor, request.at))


def _issued_together(request: HttpRequest) -> HttpResponse:
    ticked = {int(pk) for pk in request.POST.getlist("urging") if pk.isdecimal()}
    rows = Urging.objects.visible_to(request.actor).filter(pk__in=ticked).order_by("pk")
    versions = {row.pk: _version(request, f"version-{row.pk}") for row in rows}
    outcomes = issuing.issue_each(rows, request.actor, request.at, versions=versions)
    done = sum(1 for one in outcomes if one.refusal is None)
    if done:
        words = ngettext("%(n)d urging is issued.", "%(n)d urgings are issued.", done)
        messages.success(request, words % {"n": done})
    refused = [one for one in outcomes if one.refusal is not None]
    if not refused and done:
        return HttpResponseRedirect(f"{reverse('urgings')}?state=issued")
    context = prepared_of(request.actor, request.at) | {"refused": refused, "none": not outcomes}
    return render(request, "tasks/urgings_prepared.html", context, status=CONFLICT)


def urging_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Edit the text of a draft, its day and its list."""
    found = _visible(request, pk)
    if ACTS["edit"].refusal(found, request.actor) is not None:
        raise Http404
    rows = rows_of(found)
    form = TextForm(request.POST or None, urging=found, rows=rows)
    answer, status = try_form(
        request, form, lambda: _save(request, found, form), done=str(ACTS["edit"].done)
    )
    if answer is not None:
        return answer
    return render(request, "tasks/urging_edit.html", {"urging": found, "form": form}, status=status)


def _save(request: HttpRequest, found: Urging, form: TextForm) -> Urging:
    return preparing.edit(
        found, request.actor, request.at, text=form.text, answer_by_at=form.answer_by_at,
        tasks=form.cleaned_data["tasks"], version=form.cleaned_data["version"],
    )  # fmt: skip


@require_POST
def urging_act(request: HttpRequest, pk: int) -> HttpResponse:
    """Renew, throw away, sign, issue the urging the page showed, or take its signature back."""
    found = _visible(request, pk)
    actor, at, version = request.actor, request.at, _version(request, "version")
    acts = {
        "renew": lambda: preparing.renew(found, actor, at),
        "drop": lambda: preparing.drop(found, actor, at),
        "sign": lambda: issuing.sign(found, actor, at, version=version),
        "withdraw": lambda: issuing.withdraw(found, actor, at),
        "issue": lambda: issuing.issue(found, actor, at, version=version),
    }
    code = request.POST.get("act", "")
    if code not in acts:
        raise Http404
    answer = try_act(request, acts[code], done=str(ACTS[code].done))
    return answer or _page(request, _visible(request, pk), CONFLICT)


def urging_docx(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out the letter as it stands; an issued one is also kept as it went out."""
    found = _visible(request, pk)
    return handed_out(docx_of(found), file_name(found))


def _visible(request: HttpRequest, pk: int) -> Urging:
    rows = Urging.objects.visible_to(request.actor).select_related(
        "agency", "drafted_by__user", "paper__issuer", "paper__signed_by__user",
        "paper__signed_by__title__head_title", "paper__signed_by__agency",
    )  # fmt: skip
    return get_object_or_404(rows, pk=pk)


def _page(request: HttpRequest, found: Urging, status: int = 200) -> HttpResponse:
    context = page_of(found, request.actor, request.at)
    context["letter"] = letter_of(found, context["rows"])
    return render(request, "tasks/urging.html", context, status=status)


def _choosing(request: HttpRequest, choice, form: DraftForm, status: int = 200) -> HttpResponse:
    context = {"choice": choice, "form": form, "most": MOST, "at": request.at}
    context["ticked"] = {int(pk) for pk in request.POST.getlist("task") if pk.isdecimal()}
    return render(request, "tasks/urging_new.html", context, status=status)


def _version(request: HttpRequest, name: str) -> int | None:
    """Return the version of the urging the person read."""
    text = request.POST.get(name, "")
    return int(text) if text.isdecimal() else None
