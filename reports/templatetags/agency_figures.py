"""What an agency's page shows of this floor: all its figures, now and of past periods (8.3)."""

from django import template
from django.template.context import RequestContext

from agencies.models import Agency
from reports.overview import AgencyOverview, Scope, may_open_dashboard, may_see

register = template.Library()


@register.inclusion_tag("reports/_agency_figures.html", takes_context=True)
def figures_of(context: RequestContext, agency: Agency) -> dict:
    """Draw an agency's figures for whoever may see them (rule 2.4)."""
    request = context["request"]
    actor = request.actor
    if not may_see(actor, agency):
        return {}
    overview = AgencyOverview(Scope(actor, request.at, agency=agency))
    return {
        "request": request,
        "agency": agency,
        "overview": overview,
        "standing": overview.standing,
        "opens": may_open_dashboard(actor, agency),
    }
