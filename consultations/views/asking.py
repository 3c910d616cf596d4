"""The form of a new consultation; without script every button is a posting."""

from itertools import groupby

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from agencies.files import handed_out
from agencies.letterheads import series_of
from agencies.models import Body
from agencies.posting import BAD_REQUEST, CONFLICT, try_act
from agencies.refusals import Refused
from consultations import acts, terms
from consultations.forms import MOST_QUESTIONS, AskForm, Questions
from consultations.lifecycle import ask
from consultations.models import Consultation
from consultations.numbering import CONSULTATION, is_required
from consultations.papers import LetterFacts, facts_typed, letter_docx, letter_paper
from consultations.stances import Ending, SilenceRule

MORE_QUESTIONS = 1
COPIES = 8


def new(request: HttpRequest) -> HttpResponse:
    """Ask for opinions: write, see what it will do, send (rule 6.1)."""
    if not acts.may(acts.ASK, request.actor):
        raise PermissionDenied
    if request.method != "POST":
        return _begun(request)
    if request.POST.get("act") == "add":
        return _one_more(request)
    form = AskForm(request.POST, request.FILES, actor=request.actor, at=request.at)
    questions = Questions(request.POST, prefix="q")
    if not (form.is_valid() & questions.is_valid()):
        return _page(request, form, questions, status=BAD_REQUEST)
    if request.POST.get("act") == "preview":
        return _page(request, form, questions, preview=_preview(request, form, questions))
    if request.POST.get("act") == "letter":
        return _letter(request, form, questions)
    answer = try_act(
        request,
        lambda: ask(request.actor, request.at, questions=questions.asked, **form.facts()),
        form=form,
        done=_("The agencies have been asked."),
        to=Consultation.get_absolute_url,
    )
    return answer or _page(request, form, questions, status=CONFLICT)


def _previous(request: HttpRequest) -> Consultation | None:
    """Return the earlier round that is asked again, copied into the form (rule 6.7)."""
    asked = Consultation.objects.filter(requester=request.actor.agency_id)
    return asked.filter(code=request.GET.get("previous", "")).first()


def _earlier(request: HttpRequest) -> list[Consultation]:
    """Return the agency's latest consultations that are over: what a new one may be copied from."""
    asked = Consultation.objects.asked_by(request.actor.agency_id).closed(request.at)
    return list(asked.only("code", "title")[:COPIES])


def _begun(request: HttpRequest) -> HttpResponse:
    """Show the form as it begins: empty, or a copy of an earlier round."""
    previous = _previous(request)
    questions = [] if previous is None else previous.questions.all()
    asked = [
        {"text": one.text, "is_minor": not one.is_principal, "minor_reason": one.minor_reason}
        for one in questions
    ]
    form = AskForm(actor=request.actor, at=request.at, initial=_initial(request, previous))
    return _page(request, form, Questions(prefix="q", initial=asked))


def _initial(request: HttpRequest, previous: Consultation | None) -> dict:
    initial = {
        "task": request.GET.get("task", ""),
        "dossier": request.GET.get("dossier", ""),
        "due": "05 ngày làm việc",
        "series": series_of(request.actor.agency, Body.current()),
        "issues_letter": is_required(CONSULTATION, request.at, request.actor.agency_id),
    }
    if previous is None:
        return initial
    lines = previous.opinions.exclude(ending__in=[Ending.REDIRECTED, Ending.DROPPED])
    return initial | {
        "previous": previous.code,
        "title": previous.title,
        "provision": previous.provision,
        "express_consent": previous.express_consent,
        "background": previous.background,
        "agencies": list(lines.values_list("agency", flat=True)),
        "competences": list(previous.competences.values_list("pk", flat=True)),
        "task": previous.task.code if previous.task else "",
        "dossier": previous.dossier.code if previous.dossier else "",
        "why": next(iter(lines.exclude(why_asked="").values_list("why_asked", flat=True)), ""),
    }


def _preview(request: HttpRequest, form: AskForm, questions) -> dict | None:
    """Return what sending would do: the deadline with its arithmetic, who is asked, the letter."""
    facts = _typed(request, form, questions)
    if facts is None:
        return None
    return {
        "deadline": terms.reckon(form.facts()["due"], request.at),
        "deemed": [one for one in facts.addressed if one.silence == SilenceRule.DEEMED_AGREED],
        "silent": [one for one in facts.addressed if one.silence == SilenceRule.NO_REPLY],
        "count": len(facts.addressed),
        "letter": letter_paper(facts, Body.current()),
    }


def _letter(request: HttpRequest, form: AskForm, questions) -> HttpResponse:
    """Hand out the letter as it would be sent; nothing is sent by it (rule 6.1)."""
    facts = _typed(request, form, questions)
    if facts is None:
        return _page(request, form, questions, status=CONFLICT)
    return handed_out(letter_docx(facts), "cong-van-xin-y-kien-du-thao.docx")


def _typed(request: HttpRequest, form: AskForm, questions) -> LetterFacts | None:
    """Return what the letter would say; a refusal goes beside the form's field."""
    try:
        return facts_typed(request.actor, request.at, questions.asked, form.facts())
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return None


def _one_more(request: HttpRequest) -> HttpResponse:
    """Show the form again with one question more and nothing judged yet."""
    typed = {name: request.POST.getlist(name) for name in ("groups", "agencies")}
    form = AskForm(actor=request.actor, at=request.at, initial={**request.POST.dict(), **typed})
    total = request.POST.get("q-TOTAL_FORMS", "")
    count = min(int(total), MOST_QUESTIONS - MORE_QUESTIONS) if total.isdecimal() else 1
    parts = ("text", "is_minor", "minor_reason")
    written = [
        {part: request.POST.get(f"q-{n}-{part}", "") for part in parts} for n in range(count)
    ]
    questions = Questions(prefix="q", initial=written)
    questions.extra = MORE_QUESTIONS
    return _page(request, form, questions)


def _page(
    request: HttpRequest,
    form: AskForm,
    questions,
    *,
    preview: dict | None = None,
    status: int = 200,
) -> HttpResponse:
    chosen = _chosen(form)
    offered = list(form.fields["agencies"].queryset)
    groups = []
    for group in form.fields["groups"].queryset:
        group_kinds = {kind.pk for kind in group.kinds.all()}
        members = [agency for agency in offered if agency.kind_id in group_kinds]
        groups.append(
            {"group": group, "members": members, "checked": str(group.pk) in chosen["groups"]}
        )
    kinds = [
        {
            "kind": kind,
            "agencies": [(a, str(a.pk) in chosen["agencies"]) for a in agencies],
        }
        for kind, agencies in groupby(offered, key=lambda agency: agency.kind)
    ]
    context = {
        "form": form,
        "questions": questions,
        "preview": preview,
        "groups": [group for group in groups if group["members"]],
        "kinds": kinds,
        "minimum_days": terms.minimum_days(request.at, urgent=False),
        "is_numbered": is_required(CONSULTATION, request.at, request.actor.agency_id),
        "earlier": _earlier(request),
        "urgent_days": terms.minimum_days(request.at, urgent=True),
    }
    return render(request, "consultations/new.html", context, status=status)


def _chosen(form: AskForm) -> dict[str, set[str]]:
    """Return the ids ticked, whether the form is bound or shown again with what was typed."""
    return {name: {str(value) for value in form[name].value() or ()}
            for name in ("groups", "agencies")}  # fmt: skip
