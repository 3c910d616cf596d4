"""Giving work: a task with one lead, or the parent of a group assignment (rules 4.6, 5.1)."""

import calendar
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from agencies.acting import Actor
from agencies.deadlines import local_day
from agencies.functions import Function
from agencies.models import Agency, CodeCounter, Competence, Event, Post, Setting, record_all
from agencies.notices import Owed, owe_all
from agencies.refusals import NotYours, Refused
from tasks.lifecycle.history import begin
from tasks.lifecycle.people import Answering, officer_for
from tasks.models import Authority, Coordination, Directive, Proposal, Task


def may_assign(actor: Actor) -> bool:
    """Return whether the actor gives work: the office chief approves it, leaders too (rule 2)."""
    return actor.has(Function.OFFICE_CHIEF, Function.LEADER) and actor.may_do("task.assign")


def end_of_month(day: date) -> date:
    """Return the last day of the day's month, the review day of undated work (rule 5.11)."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def assign(actor: Actor, at: datetime, *, lead: Agency | None = None, **work: Any) -> Task:
    """Assign a piece of work to one lead, or make a group's parent, as `assign_each` says."""
    return assign_each(actor, at, [lead], **work)[0]


@transaction.atomic
def assign_each(
    actor: Actor,
    at: datetime,
    leads: Sequence[Agency | None],
    *,
    title: str,
    assigned_by: Authority,
    text: str = "",
    is_group: bool = False,
    parent: Task | None = None,
    directive: Directive | None = None,
    proposal: Proposal | None = None,
    clause: str = "",
    source: str = "",
    product: str = "",
    due_at: datetime | None = None,
    review_on: date | None = None,
    deadline_text: str = "",
    arithmetic: dict | None = None,
    coordinating: Iterable[Agency] = (),
    competence: Competence | None = None,
    responsible: Post | None = None,
    supervisor: Post | None = None,
    officer: Post | None = None,
    priority: str = Task.Priority.NORMAL,
    key: str | None = None,
) -> list[Task]:
    """Assign the same work to each lead at an instant and return the tasks, in that order.

    The number of queries does not depend on the number of leads. With `is_group` it makes the
    parent of a group assignment, whose only lead is None; the agencies' own tasks are then
    assigned with that `parent`. Undated work gets a review day (the month's end unless given).
    `key` is the key of the form that assigns this work directly; an act that assigns more
    (approval of a directive) keys its own event and passes none.
    """
    if not may_assign(actor):
        raise NotYours(_("Work is assigned by the office chief or a leader."))
    if not leads or any(is_group == (lead is not None) for lead in leads):
        raise Refused(_("A task has exactly one lead agency; name it."), field="lead")
    if directive is None and not source:
        raise Refused(_("Say where this work comes from (a meeting, an order …)."), field="source")
    day = local_day(at)
    if due_at is None and review_on is None and _reviewed_at_month_end(at):
        review_on = end_of_month(day)
    coordinating = list(dict.fromkeys(coordinating))
    named = [lead for lead in leads if lead is not None]
    answering = Answering([*named, *coordinating], day, competence)
    officer = officer or officer_for(actor, directive, day)
    tasks = [
        Task(
            code=code,
            directive=directive,
            proposal=proposal,
            parent=parent,
            is_group=is_group,
            source=source,
            clause=clause,
            title=title,
            text=text,
            product=product,
            lead=lead,
            responsible=responsible or (lead and answering.responsible(lead)),
            supervisor=supervisor or answering.supervisor(lead),
            officer=officer,
            competence=competence,
            assigned_by=assigned_by,
            priority=priority,
            deadline_text=deadline_text,
            arithmetic=arithmetic,
            due_at=due_at,
            original_due_at=due_at,
            review_on=review_on,
            assigned_at=at,
        )
        for lead, code in zip(leads, CodeCounter.take_many("NV", day.year, len(leads)), strict=True)
    ]
    for task in tasks:
        task.keep_search_text()
    Task.objects.bulk_create(tasks)
    Coordination.objects.bulk_create(
        [
            Coordination(task=task, agency=helper)
            for task in tasks
            for helper in _helpers(task, coordinating)
        ]
    )
    events = record_all(
        _act(is_group, due_at), [(task, _told(task)) for task in tasks], actor, at, key=key
    )
    begin(tasks, events)
    owe_all(
        owed
        for task, event in zip(tasks, events, strict=True)
        for owed in _owed(task, event, _helpers(task, coordinating), answering)
    )
    return tasks


def _helpers(task: Task, coordinating: list[Agency]) -> list[Agency]:
    return [agency for agency in coordinating if agency != task.lead]


def _owed(task: Task, event: Event, helpers: list[Agency], answering: Answering) -> Iterator[Owed]:
    if task.lead is not None:
        yield Owed(answering.lead_told(task), event, immediate=True)
    for agency in helpers:
        yield Owed(answering.heads_told(agency), event)


def _reviewed_at_month_end(at: datetime) -> bool:
    return Setting.objects.value("review_undated_at_month_end", at)


def _act(is_group: bool, due_at: datetime | None) -> str:
    if is_group:
        return "task.group_assigned"
    return "task.assigned" if due_at else "task.assigned_for_review"


def _told(task: Task) -> dict[str, str | None]:
    return {
        "lead": task.lead.short_name if task.lead else "",
        "due_at": task.due_at and task.due_at.isoformat(),
        "review_on": task.review_on and task.review_on.isoformat(),
    }
