"""What an agency's head keeps on its page: who handles what, the working regulation (5.8)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.deadlines import local_day
from agencies.forms import RegisterForm, RegulationForm
from agencies.models import Agency
from agencies.posting import try_form
from agencies.register import (
    keep_register,
    may_keep_competences,
    may_name_responsible,
    register_of,
)
from agencies.regulations import add_regulation, may_keep_regulations


def register(request: HttpRequest, code: str) -> HttpResponse:
    """Say who handles each competence; the chief and the administrator also which these are."""
    found = get_object_or_404(Agency.objects.visible_to(request.actor), code=code)
    if not (may_name_responsible(request.actor, found) or may_keep_competences(request.actor)):
        raise Http404
    form = _register_form(request, found)
    answer, status = try_form(
        request,
        form,
        lambda: keep_register(found, request.actor, request.at, **form.facts()),
        done=_("Saved."),
        to=f"{found.get_absolute_url()}#register",
    )
    if answer is not None:
        return answer
    context = {"agency": found, "form": form}
    return render(request, "agencies/register.html", context, status=status)


def _register_form(request: HttpRequest, found: Agency) -> RegisterForm:
    return RegisterForm(
        request.POST or None,
        agency=found,
        register=register_of(found),
        actor=request.actor,
        day=local_day(request.at),
    )


def regulation_new(request: HttpRequest, code: str) -> HttpResponse:
    """Keep a working regulation with its files."""
    found = get_object_or_404(Agency.objects.visible_to(request.actor), code=code)
    if not may_keep_regulations(request.actor, found):
        raise Http404
    form = RegulationForm(request.POST or None, request.FILES or None)
    answer, status = try_form(
        request,
        form,
        lambda: add_regulation(found, request.actor, request.at, **form.cleaned_data),
        done=_("The regulation is kept."),
    )
    if answer is not None:
        return answer
    context = {"agency": found, "form": form, "back": reverse("agency", args=[code])}
    return render(request, "agencies/regulation_new.html", context, status=status)
