"""Pages of review campaigns: the Office prepares, opens, follows; an agency confirms (5.13)."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from agencies.as_of import AsOf
from agencies.listing import sorted_rows
from agencies.notices import mark_read
from agencies.posting import CONFLICT, try_act, try_form
from tasks.forms.campaigns import CampaignForm
from tasks.models import ReviewCampaign
from tasks.reviewing import opening
from tasks.reviewing.campaign_page import page_of
from tasks.reviewing.listing import (
    CAMPAIGN_SORTS,
    STATES,
    CampaignFilter,
    as_it_stood,
    campaigns_of,
)
from tasks.reviewing.permits import may_open_campaign, may_prepare_campaign

PAGE = 25


def campaigns(request: HttpRequest) -> HttpResponse:
    """List the campaigns the actor may see."""
    as_of = AsOf.read(request.GET, request.at)
    rows = campaigns_of(request.actor, as_of.past)
    narrowed = CampaignFilter(request.GET, rows)
    shown = sorted_rows(narrowed.qs, CAMPAIGN_SORTS, request.GET.get("sort", ""), "-opened")
    page = Paginator(shown, PAGE).get_page(request.GET.get("page"))
    page.object_list = [as_it_stood(row) for row in page.object_list]
    running = rows.filter(STATES["running"])
    context = {
        "filter": narrowed,
        "page": page,
        "running": running.count(),
        "silent": sum(row.asked - row.confirmed for row in running),
        "to_confirm": running.filter(own_confirmed_at__isnull=True).count(),
        "may_prepare": may_prepare_campaign(request.actor) and not as_of.day,
        "as_of": as_of,
    }
    return render(request, "tasks/campaigns.html", context)


def campaign(request: HttpRequest, code: str) -> HttpResponse:
    """Show one campaign to the Office; an agency is led to its own part of it."""
    found = _visible(request, code)
    if not request.actor.sees_everything:
        return HttpResponseRedirect(_own_entry(request, found).get_absolute_url())
    mark_read(request.user, request.at, page=request.path)
    return _campaign_page(request, found)


def _campaign_page(request: HttpRequest, found: ReviewCampaign, status: int = 200) -> HttpResponse:
    context = page_of(found, request.actor, request.at, request.GET)
    return render(request, "tasks/campaign.html", context, status=status)


def campaign_new(request: HttpRequest) -> HttpResponse:
    """Prepare a campaign by hand; the chief may open it at once."""
    if not may_prepare_campaign(request.actor):
        raise Http404
    return _editing(request, None)


def campaign_edit(request: HttpRequest, code: str) -> HttpResponse:
    """Edit a draft."""
    found = _visible(request, code)
    if not (may_prepare_campaign(request.actor) and found.is_draft):
        raise Http404
    return _editing(request, found)


def _editing(request: HttpRequest, found: ReviewCampaign | None) -> HttpResponse:
    form = CampaignForm(request.POST or None, at=request.at, campaign=found)
    answer, status = try_form(
        request, form, lambda: _save(request, found, form), done=_("The draft is saved.")
    )
    if answer is not None:
        return answer
    context = {
        "campaign": found,
        "form": form,
        "may_open": may_open_campaign(request.actor),
    }
    return render(request, "tasks/campaign_edit.html", context, status=status)


def _save(request: HttpRequest, found: ReviewCampaign | None, form: CampaignForm) -> ReviewCampaign:
    actor, at, asked = request.actor, request.at, form.asked()
    if found is None:
        return opening.draft_campaign(actor, at, asked=asked)
    version = form.cleaned_data["version"] or 0
    return opening.edit_campaign(found, actor, at, asked=asked, version=version)


@require_POST
def campaign_act(request: HttpRequest, code: str) -> HttpResponse:
    """Open, drop or close the campaign the page showed."""
    found = _visible(request, code)
    if not request.actor.sees_everything:
        raise Http404
    version = request.POST.get("version", "")
    version = int(version) if version.isdecimal() else -1
    actor, at = request.actor, request.at
    acts = {
        "open": (
            lambda: opening.open_campaign(found, actor, at, version=version),
            _("The campaign is open; the agencies are told."),
        ),
        "drop": (lambda: opening.drop_campaign(found, actor, at), _("The draft is dropped.")),
        "close": (lambda: opening.close_campaign(found, actor, at), _("The campaign is closed.")),
    }
    if request.POST.get("act") not in acts:
        raise Http404
    act, done = acts[request.POST["act"]]
    answer = try_act(request, act, done=done)
    return answer or _campaign_page(request, _visible(request, code), CONFLICT)


def _visible(request: HttpRequest, code: str) -> ReviewCampaign:
    rows = ReviewCampaign.objects.visible_to(request.actor).select_related(
        "directive__kind", "drafted_by__user", "opened_by__user"
    )
    return get_object_or_404(rows, code=code)


def _own_entry(request: HttpRequest, found: ReviewCampaign):
    return get_object_or_404(
        found.entries.select_related("campaign", "agency"), agency=request.actor.agency_id
    )
