"""What the ground floor may move here: open deadlines, and a closed agency's work (2.5, 3.5)."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction

from agencies.acting import Actor
from agencies.deadlines import Kind
from agencies.holders import HolderByKind, OpenDeadline
from agencies.models import record
from agencies.notices import owe
from consultations import terms
from consultations.lifecycle.lines import locked, set_due, write_terms
from consultations.models import Consultation, Opinion, Reconciliation
from consultations.moving import KINDS
from consultations.proof import arithmetics
from consultations.receivers import people_of, people_of_requester


class LineHolder(HolderByKind):
    """What consultations offer the ground floor: open term deadlines, a closed agency's work."""

    kinds = KINDS

    def open_deadlines(self, at: datetime) -> Iterator[OpenDeadline]:
        """Yield the lines and the meetings' results whose own deadline, set with them or anew, came
        from a term and has not come yet.
        """
        lines = list(
            Opinion.objects.filter(due_at__gt=at, ended_at__isnull=True)
            .select_related("consultation", "agency")
            .order_by("due_at", "id")
        )
        counted = arithmetics(lines)
        for line in lines:
            deadline = counted.get(line.pk)
            if deadline is not None and deadline.kind == Kind.TERM:
                yield OpenDeadline(line, line.due_at, deadline.to_json())
        results = Reconciliation.objects.filter(
            due_at__gt=at, responded_at__isnull=True, arithmetic__kind=Kind.TERM.value,
            opinion__ended_at__isnull=True,
        )  # fmt: skip
        told = results.select_related("opinion__consultation", "opinion__agency")
        for result in told.order_by("due_at", "id"):
            yield OpenDeadline(result, result.due_at, result.arithmetic)

    def move(
        self,
        deadline: OpenDeadline,
        due_at: datetime,
        arithmetic: dict,
        actor: Actor,
        at: datetime,
    ) -> None:
        """Move one deadline: never to an earlier instant, and never one that has come (what has
        been deemed or confirmed by silence stays).
        """
        is_line = isinstance(deadline.thing, Opinion)
        line = deadline.thing if is_line else deadline.thing.opinion
        with transaction.atomic():
            asked = Consultation.objects.select_for_update(of=("self",))
            consultation = asked.get(pk=line.consultation_id)
            held = locked(line.pk)
            moved = held if is_line else Reconciliation.objects.get(pk=deadline.thing.pk)
            old = moved.due_at
            if due_at <= old or at >= old or (not is_line and moved.response):
                return
            event = record(
                "opinion.deadline_moved" if is_line else "opinion.result_deadline_moved",
                held,
                actor,
                at,
                agency=held.agency.short_name,
                title=consultation.title,
                old_due_at=old.isoformat(),
                due_at=due_at.isoformat(),
                arithmetic=arithmetic,
            )
            if is_line:
                _move_line(held, consultation, deadline, due_at, arithmetic)
                write_terms(held, event, at)
            else:
                moved.due_at, moved.arithmetic = due_at, arithmetic
                if moved.register_until is not None:
                    moved.register_until = terms.register_until(due_at)
                moved.save(update_fields=["due_at", "arithmetic", "register_until"])
            owe(people_of([held.agency], at)[held.agency_id], event)
            owe(people_of_requester(consultation, at), event)


def _move_line(
    line: Opinion,
    consultation: Consultation,
    deadline: OpenDeadline,
    due_at: datetime,
    arithmetic: dict,
) -> None:
    """Set a line's deadline; where it is the consultation's, that moves with it."""
    if (line.due_at, deadline.arithmetic) == (consultation.due_at, consultation.arithmetic):
        consultation.due_at, consultation.arithmetic = due_at, arithmetic
        consultation.save(update_fields=["due_at", "arithmetic"])
    set_due(line, due_at)
    line.save(update_fields=["due_at", "register_until"])
