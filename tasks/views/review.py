"""The officer's screen: the text beside the proposals, edited in place, then approved (4.9).

Without script every act leads back to the screen; to htmx it answers with what it changed.
"""

from collections.abc import Callable
from functools import partial

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRedirect

from agencies.deadlines import local_day
from agencies.models import Agency
from agencies.posting import CONFLICT, try_act, try_form
from tasks.approval import Plan, approve, submit
from tasks.directives import leads, review
from tasks.directives.permits import may_approve, may_review
from tasks.directives.problems import judge
from tasks.forms.directives import ProposalForm
from tasks.models import Directive, Proposal
from tasks.review_page import ReviewPage, parts_of
from tasks.reviewing.opening import campaign_deadline


def directive_review(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the text beside its proposals; `?edit=` opens one, `?only=check` the doubtful ones.

    To htmx it gives the row of `?edit=` opened, of `?at=` closed again.
    """
    page = _review_page(request, pk)
    editing = _number(request.GET.get("edit"))
    page.current = editing or _number(request.GET.get("at"))
    opened = {}
    if editing and page.directive.approved_at is None:
        found = get_object_or_404(page.directive.proposals, pk=editing)
        opened = {"form": ProposalForm(day=page.day, proposal=found)}
    if request.htmx:
        return _row(request, page, opened)
    return _whole(request, page, opened)


def _whole(request: HttpRequest, page: ReviewPage, opened: dict, status: int = 200) -> HttpResponse:
    """Show the whole screen, one proposal `opened` for its form."""
    shown = page.shown
    is_listed = page.current in {one.proposal.pk for one in shown}
    if opened and not is_listed:
        shown = page.plan.judged
    elif not is_listed:
        page.current = next((one.proposal.pk for one in shown if one.needs_a_look), 0)
    context = _context(page) | page.text() | {"shown": shown} | opened
    return render(request, "tasks/directive_review.html", context, status=status)


def _row(request: HttpRequest, page: ReviewPage, opened: dict) -> HttpResponse:
    """Show the current proposal's row alone, `opened` or closed."""
    rows = [one for one in page.plan.judged if one.proposal.pk == page.current]
    if not rows:
        raise Http404
    context = _context(page) | {"one": rows[0], "then": "" if opened else page.address} | opened
    return render(request, "tasks/_proposal.html", context)


def _in_place(
    request: HttpRequest,
    page: ReviewPage,
    found: Proposal,
    answer: HttpResponseRedirect | None,
    *,
    opened: dict | None = None,
    status: int = CONFLICT,
    is_remarked: bool = False,
) -> HttpResponse:
    """Answer an act where its proposal stands: the rows it changed, what counts them, and the text
    when its marks moved. Without an `answer` it was refused: its row says why, or stands `opened`
    with what was typed.
    """
    is_done = answer is not None
    if is_done and not page.current:  # it was before: its thing says so
        return HttpResponseClientRedirect(answer.url)
    if not is_done:
        page.stay_at(found)
    here, elsewhere = page.changed(found)
    context = _context(page) | {"here": here, "elsewhere": elsewhere, "then": page.address}
    context |= {"is_done": True} if is_done else opened or {}
    if is_remarked:
        context |= page.text()
    status = 200 if is_done else status
    return render(request, "tasks/_proposals_changed.html", context, status=status)


def _context(page: ReviewPage) -> dict:
    return {
        "directive": page.directive,
        "plan": page.plan,
        "only_check": page.only_check,
        "only": "?only=check" if page.only_check else "",
        "also": "&only=check" if page.only_check else "",
        "current": page.current,
    }


def proposal(request: HttpRequest, pk: int, proposal_pk: int) -> HttpResponse:
    """Save one edited proposal; refused, it comes back open with what was typed."""
    page = _review_page(request, pk)
    found = get_object_or_404(page.directive.proposals, pk=proposal_pk)
    if request.method != "POST":
        return HttpResponseRedirect(f"{page.url}?edit={found.pk}#proposal-{found.pk}")
    form = ProposalForm(request.POST, day=page.day, proposal=found)
    answer, status = try_form(
        request,
        form,
        lambda: review.edit(
            found, request.actor, request.at,
            wording=form.wording(), version=form.cleaned_data["version"] or 0,
        ),
        to=page.stay_at,
    )  # fmt: skip
    opened = {"form": form}
    if request.htmx:
        return _in_place(request, page, found, answer, opened=opened, status=status)
    page.stay_at(found)
    return answer or _whole(request, page, opened, status)


def proposal_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a proposal the reader did not make."""
    page = _review_page(request, pk)
    kinds = [Proposal.Kind.TASK]
    form = ProposalForm(request.POST or None, day=page.day, initial={"kinds": kinds})
    answer, status = try_form(
        request,
        form,
        lambda: review.add(page.directive, request.actor, request.at, wording=form.wording()),
        to=page.stay_at,
    )
    if answer is not None:
        return answer
    context = {"directive": page.directive, "form": form}
    return render(request, "tasks/proposal_new.html", context, status=status)


@require_POST
def proposal_act(request: HttpRequest, pk: int, proposal_pk: int) -> HttpResponse:
    """Do one small act on a proposal: confirm, drop, restore, merge, settle a joint lead."""
    page = _review_page(request, pk)
    found = get_object_or_404(page.directive.proposals, pk=proposal_pk)
    name = request.POST.get("act", "")
    if name not in ACTS:
        raise Http404
    answer = try_act(
        request,
        lambda: ACTS[name](request, found, _version(request)),
        to=page.go_on_from if name in DECIDING else page.stay_at,
    )
    if request.htmx:
        is_remarked = name in REMARKING
        return _in_place(request, page, found, answer, is_remarked=is_remarked)
    page.stay_at(found)
    return answer or _whole(request, page, {}, CONFLICT)


def _version(request: HttpRequest) -> int | None:
    """Return the version the row was drawn with; without one only the table decides."""
    given = request.POST.get("version", "")
    return _number(given) if given else None


def _confirm(request: HttpRequest, found: Proposal, version: int | None) -> Proposal:
    plan = Plan(found.directive, local_day(request.at))
    one = judge(found, plan.expansion, has_addressees=bool(plan.addressees))
    return review.confirm(found, request.actor, request.at, problems=one.problems, version=version)


def _choose_lead(request: HttpRequest, found: Proposal, version: int | None) -> Proposal:
    lead = get_object_or_404(Agency, pk=_number(request.GET.get("lead")))
    return leads.choose_lead(found, request.actor, request.at, lead=lead, version=version)


def _name_lead(request: HttpRequest, found: Proposal, version: int | None) -> Proposal:
    code = request.GET.get("lead", "")
    return leads.name_lead(found, request.actor, request.at, code=code, version=version)


def _plainly(act: Callable[..., Proposal]) -> Callable[..., Proposal]:
    """Return an act that takes no facts, as the view calls it."""
    return lambda request, found, version: act(found, request.actor, request.at, version=version)


ACTS = {
    "confirm": _confirm,
    "drop": _plainly(review.drop),
    "restore": _plainly(review.restore),
    "merge": _plainly(review.merge),
    "share": _plainly(leads.share),
    "choose_lead": _choose_lead,
    "name_lead": _name_lead,
}

DECIDING = {"confirm", "drop"}
"""The acts after which one goes on to the next."""
REMARKING = {"drop", "restore", "merge"}
"""The acts that change whose source a sentence of the text is."""


def proposal_split(request: HttpRequest, pk: int, proposal_pk: int) -> HttpResponse:
    """Choose where the second part of a proposal begins, and cut there."""
    page = _review_page(request, pk)
    found = get_object_or_404(page.directive.proposals, pk=proposal_pk)
    opened = {"parts": parts_of(found.text)}
    status = 200
    if request.method == "POST":
        status = CONFLICT
        answer = _split(request, page, found)
        if request.htmx:
            return _in_place(request, page, found, answer, opened=opened, is_remarked=True)
        if answer is not None:
            return answer
    elif request.htmx:
        page.stay_at(found)
        return _row(request, page, opened)
    context = _context(page) | {"proposal": found} | opened
    return render(request, "tasks/proposal_split.html", context, status=status)


def _split(request: HttpRequest, page: ReviewPage, found: Proposal) -> HttpResponse | None:
    position, version = _number(request.POST.get("position")), _version(request)
    return try_act(
        request,
        lambda: review.split(found, request.actor, request.at, position=position, version=version),
        to=lambda _new: page.stay_at(found),
    )


def directive_approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what approval would create; the chief approves, an officer hands it to the chief."""
    directive = _reviewable(request, pk)
    status = 200
    if request.method == "POST":
        answer = _handed_on(request, directive)
        if answer is not None:
            return answer
        status = CONFLICT
        directive.refresh_from_db()
    if directive.approved_at is not None:
        return HttpResponseRedirect(directive.get_absolute_url())
    context = {
        "directive": directive,
        "plan": Plan(directive, local_day(request.at)),
        "may_approve": may_approve(request.actor),
        "is_draft": directive.state == Directive.State.DRAFT,
        "campaign_due": campaign_deadline(request.at).due_at,
    }
    return render(request, "tasks/directive_approve.html", context, status=status)


def _handed_on(request: HttpRequest, directive: Directive) -> HttpResponse | None:
    """Approve what was previewed, or hand it to the chief."""
    actor, at = request.actor, request.at
    if request.POST.get("act") == "approve":
        given = request.POST.get("fingerprint", "")
        act, done = partial(approve, fingerprint=given), _("Approved. The agencies are told now.")
    else:
        act, done = submit, _("Handed to the office chief for approval.")
    to = directive.get_absolute_url()
    return try_act(request, lambda: act(directive, actor, at), done=done, to=to)


def _reviewable(request: HttpRequest, pk: int) -> Directive:
    """Return the directive to whoever prepares or approves it, else 404; a misdirected paper has
    nothing to prepare.
    """
    permitted = may_review(request.actor) or may_approve(request.actor)
    if not permitted:
        raise Http404
    rows = Directive.objects.visible_to(request.actor).select_related("kind", "implements__kind")
    rows = rows.exclude(state=Directive.State.MISDIRECTED)
    return get_object_or_404(rows, pk=pk)


def _review_page(request: HttpRequest, pk: int) -> ReviewPage:
    directive = _reviewable(request, pk)
    only_check = request.GET.get("only") == "check"
    page = ReviewPage(directive, local_day(request.at), only_check=only_check)
    if request.htmx and request.method == "POST":
        page.look()
    return page


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 12 else 0
