"""Pages of accountability cases: the list, a proposal, one case with its acts, its papers (9.1)."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from agencies.as_of import AsOf
from agencies.files import handed_out
from agencies.models import AlreadyDone, Attachment
from agencies.notices import mark_read
from agencies.posting import try_form
from consultations.forms.acts import ActForm
from consultations.models import Dossier
from reports.cases import lifecycle
from reports.cases.drafting import draft_due
from reports.cases.forms import CASE_FORMS, ProposeCaseForm
from reports.cases.listing import cases_waiting_on, reads_cases
from reports.cases.page import page_of
from reports.cases.papers import decision_docx, submission_docx
from reports.cases.proposing import may_propose_case, propose_case
from reports.cases.table import CASE_ACTS
from reports.cases.who import HANDLERS, is_by_name
from reports.models import AccountabilityCase, StatementDraft
from reports.views.matters import act_page, listed


def cases(request: HttpRequest) -> HttpResponse:
    """List the cases the actor may see; empty for whoever sees none."""
    visible = AccountabilityCase.objects.visible_to(request.actor)
    if not reads_cases(request.actor) and not visible.exists():
        raise Http404
    as_of = AsOf.read(request.GET, request.at)
    rows = visible.standing_at(as_of.at).select_related("concerned__user")
    waiting = cases_waiting_on(request.actor, as_of.at)
    context = listed(request, rows, as_of, waiting) | {
        "may_propose": may_propose_case(request.actor) and not as_of.day,
        "may_draft": is_by_name(request.actor, *HANDLERS) and not as_of.day,
    }
    return render(request, "reports/cases.html", context)


@require_POST
def cases_draft(request: HttpRequest) -> HttpResponse:
    """Go through the frozen reports now instead of waiting for the job."""
    if not is_by_name(request.actor, *HANDLERS):
        raise Http404
    found = draft_due(request.at)
    messages.success(request, _("Drafted: %(n)d.") % {"n": found})
    return HttpResponseRedirect(reverse("cases"))


def case_new(request: HttpRequest) -> HttpResponse:
    """Propose a case; who only proposes does not see it afterwards (rule 2.4)."""
    if not may_propose_case(request.actor):
        raise Http404
    given = {"actor": request.actor, "at": request.at, "initial": _typed(request)}
    back = reverse("cases" if reads_cases(request.actor) else "home")
    form, status = ProposeCaseForm(**given), 200
    if request.method == "POST" and "list" not in request.POST:
        form = ProposeCaseForm(request.POST, request.FILES, **given)
        answer, status = try_form(
            request,
            form,
            lambda: _propose(request, form),
            done=_("Your proposal is with the office chief and internal affairs."),
            to=back,
        )
        if answer is not None:
            return answer
    return render(request, "reports/case_new.html", {"form": form, "back": back}, status=status)


def case(request: HttpRequest, code: str) -> HttpResponse:
    """Show one case: what happened, the agency's side, the signatures, the decision."""
    found = _visible(request, code)
    mark_read(request.user, request.at, found)
    statement = getattr(found, "statement", None)
    context = page_of(found, CASE_ACTS, request.actor, request.at) | {
        "case": found,
        "statement": statement,
        "statement_files": Attachment.objects.of(found).filter(role="statement"),
        "dossier": Dossier.objects.visible_to(request.actor).filter(pk=found.dossier_id).first(),
        "outcome_files": Attachment.objects.of(found).filter(role="outcome"),
    }
    return render(request, "reports/case.html", context)


def case_act(request: HttpRequest, code: str, act: str) -> HttpResponse:
    """Show the form of one act, and do it when posted; a statement may be saved and sent later."""
    if act not in CASE_ACTS:
        raise Http404
    found = _visible(request, code)
    if act == "state_side" and "save" in request.POST:
        way = {
            "act": lambda form: _save(request, found, form),
            "done": _("The draft is saved; nobody else reads it."),
            "to": request.path,
        }
    else:
        do = getattr(lifecycle, act)
        way = {"act": lambda form: do(found, request.actor, request.at, **form.facts())}
    statement = getattr(found, "statement", None)
    return act_page(
        request, found, CASE_ACTS[act], CASE_FORMS[act], **way, case=found, statement=statement
    )


def case_docx(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """Hand out the submission to the Chair, or the letter of the decision, as .docx."""
    found = _visible(request, code)
    shown = page_of(found, CASE_ACTS, request.actor, request.at)
    if kind == "submission" and not shown["is_concerned"]:
        content, name = submission_docx(found, request.at), f"to-trinh-{found.code}.docx"
    elif kind == "decision" and found.paper_id and _may_read_paper(shown):
        content, name = decision_docx(found), f"van-ban-{found.code}.docx"
    else:
        raise Http404
    return handed_out(content, name)


def _may_read_paper(shown: dict) -> bool:
    """The head concerned reads the letter once it is issued; whoever handles the case before."""
    return not shown["is_concerned"] or shown["paper"] is not None


def _propose(request: HttpRequest, form: ProposeCaseForm) -> AccountabilityCase | None:
    try:
        return propose_case(request.actor, request.at, **form.cleaned_data)
    except AlreadyDone:
        return None  # the first posting's case is not the proposer's to see: home is where to go


def _typed(request: HttpRequest) -> dict[str, str]:
    """Return what was chosen and typed before the tasks of the agency were asked for."""
    given = request.POST or request.GET
    return {name: given.get(name, "") for name in ("agency", "summary")}


def _save(request: HttpRequest, found: AccountabilityCase, form: ActForm) -> StatementDraft:
    """Keep what the head concerned has written and not sent."""
    typed = form.cleaned_data
    return lifecycle.save_statement(
        found, request.actor, request.at, text=typed["text"], version=typed["version"] or 0
    )


def _visible(request: HttpRequest, code: str) -> AccountabilityCase:
    rows = AccountabilityCase.objects.visible_to(request.actor).select_related(
        "agency", "concerned__user", "concerned__title", "concerned__agency", "report",
        "decided_by__user", "proposed_by__user", "statement__post__user", "dossier",
        "paper__signed_by__user", "paper__signed_by__title",
    )  # fmt: skip
    return get_object_or_404(rows, code=code)
