"""What pages of every floor show of tasks: pills, and cards with the next acts on them."""

from django import template
from django.utils.safestring import SafeString

from agencies.acting import Actor
from agencies.templatetags.dondoc import pill
from tasks.acts import available_acts
from tasks.demands.standing import Standing, standing
from tasks.judgement import Judgement
from tasks.models import Demand, Task

register = template.Library()

STANDING_KINDS = {
    Standing.ON_TRACK: "track",
    Standing.DUE_SOON: "soon",
    Standing.OVERDUE: "late",
    Standing.MET_IN_TIME: "done",
    Standing.MET_LATE: "done",
}


@register.simple_tag
def task_pill(task: Task, judgement: Judgement) -> SafeString:
    """Return a task's timeliness as shape, colour and word."""
    return pill(judgement.kind(task), judgement.words(task))


@register.simple_tag
def demand_pill(demand: Demand, judgement: Judgement) -> SafeString:
    """Return what the superior's day means for a demand as shape, colour and word (rule 4.1)."""
    judged = standing(demand.due_at, demand.document_on, judgement.instant, judgement.soon_at)
    words = judged.label if demand.document_on else judgement.distance(demand.due_at)
    return pill(STANDING_KINDS[judged], words)


@register.inclusion_tag("tasks/_task_card.html")
def task_card(task: Task, judgement: Judgement, actor: Actor, note: str = "") -> dict:
    """Draw a task as a card with the actor's next acts on it (picture 2).

    Costs no query for an agency's head or staff when `lead`, `assigned_by` and
    `directive__kind` are loaded. `note` says why it is here, when the pill does not. A task that
    says `needs_cause` asks for the cause of its delay, not for an update (rule 5.12).
    """
    acts = available_acts(task, actor, judgement.instant)
    shown = acts[:2]
    if getattr(task, "needs_cause", False):
        shown = [act for act in acts if act.code in ("accept", "report", "explain")]
    return {
        "task": task,
        "judgement": judgement,
        "acts": shown,
        "note": note,
    }
