"""Decisions taken in a briefing, recorded on the spot (rule 8.3).

A new day, an answer and an urging are the acts of their own things, in the same transaction: what
those refuse is refused here too, and nothing of it is recorded.
"""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.acting import Actor
from agencies.deadlines import local_day
from agencies.models import Agency, Event, record
from agencies.refusals import Refused, demand_words
from reports.briefing import wording
from reports.briefing.table import ACTS
from reports.models import Briefing, BriefingDecision
from tasks.lifecycle import answer_obstacle, grant_other_day, move_deadline
from tasks.models import Extension, Obstacle, Task
from tasks.urging import preparing
from tasks.urging.choosing import urgable

Kind = BriefingDecision.Kind


@transaction.atomic
def set_day(
    briefing: Briefing, task: Task, actor: Actor, at: datetime, *, due_on: date, reason: str
) -> BriefingDecision:
    """Give a task a new day: the waiting request is granted with it, else the deadline moves."""
    running = locked(briefing, "decide", actor)
    alone = actor.with_form_key(None)
    if Extension.objects.filter(task=task, decision="").exists():
        task = grant_other_day(task, alone, at, due_on=due_on, answer=reason)
    else:
        task = move_deadline(task, alone, at, due_on=due_on, reason=reason)
    return _recorded(
        running, actor, at, agency=task.lead, kind=Kind.DEADLINE, task=task, due_on=due_on,
        text=wording.new_day(task.title, task.code, due_on),
    )  # fmt: skip


@transaction.atomic
def answer(
    briefing: Briefing,
    obstacle: Obstacle,
    actor: Actor,
    at: datetime,
    *,
    answer: str,
    due_on: date | None = None,
) -> BriefingDecision:
    """Answer a difficulty, with a new day where one is given."""
    running = locked(briefing, "decide", actor)
    found = answer_obstacle(obstacle, actor.with_form_key(None), at, answer=answer, due_on=due_on)
    return _recorded(
        running, actor, at, agency=found.agency, kind=Kind.ANSWER, obstacle=found,
        task=found.task, due_on=due_on, text=wording.answered(found.text, answer),
    )  # fmt: skip


@transaction.atomic
def urge(briefing: Briefing, agency: Agency, actor: Actor, at: datetime) -> BriefingDecision:
    """Draft an urging about everything the agency is to be urged about; it is issued later."""
    running = locked(briefing, "decide", actor)
    rows = Task.objects.visible_to(actor).counted().now().filter(lead=agency)
    tasks = list(urgable(rows, at).values_list("pk", flat=True))
    if not tasks:
        raise Refused(_("None of its tasks is to be urged."))
    (urging,) = preparing.draft(tasks, actor.with_form_key(None), at)
    return _recorded(
        running, actor, at, agency=agency, kind=Kind.URGING, urging=urging,
        text=wording.urged(len(tasks)),
    )  # fmt: skip


@transaction.atomic
def decide(
    briefing: Briefing,
    agency: Agency,
    actor: Actor,
    at: datetime,
    *,
    text: str,
    due_on: date | None = None,
) -> BriefingDecision:
    """Record a free decision: the agency leads, by the day if one is given."""
    running = locked(briefing, "decide", actor)
    demand_words(text, "text", _("Write the decision."))
    if due_on is not None and due_on < local_day(at):
        raise Refused(_("This day has passed; give a later one."), "due_on")
    return _recorded(
        running, actor, at, agency=agency, kind=Kind.FREE, due_on=due_on,
        text=wording.with_day(text, due_on),
    )  # fmt: skip


@transaction.atomic
def withdraw(decision: BriefingDecision, actor: Actor, at: datetime) -> Briefing:
    """Take a free decision back while the meeting goes on; it stays in the story."""
    running = locked(decision.briefing, "withdraw", actor)
    if decision.kind != Kind.FREE:
        raise Refused(_("What was done on a task is undone there."))
    BriefingDecision.objects.filter(pk=decision.pk).delete()
    record(
        "briefing.withdrawn", running, actor, at, key=actor.form_key, text=decision.text,
        agency=decision.agency.short_name,
    )  # fmt: skip
    return running


def locked(briefing: Briefing, code: str, actor: Actor) -> Briefing:
    """Lock the briefing, and return it as it stands when the table lets the act pass."""
    Event.objects.refuse_again(actor.form_key)
    Briefing.objects.select_for_update().only("pk").get(pk=briefing.pk)
    found = Briefing.objects.select_related(
        "paper", "chaired_by__user", "chaired_by__title", "directive"
    ).get(pk=briefing.pk)
    refusal = ACTS[code].refusal(found, actor)
    if refusal is not None:
        raise refusal
    return found


def _recorded(
    briefing: Briefing, actor: Actor, at: datetime, *, agency: Agency, kind: str, **facts
) -> BriefingDecision:
    decision = BriefingDecision.objects.create(
        briefing=briefing, agency=agency, kind=kind, made_at=at, made_by=actor.post, **facts
    )
    record(
        "briefing.decided", briefing, actor, at, key=actor.form_key, text=decision.text,
        agency=agency.short_name,
    )  # fmt: skip
    return decision
