"""Questions about tasks, asked the same way now and for any past instant (rules 2.4, 3.7, 3.9)."""

from datetime import date, datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    Case,
    Count,
    DateTimeField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from agencies.deadlines import local_day
from agencies.models import Agency, AgencyCompetence, Body
from tasks.dated import classes, endings, fallen_due, sent_back, worker
from tasks.shares import awaited_share, late_share
from tasks.states import OPEN, WORKING, Plea, State
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

    def classified(self, at: datetime | None = None) -> "TaskQuerySet":
        """Annotate `authority_then`, `competence_then`, `supervisor_then` and `priority_then`: how
        it is classed now, or was at a past instant (rule 3.9).
        """
        return self.annotate(**classes(at))

    def with_endings(self, at: datetime | None = None) -> "TaskQuerySet":
        """Annotate `since_then`, when it came to stand as it does, and `completed_then`, when its
        completion was confirmed; as of a past instant when one is given.
        """
        return self.annotate(**endings(at))

    def fallen_due(self, since: datetime) -> "TaskQuerySet":
        """Return the base of the on-time rate since an instant (8.7), of rows `with_endings`."""
        return self.filter(fallen_due(since))

    def with_worker(self, day: date) -> "TaskQuerySet":
        """Annotate `worker_then`: the post that works on it that day (rule 5.8)."""
        return self.annotate(worker_then=worker(day))

    def for_acts(self) -> "TaskQuerySet":
        """Read along what the table of acts asks, so that most acts cost no further query."""
        from tasks.models import Coordination, Extension, Message, Obstacle, Return

        waiting = {"task": OuterRef("pk"), "decision": ""}
        helpers = Coordination.objects.current().filter(task=OuterRef("pk"))
        return self.annotate(
            return_waits=Exists(Return.objects.filter(**waiting)),
            extension_waits=Exists(Extension.objects.filter(**waiting)),
            helper_ids=ArraySubquery(helpers.order_by("agency_id").values("agency_id")),
            is_written_on=Exists(Message.objects.filter(task=OuterRef("pk"))),
            is_hindered=Exists(Obstacle.objects.filter(task=OuterRef("pk"))),
            is_followed=Exists(self.model.objects.following(OuterRef("pk"))),
            office_leads=Exists(Body.objects.filter(office=OuterRef("lead"))),
            lead_is_competent=Exists(
                AgencyCompetence.objects.filter(
                    agency=OuterRef("lead"), competence=OuterRef("competence")
                )
            ),
        )

    def with_extensions(self) -> "TaskQuerySet":
        """Read along how often each was asked to be extended, and how often it was (rule 5.6)."""
        from tasks.models import DeadlineRow, Extension

        asked = Extension.objects.filter(task=OuterRef("pk"))
        given = DeadlineRow.objects.filter(task=OuterRef("pk")).extending()
        return self.annotate(times_asked=_count(asked), times_extended=_count(given))

    def awaiting_extension(self, at: datetime) -> "TaskQuerySet":
        """Return those whose request for an extension is undecided at the instant, with
        `asked_then`, when it was asked, and `asked_due_then`, the day it asks for (rule 5.6).
        """
        from tasks.models import Extension

        waiting = _undecided(Extension, at).order_by("-asked_at")
        return self.filter(Exists(waiting)).annotate(
            asked_then=Subquery(waiting.values("asked_at")[:1]),
            asked_due_then=Subquery(waiting.values("asked_due_at")[:1]),
        )

    def with_original_deadline(self) -> "TaskQuerySet":
        """Annotate `original_then`: the first deadline of what has one at the instant (5.6)."""
        dated = When(due_then__isnull=False, then=F("original_due_at"))
        return self.annotate(original_then=Case(dated))

    def by_original_deadline(self) -> "TaskQuerySet":
        """Judge from here on by the original deadline, which no plea moves (rule 5.6)."""
        return self.with_original_deadline().annotate(
            due_then=F("original_then"), plea_then=Value(Plea.NONE)
        )

    def awaiting_return(self, at: datetime) -> "TaskQuerySet":
        """Return those handed back and undecided at the instant, with `asked_then` and whether the
        return `is_late_return` (rule 5.3).
        """
        from tasks.models import Return

        waiting = _undecided(Return, at).order_by("-asked_at")
        return self.filter(Exists(waiting)).annotate(
            asked_then=Subquery(waiting.values("asked_at")[:1]),
            is_late_return=Exists(waiting.filter(asked_at__gte=F("late_from"))),
        )

    def with_sent_back(self, at: datetime) -> "TaskQuerySet":
        """Annotate `is_sent_back`, whether the last report was sent back and the work goes on, and
        its `back_reason` (rule 5.4).
        """
        return self.annotate(**sent_back(at))

    def following(self, row) -> "TaskQuerySet":
        """Return the rows that took a row over and did not give it back (rules 2.5, 5.3)."""
        after = self.model.objects.filter(previous=OuterRef("pk"))
        given_back = Q(state__in=[State.RETURNED, State.TRANSFERRED]) & ~Exists(after)
        return self.filter(~given_back, previous=row)

    def visible_to(self, actor) -> "TaskQuerySet":
        """Leaders and the Office see all; an agency what it leads or coordinates (rule 2.4)."""
        if actor.sees_everything:
            return self
        if actor.agency_id is None:
            return self.none()
        return self.filter(Q(lead=actor.agency_id) | Q(pk__in=helped_by(actor.agency_id)))

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

    def waiting_for_share(
        self, at: datetime, *, is_late: bool = False, of: Agency | None = None
    ) -> "TaskQuerySet":
        """Return open work whose lead waits for a helper's share, or for an overdue one (5.9)."""
        return self.filter(waits_for_share(at, is_late=is_late, of=of))

    def with_delay(self, at: datetime) -> "TaskQuerySet":
        """Annotate `cause_then`, `commitment_then` and `needs_then`: what the lead last said by the
        instant of why the task is late, until when it will be done, what it needs (rule 5.12).
        """
        from tasks.models import Explanation

        said = Explanation.objects.filter(task=OuterRef("pk"), made_at__lte=at)
        latest = said.order_by("-made_at", "-pk")
        return self.annotate(
            cause_then=Subquery(latest.values("cause")[:1]),
            commitment_then=Subquery(latest.values("commitment_on")[:1]),
            needs_then=Subquery(latest.values("needs")[:1]),
        )

    def unexplained(self, at: datetime) -> "TaskQuerySet":
        """Return overdue work whose lead gave no cause (judge timeliness first)."""
        return self.with_delay(at).filter(UNEXPLAINED)

    def breaking_its_commitment(self, at: datetime) -> "TaskQuerySet":
        """Return overdue work whose lead let its own commitment day pass (rule 5.12)."""
        return self.with_delay(at).filter(broken_commitment(at))

    def with_urgings(self, at: datetime) -> "TaskQuerySet":
        """Annotate `times_urged` and `last_urged_at`: the urgings issued by the instant (8.2)."""
        from tasks.models import UrgedTask

        urged = UrgedTask.objects.issued(at).filter(task=OuterRef("pk"))
        return self.annotate(
            times_urged=_count(urged),
            last_urged_at=Subquery(
                urged.order_by("-urging__issued_at").values("urging__issued_at")[:1]
            ),
        )

    def awaiting_verification(self) -> "TaskQuerySet":
        """Return those whose report waits for the Office (rule 5.5)."""
        return self.filter(state_then=State.REPORTED)


