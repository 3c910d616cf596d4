"""What an agency's page shows of this floor: its figures, duties, acknowledgements owed."""

from django import template
from django.db.models import Count, Q, QuerySet
from django.template.context import RequestContext

from agencies.acting import Actor
from agencies.models import Agency
from tasks.judgement import Judgement
from tasks.models import Acknowledgement, StandingDuty, Task
from tasks.states import OPEN
from tasks.timeliness import Timeliness

register = template.Library()


@register.inclusion_tag("tasks/_agency_work.html", takes_context=True)
def work_of(context: RequestContext, agency: Agency) -> dict:
    """Draw what the reader may see of an agency's work; nothing when that is nothing."""
    request = context["request"]
    judgement = Judgement.at(request.at)
    led = Task.objects.visible_to(request.actor).counted().filter(lead=agency).now()
    figures = led.with_timeliness(request.at, judgement.soon_at).aggregate(
        open=Count("pk", filter=Q(state_then__in=OPEN)),
        overdue=Count("pk", filter=Q(timeliness=Timeliness.OVERDUE)),
        due_soon=Count("pk", filter=Q(timeliness=Timeliness.DUE_SOON)),
    )
    duties = (
        StandingDuty.objects.visible_to(request.actor)
        .filter(agencies__in=Agency.objects.inherited_by(agency.pk))
        .distinct()
    )
    owed = Acknowledgement.objects.visible_to(request.actor).waiting().filter(agency=agency)
    return {
        "agency": agency,
        "figures": figures,
        "has_figures": request.actor.sees_everything or request.actor.agency_id == agency.pk,
        "duties": _with_state(duties.select_related("directive__kind"), agency, request.actor),
        "owed": owed.select_related("directive__kind"),
        "at": request.at,
    }


def _with_state(duties: QuerySet, agency: Agency, actor: Actor) -> list[StandingDuty]:
    """Return the duties, each with the agency's acknowledgement of its directive (rule 4.3)."""
    rows = Acknowledgement.objects.visible_to(actor).filter(
        agency=agency, directive__in=duties.order_by().values("directive")
    )
    given = {one.directive_id: one for one in rows}
    found = list(duties)
    for duty in found:
        duty.acknowledgement = given.get(duty.directive_id)
    return found
