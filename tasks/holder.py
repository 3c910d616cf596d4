"""What the ground floor may move here: deadlines counted from a term, a closed agency's work."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction

from agencies.acting import Actor
from agencies.deadlines import Kind, local_day
from agencies.holders import HolderByKind, OpenDeadline
from agencies.models import record
from agencies.notices import owe
from tasks.lifecycle.doing import finished
from tasks.lifecycle.history import put_deadline
from tasks.lifecycle.people import heads_told
from tasks.models import Task
from tasks.moving import KINDS
from tasks.states import OPEN


class TaskHolder(HolderByKind):
    """The holder of tasks' deadlines and open work, registered in `agencies.holders`."""

    kinds = KINDS

    def open_deadlines(self, at: datetime) -> Iterator[OpenDeadline]:
        """Yield the open tasks whose deadline was counted from a term and still stands so.

        A day given by name never moves (rule 3.2); one an act set since keeps what was decided.
        """
        tasks = Task.objects.filter(
            state__in=OPEN, due_at__gt=at, arithmetic__kind=str(Kind.TERM)
        ).order_by("pk")
        for task in tasks:
            if task.reckoned_due_at == task.due_at:
                yield OpenDeadline(task, task.due_at, task.arithmetic)

    @transaction.atomic
    def move(
        self,
        deadline: OpenDeadline,
        due_at: datetime,
        arithmetic: dict,
        actor: Actor,
        at: datetime,
    ) -> None:
        """Move one task's deadline to a later instant, with its event; never to an earlier one.

        A deadline that an act has set meanwhile is left as it was decided.
        """
        task = Task.objects.select_for_update(of=("self",)).select_related("lead")
        task = task.get(pk=deadline.thing.pk)
        if task.due_at != deadline.due_at or due_at <= task.due_at:
            return
        event = record("task.deadline_moved", task, actor, at, due_at=due_at.isoformat())
        task.arithmetic = arithmetic
        put_deadline(task, event, due_at=due_at)
        if task.lead is not None:
            owe(heads_told(task.lead, local_day(at)), event)
        finished(task)
