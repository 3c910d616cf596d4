"""Questions about consultations and their lines (rules 2.4, 6.2)."""

from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from consultations.outcome import outcome_expression
from consultations.stances import Outcome


class ConsultationQuerySet(QuerySet):
    """Questions about consultations."""

    def visible_to(self, actor) -> "ConsultationQuerySet":
        """Leaders and the Office see all; an agency those it asks and those it answers."""
        if actor.sees_everything:
            return self
        if actor.agency_id is None:
            return self.none()
        consulted = self.model.objects.filter(opinions__agency=actor.agency_id)
        return self.filter(
            Q(requester=actor.agency_id) | Q(pk__in=consulted.order_by().values("pk"))
        )

    def open(self, at: datetime) -> "ConsultationQuerySet":
        """Return those with a line whose deadline has not come (closed: rule 6.7)."""
        return self.filter(self._line_still_running(at))

    def closed(self, at: datetime) -> "ConsultationQuerySet":
        """Return those whose every line is past its deadline."""
        return self.exclude(self._line_still_running(at))

    @staticmethod
    def _line_still_running(at: datetime) -> Exists:
        from consultations.models import Opinion

        return Exists(Opinion.objects.filter(consultation=OuterRef("pk"), due_at__gt=at))


class OpinionQuerySet(QuerySet):
    """Questions about lines."""

    def visible_to(self, actor, at: datetime | None = None) -> "OpinionQuerySet":
        """The requester sees every line, a consulted agency its own, and everyone's once the
        consultation is closed at `at` (rule 2.4; without `at`: the own lines only).
        """
        if actor.sees_everything:
            return self
        if actor.agency_id is None:
            return self.none()
        wanted = Q(agency=actor.agency_id) | Q(consultation__requester=actor.agency_id)
        if at is not None:
            from consultations.models import Consultation

            closed = Consultation.objects.visible_to(actor).closed(at)
            wanted |= Q(consultation__in=closed.values("pk"))
        return self.filter(wanted)

    def with_outcome(self, at: datetime) -> "OpinionQuerySet":
        """Annotate `stance_then` and `outcome` at the instant."""
        from consultations.models import Reply

        counting = Reply.objects.filter(
            opinion=OuterRef("pk"), received_at__lt=OuterRef("due_at"), received_at__lte=at
        ).order_by("-received_at", "-id")
        return self.annotate(
            stance_then=Subquery(counting.values("stance")[:1]), due_then=F("due_at")
        ).annotate(outcome=outcome_expression(at))

    def awaiting(self, at: datetime) -> "OpinionQuerySet":
        """Return lines nobody answered and whose deadline has not come."""
        return self.with_outcome(at).filter(outcome=Outcome.AWAITING)
