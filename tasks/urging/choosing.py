"""Which tasks are urged: overdue ones, and undated ones silent for months (rule 8.2)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q
from django.db.models.functions import Coalesce
from django.http import QueryDict

from agencies.acting import Actor
from agencies.deadlines import days_overdue, local_day, local_midnight
from agencies.deadlines.reckoning import add_months
from agencies.models import Agency, Setting
from tasks.models import Task, Urging
from tasks.questions import TaskQuerySet
from tasks.states import WORKING
from tasks.task_list import listed
from tasks.timeliness import Timeliness

MOST = 500
"""More ticks than these no form carries; the rest is urged after them."""
OWN = {"task", "scope", "act", "page", "sort", "as_of"}


@dataclass(frozen=True)
class Line:
    """One task that may be urged: how late, or for how long silent, and how often urged."""

    task: Task
    due_at: datetime | None
    days: int
    urged_before: int

    @property
    def is_undated(self) -> bool:
        """Whether it has no deadline and is urged for its silence."""
        return self.due_at is None


@dataclass
class Group:
    """An agency's tasks: one letter. `prepared` is the draft that stands in its way.

    The work of a closed agency has to be moved before anybody is urged about it (rule 2.5).
    """

    agency: Agency
    is_closed: bool = False
    lines: list[Line] = field(default_factory=list)
    prepared: Urging | None = None

    @property
    def ordinal(self) -> int:
        """Which urging it will be: one more than its most urged task had (rule 8.2)."""
        return 1 + max((line.urged_before for line in self.lines), default=0)

    @property
    def longest(self) -> int:
        """The most days any of its tasks is overdue."""
        return max((line.days for line in self.lines if not line.is_undated), default=0)


@dataclass(frozen=True)
class Chosen:
    """The tasks to be urged by agency, those first that have most overdue.

    `left_out` of the tasks found did not fit; `unfit` of those ticked are not to be urged.
    """

    groups: list[Group]
    left_out: int = 0
    unfit: int = 0

    @property
    def free(self) -> list[Group]:
        """The agencies a letter can be drafted for."""
        return [each for each in self.groups if not each.prepared and not each.is_closed]

    @property
    def prepared(self) -> list[Group]:
        """The agencies for which one is in preparation already."""
        return [each for each in self.groups if each.prepared and not each.is_closed]

    @property
    def closed(self) -> list[Group]:
        """The closed agencies among them."""
        return [each for each in self.groups if each.is_closed]

    @property
    def total(self) -> int:
        """How many tasks the letters that can be drafted would name."""
        return sum(len(each.lines) for each in self.free)


def silent_since(at: datetime) -> datetime:
    """Return the instant before which an undated task's last news makes it silent (setting)."""
    months = Setting.objects.value("urging_undated_months", at)
    return local_midnight(add_months(local_day(at), -months))


def urgable(rows: TaskQuerySet, at: datetime) -> TaskQuerySet:
    """Narrow tasks read `now()` to those that may be urged at the instant."""
    silent = Q(due_then__isnull=True, state_then__in=WORKING, news_at__lt=silent_since(at))
    judged = rows.with_timeliness(at, at).annotate(news_at=Coalesce("updated_at", "assigned_at"))
    return judged.filter(Q(timeliness=Timeliness.OVERDUE) | silent)


def chosen(parameters: QueryDict, actor: Actor, at: datetime) -> Chosen:
    """Return the tasks the parameters name, by agency: those ticked (`task`), else all that the
    list's filters find (`tasks.task_list`); without any, all that may be urged.
    """
    filters = parameters.copy()
    for name in OWN:
        filters.pop(name, None)
    ids = {int(pk) for pk in parameters.getlist("task") if pk.isdecimal()}
    if ids and parameters.get("scope") != "found":
        rows = Task.objects.visible_to(actor).counted().now().filter(pk__in=ids)
        return grouped(urgable(rows, at), at, asked=len(ids))
    return grouped(urgable(listed(filters, actor, at).rows, at), at)


def grouped(rows: TaskQuerySet, at: datetime, *, asked: int | None = None) -> Chosen:
    """Return urgable tasks by agency (constant queries)."""
    total = rows.count()
    read = rows.with_urgings(at).select_related("lead", "directive__kind", "directive__issuer")
    tasks = read.order_by("due_at", "pk")[:MOST]
    groups: dict[int, Group] = {}
    day = local_day(at)
    for task in tasks:
        group = groups.setdefault(task.lead_id, Group(task.lead, task.lead.is_closed_on(day)))
        group.lines.append(line_of(task, at))
    for urging in Urging.objects.unissued().filter(agency__in=groups).select_related("agency"):
        groups[urging.agency_id].prepared = urging
    return Chosen(
        sorted(groups.values(), key=_most_overdue_first),
        left_out=max(0, total - MOST),
        unfit=0 if asked is None else asked - total,
    )


def line_of(task: Task, at: datetime) -> Line:
    """Return how late a task read `with_urgings` is, or for how long silent."""
    if task.due_at is not None:
        return Line(task, task.due_at, days_overdue(task.due_at, at), task.times_urged)
    news_at = task.updated_at or task.assigned_at
    return Line(task, None, (local_day(at) - local_day(news_at)).days, task.times_urged)


def lines_of(tasks: Iterable[int], at: datetime) -> list[Line]:
    """Return those of the tasks (ids) that may still be urged."""
    rows = Task.objects.counted().now().filter(pk__in=tasks)
    read = urgable(rows, at).with_urgings(at).select_related("directive__kind", "directive__issuer")
    return [line_of(task, at) for task in read.order_by("due_at", "pk")]


def _most_overdue_first(group: Group) -> tuple:
    late = sum(1 for line in group.lines if not line.is_undated)
    return (-late, -group.longest, group.agency.kind_id, group.agency.order, group.agency.name)
