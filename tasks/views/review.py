"""The officer's screen: the text beside the proposals, edited in place, then approved (4.9)."""

import re
from collections.abc import Callable
from functools import partial

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from agencies.deadlines import local_day
from agencies.models import Agency
from agencies.posting import CONFLICT, try_act, try_form
from tasks.approval import Plan, approve, submit
from tasks.directives import leads, review
from tasks.directives.marking import paragraphs, split_heading
from tasks.directives.permits import may_approve, may_review
from tasks.directives.problems import judge
from tasks.forms.directives import ProposalForm
from tasks.models import Directive, Proposal
from tasks.reviewing.opening import campaign_deadline


def directive_review(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the text beside its proposals; `?edit=` opens one, `?only=check` the doubtful ones."""
    directive = _reviewable(request, pk)
    editing = _number(request.GET.get("edit"))
    form = None
    if editing and directive.approved_at is None:
        proposal = get_object_or_404(directive.proposals, pk=editing)
        form = ProposalForm(day=local_day(request.at), proposal=proposal)
    if request.htmx and form is not None:
        plan = Plan(directive, local_day(request.at))
        one = next(one for one in plan.judged if one.proposal.pk == editing)
        context = {"directive": directive, "one": one, "form": form, "current": editing}
        return render(request, "tasks/_proposal.html", context)
    return _page(request, directive, editing=editing, form=form)


def _page(
    request: HttpRequest, directive: Directive, *, editing: int = 0, form=None, status: int = 200,
    current: int = 0,
) -> HttpResponse:  # fmt: skip
    plan = Plan(directive, local_day(request.at))
    only_check = request.GET.get("only") == "check"
    shown = plan.to_check if only_check else plan.judged
    if editing and editing not in {one.proposal.pk for one in shown}:
        shown = plan.judged
    heading, body = split_heading(paragraphs(directive.text, [one.proposal for one in plan.live]))
    context = {
        "directive": directive,
        "plan": plan,
        "shown": shown,
        "only_check": only_check,
        "heading_lines": heading,
        "paragraphs": body,
        "editing": editing,
        "form": form,
        "current": editing or current or _number(request.GET.get("at")) or _first(shown),
        "may_approve": may_approve(request.actor),
    }
    return render(request, "tasks/directive_review.html", context, status=status)


def proposal(request: HttpRequest, pk: int, proposal_pk: int) -> HttpResponse:
    """Save one edited proposal; refused, the whole page comes back with it open."""
    directive = _reviewable(request, pk)
    found = get_object_or_404(directive.proposals, pk=proposal_pk)
    if request.method != "POST":
        return HttpResponseRedirect(f"{_address(directive)}?edit={found.pk}#proposal-{found.pk}")
    form = ProposalForm(request.POST, day=local_day(request.at), proposal=found)
    answer, status = try_form(
        request,
        form,
        lambda: review.edit(
            found, request.actor, request.at,
            wording=form.wording(), version=form.cleaned_data["version"] or 0,
        ),
        to=_at(directive, found.pk),
    )  # fmt: skip
    if answer is not None:
        return answer
    return _page(request, directive, editing=found.pk, form=form, status=status)


def proposal_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a proposal the reader did not make."""
    directive = _reviewable(request, pk)
    kinds = [Proposal.Kind.TASK]
    form = ProposalForm(request.POST or None, day=local_day(request.at), initial={"kinds": kinds})
    answer, status = try_form(
        request,
        form,
        lambda: review.add(directive, request.actor, request.at, wording=form.wording()),
        to=lambda new: _at(directive, new.pk),
    )
    if answer is not None:
        return answer
    context = {"directive": directive, "form": form}
    return render(request, "tasks/proposal_new.html", context, status=status)


@require_POST
def proposal_act(request: HttpRequest, pk: int, proposal_pk: int) -> HttpResponse:
    """Do one small act on a proposal: confirm, drop, restore, merge, settle a joint lead."""
    directive = _reviewable(request, pk)
    found = get_object_or_404(directive.proposals, pk=proposal_pk)
    act = ACTS.get(request.POST.get("act", ""))
    if act is None:
        raise Http404
    answer = try_act(
        request,
        lambda: act(request, found, _version(request)),
        to=lambda result: _at(directive, _next(result, request.POST["act"]), request),
    )
    return answer or _page(request, directive, status=CONFLICT, current=found.pk)


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


def _next(done: Proposal, act: str) -> int:
    """After deciding on one go on to the next, so that D, D, X walks the list."""
    if act not in ("confirm", "drop"):
        return done.pk
    following = Proposal.objects.filter(directive=done.directive_id, order__gt=done.order)
    return following.values_list("pk", flat=True).first() or done.pk


def proposal_split(request: HttpRequest, pk: int, proposal_pk: int) -> HttpResponse:
    """Choose where the second part of a proposal begins, and cut there."""
    directive = _reviewable(request, pk)
    found = get_object_or_404(directive.proposals, pk=proposal_pk)
    status = 200
    if request.method == "POST":
        position = _number(request.POST.get("position"))
        answer = try_act(
            request,
            lambda: review.split(
                found, request.actor, request.at, position=position, version=_version(request)
            ),
            to=_at(directive, found.pk),
        )
        if answer is not None:
            return answer
        status = CONFLICT
    context = {"directive": directive, "proposal": found, "parts": _parts(found.text)}
    return render(request, "tasks/proposal_split.html", context, status=status)


def _parts(text: str) -> list[tuple[int, str]]:
    """Return the sentences of a wording, or else its phrases, with the place each begins."""
    breaks = list(re.finditer(r"(?<=[.;:])\s+|\n+", text)) or list(re.finditer(r", ", text))
    starts = [0, *(match.end() for match in breaks)]
    ends = [*starts[1:], len(text)]
    return [(s, text[s:e].strip()) for s, e in zip(starts, ends, strict=True) if text[s:e].strip()]


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


def _address(directive: Directive) -> str:
    return reverse("directive_review", args=[directive.pk])


def _at(directive: Directive, proposal_pk: int, request: HttpRequest | None = None) -> str:
    only = "only=check&" if request is not None and request.GET.get("only") == "check" else ""
    return f"{_address(directive)}?{only}at={proposal_pk}#proposal-{proposal_pk}"


def _first(shown: list) -> int:
    return next((one.proposal.pk for one in shown if one.needs_a_look), 0)


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 12 else 0