# Of overdue work after `with_delay`: the lead gave no cause, though the deadline has passed.
UNEXPLAINED = Q(timeliness=Timeliness.OVERDUE, cause_then__isnull=True)


def broken_commitment(at: datetime) -> Q:
    """Return what makes overdue work after `with_delay` a broken commitment (rule 5.12)."""
    return Q(timeliness=Timeliness.OVERDUE, commitment_then__lt=local_day(at))


def helped_by(agency_id: int, at: datetime | None = None) -> QuerySet:
    """Return the ids of the tasks the agency helps with now, or helped with at a past instant; a
    successor's went over (rules 2.5, 3.9).
    """
    from tasks.models import Coordination

    rows = Coordination.objects.current() if at is None else Coordination.objects.as_of(at)
    return rows.filter(agency=agency_id).order_by().values("task")


def waits_for_share(at: datetime, *, is_late: bool = False, of: Agency | None = None) -> Q:
    """Return what makes open work wait for a helper's share at the instant (rule 5.9)."""
    from tasks.models import Coordination

    shares = Coordination.objects.filter(awaited_share(at), task=OuterRef("pk"))
    if of is not None:
        shares = shares.filter(agency=of)
    if is_late:
        due = Coalesce("due_at", OuterRef("due_then"), output_field=DateTimeField())
        shares = shares.annotate(share_due=due).filter(late_share(at))
    return Q(Exists(shares), state_then__in=WORKING)


def _undecided(requests: type, at: datetime) -> QuerySet:
    """Return the requests asked by the instant and undecided at it."""
    undecided = Q(decided_at__isnull=True) | Q(decided_at__gt=at)
    return requests.objects.filter(undecided, task=OuterRef("pk"), asked_at__lte=at)


def _pleaded(requests: type, at: datetime) -> QuerySet:
    """Return those of them that were asked in time (rules 5.3, 5.6)."""
    return _undecided(requests, at).filter(asked_at__lt=F("due_at"))


def _count(rows: QuerySet) -> Coalesce:
    counted = rows.order_by().values("task").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)
