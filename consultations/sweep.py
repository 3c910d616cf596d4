"""Record what silence meant: after the fact, never deciding it (rules 3.10, 6.3, 6.4)."""

from datetime import UTC, datetime

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Exists, OuterRef

from agencies.acting import SYSTEM
from agencies.models import AlreadyDone, Event, record
from agencies.notices import owe
from consultations.models import Opinion
from consultations.receivers import people_of, people_of_requester
from consultations.stances import SILENCE, Outcome
from consultations.terms import sweep_margin

ACT_OF = {
    Outcome.DEEMED_AGREED: "opinion.deemed_agreed",
    Outcome.NO_REPLY: "opinion.no_reply",
}


def record_deemed(at: datetime) -> int:
    """Write the event of every line that silence settled and that has none; return how many.

    Every reader has seen the outcome since `due_at`; this only dates it and tells people. It may
    run late, twice, on two machines at once or die half way: each line is its own transaction,
    and its event's key makes a second one impossible.
    """
    waiting = unrecorded(at).order_by("due_at", "id").values_list("pk", flat=True)
    return sum(record_line(opinion_id, at) for opinion_id in list(waiting))


def unrecorded(at: datetime):
    """Return the lines past due by the margin, silent, and not yet recorded for that deadline."""
    recorded = Event.objects.filter(
        thing_type=ContentType.objects.get_for_model(Opinion),
        thing_id=OuterRef("pk"),
        act__in=ACT_OF.values(),
        effective_at=OuterRef("due_at"),
    )
    overdue = Opinion.objects.filter(due_at__lte=at - sweep_margin(at))
    return overdue.filter(~Exists(recorded)).silent(at)


def record_line(opinion_id: int, at: datetime) -> bool:
    """Record one line, judged again under its lock; return whether an event is new."""
    with transaction.atomic():
        Opinion.objects.select_for_update().order_by().get(pk=opinion_id)
        opinion = Opinion.objects.for_display().with_outcome(at).get(pk=opinion_id)
        if opinion.outcome not in SILENCE:
            return False
        try:
            event = record(
                ACT_OF[opinion.outcome],
                opinion,
                SYSTEM,
                at,
                effective_at=opinion.due_at,
                key=f"deemed:{opinion.pk}:{opinion.due_at.astimezone(UTC).isoformat()}",
                agency=opinion.agency.short_name,
                title=opinion.consultation.title,
                due_at=opinion.due_at.isoformat(),
            )
        except AlreadyDone:
            return False
        owe(people_of([opinion.agency], at)[opinion.agency_id], event, immediate=True)
        owe(people_of_requester(opinion.consultation, at), event)
    return True
