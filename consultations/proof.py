"""What proves that a line's silence was silence: delivery, opening, deadline, recording (6.8)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q

from agencies.deadlines import Deadline
from agencies.models import Event, Notice
from consultations.models import Consultation, Opinion
from consultations.sweep import ACT_OF

COUNTED_ANEW = (
    "consultation.extended", "opinion.asked", "opinion.supplied", "opinion.supply_refused",
    "opinion.must_answer", "opinion.delivered", "opinion.deadline_moved",
)  # fmt: skip
"""Acts whose events keep the arithmetic of a deadline they set or replaced."""
Counts = dict[tuple[str, int | None, datetime], dict | None]
"""The arithmetic of each deadline a consultation or a line ever had."""


@dataclass
class Proof:
    """What is known of one line: the notices of the request, when silence was recorded (by the
    deadline it was recorded for), how the deadline that holds was counted, and the registered
    delivery of a paper copy.
    """

    notices: list[Notice] = field(default_factory=list)
    recorded: dict[datetime, datetime] = field(default_factory=dict)
    arithmetic: Deadline | None = None
    delivered: Event | None = None

    @property
    def delivered_at(self) -> datetime | None:
        """The registered moment at which the paper copy reached the agency."""
        if self.delivered is None:
            return None
        return datetime.fromisoformat(self.delivered.params["delivered_at"])


def proofs(consultation: Consultation, lines: Iterable[Opinion]) -> dict[int, Proof]:
    """Return the proof of each line, by its id; two questions, however many lines."""
    lines = list(lines)
    found = {line.pk: Proof() for line in lines}
    for notice in _notices(lines):
        found[notice.event.thing_id].notices.append(notice)
    events = list(_events([consultation.pk], [line.pk for line in lines]))
    for event in events:
        if event.act in ACT_OF.values():
            found[event.thing_id].recorded[event.effective_at] = event.recorded_at
        if event.act == "opinion.delivered":
            found[event.thing_id].delivered = event
    counts = _counts([consultation], events)
    for line in lines:
        found[line.pk].arithmetic = _count_of(line, counts)
    return found


def deliveries(lines: Iterable[int]) -> dict[int, datetime]:
    """Return the registered moment at which a paper copy of each line was delivered, by its id."""
    delivered = Event.objects.filter(
        act="opinion.delivered", thing_id__in=list(lines),
        thing_type=ContentType.objects.get_for_model(Opinion),
    )  # fmt: skip
    return {
        event.thing_id: datetime.fromisoformat(event.params["delivered_at"])
        for event in delivered.order_by("id")
    }


def arithmetics(lines: Iterable[Opinion]) -> dict[int, Deadline]:
    """Return how the deadline of each line was counted, by its id: its own where it has one, else
    the consultation's (loaded with each); one question, however many lines.
    """
    lines = list(lines)
    asked = {line.consultation_id: line.consultation for line in lines}
    ids = {line.pk for line in lines} | {line.redirected_from_id for line in lines} - {None}
    counts = _counts(asked.values(), _events(asked, ids))
    counted = ((line.pk, _count_of(line, counts)) for line in lines)
    return {pk: deadline for pk, deadline in counted if deadline is not None}


def _counts(consultations: Iterable[Consultation], events: Iterable[Event]) -> Counts:
    found: Counts = {("asked", one.pk, one.due_at): one.arithmetic for one in consultations}
    for event in events:
        params = event.params
        if event.act == "consultation.extended":
            old_due_at = datetime.fromisoformat(params["old_due_at"])
            found["asked", event.thing_id, old_due_at] = params.get("old_arithmetic")
        elif params.get("arithmetic"):
            due_at = datetime.fromisoformat(params["due_at"])
            found["line", event.thing_id, due_at] = params["arithmetic"]
    return found


def _count_of(line: Opinion, counts: Counts) -> Deadline | None:
    """Return the count of the deadline that holds; a successor goes on with what was set."""
    places = (
        ("line", line.pk), ("line", line.redirected_from_id), ("asked", line.consultation_id)
    )  # fmt: skip
    own = next(filter(None, (counts.get((*place, line.due_at)) for place in places)), None)
    return Deadline.from_json(own) if own else None


def of_lines(lines: Iterable[Opinion]) -> Q:
    """Return the condition of events on the lines."""
    content_type = ContentType.objects.get_for_model(Opinion)
    return Q(thing_type=content_type, thing_id__in=[line.pk for line in lines])


def _notices(lines: list[Opinion]) -> Iterable[Notice]:
    asked = Event.objects.filter(of_lines(lines), act="opinion.asked")
    notices = Notice.objects.filter(event__in=asked).select_related("person", "event")
    return notices.order_by("created_at", "id")


def _events(consultations: Iterable[int], lines: Iterable[int]) -> Iterable[Event]:
    types = ContentType.objects.get_for_models(Consultation, Opinion)
    of_round = Q(thing_type=types[Consultation], thing_id__in=list(consultations))
    of_line = Q(thing_type=types[Opinion], thing_id__in=list(lines))
    acts = (*ACT_OF.values(), *COUNTED_ANEW)
    return Event.objects.filter(of_round | of_line, act__in=acts).order_by("id")
