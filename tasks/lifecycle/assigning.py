"""Giving work: a task with one lead, or the parent of a group assignment (rules 4.6, 5.1)."""

import calendar
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from agencies.acting import Actor
from agencies.deadlines import local_day, spoken
from agencies.functions import Function
from agencies.models import Agency, CodeCounter, Competence, Event, Post, Setting, record_all
from agencies.notices import Owed, owe_all
from agencies.refusals import NotYours, Refused
from tasks.lifecycle.history import begin
from tasks.lifecycle.people import Answering, officer_for
from tasks.models import Authority, Coordination, Demand, Directive, Proposal, Recurrence, Task


def may_assign(actor: Actor) -> bool:
    """Return whether the actor gives work: the office chief approves it, leaders too (rule 2)."""
    return actor.has(Function.OFFICE_CHIEF, Function.LEADER) and actor.may_do("task.assign")


def end_of_month(day: date) -> date:
    """Return the last day of the day's month, the review day of undated work (rule 5.11)."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


@dataclass(frozen=True, kw_only=True)
class Work:
    """One piece of work as it is given: to one lead or, with `is_group`, the parent of a group.

    Undated work gets a review day (the month's end unless given).
    """

    title: str
    assigned_by: Authority
    lead: Agency | None = None
    text: str = ""
    is_group: bool = False
    parent: Task | None = None
    directive: Directive | None = None
    proposal: Proposal | None = None
    demand: Demand | None = None
    recurrence: Recurrence | None = None
    period_on: date | None = None
    clause: str = ""
    source: str = ""
    product: str = ""
    due_at: datetime | None = None
    review_on: date | None = None
    deadline_text: str = ""
    arithmetic: dict | None = None
    coordinating: Iterable[Agency] = ()
    competence: Competence | None = None
    responsible: Post | None = None
    supervisor: Post | None = None
    officer: Post | None = None
    priority: str = Task.Priority.NORMAL

    @property
    def helpers(self) -> list[Agency]:
        """Who helps the lead, each once."""
        return [one for one in dict.fromkeys(self.coordinating) if one != self.lead]

    @property
    def superior_due_at(self) -> datetime | None:
        """The superior's deadline: the demand's, else the day a superior gave (rule 5.6)."""
        if self.demand is not None:
            return self.demand.due_at
        return self.due_at if self.assigned_by.is_superior else None


def assign(actor: Actor, at: datetime, *, key: str | None = None, **work: Any) -> Task:
    """Assign one piece of work (the facts of `Work`), as `assign_each` says."""
    return assign_each(actor, at, [work.pop("lead", None)], key=key, **work)[0]


def assign_each(
    actor: Actor,
    at: datetime,
    leads: Sequence[Agency | None],
    *,
    key: str | None = None,
    **work: Any,
) -> list[Task]:
    """Assign the same work to each lead at an instant and return the tasks, in that order.

    With `is_group` it makes the parent of a group assignment, whose only lead is None; the
    agencies' own tasks are then assigned with that `parent`. `key` is the key of the form that
    assigns this work directly; an act that assigns more (approval of a directive) keys its own
    event and passes none.
    """
    if not may_assign(actor):
        raise NotYours(_("Work is assigned by the office chief or a leader."))
    if not leads:
        raise Refused(_("A task has exactly one lead agency; name it."), field="lead")
    return give(actor, at, [Work(lead=lead, **work) for lead in leads], key=key)


@transaction.atomic
def give(
    actor: Actor,
    at: datetime,
    works: Sequence[Work],
    *,
    effective_at: datetime | None = None,
    key: str | None = None,
    tells: bool = True,
) -> list[Task]:
    """Make the task of each work and return them in that order; who may is asked by the caller.

    The number of queries does not depend on how many they are. `effective_at` is when the work
    began by its rule, recorded later; who answers is asked for the day of recording.
    `tells=False` owes no message: the act that gives so many at once sends its own.
    """
    if any(work.is_group == (work.lead is not None) for work in works):
        raise Refused(_("A task has exactly one lead agency; name it."), field="lead")
    if any(work.directive is None and not work.source for work in works):
        raise Refused(_("Say where this work comes from (a meeting, an order …)."), field="source")
    works = _below_open_demands(works)
    day = local_day(at)
    reviewed = _reviewed_at_month_end(at)
    answering = _answering(works, day)
    codes = CodeCounter.take_many("NV", day.year, len(works))
    tasks = [
        _task(
            work, code, effective_at or at, answering[work.competence],
            officer=work.officer or officer_for(actor, work.directive, day), is_reviewed=reviewed,
        )
        for work, code in zip(works, codes, strict=True)
    ]  # fmt: skip
    Task.objects.bulk_create(tasks)
    given = list(zip(tasks, works, strict=True))
    Coordination.objects.bulk_create(
        [
            Coordination(task=task, agency=helper, asked_at=task.assigned_at)
            for task, work in given
            for helper in work.helpers
        ]
    )
    events = _recorded(tasks, actor, at, effective_at, key)
    begin(tasks, events)
    if tells:
        owe_all(
            owed
            for (task, work), event in zip(given, events, strict=True)
            for owed in _owed(task, event, work.helpers, answering[work.competence])
        )
    return tasks


def _below_open_demands(works: Sequence[Work]) -> Sequence[Work]:
    """Return the works with their demands as they stand, locked so that none closes meanwhile."""
    named = {work.demand.pk for work in works if work.demand is not None}
    if not named:
        return works
    rows = Demand.objects.select_for_update(no_key=True).filter(pk__in=named).order_by("pk")
    demands = {demand.pk: demand for demand in rows}
    if any(demand.closed_at is not None for demand in demands.values()):
        raise Refused(_("This demand is closed; no task is added below it."), field="demand")
    works = [replace(work, demand=work.demand and demands[work.demand.pk]) for work in works]
    for work in works:
        if work.demand is not None and work.due_at is not None and work.due_at > work.demand.due_at:
            raise Refused(
                _("The superior's deadline is %(day)s; give one that is not later.")
                % {"day": spoken(work.demand.due_at)},
                field="due_on",
            )
    return works


def _answering(works: Sequence[Work], day: date) -> dict[Competence | None, Answering]:
    """Who answers in all the agencies named, for each competence of the works."""
    leads = [work.lead for work in works if work.lead is not None]
    named = [*leads, *(helper for work in works for helper in work.helpers)]
    return {
        competence: Answering(named, day, competence)
        for competence in dict.fromkeys(work.competence for work in works)
    }


def _task(
    work: Work,
    code: str,
    at: datetime,
    answering: Answering,
    *,
    officer: Post | None,
    is_reviewed: bool,
) -> Task:
    review_on = work.review_on
    if work.due_at is None and review_on is None and is_reviewed:
        review_on = end_of_month(local_day(at))
    task = Task(
        code=code,
        directive=work.directive,
        proposal=work.proposal,
        demand=work.demand,
        parent=work.parent,
        recurrence=work.recurrence,
        period_on=work.period_on,
        is_group=work.is_group,
        source=work.source,
        clause=work.clause,
        title=work.title,
        text=work.text,
        product=work.product,
        lead=work.lead,
        responsible=work.responsible or (work.lead and answering.responsible(work.lead)),
        supervisor=work.supervisor or answering.supervisor(work.lead),
        officer=officer,
        competence=work.competence,
        assigned_by=work.assigned_by,
        priority=work.priority,
        deadline_text=work.deadline_text,
        arithmetic=work.arithmetic,
        due_at=work.due_at,
        original_due_at=work.due_at,
        superior_due_at=work.superior_due_at,
        review_on=review_on,
        assigned_at=at,
    )
    task.keep_search_text()
    return task


def _owed(task: Task, event: Event, helpers: list[Agency], answering: Answering) -> Iterator[Owed]:
    if task.lead is not None:
        yield Owed(answering.lead_told(task), event, immediate=True)
    for agency in helpers:
        yield Owed(answering.heads_told(agency), event)


def _reviewed_at_month_end(at: datetime) -> bool:
    return Setting.objects.value("review_undated_at_month_end", at)


def _recorded(
    tasks: list[Task], actor: Actor, at: datetime, effective_at: datetime | None, key: str | None
) -> list[Event]:
    """Write each task's first event; the key goes to the first of all."""
    events: dict[int, Event] = {}
    for act in dict.fromkeys(map(_act, tasks)):
        alike = [task for task in tasks if _act(task) == act]
        told = [(task, _told(task)) for task in alike]
        written = record_all(
            act, told, actor, at, effective_at=effective_at, key=None if events else key
        )
        events |= {task.pk: event for task, event in zip(alike, written, strict=True)}
    return [events[task.pk] for task in tasks]


def _act(task: Task) -> str:
    if task.is_group:
        return "task.group_assigned"
    if task.recurrence_id is not None:
        return "task.occurrence_opened"
    return "task.assigned" if task.due_at else "task.assigned_for_review"


def _told(task: Task) -> dict[str, str | None]:
    return {
        "lead": task.lead.short_name if task.lead else "",
        "due_at": task.due_at and task.due_at.isoformat(),
        "review_on": task.review_on and task.review_on.isoformat(),
    }
