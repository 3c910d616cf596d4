"""What the parent of a group assignment shows: the sum, who is missing, each agency (rule 5.1)."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.http import urlencode

from agencies.acting import Actor
from tasks.judgement import Judgement
from tasks.models import Task
from tasks.states import WORKING, State
from tasks.timeliness import Timeliness
from tasks.together import Offer, offers

A_PAGE = 30
# What needs a look first: late, then what waits, then what runs, then what is done.
FIRST = (
    Timeliness.OVERDUE,
    Timeliness.OVERDUE_EXTENSION,
    Timeliness.OVERDUE_RETURN,
    Timeliness.AWAITING_LATE,
    Timeliness.AWAITING_IN_TIME,
    Timeliness.AWAITING_UNDATED,
    Timeliness.DUE_SOON,
    Timeliness.ON_TRACK,
    Timeliness.UNDATED,
    Timeliness.SUSPENDED,
)
HANDED_ON = (State.RETURNED, State.TRANSFERRED)


@dataclass(frozen=True)
class Sum:
    """How many children there are of one kind, and the address of exactly those."""

    label: str
    count: int
    url: str
    kind: str = ""


@dataclass(frozen=True)
class Group:
    """A group's children at an instant, as far as the reader may see them."""

    parent: Task
    children: list[Task]
    judgement: Judgement
    page: Page
    offers: list[Offer]

    @property
    def agencies(self) -> int:
        """How many agencies have a part; one that handed it on has none any more (rule 5.3)."""
        return sum(1 for one in self.children if one.state not in HANDED_ON)

    @property
    def by_timeliness(self) -> list[Sum]:
        """The sum by timeliness, in its own order."""
        found = {}
        for child in self.children:
            found.setdefault(self.judgement.of(child), []).append(child)
        return [
            self._sum(one.label, found[one], timeliness=one.value)
            for one in Timeliness
            if one in found
        ]

    @property
    def by_state(self) -> list[Sum]:
        """The sum by state."""
        counted = Counter(child.state for child in self.children)
        return [
            Sum(state.label, counted[state], self._url(state=state.value))
            for state in State
            if counted[state]
        ]

    def _sum(self, label: str, tasks: list[Task], **narrowed: str) -> Sum:
        return Sum(label, len(tasks), self._url(**narrowed), self.judgement.kind(tasks[0]))

    @property
    def all_url(self) -> str:
        """The children as a list."""
        return self._url()

    @property
    def export_url(self) -> str:
        """The children as a workbook."""
        return f"{reverse('tasks_export')}?{urlencode({'parent': self.parent.code})}"

    @property
    def together_url(self) -> str:
        """Where one act is done on all children, but for the act."""
        chosen = {"parent": self.parent.code, "scope": "found"}
        return f"{reverse('tasks_together')}?{urlencode(chosen)}"

    def _url(self, **narrowed: str) -> str:
        return f"{reverse('tasks')}?{urlencode({'parent': self.parent.code, **narrowed})}"

    @property
    def overdue(self) -> list[Task]:
        """The children past their deadline, the longest first."""
        return [one for one in self.children if self.judgement.of(one) is Timeliness.OVERDUE]

    @property
    def not_accepted(self) -> list[Task]:
        """Those whose agency has not accepted yet."""
        return [one for one in self.children if one.state == State.ASSIGNED]

    @property
    def not_reported(self) -> list[Task]:
        """Those accepted and worked on whose agency has not reported yet."""
        return [
            one for one in self.children if one.state in WORKING and one.state != State.ASSIGNED
        ]


def group_of(parent: Task, actor: Actor, at: datetime, judgement: Judgement, page: str) -> Group:
    """Return a group's children, overdue first (one query however many)."""
    rows = Task.objects.visible_to(actor).filter(parent=parent).for_acts().with_extensions()
    rows = rows.select_related("lead", "competence", "supervisor__user")
    children = _sorted(rows.order_by("lead__kind__order", "lead__order", "pk"), judgement)
    return Group(
        parent,
        children,
        judgement,
        Paginator(children, A_PAGE).get_page(page),
        offers(children, actor, at),
    )


def _sorted(children: Iterable[Task], judgement: Judgement) -> list[Task]:
    order = {one: place for place, one in enumerate(FIRST)}

    def key(task: Task) -> tuple[int, float]:
        place = order.get(judgement.of(task), len(order))
        is_late = place == 0 and task.due_at is not None
        return place, task.due_at.timestamp() if is_late else 0.0

    return sorted(children, key=key)
