"""Pages of briefings: the list, one meeting, the projected screen, the notice (rule 8.3)."""

from collections.abc import Callable

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from agencies.as_of import AsOf
from agencies.files import handed_out
from agencies.listing import sorted_rows
from agencies.models import Agency
from agencies.notices import mark_read
from agencies.posting import BAD_REQUEST, CONFLICT, try_act, try_form
from reports.briefing import deciding, directing, holding
from reports.briefing.forms import (
    AnswerForm,
    DayForm,
    DirectiveForm,
    FreeForm,
    MeetingForm,
    NoticeForm,
)
from reports.briefing.listing import SORTS, BriefingFilter, as_it_stood, listed
from reports.briefing.page import page_of, screen_page
from reports.briefing.paper import decisions_of, docx_of, file_name
from reports.briefing.table import ACTS, holds
from reports.models import Briefing, BriefingDecision
from tasks.models import Obstacle, Task

PAGE = 25
DECIDED: dict[str, type[forms.Form]] = {
    "set_day": DayForm,
    "answer": AnswerForm,
    "decide": FreeForm,
    "urge": forms.Form,
    "withdraw": forms.Form,
}


def briefings(request: HttpRequest) -> HttpResponse:
    """List the briefings the actor may see, newest first."""
    as_of = AsOf.read(request.GET, request.at)
    rows = listed(request.actor, as_of.past)
    narrowed = BriefingFilter(request.GET, rows)
    shown = sorted_rows(narrowed.qs, SORTS, request.GET.get("sort", ""), "-day")
    page = Paginator(shown, PAGE).get_page(request.GET.get("page"))
    page.object_list = [as_it_stood(row, as_of.past) for row in page.object_list]
    may_hold = holds(request.actor) and not as_of.day
    context = {
        "filter": narrowed,
        "page": page,
        "running": rows.running().first() if may_hold else None,
        "may_hold": may_hold,
        "as_of": as_of,
    }
    return render(request, "reports/briefings.html", context)


def briefing_new(request: HttpRequest) -> HttpResponse:
    """Begin a briefing; the screen of the first agency follows."""
    if not holds(request.actor):
        raise Http404
    form = MeetingForm(request.POST or None, at=request.at)
    answer, status = try_form(
        request,
        form,
        lambda: holding.open_briefing(request.actor, request.at, **form.cleaned_data),
        to=lambda made: reverse("briefing_start", args=[made.pk]),
    )
    if answer is not None:
        return answer
    return render(request, "reports/briefing_new.html", {"form": form}, status=status)


