"""What pages of other floors show of consultations; both tags ask `visible_to`.

`{% consultations_of task %}` draws the card of a task's page. `{% lines_waiting_for actor at as
lines %}` gives the lines the actor's agency still owes, each with `left` and `due_pill`; draw them
with `{% include "consultations/_waiting.html" %}` (context: `lines`) or by hand.
"""

from datetime import datetime

from django import template
from django.template.context import RequestContext

from agencies.acting import Actor
from consultations import acts
from consultations.models import Consultation, Opinion
from consultations.wording import Days
from tasks.models import Task

register = template.Library()


@register.inclusion_tag("consultations/_of_task.html", takes_context=True)
def consultations_of(context: RequestContext, task: Task) -> dict:
    """Draw the consultations that serve a task, those the reader may see."""
    request = context["request"]
    found = Consultation.objects.visible_to(request.actor).filter(task=task)
    rows = list(found.select_related("requester").order_by("-asked_at"))
    days = Days.at_instant(request.at) if rows else None
    for row in rows:
        row.left, row.due_pill = days.left_and_due(row.due_at), days.pill_of(row.due_at)
    return {"rows": rows, "task": task, "may_ask": acts.may(acts.ASK, request.actor)}


@register.simple_tag
def lines_waiting_for(actor: Actor, at: datetime) -> list[Opinion]:
    """Return the lines the actor's agency still owes, the nearest due first."""
    lines = list(Opinion.objects.waiting_for(actor, at).for_display())
    days = Days.at_instant(at) if lines else None
    for line in lines:
        line.left, line.due_pill = days.left_and_due(line.due_at), days.pill_of(line.due_at)
    return lines
