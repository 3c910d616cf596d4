"""Pages of commendations: the list, a proposal, one with its acts and its letter (rule 9.1)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from agencies.as_of import AsOf
from agencies.files import handed_out
from agencies.notices import mark_read
from agencies.posting import try_form
from reports.cases import praising
from reports.cases.forms import PRAISE_FORMS, ProposePraiseForm
from reports.cases.listing import commendations_waiting_on
from reports.cases.page import page_of
from reports.cases.papers import praise_docx
from reports.cases.proposing import may_propose_praise, propose_praise
from reports.cases.table import COMMENDATION_ACTS
from reports.models import Commendation
from reports.views.matters import act_page, listed


def commendations(request: HttpRequest) -> HttpResponse:
    """List the commendations the actor may see."""
    as_of = AsOf.read(request.GET, request.at)
    rows = Commendation.objects.visible_to(request.actor).standing_at(as_of.at)
    waiting = commendations_waiting_on(request.actor, as_of.at)
    context = listed(request, rows.select_related("person__user"), as_of, waiting)
    context["may_propose"] = may_propose_praise(request.actor) and not as_of.day
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
    found = _visible(request, code)
    do = getattr(praising, act)
    return act_page(
        request, found, COMMENDATION_ACTS[act], PRAISE_FORMS[act],
        lambda form: do(found, request.actor, request.at, **form.facts()),
    )  # fmt: skip


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
