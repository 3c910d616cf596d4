"""What the page of one directive shows: its chain, its work, who acknowledged, its story."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet

from agencies.acting import Actor
from agencies.models import Attachment, Event
from agencies.timeline import Timeline
from tasks.demands.keeping import may_hold_demands, may_keep
from tasks.directives.chain import chain_of
from tasks.directives.duties import duties_of
from tasks.directives.permits import (
    may_acknowledge,
    may_approve,
    may_correct,
    may_register,
    may_review,
)
from tasks.judgement import Judgement
from tasks.models import Acknowledgement, Directive, Obstacle, Recurrence, Task
from tasks.obstacles import may_raise_on, obstacles_on, with_files
from tasks.recurring.listing import Row, rows_of, with_latest
from tasks.reviewing.listing import campaigns_of
from tasks.states import State


def page_of(directive: Directive, actor: Actor, at: datetime) -> dict[str, Any]:
    """Return the context of a directive's page."""
    judgement = Judgement.at(at)
    obstacles = obstacles_on(directive, actor, at)
    answered = _acknowledgements(directive, actor)
    events = _story(directive, actor, [one.pk for one in answered], obstacles)
    return {
        "directive": directive,
        "files": Attachment.objects.visible_to(actor).of(directive),
        "addressees": directive.addressees.select_related("agency"),
        "judgement": judgement,
        "chain": chain_of(directive, actor, judgement),
        "recurrences": _recurrences(directive, actor, at),
        "duties": duties_of(directive, answered, sees_everything=actor.sees_everything),
        "campaigns": campaigns_of(actor).filter(directive=directive).order_by("pk"),
        "acknowledgements": answered,
        "own": [one for one in answered if may_acknowledge(actor, one)],
        "waiting": [one for one in answered if one.is_waiting],
        "events": events,
        "obstacles": with_files(obstacles, events),
        "proposal_count": directive.proposals.exclude(state="dropped").count(),
        **_tasks(directive, actor),
        **_citations(directive, actor),
        **_permits(directive, actor),
    }


def whole_story(directive: Directive, actor: Actor, at: datetime) -> Timeline:
    """Return the directive's complete story as the actor may read it."""
    answered = _acknowledgements(directive, actor).values_list("pk", flat=True)
    obstacles = obstacles_on(directive, actor, at)
    return Timeline.whole(_story(directive, actor, list(answered), obstacles))


def _acknowledgements(directive: Directive, actor: Actor) -> QuerySet:
    rows = Acknowledgement.objects.visible_to(actor).filter(directive=directive)
    return rows.select_related("agency", "acknowledged_by__user")


def _tasks(directive: Directive, actor: Actor) -> dict[str, Any]:
    tasks = (
        Task.objects.visible_to(actor)
        .filter(directive=directive, recurrence__isnull=True)
        .select_related("lead")
        .order_by("proposal__order", "is_group", "lead__kind__order", "lead__order", "pk")
    )
    return {"work": _work(tasks), "task_count": sum(not task.is_group for task in tasks)}


def _citations(directive: Directive, actor: Actor) -> dict[str, Any]:
    """Return what the directive cites, which of it the actor sees, and what cites it."""
    visible = Directive.objects.visible_to(actor)
    cites = directive.citations.select_related("cited__kind")
    seen = visible.filter(pk__in=[one.cited_id for one in cites if one.cited_id])
    return {
        "cites": cites,
        "visible_cited": set(seen.values_list("pk", flat=True)),
        "cited_by": visible.filter(citations__cited=directive).select_related("kind").distinct(),
    }


def _permits(directive: Directive, actor: Actor) -> dict[str, bool]:
    return {
        "may_note": may_keep(actor) and may_hold_demands(directive),
        "may_raise": may_raise_on(directive, actor),
        "may_register": may_register(actor),
        "may_correct": may_correct(actor),
        "may_review": may_review(actor) or may_approve(actor),
    }


def _recurrences(directive: Directive, actor: Actor, at: datetime) -> list[Row]:
    """What the directive lets come again each period, as far as the actor sees it."""
    rows = Recurrence.objects.visible_to(actor).standing().filter(directive=directive)
    return rows_of(with_latest(rows.order_by("proposal__order", "pk"), actor), at)


def _story(
    directive: Directive, actor: Actor, acknowledgements: list[int], obstacles: Sequence[Obstacle]
) -> QuerySet:
    """The events of the directive, of the acknowledgements and difficulties the actor sees.

    How the Office worked on proposals is not the addressees' business.
    """
    types = ContentType.objects.get_for_models(Directive, Acknowledgement, Obstacle)
    events = Event.objects.filter(
        Q(thing_type=types[Directive], thing_id=directive.pk)
        | Q(thing_type=types[Acknowledgement], thing_id__in=acknowledgements)
        | Q(thing_type=types[Obstacle], thing_id__in=[one.pk for one in obstacles])
    )
    if not actor.sees_everything:
        events = events.exclude(act__startswith="proposal.")
    return events.order_by("effective_at", "id").for_timeline().prefetch_related("files")


def _work(tasks: Iterable[Task]) -> list[tuple[Task | None, list[Task]]]:
    """Return parents (with `done`, how many completed) and their tasks; single ones alone."""
    parents = {task.pk: (task, []) for task in tasks if task.is_group}
    work: list[tuple[Task | None, list[Task]]] = []
    for task in tasks:
        if task.is_group:
            work.append(parents[task.pk])
        elif task.parent_id in parents:
            parent, children = parents[task.parent_id]
            children.append(task)
            parent.done = sum(child.state == State.COMPLETED for child in children)
        else:
            work.append((None, [task]))
    return work
