"""Questions about tasks, asked the same way now and for any past instant (rules 2.4, 3.7, 3.9)."""

from datetime import datetime

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When

from agencies.models import Body
from tasks.states import OPEN, Plea, State
from tasks.timeliness import Timeliness, timeliness_expression


class TaskQuerySet(QuerySet):
    """Every question reads `state_then`, `reported_then`, `due_then` and `plea_then`: call `now()`
    (the caches on the row) or `as_of(at)` (the history rows) first; the answers are the same kind.
    """

    def now(self) -> "TaskQuerySet":
        """Read the caches: what holds now."""
        return self.annotate(
            state_then=F("state"),
            reported_then=F("reported_at"),
            due_then=F("due_at"),
            plea_then=F("plea"),
        )

    def as_of(self, at: datetime) -> "TaskQuerySet":
        """Read the history rows: what held at the instant, for tasks assigned by then."""
        from tasks.models import DeadlineRow, Extension, Return, StateRow

        states = StateRow.objects.filter(task=OuterRef("pk"), effective_at__lte=at).order_by(
            "-effective_at", "-id"
        )
        deadlines = DeadlineRow.objects.filter(task=OuterRef("pk"), effective_at__lte=at).order_by(
            "-effective_at", "-id"
        )
        return self.filter(assigned_at__lte=at).annotate(
            state_then=Subquery(states.values("state")[:1]),
            reported_then=Subquery(states.values("reported_at")[:1]),
            due_then=Subquery(deadlines.values("due_at")[:1]),
            plea_then=Case(
                When(Exists(_pleaded(Extension, at)), then=Value(Plea.EXTENSION)),
                When(Exists(_pleaded(Return, at)), then=Value(Plea.RETURN)),
                default=Value(Plea.NONE),
            ),
        )

    def for_acts(self) -> "TaskQuerySet":
        """Read along what the table of acts asks, so that most acts cost no further query."""
        from tasks.models import Coordination, Extension, Return

        waiting = {"task": OuterRef("pk"), "decision": ""}
        return self.annotate(
            return_waits=Exists(Return.objects.filter(**waiting)),
            extension_waits=Exists(Extension.objects.filter(**waiting)),
            is_helped=Exists(Coordination.objects.filter(task=OuterRef("pk"))),
            is_followed=Exists(self.model.objects.filter(previous=OuterRef("pk"))),
            office_leads=Exists(Body.objects.filter(office=OuterRef("lead"))),
        )

    def visible_to(self, actor) -> "TaskQuerySet":
        """Leaders and the Office see all; an agency what it leads or coordinates (rule 2.4)."""
        if actor.sees_everything:
            return self
        if actor.agency_id is None:
            return self.none()
        coordinated = self.model.objects.filter(coordinations__agency=actor.agency_id)
        return self.filter(Q(lead=actor.agency_id) | Q(pk__in=coordinated.order_by().values("pk")))

    def counted(self) -> "TaskQuerySet":
        """Leave out the parents of group assignments, which are never counted (rule 5.1)."""
        return self.filter(is_group=False)

    def open(self) -> "TaskQuerySet":
        """Return those not ended, suspended included."""
        return self.filter(state_then__in=OPEN)

    def with_timeliness(self, at: datetime, soon_at: datetime) -> "TaskQuerySet":
        """Annotate `timeliness` at the instant; `soon_at` is the end of "due soon"."""
        return self.annotate(timeliness=timeliness_expression(at, soon_at))

    def overdue(self, at: datetime) -> "TaskQuerySet":
        """Return open work past its deadline, not waiting for the Office (rule 3.7)."""
        return self.with_timeliness(at, at).filter(timeliness=Timeliness.OVERDUE)

    def awaiting_verification(self) -> "TaskQuerySet":
        """Return those whose report waits for the Office (rule 5.5)."""
        return self.filter(state_then=State.REPORTED)


def _pleaded(requests: type, at: datetime) -> QuerySet:
    """Return the requests asked in time and undecided at the instant (rules 5.3, 5.6)."""
    undecided = Q(decided_at__isnull=True) | Q(decided_at__gt=at)
    return requests.objects.filter(
        undecided, task=OuterRef("pk"), asked_at__lte=at, asked_at__lt=F("due_at")
    )
