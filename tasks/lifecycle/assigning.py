"""Giving work: a task with one lead, or the parent of a group assignment (rules 4.6, 5.1)."""

import calendar
from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from agencies.acting import Actor
from agencies.deadlines import local_day
from agencies.functions import Function
from agencies.models import Agency, CodeCounter, Competence, Event, Post, Setting, record
from agencies.notices import owe
from agencies.refusals import NotYours, Refused
from tasks.lifecycle.history import put_classification, put_deadline, put_state
from tasks.lifecycle.people import (
    heads_told,
    lead_told,
    officer_for,
    responsible_for,
    supervisor_for,
)
from tasks.models import Authority, Coordination, Directive, Proposal, Task
from tasks.states import State


def may_assign(actor: Actor) -> bool:
    """Return whether the actor gives work: the office chief approves it, leaders too (rule 2)."""
    return actor.has(Function.OFFICE_CHIEF, Function.LEADER) and actor.may_do("task.assign")


def end_of_month(day: date) -> date:
    """Return the last day of the day's month, the review day of undated work (rule 5.11)."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


@transaction.atomic
def assign(
    actor: Actor,
    at: datetime,
    *,
    title: str,
    assigned_by: Authority,
    lead: Agency | None = None,
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
) -> Task:
    """Assign a piece of work at an instant and return the task.

    With `is_group` it makes the parent of a group assignment, which has no lead; each agency's
    own task is then assigned with that `parent`. Undated work gets a review day (the month's end
    unless given). `key` is the key of the form that assigns this one task directly; an act that
    assigns many (approval of a directive) keys its own event and passes none.
    """
    if not may_assign(actor):
        raise NotYours(_("Work is assigned by the office chief or a leader."))
    if is_group == (lead is not None):
        raise Refused(_("A task has exactly one lead agency; name it."), field="lead")
    if directive is None and not source:
        raise Refused(_("Say where this work comes from (a meeting, an order …)."), field="source")
    day = local_day(at)
    if due_at is None and review_on is None and _reviewed_at_month_end(at):
        review_on = end_of_month(day)
    task = Task.objects.create(
        code=CodeCounter.take("NV", day.year),
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
        responsible=responsible or (lead and responsible_for(lead, competence, day)),
        supervisor=supervisor or supervisor_for(lead, competence, day),
        officer=officer or officer_for(actor, directive, day),
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
    helpers = [agency for agency in dict.fromkeys(coordinating) if agency != lead]
    Coordination.objects.bulk_create([Coordination(task=task, agency=a) for a in helpers])
    event = _record(task, actor, at, key)
    put_state(task, State.ASSIGNED, event)
    put_deadline(task, event, due_at=due_at, review_on=review_on, reason=deadline_text)
    put_classification(task, event)
    if lead is not None:
        owe(lead_told(task, day), event, immediate=True)
    for agency in helpers:
        owe(heads_told(agency, day), event)
    return task


def _reviewed_at_month_end(at: datetime) -> bool:
    return Setting.objects.value("review_undated_at_month_end", at)


def _record(task: Task, actor: Actor, at: datetime, key: str | None) -> Event:
    if task.is_group:
        act = "task.group_assigned"
    else:
        act = "task.assigned" if task.due_at else "task.assigned_for_review"
    return record(
        act,
        task,
        actor,
        at,
        key=key,
        lead=task.lead.short_name if task.lead else "",
        due_at=task.due_at and task.due_at.isoformat(),
        review_on=task.review_on and task.review_on.isoformat(),
    )
