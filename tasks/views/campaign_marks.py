"""The corrections agencies marked: the list, and one of them applied or refused (rule 5.13)."""

from collections.abc import Iterable

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.as_of import AsOf
from agencies.listing import sorted_rows
from agencies.posting import BAD_REQUEST, CONFLICT, try_act
from tasks.acts.situation import situations
from tasks.forms.campaigns import RefuseForm
from tasks.forms.settling import SettleForm, is_complete, proposed
from tasks.judgement import Judgement
from tasks.models import CampaignMark
from tasks.reviewing import settling
from tasks.reviewing.listing import MARK_SORTS, MarkFilter, marks_of
from tasks.reviewing.permits import may_settle

PAGE = 25


def campaign_marks(request: HttpRequest) -> HttpResponse:
    """List the corrections given to the Office; each is applied with one click or refused."""
    if not request.actor.sees_everything:
        raise Http404
    as_of = AsOf.read(request.GET, request.at)
    narrowed = MarkFilter(request.GET, marks_of(request.actor, as_of.past))
    rows = narrowed.qs if narrowed.is_valid() else narrowed.qs.none()
    shown = sorted_rows(rows, MARK_SORTS, request.GET.get("sort", ""), "made")
    page = Paginator(shown, PAGE).get_page(request.GET.get("page"))
    for mark in page:
        mark.decision = mark.decision_then
    if not as_of.day:
        _judge(request, page.object_list)
    context = {
        "filter": narrowed,
        "page": page,
        "as_of": as_of,
        "waiting": rows.filter(decision_then="").count(),
        "judgement": Judgement.at(request.at),
        "query": request.GET.urlencode(),
    }
    return render(request, "tasks/campaign_marks.html", context)


def campaign_mark(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one correction with what applying it takes; posted, apply or refuse it."""
    found = _given(request, pk)
    if request.method == "POST":
        return _settle(request, found)
    return _mark_page(request, found, SettleForm(mark=found), RefuseForm())


def _settle(request: HttpRequest, found: CampaignMark) -> HttpResponse:
    refuses, status = request.POST.get("act") == "refuse", BAD_REQUEST
    form = SettleForm(None if refuses else _posted(request, found), mark=found)
    refusing = RefuseForm(request.POST if refuses else None)
    bound = refusing if refuses else form
    if bound.is_valid():
        done = _("The correction is refused.") if refuses else _("The correction is applied.")
        answer = try_act(
            request, lambda: _do(request, found, bound), form=bound, done=done, to=_back(request)
        )
        if answer is not None:
            return answer
        found, status = _given(request, found.pk), CONFLICT
        _take_version(form, found)
    return _mark_page(request, found, form, refusing, status)


def _do(request: HttpRequest, found: CampaignMark, form: SettleForm | RefuseForm) -> CampaignMark:
    act = settling.refuse if isinstance(form, RefuseForm) else settling.apply
    return act(found, request.actor, request.at, **form.cleaned_data)


def _posted(request: HttpRequest, found: CampaignMark) -> dict:
    """Return what was posted; one click posts the agency's own proposal on the version shown."""
    if request.POST.get("act") != "as_proposed":
        return request.POST
    return proposed(found) | {"version": request.POST.get("version", "")}


def _take_version(form: SettleForm, found: CampaignMark) -> None:
    """Let the form, once its refusal was read, be sent on top of what changed (rule 5.14)."""
    if form.is_bound and found.task is not None:
        form.data = {**dict(form.data.items()), "version": found.task.version}


def _back(request: HttpRequest) -> str:
    """Return the list as the person had narrowed it: the next correction is there."""
    query = request.GET.urlencode() or "decision=waiting"
    return f"{reverse('campaign_marks')}?{query}"


def _given(request: HttpRequest, pk: int) -> CampaignMark:
    if not request.actor.sees_everything:
        raise Http404
    return get_object_or_404(marks_of(request.actor), pk=pk)


def _judge(request: HttpRequest, marks: Iterable[CampaignMark]) -> None:
    """Say beside each mark what the actor may do with it and, if not apply, why."""
    actor, waiting = request.actor, [mark for mark in marks if not mark.decision]
    tasks = [mark.task for mark in waiting if mark.task is not None]
    cases = {case.task: case for case in situations(tasks, actor, request.at)}
    for mark in waiting:
        case = cases.get(mark.task)
        mark.refusal = settling.refusal_of(mark, actor, case)
        mark.is_applicable = mark.refusal is None
        mark.takes_one_click = mark.is_applicable and is_complete(mark)
        mark.is_refusable = may_settle(mark, actor, case)


def _mark_page(
    request: HttpRequest,
    found: CampaignMark,
    form: SettleForm,
    refusing: RefuseForm,
    status: int = 200,
) -> HttpResponse:
    _judge(request, [found])
    context = {
        "mark": found,
        "form": form,
        "refusing": refusing,
        "judgement": Judgement.at(request.at),
        "query": request.GET.urlencode(),
    }
    return render(request, "tasks/campaign_mark.html", context, status=status)
