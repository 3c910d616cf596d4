"""What is put right of a directive: its header once approved, a paper that was not for us (4.5)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from agencies.deadlines import local_day
from agencies.posting import try_form
from tasks.directives.correcting import correct_header, record_misdirected
from tasks.directives.permits import may_correct, may_register
from tasks.forms.directives import CorrectHeaderForm, MisdirectedForm
from tasks.models import Directive


def directive_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct the header of an approved directive, with a reason (the chief)."""
    found = _found(request, pk, may_correct(request.actor))
    form = CorrectHeaderForm(request.POST or None, day=local_day(request.at), directive=found)
    answer, status = try_form(
        request, form, lambda: _correct(request, found, form), done=_("The correction is recorded.")
    )
    if answer is not None:
        return answer
    context = {"directive": found, "form": form}
    return render(request, "tasks/directive_correct.html", context, status=status)


def directive_return(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that a paper was misdirected and returned (an officer or the Office's clerk)."""
    found = _found(request, pk, may_register(request.actor))
    initial = {"version": found.version, "returned_on": local_day(request.at)}
    form = MisdirectedForm(request.POST or None, initial=initial)
    answer, status = try_form(
        request, form, lambda: _return(request, found, form), done=_("Recorded as returned.")
    )
    if answer is not None:
        return answer
    context = {"directive": found, "form": form}
    return render(request, "tasks/directive_return.html", context, status=status)


def _found(request: HttpRequest, pk: int, permitted: bool) -> Directive:
    if not permitted:
        raise Http404
    return get_object_or_404(Directive.objects.visible_to(request.actor), pk=pk)


def _correct(request: HttpRequest, found: Directive, form: CorrectHeaderForm) -> Directive:
    typed = form.cleaned_data
    return correct_header(
        found, request.actor, request.at,
        header=form.header(), reason=typed["reason"], version=typed["version"] or 0,
    )  # fmt: skip


def _return(request: HttpRequest, found: Directive, form: MisdirectedForm) -> Directive:
    return record_misdirected(found, request.actor, request.at, **form.cleaned_data)
