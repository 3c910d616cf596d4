"""What the ground floor may move here: open deadlines, and a closed agency's work (2.5, 3.5)."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from agencies.acting import Actor
from agencies.deadlines import Kind
from agencies.holders import HolderByKind, OpenDeadline
from agencies.models import record
from agencies.notices import owe
from consultations.lifecycle.lines import set_due, write_terms
from consultations.models import Consultation, Opinion
from consultations.moving import KINDS
from consultations.receivers import people_of, people_of_requester


class LineHolder(HolderByKind):
    """What consultations offer the ground floor: open term deadlines, a closed agency's work."""

    kinds = KINDS

    def open_deadlines(self, at: datetime) -> Iterable[OpenDeadline]:
        """Return the lines whose deadline came from a term and has not come yet."""
        lines = Opinion.objects.filter(
            due_at__gt=at, ended_at__isnull=True, consultation__arithmetic__kind=Kind.TERM.value
        ).select_related("consultation", "agency")
        for line in lines.order_by("due_at", "id"):
            yield OpenDeadline(line, line.due_at, line.consultation.arithmetic)

    def move(
        self,
        deadline: OpenDeadline,
        due_at: datetime,
        arithmetic: dict,
        actor: Actor,
        at: datetime,
    ) -> None:
        """Move one line's deadline: never to an earlier instant, and never one that has come
        (what has been deemed stays).
        """
        with transaction.atomic():
            consultation = Consultation.objects.select_for_update(of=("self",)).get(
                pk=deadline.thing.consultation_id
            )
            line = (
                Opinion.objects.select_for_update(of=("self",))
                .select_related("agency", "consultation__requester")
                .order_by()
                .get(pk=deadline.thing.pk)
            )
            if due_at <= line.due_at or at >= line.due_at:
                return
            old = line.due_at
            set_due(line, due_at)
            line.save(update_fields=["due_at", "register_until"])
            if due_at >= consultation.due_at:
                consultation.due_at, consultation.arithmetic = due_at, arithmetic
                consultation.save(update_fields=["due_at", "arithmetic"])
            event = record(
                "opinion.deadline_moved",
                line,
                actor,
                at,
                agency=line.agency.short_name,
                title=consultation.title,
                old_due_at=old.isoformat(),
                due_at=due_at.isoformat(),
                arithmetic=arithmetic,
            )
            write_terms(line, event, at)
            owe(people_of([line.agency], at)[line.agency_id], event)
            owe(people_of_requester(consultation, at), event)
