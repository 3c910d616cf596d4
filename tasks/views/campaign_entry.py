"""An agency's part of a review campaign: its list, its marks, its confirmation (rule 5.13)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from agencies.deadlines import local_day
from agencies.notices import mark_read
from agencies.posting import BAD_REQUEST, CONFLICT, try_act, try_form
from tasks.forms.campaigns import ConfirmForm, MarkForm
from tasks.models import CampaignEntry, CampaignMark, Task
from tasks.reviewing import confirming
from tasks.reviewing.entry_page import page_of
from tasks.reviewing.marks import KINDS
from tasks.reviewing.permits import may_prepare_entry

Kind = CampaignMark.Kind


def campaign_entry(request: HttpRequest, code: str, agency: str) -> HttpResponse:
    """Show the agency's list; posted, keep its ticks, begin a mark, or confirm."""
    found = _visible(request, code, agency)
    form, status = ConfirmForm(request.POST or None), 200
    mark_read(request.user, request.at, page=request.path)
    if request.method == "POST":
        status = BAD_REQUEST
        if form.is_valid():
            answer = _do(request, found, form)
            if answer is not None:
                return answer
            found, status = _visible(request, code, agency), CONFLICT
            found.checked = _typed(request, found)
    context = page_of(found, request.actor, request.at) | {"form": form}
    return render(request, "tasks/campaign_entry.html", context, status=status)


def _do(request: HttpRequest, found: CampaignEntry, form: ConfirmForm) -> HttpResponse | None:
    actor, at = request.actor, request.at
    ticks = {"right": request.POST.getlist("right"), "was": request.POST.getlist("was")}
    if request.POST.get("act") == "confirm":
        return try_act(
            request,
            lambda: confirming.confirm(found, actor, at, note=form.cleaned_data["note"], **ticks),
            form=form,
            done=_("The list is confirmed. Thank you."),
        )
    if request.POST.get("drop", "").isdecimal():
        made = int(request.POST["drop"])
        return try_act(
            request,
            lambda: confirming.unmark(found, actor, made=made, **ticks),
            form=form,
            done=_("The mark is taken back."),
        )
    kind, _colon, task = request.POST.get("mark", "").partition(":")
    to, done = (_mark_address(found, kind, task), "") if kind in KINDS else ("", _("Saved."))
    return try_act(
        request, lambda: confirming.keep_checks(found, actor, **ticks), form=form, done=done, to=to
    )


def _typed(request: HttpRequest, found: CampaignEntry) -> list[str]:
    """The ticks as the person left them, to be shown again on top of what others ticked."""
    right, was = request.POST.getlist("right"), request.POST.getlist("was")
    return [*right, *(code for code in found.checked if code not in was)]


def campaign_mark_new(request: HttpRequest, code: str, agency: str) -> HttpResponse:
    """Mark one correction: `?kind=` says what is wrong, `&task=` of which task."""
    found = _visible(request, code, agency)
    kind = request.GET.get("kind", "")
    if kind not in KINDS or not may_prepare_entry(request.actor, found):
        raise Http404
    task = None if kind == Kind.MISSING else _listed(found, request.GET.get("task", ""))
    day = local_day(request.at)
    form = MarkForm(request.POST or None, kind=kind, entry=found, task=task, day=day)
    answer, status = try_form(
        request,
        form,
        lambda: confirming.mark(
            found, request.actor, request.at, kind=kind, task=task, **form.cleaned_data
        ),
        done=_("Marked. The Office sees it once the list is confirmed."),
        to=_place(found, task),
    )
    if answer is not None:
        return answer
    context = {"entry": found, "task": task, "form": form, "label": KINDS[kind].label}
    return render(request, "tasks/campaign_mark_new.html", context, status=status)


def _visible(request: HttpRequest, code: str, agency: str) -> CampaignEntry:
    rows = CampaignEntry.objects.visible_to(request.actor).select_related(
        "campaign__directive__kind", "agency", "confirmed_by__user", "confirmed_by__title"
    )
    return get_object_or_404(rows, campaign__code=code, agency__code=agency)


def _listed(entry: CampaignEntry, code: str) -> Task:
    return get_object_or_404(confirming.tasks_to_review(entry), code=code)


def _mark_address(entry: CampaignEntry, kind: str, task: str) -> str:
    where = reverse("campaign_mark_new", args=[entry.campaign.code, entry.agency.code])
    asked = {"kind": kind} | ({"task": task} if task else {})
    return f"{where}?{urlencode(asked)}"


def _place(entry: CampaignEntry, task: Task | None) -> str:
    return f"{entry.get_absolute_url()}#{task.code if task else 'missing'}"
