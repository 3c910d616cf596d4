"""What else held at an instant: how a task was classed, since when it stands so, who works on it.

Annotations for querysets read by `now()` or `as_of(at)`; imported by `tasks.questions`.
"""

from datetime import date, datetime

from django.db.models import (
    BooleanField,
    Case,
    Expression,
    F,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.lookups import Exact

from agencies.models import Post
from tasks.states import WORKING, State
from tasks.timeliness import Timeliness

CLASSES = {
    "authority_then": "assigned_by",
    "competence_then": "competence",
    "supervisor_then": "supervisor",
    "priority_then": "priority",
}


def classes(at: datetime | None) -> dict[str, Expression]:
    """Return the classification now, or by the rows of a past instant (rule 3.9)."""
    if at is None:
        return {name: F(column) for name, column in CLASSES.items()}
    from tasks.models import ClassificationRow

    rows = ClassificationRow.objects.filter(task=OuterRef("pk"), effective_at__lte=at)
    latest = rows.order_by("-effective_at", "-id")
    return {name: Subquery(latest.values(column)[:1]) for name, column in CLASSES.items()}


def endings(at: datetime | None) -> dict[str, Expression]:
    """Return since when a task stands as it does, and of completed work when it was confirmed."""
    from tasks.models import StateRow

    rows = StateRow.objects.filter(task=OuterRef("pk"))
    if at is not None:
        rows = rows.filter(effective_at__lte=at)
    since = Subquery(rows.order_by("-effective_at", "-id").values("effective_at")[:1])
    if at is None:
        return {"since_then": since, "completed_then": F("completed_at")}
    return {
        "since_then": since,
        "completed_then": Case(When(state_then=State.COMPLETED, then=since)),
    }


def fallen_due(since: datetime) -> Q:
    """Return what the on-time rate since an instant is based on (rule 8.7): dated work confirmed
    since, work overdue, and work overdue already when it was returned, taken away or suspended.

    Over rows with `endings` and `timeliness`; what stopped in time, what awaits verification and
    what asked in time for a decision are not in it.
    """
    completed = Q(state_then=State.COMPLETED, completed_then__gt=since, due_then__isnull=False)
    gone = Q(state_then__in=[State.RETURNED, State.TRANSFERRED], since_then__gt=since)
    return (
        completed
        | Q(state_then__in=WORKING, timeliness=Timeliness.OVERDUE)
        | (gone | Q(state_then=State.SUSPENDED)) & _stopped_overdue()
    )


def _stopped_overdue() -> Q:
    """A return counts from the moment it was asked: that stands in `reported_then`."""
    asked = Q(reported_then__isnull=False, reported_then__gte=F("due_then"))
    return asked | Q(reported_then__isnull=True, since_then__gte=F("due_then"))


def sent_back(at: datetime) -> dict[str, Expression]:
    """Return whether the last report by the instant was sent back and the work goes on, and the
    reason given (rule 5.4).
    """
    from tasks.models import CompletionReport

    last = CompletionReport.objects.filter(task=OuterRef("pk"), sent_at__lte=at)
    last = last.order_by("-sent_at", "-pk")[:1]
    is_back = Q(decision=CompletionReport.Decision.SENT_BACK, decided_at__lte=at)
    said = Exact(Subquery(last.annotate(is_back=is_back).values("is_back")), Value(True))
    return {
        "is_sent_back": Case(
            When(Q(said) & Q(state_then__in=WORKING), then=Value(True)),
            default=Value(False),
            output_field=BooleanField(),
        ),
        "back_reason": Subquery(last.values("reason")),
    }


def worker(day: date) -> Case:
    """Return the post that works on a task: whom it was handed to while in that post, else the
    responsible one (rule 5.8).
    """
    held = Post.objects.held_on(day).order_by().values("pk")
    return Case(When(handler__in=held, then=F("handler")), default=F("responsible"))
