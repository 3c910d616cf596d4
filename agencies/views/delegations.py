"""Authority lent in writing: who lends what to whom, until when (rule 2.2)."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from agencies import delegating
from agencies.act_kinds import words_for
from agencies.deadlines import local_day
from agencies.forms import DelegationForm
from agencies.models import Delegation
from agencies.navigation import has_rows
from agencies.notices import mark_read
from agencies.posting import try_act, try_form

PAGE = 30


def delegations(request: HttpRequest) -> HttpResponse:
    """List the delegations the actor may see: in force, to come, and those that ended."""
    if not has_rows(request.actor):
        raise Http404
    mark_read(request.user, request.at, page=request.path)
    day = local_day(request.at)
    visible = Delegation.objects.visible_to(request.actor).for_display().order_by("-starts_on")
    present = visible.in_force_on(day)
    coming = visible.filter(starts_on__gt=day, ended_at__isnull=True)
    past = visible.exclude(pk__in=present.values("pk")).exclude(pk__in=coming.values("pk"))
    page = Paginator(past, PAGE).get_page(request.GET.get("page"))
    context = {
        "present": [_row(lent, request) for lent in present],
        "coming": [_row(lent, request) for lent in coming.order_by("starts_on")],
        "past": [_row(lent) for lent in page],
        "page": page,
        "may_give": delegating.may_give(request.actor),
    }
    return render(request, "agencies/delegations.html", context)


def _row(lent: Delegation, request: HttpRequest | None = None) -> dict:
    may_end = request is not None and delegating.may_end(request.actor, lent)
    return {"lent": lent, "words": words_for(lent.acts), "may_end": may_end}


def delegation_new(request: HttpRequest) -> HttpResponse:
    """Lend the own post's authority."""
    if not delegating.may_give(request.actor):
        raise Http404
    form = DelegationForm(request.POST or None, actor=request.actor, day=local_day(request.at))
    answer, status = try_form(
        request,
        form,
        lambda: delegating.give(request.actor, request.at, **form.cleaned_data),
        done=_("The authority is lent; the receiver is told."),
    )
    if answer is not None:
        return answer
    return render(request, "agencies/delegation_new.html", {"form": form}, status=status)


@require_POST
def delegation_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the authority back now."""
    found = get_object_or_404(Delegation.objects.visible_to(request.actor), pk=pk)
    answer = try_act(
        request,
        lambda: delegating.end(found, request.actor, request.at),
        done=_("The authorisation has ended."),
        to=reverse("delegations"),
    )
    return answer or HttpResponseRedirect(reverse("delegations"))
