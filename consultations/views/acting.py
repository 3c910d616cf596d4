"""One page for every act on a consultation or a line: its form, its effect, doing it."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from agencies.posting import try_act, try_row
from consultations import lifecycle
from consultations.acts import LINE_ACTS, ROUND_ACTS, Act, LineCase, RoundCase
from consultations.acts.cases import ENTRIES, Case
from consultations.effects import effect
from consultations.forms.acts import ActForm, form_of
from consultations.models import Consultation, Opinion

ANSWERS_A_RESULT = ("object_to_result", "enter_result_answer")
ON_A_PAPER = ("refuse_paper", "enter_result_answer")


def round_act(request: HttpRequest, code: str, act: str) -> HttpResponse:
    """Do an act on the whole consultation; a new round is written on the form of asking."""
    rows = Consultation.objects.visible_to(request.actor).select_related("requester")
    found = get_object_or_404(rows, code=code)
    if act not in ROUND_ACTS:
        raise Http404
    if act == "new_round":
        return HttpResponseRedirect(f"{reverse('consultation_new')}?previous={found.code}")
    return _act(request, ROUND_ACTS[act], RoundCase(request.actor, request.at, found), found)


def line_act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Do an act on one line; a reply is written on the form of answering."""
    rows = Opinion.objects.visible_to(request.actor, request.at).with_outcome(request.at)
    found = get_object_or_404(rows.select_related("agency", "consultation__requester"), pk=pk)
    if act not in LINE_ACTS:
        raise Http404
    if act == "reply":
        return HttpResponseRedirect(reverse("opinion_answer", args=[found.pk]))
    return _act(request, LINE_ACTS[act], LineCase(request.actor, request.at, found), found)


@require_POST
def paper_confirm(request: HttpRequest, key: str) -> HttpResponse:
    """The chief confirms an entry from paper from the register (rule 2.7)."""
    kind, _dash, pk = key.partition("-")
    if kind not in ENTRIES or not pk.isdecimal():
        raise Http404
    found = get_object_or_404(ENTRIES[kind].objects.visible_to(request.actor, request.at), pk=pk)
    answer = try_act(
        request,
        lambda: lifecycle.confirm_paper(found, request.actor, request.at),
        to=found.opinion.get_absolute_url(),
    )
    return answer or HttpResponseRedirect(found.opinion.get_absolute_url())


def _form(request: HttpRequest, row: Act, case: Case, *posted) -> ActForm:
    """Return the act's form; a link beside an entry from paper has chosen it already."""
    chosen = {"entry": request.GET["entry"]} if "entry" in request.GET else {}
    return form_of(row.event, case, *posted, initial=chosen)


def _act(request: HttpRequest, row: Act, case: Case, thing) -> HttpResponse:
    act = getattr(lifecycle, row.code)
    answer, form, status = try_row(
        request, row, case, thing,
        lambda *posted, case: _form(request, row, case, *posted),
        lambda form: act(
            thing, request.actor, timezone.now, **(form.facts() if row.needs else {})
        ),
        to=thing.get_absolute_url(),
    )  # fmt: skip
    if answer is not None:
        return answer
    context = {
        "act": row,
        "form": form,
        "thing": thing,
        "consultation": getattr(thing, "consultation", thing),
        "effect": effect(row.event, case) if row.refusal(case) is None else "",
        "last_reply": None if row.code in ON_A_PAPER else getattr(case, "last_reply", None),
        "meeting": case.reconciliation if row.code in ANSWERS_A_RESULT else None,
        "action": request.path,
    }
    template = "consultations/_act_form.html" if request.htmx else "consultations/act.html"
    return render(request, template, context, status=status)
