"""The story of one task: its events with the states and deadlines they turned (rule 3.9)."""

from collections.abc import Iterable

from django.db.models import Model, OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from agencies.deadlines import spoken
from agencies.differences import Difference
from agencies.models import Event
from agencies.models.event import EventQuerySet
from agencies.timeline import Passed
from tasks.judgement import Judgement
from tasks.models import DeadlineRow, StateRow, Task
from tasks.states import State
from tasks.timeliness import Timeliness

LATE = (Timeliness.OVERDUE, Timeliness.AWAITING_LATE, Timeliness.COMPLETED_LATE)


def events_of(task: Task, *others: Model, besides: EventQuerySet | None = None) -> EventQuerySet:
    """Return the events of the task and of what belongs to it, as a timeline needs them; with
    those told `besides`, elsewhere on its page.

    Each has the state and the deadline of the task that hold from it on.
    """
    states = StateRow.objects.filter(event=OuterRef("pk")).values("state")
    days = JSONObject(due_at="due_at", review_on="review_on")
    deadlines = DeadlineRow.objects.filter(event=OuterRef("pk")).values(days=days)
    told = Event.objects.of(task, *others)
    if besides is not None:
        told |= besides
    return told.for_timeline().annotate(
        state=Subquery(states[:1]), deadline=Subquery(deadlines[:1])
    )


def story_of(task: Task, events: Iterable[Event], judgement: Judgement) -> list[Event | Passed]:
    """Return the events with what they turned, and the moment a missed deadline passed."""
    story: list[Event | Passed] = []
    held = {"state": "", "deadline": ""}
    for event in events:
        event.turns = list(_turned(event, held))
        story.append(event)
    if not task.is_group and judgement.of(task) in LATE:
        story.append(Passed(task.due_at, _("the deadline passed")))
    return story


def _turned(event: Event, held: dict[str, str]) -> Iterable[Difference]:
    """Yield what the event turned from what held before it, and let what holds now be held."""
    now = {
        "state": str(State(event.state).label) if event.state else "",
        "deadline": _deadline(event.deadline) if event.deadline else "",
    }
    labels = {"state": _("State"), "deadline": _("Deadline")}
    for name, words in now.items():
        if words and held[name] and words != held[name]:
            yield Difference(labels[name], held[name], words)
        held[name] = words or held[name]


def _deadline(row: dict) -> str:
    if row["due_at"]:
        return spoken(parse_datetime(row["due_at"]))
    if row["review_on"]:
        return _("review day %(day)s") % {"day": f"{parse_date(row['review_on']):%d/%m/%Y}"}
    return _("none")
