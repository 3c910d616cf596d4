"""One act on many tasks: choose, see what it would do, do it, see what came of it (rule 5.4)."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.posting import BAD_REQUEST, CONFLICT
from tasks.forms.acting import ActForm
from tasks.forms.together import form_together
from tasks.judgement import Judgement
from tasks.together import MOST, TOGETHER, Chosen, Outcome, Together, chosen, do_each


def tasks_together(request: HttpRequest) -> HttpResponse:
    """Show what an act would do on the chosen tasks, and do it when posted."""
    asked = request.POST or request.GET
    together = TOGETHER.get(asked.get("act", ""))
    if together is None:
        raise Http404
    choice = chosen(asked, together, request.actor, request.at)
    if not (choice.possible or choice.impossible):
        messages.info(request, _("Choose at least one task first."))
        return HttpResponseRedirect(back_of(choice))
    if request.method == "POST":
        return _posted(request, together, choice)
    form = form_together(together, choice.cases) if choice.possible else None
    return _preview(request, together, choice, form, 200)


def _posted(request: HttpRequest, together: Together, choice: Chosen) -> HttpResponse:
    """Do it on all that was ticked: also on what is not possible now, as it may be done already."""
    form = form_together(together, choice.cases, request.POST, request.FILES)
    if not form.is_valid():
        return _preview(request, together, choice, form, BAD_REQUEST)
    outcomes = do_each(
        together.code,
        [case.task for case in choice.cases],
        request.actor,
        request.at,
        facts={name: form.cleaned_data[name] for name in together.act.needs},
        versions=_versions(request.POST),
    )
    if refuses_the_facts(outcomes, form):
        return _preview(request, together, choice, form, CONFLICT)
    return _result(request, together, choice, outcomes)


def refuses_the_facts(outcomes: list[Outcome], form: ActForm) -> bool:
    """Put a refusal that all tasks share beside the field it is about: nothing was done then."""
    refusals = {(str(one.refusal.message), one.refusal.field) for one in outcomes if one.refusal}
    if len(refusals) != 1 or any(one.refusal is None for one in outcomes):
        return False
    sentence, field = refusals.pop()
    if field not in form.fields:
        return False
    form.add_error(field, sentence)
    return True


def back_of(choice: Chosen) -> str:
    """Return the page the choice was made on: a group's, or the list with its filters."""
    if choice.group:
        return reverse("task", args=[choice.group])
    return f"{reverse('tasks')}?{choice.filters.urlencode()}".removesuffix("?")


def _versions(posted: QueryDict) -> dict[int, int]:
    """Return the versions of the tasks as the person saw them (rule 5.14)."""
    seen = ((pk, posted.get(f"version-{pk}", "")) for pk in posted.getlist("task"))
    return {int(pk): int(text) for pk, text in seen if pk.isdecimal() and text.isdecimal()}


def _preview(
    request: HttpRequest,
    together: Together,
    choice: Chosen,
    form: ActForm | None,
    status: int,
) -> HttpResponse:
    context = {
        "together": together,
        "choice": choice,
        "form": form,
        "most": MOST,
        "back": back_of(choice),
        "judgement": Judgement.at(request.at),
    }
    return render(request, "tasks/together.html", context, status=status)


def _result(
    request: HttpRequest, together: Together, choice: Chosen, outcomes: list[Outcome]
) -> HttpResponse:
    context = {
        "together": together,
        "done": [one for one in outcomes if one.refusal is None and not one.was_done_before],
        "before": [one for one in outcomes if one.was_done_before],
        "refused": [one for one in outcomes if one.refusal is not None],
        "left_out": choice.left_out,
        "back": back_of(choice),
        "judgement": Judgement.at(request.at),
    }
    status = 200 if context["done"] or context["before"] else CONFLICT
    return render(request, "tasks/together_done.html", context, status=status)
