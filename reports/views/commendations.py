"""Pages of commendations: the list, a proposal, one with its acts and its letter (rule 9.1)."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from agencies.files import handed_out
from agencies.listing import sorted_rows
from agencies.notices import mark_read
from agencies.posting import try_form
from reports.cases import praising
from reports.cases.forms import PRAISE_FORMS, ProposePraiseForm
from reports.cases.listing import PILLS, SORTS, MatterFilter, commendations_waiting_on
from reports.cases.page import page_of, read_grounds, signatures_of
from reports.cases.papers import praise_docx
from reports.cases.proposing import may_propose_praise, propose_praise
from reports.cases.situation import Situation
from reports.cases.table import COMMENDATION_ACTS
from reports.models import Commendation

PAGE_SIZE = 30


def commendations(request: HttpRequest) -> HttpResponse:
    """List the commendations the actor may see."""
    rows = Commendation.objects.visible_to(request.actor).with_standing(request.at)
    narrowed = MatterFilter(request.GET, rows.select_related("agency", "person__user", "report"))
    ordered = sorted_rows(narrowed.qs, SORTS, request.GET.get("sort", ""), "drafted_at")
    page = Paginator(ordered, PAGE_SIZE).get_page(request.GET.get("page"))
    waiting = set(commendations_waiting_on(request.actor, request.at).values_list("pk", flat=True))
    for row in page:
        row.pill, row.waits = PILLS.get(row.stands, "done"), row.pk in waiting
        row.standing_text = row.Standing(row.stands).label
    context = {
        "page": page,
        "filter": narrowed,
        "waiting": len(waiting),
        "may_propose": may_propose_praise(request.actor),
    }
    return render(request, "reports/commendations.html", context)


def commendation_new(request: HttpRequest) -> HttpResponse:
    """Propose to praise an agency or a person of it."""
    if not may_propose_praise(request.actor):
        raise Http404
    given = {"actor": request.actor, "at": request.at}
    form = ProposePraiseForm(request.POST or None, request.FILES or None, **given)
    answer, status = try_form(
        request,
        form,
        lambda: propose_praise(request.actor, request.at, **form.cleaned_data),
        done=_("The proposal waits for the two signatures."),
    )
    if answer is not None:
        return answer
    return render(request, "reports/commendation_new.html", {"form": form}, status=status)


def commendation(request: HttpRequest, code: str) -> HttpResponse:
    """Show one commendation: what it rests on, the signatures, the decision."""
    found = _visible(request, code)
    mark_read(request.user, request.at, found)
    context = page_of(found, COMMENDATION_ACTS, request.actor, request.at)
    return render(request, "reports/commendation.html", context)


def commendation_act(request: HttpRequest, code: str, act: str) -> HttpResponse:
    """Show the form of one act, and do it when posted."""
    if act not in COMMENDATION_ACTS:
        raise Http404
    found, row = _visible(request, code), COMMENDATION_ACTS[act]
    situation = Situation(request.actor, request.at, found)
    refusal = row.refusal(situation)
    if refusal is not None and request.method != "POST":
        messages.info(request, refusal.message)
        return HttpResponseRedirect(found.get_absolute_url())
    form = PRAISE_FORMS[act](request.POST or None, case=situation)
    answer, status = try_form(
        request,
        form,
        lambda: getattr(praising, act)(found, request.actor, request.at, **form.facts()),
        done=str(row.done),
    )
    if answer is not None:
        return answer
    context = {
        "act": row,
        "matter": found,
        "form": form,
        "grounds": read_grounds(found, request.actor),
        "signatures": signatures_of(situation),
    }
    return render(request, "reports/commendation_act.html", context, status=status)


def commendation_docx(request: HttpRequest, code: str) -> HttpResponse:
    """Hand out the letter of praise as .docx."""
    found = _visible(request, code)
    if found.paper_id is None:
        raise Http404
    return handed_out(praise_docx(found), f"bieu-duong-{found.code}.docx")


def _visible(request: HttpRequest, code: str) -> Commendation:
    rows = Commendation.objects.visible_to(request.actor).select_related(
        "agency", "person__user", "person__title", "person__agency", "report",
        "decided_by__user", "proposed_by__user", "paper__signed_by__user",
        "paper__signed_by__title",
    )  # fmt: skip
    return get_object_or_404(rows, code=code)
