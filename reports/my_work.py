"""What somebody in an agency must do next, and why it is here (rule 8.3, picture 2)."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cached_property
from urllib.parse import urlencode

from django.db.models import (
    Case,
    Count,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.acting import Actor
from agencies.deadlines import local_day
from consultations.models import Dossier, Opinion
from consultations.wording import Days
from tasks.acts import ACTS
from tasks.helping import HelperLine, line_of
from tasks.judgement import Judgement
from tasks.models import (
    Acknowledgement,
    CampaignEntry,
    Coordination,
    Obstacle,
    Task,
)
from tasks.obstacles import with_age
from tasks.states import WORKING, State
from tasks.timeliness import Timeliness

SHOWN = 20
ANSWER_SHOWN = timedelta(days=14)

#: What comes first: overdue, sent back, due soon, not yet accepted, the rest by its day.
URGENCY = (
    Q(timeliness=Timeliness.OVERDUE),
    Q(is_sent_back=True),
    Q(timeliness=Timeliness.DUE_SOON),
    Q(state_then=State.ASSIGNED),
)


class MyWork:
    """The actor's own agency at one instant. Staff see the same; the official act is the head's."""

    def __init__(self, actor: Actor, at: datetime) -> None:
        self.actor, self.at = actor, at
        self.judgement = Judgement.at(at)
        self.days = Days(self.judgement.calendar, at, self.judgement.soon_at)

    def _judged(self, tasks: QuerySet) -> QuerySet:
        now = tasks.counted().now()
        return now.with_timeliness(self.at, self.judgement.soon_at)

    @cached_property
    def _led(self) -> QuerySet:
        visible = Task.objects.visible_to(self.actor).filter(lead=self.actor.agency_id)
        return self._judged(visible)

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many of the agency's open tasks are overdue, due soon, sent back; and in all."""
        found: dict[str, int] = {"open": 0, "overdue": 0, "due_soon": 0, "sent_back": 0}
        rows = self._led.open().with_sent_back(self.at)
        for timeliness, is_sent_back in rows.order_by().values_list("timeliness", "is_sent_back"):
            found["open"] += 1
            found["overdue"] += timeliness == Timeliness.OVERDUE
            found["due_soon"] += timeliness == Timeliness.DUE_SOON
            found["sent_back"] += bool(is_sent_back)
        return found

    @cached_property
    def first(self) -> list[Task]:
        """The tasks to work on, the most urgent first; `reason` says why one was sent back."""
        urgency = [When(condition, then=Value(n)) for n, condition in enumerate(URGENCY)]
        rows = (
            self._led.filter(state_then__in=WORKING)
            .with_sent_back(self.at)
            .annotate(
                urgency=Case(*urgency, default=Value(len(URGENCY)), output_field=IntegerField()),
                is_handed=self._is_handed(),
                late_shares=_late_shares(self.at),
            )
            .with_delay(self.at)
            .for_acts()
            .select_related("lead", "assigned_by", "directive__kind", "responsible__user")
            .select_related("handler__user")
            .order_by("-is_handed", "urgency", Coalesce("due_at", "assigned_at"), "pk")
        )
        found = list(rows[:SHOWN])
        for task in found:
            task.needs_cause = self._needs_cause(task)
            task.why = " · ".join(self._why(task))
        return found

    def _is_handed(self) -> Case | Value:
        """Whether the task was handed to the actor: staff see their own first (rule 5.8)."""
        if self.actor.heads_agency:
            return Value(False)
        own = self.actor.answers_for
        is_own = Q(handler__in=own) | Q(handler__isnull=True, responsible__in=own)
        return Case(When(is_own, then=Value(True)), default=Value(False))

    def _needs_cause(self, task: Task) -> bool:
        """Whether the lead has to say why it is late: it never did, or its day passed (5.12)."""
        is_overdue = task.timeliness == Timeliness.OVERDUE
        return is_overdue and (task.cause_then is None or self._is_broken(task))

    def _is_broken(self, task: Task) -> bool:
        return task.commitment_then is not None and task.commitment_then < local_day(self.at)

    def _why(self, task: Task) -> Iterator[str]:
        """Why the task is here where its pill does not say it."""
        if task.is_sent_back:
            yield _("sent back by the Office: “%(reason)s”") % {"reason": task.back_reason}
        elif task.state_then == State.ASSIGNED:
            yield _("new, not accepted yet")
        if task.return_waits:
            yield _("handed back, waiting for a decision")
        if task.extension_waits:
            yield _("extension asked for, awaiting the decision")
        if self._is_broken(task):
            yield _("commitment of %(day)s broken") % {"day": f"{task.commitment_then:%d/%m/%Y}"}
        elif task.needs_cause:
            yield _("no cause given")
        if task.late_shares:
            yield ngettext(
                "%(n)d coordinating agency is late",
                "%(n)d coordinating agencies are late",
                task.late_shares,
            ) % {"n": task.late_shares}
        if task.handler is not None and task.handler.is_held_on(local_day(self.at)):
            yield self._handed_words(task)

    def _handed_words(self, task: Task) -> str:
        if task.handler_id in self.actor.answers_for:
            return _("handed to you")
        return _("handed to %(name)s") % {"name": task.handler.user.full_name}

    @cached_property
    def lines(self) -> list[Opinion]:
        """The consultations the agency still has to answer, the nearest due first."""
        waiting = Opinion.objects.waiting_for(self.actor, self.at).for_display()
        found = list(waiting[:SHOWN])
        for line in found:
            line.due_pill = self.days.pill_of(line.due_at)
            line.left = self.days.left_and_due(line.due_at)
        return found

    @cached_property
    def results(self) -> list[Opinion]:
        """The results of meetings the agency has to answer: its silence confirms them (6.10)."""
        waiting = Opinion.objects.result_waiting_for(self.actor, self.at).for_display()
        return [self.days.with_result(line) for line in waiting[:SHOWN]]

    @cached_property
    def dossiers(self) -> list[Dossier]:
        """The agency's dossiers that came back, to be submitted again (rules 7.2, 7.3)."""
        rows = Dossier.objects.visible_to(self.actor).filter(agency=self.actor.agency_id)
        came_back = rows.filter(state__in=[Dossier.State.RETURNED, Dossier.State.REDO])
        return list(came_back.order_by("drafted_at", "pk")[:SHOWN])

    @property
    def lines_first(self) -> bool:
        """Whether a consultation ends soon while no task is overdue: it is shown above."""
        expires = any(line.due_at <= self.judgement.soon_at for line in self.lines)
        return expires and not self.counts["overdue"]

    @cached_property
    def acknowledgements(self) -> list[Acknowledgement]:
        """The directives to acknowledge (rule 4.3), given by the head or a clerk."""
        if self.actor.agency_id is None:
            return []
        waiting = Acknowledgement.objects.waiting().filter(agency=self.actor.agency_id)
        found = list(waiting.select_related("directive__kind", "directive__issuer")[:SHOWN])
        for each in found:
            each.kind = self.days.pill_of(each.due_at)
        return found

    @cached_property
    def reviews(self) -> list[CampaignEntry]:
        """The lists of open tasks the agency has to confirm (rule 5.13)."""
        if self.actor.agency_id is None:
            return []
        waiting = CampaignEntry.objects.waiting().filter(agency=self.actor.agency_id)
        rows = waiting.select_related("campaign__directive__kind", "agency")
        found = list(rows.order_by("campaign__due_at", "pk")[:SHOWN])
        for each in found:
            each.kind = self.days.pill_of(each.campaign.due_at)
        return found

    @cached_property
    def shares(self) -> list[HelperLine]:
        """What the agency still has to give to tasks others lead, the nearest due first: never
        counted as its own tasks (rules 5.9, 8.7).
        """
        rows = (
            Coordination.objects.visible_to(self.actor)
            .filter(agency=self.actor.agency_id)
            .awaited(self.at)
            .with_share_due()
            .select_related("agency", "task__lead", "task__assigned_by", "task__directive__kind")
            .order_by(F("share_due").asc(nulls_last=True), "pk")
        )
        return [line_of(share, self.judgement) for share in rows[:SHOWN]]

    @property
    def may_contribute(self) -> bool:
        """Whether the actor sends the agency's share (rule 5.9)."""
        return self.actor.heads_agency and self.actor.may_do(ACTS["contribute"].event)

    @cached_property
    def obstacles(self) -> list[Obstacle]:
        """What the agency reported and waits for, and the answers of the last days (5.12)."""
        since = self.at - ANSWER_SHOWN
        rows = (
            Obstacle.objects.visible_to(self.actor)
            .filter(Q(answered_at__isnull=True) | Q(answered_at__gte=since))
            .filter(agency=self.actor.agency_id)
            .select_related("task", "directive__kind", "answered_by__user")
            .order_by(F("answered_at").desc(nulls_first=True), "raised_at")
        )
        return with_age(rows[:SHOWN], self.judgement)

    @property
    def may_acknowledge(self) -> bool:
        """Whether the actor confirms for the agency (rule 4.3)."""
        return self.actor.heads_agency

    def _tasks(self, **parameters) -> str:
        agency = self.actor.agency
        asked = {"agency": agency.code if agency else "", **parameters}
        return f"{reverse('tasks')}?{urlencode(asked)}"

    @property
    def all_url(self) -> str:
        """The address of all open tasks the agency leads."""
        return self._tasks(state="open")

    @property
    def overdue_url(self) -> str:
        """The address of the overdue ones."""
        return self._tasks(timeliness=Timeliness.OVERDUE.value)

    @property
    def soon_url(self) -> str:
        """The address of those due soon."""
        return self._tasks(timeliness=Timeliness.DUE_SOON.value)

    @property
    def sent_back_url(self) -> str:
        """The address of those sent back to be finished."""
        return self._tasks(waiting="sent_back")

    @property
    def coordinated_url(self) -> str:
        """The address of the open tasks the agency helps with."""
        return self._tasks(role="coordinating", state="open")

    @property
    def lines_url(self) -> str:
        """The address of the consultations to answer."""
        return f"{reverse('consultations')}?tab=waiting"

    @property
    def is_empty(self) -> bool:
        """Whether nothing waits."""
        return not (
            self.first
            or self.lines
            or self.results
            or self.dossiers
            or self.acknowledgements
            or self.reviews
            or self.shares
            or self.obstacles
        )


def _late_shares(at: datetime) -> Subquery:
    """How many helpers the lead waits for past their day (rule 5.9)."""
    late = Coordination.objects.filter(task=OuterRef("pk")).awaited(at).late(at)
    counted = late.order_by().values("task").annotate(n=Count("pk"))
    return Subquery(counted.values("n"))
