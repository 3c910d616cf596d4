"""Cases on pages of lower floors, for whoever may see them (rule 2.4)."""

from django import template
from django.template import RequestContext

from consultations.models import Dossier
from reports.cases.listing import cases_waiting_on
from reports.models import AccountabilityCase

register = template.Library()


@register.simple_tag(takes_context=True)
def cases_to_state(context: RequestContext) -> list[AccountabilityCase]:
    """Return the cases in which the person's statement is awaited."""
    request = context["request"]
    waiting = cases_waiting_on(request.actor, request.at).filter(concerned__user=request.user)
    return list(waiting.order_by("statement_due_at"))


@register.simple_tag(takes_context=True)
def cases_of(context: RequestContext, dossier: Dossier) -> list[AccountabilityCase]:
    """Return the cases a dossier of measures is about (clause 2.1)."""
    rows = AccountabilityCase.objects.visible_to(context["request"].actor)
    return list(rows.filter(dossier=dossier).select_related("agency"))
