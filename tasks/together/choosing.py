"""Which tasks an act is to be done on: those ticked, or all that a list's filters find."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import prefetch_related_objects
from django.http import QueryDict

from agencies.acting import Actor
from agencies.refusals import Refused
from tasks.acts import Situation, situations
from tasks.effects import effect
from tasks.models import Task
from tasks.questions import TaskQuerySet
from tasks.task_list import listed
from tasks.together.table import Together

# More at once would keep people waiting; the rest is done after these.
MOST = 200
# What the address of a choice carries beside the filters of the list it was made on.
OWN = {"act", "task", "scope", "page"}


@dataclass(frozen=True)
class Line:
    """One chosen task: what the act would do to it, or why it may not be done."""

    case: Situation
    effect: str = ""
    refusal: Refused | None = None

    @property
    def task(self) -> Task:
        """The task."""
        return self.case.task


@dataclass(frozen=True)
class Chosen:
    """The chosen tasks before one act. `left_out` is how many more there were."""

    possible: list[Line]
    impossible: list[Line]
    left_out: int
    filters: QueryDict = field(repr=False)

    @property
    def cases(self) -> list[Situation]:
        """The situations of all chosen tasks, those first that the act may be done on."""
        return [line.case for line in (*self.possible, *self.impossible)]

    @property
    def group(self) -> str:
        """The code of the group assignment the choice was made on, if it was on one."""
        return self.filters.get("parent", "") if set(self.filters) == {"parent"} else ""


def chosen(parameters: QueryDict, together: Together, actor: Actor, at: datetime) -> Chosen:
    """Return the tasks the parameters name before the act, the first `MOST` of them.

    `task` repeats the ids ticked; `scope=found` takes all that the list's other parameters find.
    Few queries however many tasks; what the actor may not see is not there (rule 2.4).
    """
    filters = _filters(parameters)
    if parameters.get("scope") == "found":
        rows = listed(filters, actor, at).rows
    else:
        ids = [int(pk) for pk in parameters.getlist("task") if pk.isdecimal()]
        rows = Task.objects.visible_to(actor).counted().filter(pk__in=ids).order_by("due_at", "pk")
    total = rows.count()
    cases = situations(_loaded(rows)[:MOST], actor, at)
    if together.reads_evidence:
        reports = [case.waiting_report for case in cases if case.waiting_report is not None]
        prefetch_related_objects(reports, "event__files")
    lines = [_line(case, together) for case in cases]
    return Chosen(
        possible=[line for line in lines if line.refusal is None],
        impossible=[line for line in lines if line.refusal is not None],
        left_out=max(0, total - MOST),
        filters=filters,
    )


def _filters(parameters: QueryDict) -> QueryDict:
    """Return the filters of the list among the parameters of a choice or of its form."""
    filters = QueryDict(parameters.get("filters", ""), mutable=True)
    if "filters" not in parameters:
        filters.update(parameters)
    for name in OWN:
        filters.pop(name, None)
    return filters


def _loaded(rows: TaskQuerySet) -> TaskQuerySet:
    return (
        rows.for_acts()
        .with_extensions()
        .select_related(
            "lead",
            "assigned_by",
            "competence",
            "demand__directive__issuer",
            "directive__kind",
            "supervisor__user",
        )
    )


def _line(case: Situation, together: Together) -> Line:
    refusal = together.act.refusal(case)
    if refusal is not None:
        return Line(case, refusal=refusal)
    return Line(case, "" if together.effect else effect(together.code, case))
