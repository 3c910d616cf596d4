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
    counted = {(None, consultation.due_at): consultation.arithmetic}
    for event in _events(consultation, lines):
        params = event.params
        if event.act == "consultation.extended":
            old_due_at = datetime.fromisoformat(params["old_due_at"])
            counted[None, old_due_at] = params.get("old_arithmetic")
            continue
        if event.act in ACT_OF.values():
            found[event.thing_id].recorded[event.effective_at] = event.recorded_at
        if event.act == "opinion.delivered":
            found[event.thing_id].delivered = event
        if params.get("arithmetic"):
            due_at = datetime.fromisoformat(params["due_at"])
            counted[event.thing_id, due_at] = params["arithmetic"]
    for line in lines:
        whose = (line.pk, line.redirected_from_id, None)  # a successor goes on with what was set
        own = next(filter(None, (counted.get((one, line.due_at)) for one in whose)), None)
        found[line.pk].arithmetic = Deadline.from_json(own) if own else None
    return found


def of_lines(lines: Iterable[Opinion]) -> Q:
    """Return the condition of events on the lines."""
    content_type = ContentType.objects.get_for_model(Opinion)
    return Q(thing_type=content_type, thing_id__in=[line.pk for line in lines])


def _notices(lines: list[Opinion]) -> Iterable[Notice]:
    asked = Event.objects.filter(of_lines(lines), act="opinion.asked")
    notices = Notice.objects.filter(event__in=asked).select_related("person", "event")
    return notices.order_by("created_at", "id")


def _events(consultation: Consultation, lines: list[Opinion]) -> Iterable[Event]:
    own = Q(thing_type=ContentType.objects.get_for_model(Consultation), thing_id=consultation.pk)
    acts = (*ACT_OF.values(), *COUNTED_ANEW)
    return Event.objects.filter(own | of_lines(lines), act__in=acts).order_by("id")