def briefing(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one briefing: its decisions, its notice, what comes next."""
    found = _visible(request, pk)
    mark_read(request.user, request.at, found)
    return _page(request, found)


def briefing_start(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the screen of the first agency."""
    return briefing_agency(request, pk, "")


def briefing_agency(request: HttpRequest, pk: int, agency: str) -> HttpResponse:
    """Project one agency, and record what is decided about it."""
    found = _visible(request, pk)
    if not holds(request.actor):
        raise Http404
    if request.method != "POST":
        return _screen(request, found, agency)
    code = request.POST.get("act", "")
    if code not in DECIDED:
        raise Http404
    key = request.POST.get("thing", "")
    form = DECIDED[code](request.POST, auto_id=f"{code}-{key}-%s")
    status = BAD_REQUEST
    if form.is_valid():
        status = CONFLICT
        act = _decision(request, found, agency, code, key, form)
        here = f"{request.path}?{request.GET.urlencode()}".rstrip("?")
        answer = try_act(request, act, form=form, done=str(_done(code)), to=f"{here}#decisions")
        if answer is not None:
            return answer
    return _screen(request, found, agency, failed=(code, key, form), status=status)


def _decision(
    request: HttpRequest, found: Briefing, agency: str, code: str, key: str, form: forms.Form
) -> Callable[[], object]:
    """Return the act that records the decision posted; what one may not see answers 404."""
    actor, at, facts = request.actor, request.at, form.cleaned_data
    pk = int(key) if key.isdecimal() else 0
    if code == "set_day":
        task = get_object_or_404(Task.objects.visible_to(actor), pk=pk)
        return lambda: deciding.set_day(found, task, actor, at, **facts)
    if code == "answer":
        obstacle = get_object_or_404(Obstacle.objects.visible_to(actor), pk=pk)
        return lambda: deciding.answer(found, obstacle, actor, at, **facts)
    if code == "withdraw":
        taken = get_object_or_404(BriefingDecision, pk=pk, briefing=found)
        return lambda: deciding.withdraw(taken, actor, at)
    named = get_object_or_404(Agency, code=agency)
    if code == "urge":
        return lambda: deciding.urge(found, named, actor, at)
    return lambda: deciding.decide(found, named, actor, at, **facts)


def _done(code: str):
    return ACTS["withdraw" if code == "withdraw" else "decide"].done


def briefing_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Edit the text of the notice."""
    found = _visible(request, pk)
    if ACTS["edit"].refusal(found, request.actor) is not None:
        raise Http404
    form = NoticeForm(request.POST or None, briefing=found, taken=decisions_of(found))
    answer, status = try_form(
        request, form, lambda: _save(request, found, form), done=str(ACTS["edit"].done)
    )
    if answer is not None:
        return answer
    context = {"briefing": found, "form": form}
    return render(request, "reports/briefing_notice.html", context, status=status)


def _save(request: HttpRequest, found: Briefing, form: NoticeForm) -> Briefing:
    return holding.edit(
        found, request.actor, request.at, text=form.text, decisions=form.decisions,
        version=form.cleaned_data["version"],
    )  # fmt: skip


@require_POST
def briefing_act(request: HttpRequest, pk: int) -> HttpResponse:
    """End the briefing, sign or issue its notice, make it a directive."""
    found = _visible(request, pk)
    actor, at, code = request.actor, request.at, request.POST.get("act", "")
    text = request.POST.get("version", "")
    version = int(text) if text.isdecimal() else None
    form = DirectiveForm(request.POST) if code == "direct" else None
    acts = {
        "close": lambda: holding.close(found, actor, at),
        "sign": lambda: holding.sign(found, actor, at, version=version),
        "issue": lambda: holding.issue(found, actor, at, version=version),
        "direct": lambda: directing.make_directive(found, actor, at, **form.cleaned_data),
    }
    if code not in acts:
        raise Http404
    if form is not None and not form.is_valid():
        return _page(request, found, BAD_REQUEST)
    answer = try_act(request, acts[code], done=str(ACTS[code].done))
    return answer or _page(request, _visible(request, pk), CONFLICT)


def briefing_docx(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out the notice as .docx."""
    found = _visible(request, pk)
    if found.closed_at is None:
        raise Http404
    return handed_out(docx_of(found), file_name(found))


def _visible(request: HttpRequest, pk: int) -> Briefing:
    rows = Briefing.objects.visible_to(request.actor).select_related(
        "chaired_by__user", "chaired_by__title", "chaired_by__agency", "directive__kind",
        "paper__signed_by__user", "paper__signed_by__title__head_title", "paper__signed_by__agency",
    )  # fmt: skip
    return get_object_or_404(rows, pk=pk)


def _page(request: HttpRequest, found: Briefing, status: int = 200) -> HttpResponse:
    context = page_of(found, request.actor, request.at)
    return render(request, "reports/briefing.html", context, status=status)


def _screen(request: HttpRequest, found: Briefing, agency: str, *, failed=None, status: int = 200):
    context = screen_page(
        found, agency, request.actor, request.at, request.GET.get("order", ""), failed
    )
    if context is None:
        raise Http404
    return render(request, "reports/briefing_screen.html", context, status=status)
