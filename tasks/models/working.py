"""What the lead and its helpers say of a task: updates, reports, shares, causes, words."""

from datetime import date, datetime

from django.db import models
from django.db.models import Case, F, Q, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Post
from agencies.models.append_only import append_only
from tasks.models.task import Task
from tasks.shares import awaited_share, helping, late_share, share_is_late
from tasks.states import WORKING


class ProgressUpdate(models.Model):
    """What was done, percent, evidence (files hang on the task with this row's event)."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="updates")
    event = models.OneToOneField("agencies.Event", on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("what was done"))
    percent = models.PositiveSmallIntegerField(_("percent"))
    document_number = models.CharField(
        _("number of the resulting document"), max_length=60, blank=True
    )
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["made_at", "id"]
        constraints = [models.CheckConstraint(condition=Q(percent__lte=100), name="update_percent")]

    def __str__(self) -> str:
        return f"{self.task_id} {self.percent}%"


class CompletionReport(models.Model):
    """The lead's claim that the task is done (rule 5.4), and what the Office made of it.

    A report lapses when the task is cancelled before anybody decided.
    """

    class Decision(models.TextChoices):
        CONFIRMED = "confirmed", _("confirmed")
        SENT_BACK = "sent_back", _("sent back")
        LAPSED = "lapsed", _("lapsed")

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="reports")
    event = models.OneToOneField("agencies.Event", on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    result = models.TextField(_("result"))
    document_number = models.CharField(_("document number"), max_length=60, blank=True)
    sent_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    verified_at = models.DateTimeField(null=True)
    verified_by = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    decision = models.CharField(max_length=10, choices=Decision.choices, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.TextField(_("reason"), blank=True)
    lacks_evidence = models.BooleanField(_("no evidence"), default=False)

    class Meta:
        ordering = ["sent_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["task"], condition=Q(decision=""), name="one_report_waits_a_task"
            ),
            models.CheckConstraint(
                condition=Q(decision="", decided_at__isnull=True)
                | (~Q(decision="") & Q(decided_at__isnull=False)),
                name="report_decided_at_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task_id} {self.sent_at:%d/%m/%Y}"


class CoordinationQuerySet(models.QuerySet):
    """Questions about shares."""

    def visible_to(self, actor) -> "CoordinationQuerySet":
        """Leaders and the Office see all, a lead those of its tasks, a helper its own (5.9)."""
        if actor.sees_everything:
            return self
        if actor.agency_id is None:
            return self.none()
        own = Q(agency=actor.agency_id, left_at__isnull=True)
        return self.filter(own | Q(task__lead=actor.agency_id))

    def current(self) -> "CoordinationQuerySet":
        """Return those that stand: not left, nor taken over by a successor (rule 2.5)."""
        return self.filter(left_at__isnull=True, moved_at__isnull=True)

    def as_of(self, at: datetime) -> "CoordinationQuerySet":
        """Return those that stood at an instant (rule 3.9)."""
        return self.filter(helping(at))

    def awaited(self, at: datetime) -> "CoordinationQuerySet":
        """Return those the lead still waits for: not given by the instant, the work going on."""
        return self.filter(awaited_share(at), task__state__in=WORKING)

    def late(self, at: datetime) -> "CoordinationQuerySet":
        """Return those that came late, or are missing past their deadline (`is_late` in SQL)."""
        return self.with_share_due().filter(late_share(at))

    def with_share_due(self) -> "CoordinationQuerySet":
        """Annotate `share_due`, the instant a share is due: its own, else the task's."""
        return self.annotate(share_due=Coalesce("due_at", "task__due_at"))


class Coordination(models.Model):
    """An agency that helps with a task from an instant on, until it leaves or a successor takes
    over (rule 3.9): what is asked of it, by when, and when it gave it (5.9). Never deleted.

    Without a day of its own the share is due with the task. Late is derived: `is_late`.
    """

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="coordinations")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="coordinations")
    asked = models.CharField(_("what is asked of it"), max_length=500, blank=True)
    due_at = models.DateTimeField(_("its own deadline"), null=True, blank=True)
    delivered_at = models.DateTimeField(_("delivered at"), null=True, blank=True)
    asked_at = models.DateTimeField(_("asked since"))
    left_at = models.DateTimeField(
        null=True, help_text=_("From then on the agency helps no longer (rule 4.5).")
    )
    moved_at = models.DateTimeField(
        null=True, help_text=_("From then on the successor of the agency gives it (rule 2.5).")
    )

    objects = CoordinationQuerySet.as_manager()

    class Meta:
        ordering = ["agency__kind__order", "agency__order"]
        verbose_name = _("helper's share")
        verbose_name_plural = _("helpers' shares")
        constraints = [
            models.UniqueConstraint(
                fields=["task", "agency"],
                condition=Q(left_at__isnull=True, moved_at__isnull=True),
                name="coordinates_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True) | Q(left_at__gte=F("asked_at")),
                name="helper_leaves_after_it_was_asked",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task}: {self.agency}"

    def get_absolute_url(self) -> str:
        """Return its place on the task's page."""
        return f"{self.task.get_absolute_url()}#shares"

    @property
    def share_due_at(self) -> datetime | None:
        """The instant the share is due: its own, else the task's."""
        return self.due_at or self.task.due_at

    @property
    def is_current(self) -> bool:
        """Whether the agency helps now."""
        return self.left_at is None and self.moved_at is None

    def is_late(self, at: datetime) -> bool:
        """Whether the share came, or is still missing, at or after its deadline."""
        return share_is_late(self.share_due_at, self.delivered_at, at)


class Contribution(models.Model):
    """One sending of a coordinating agency's share; `is_whole` says that it is all of it."""

    coordination = models.ForeignKey(
        Coordination, on_delete=models.PROTECT, related_name="contributions"
    )
    event = models.OneToOneField("agencies.Event", on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("contribution"))
    document_number = models.CharField(_("document number"), max_length=60, blank=True)
    is_whole = models.BooleanField(_("this is all that was asked"), default=True)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["made_at", "id"]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.coordination_id} {self.made_at:%d/%m/%Y}"


class Explanation(models.Model):
    """Why a task is overdue, by which day the lead commits itself, and what it needs (5.12)."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="explanations")
    event = models.OneToOneField("agencies.Event", on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    cause = models.TextField(_("cause"))
    commitment_on = models.DateField(_("commitment day"))
    needs = models.TextField(_("what is needed"), blank=True)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["made_at", "id"]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.task_id} {self.commitment_on:%d/%m/%Y}"

    def is_broken(self, day: date) -> bool:
        """Whether the day the lead committed itself to has passed (of work still going on)."""
        return self.commitment_on < day


class MessageQuerySet(models.QuerySet):
    """Questions about messages."""

    def visible_to(self, actor) -> "MessageQuerySet":
        """Both sides read the exchange: leaders, the Office and the lead; no helper (5.12)."""
        if actor.sees_everything:
            return self
        return self.filter(task__lead=actor.agency_id) if actor.agency_id else self.none()


class Message(models.Model):
    """One message of the short exchange between agency and Office about a task (5.12).

    A thing of its own: its event, its files and its notices are seen by the two sides only.
    """

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="messages")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("message"))
    sent_at = models.DateTimeField()

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["sent_at", "id"]
        triggers = append_only()

    def __str__(self) -> str:
        return str(self.task)

    def get_absolute_url(self) -> str:
        """Return its place on the task's page."""
        return f"{self.task.get_absolute_url()}#message-{self.pk}"


class ObstacleQuerySet(models.QuerySet):
    """Questions about obstacles."""

    def visible_to(self, actor) -> "ObstacleQuerySet":
        """Leaders and the Office see all, an agency those it raised or on tasks it leads."""
        if actor.sees_everything:
            return self
        if actor.agency_id is None:
            return self.none()
        return self.filter(Q(agency=actor.agency_id) | Q(task__lead=actor.agency_id))

    def standing(self, past: datetime | None = None) -> "ObstacleQuerySet":
        """Annotate `answered_then`: when it was answered, by now or by a past instant; those not
        told by then are left out (rule 8.9).
        """
        if past is None:
            return self.annotate(answered_then=F("answered_at"))
        answered = Case(When(answered_at__lte=past, then=F("answered_at")))
        return self.filter(raised_at__lte=past).annotate(answered_then=answered)

    def unanswered(self, at: datetime | None = None) -> "ObstacleQuerySet":
        """Return those that wait for an answer, or waited at a past instant: they stay on
        dashboards (rule 5.12).
        """
        if at is None:
            return self.filter(answered_at__isnull=True)
        waiting = Q(answered_at__isnull=True) | Q(answered_at__gt=at)
        return self.filter(waiting, raised_at__lte=at)


class Obstacle(models.Model):
    """A difficulty reported upward on a task or a directive, with its answer (rule 5.12)."""

    class Addressee(models.TextChoices):
        CHIEF = "chief", _("the office chief")
        LEADER = "leader", _("the supervising leader")

    task = models.ForeignKey(Task, on_delete=models.PROTECT, null=True, related_name="obstacles")
    directive = models.ForeignKey(
        "tasks.Directive", on_delete=models.PROTECT, null=True, related_name="obstacles"
    )
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    addressee = models.CharField(_("to whom"), max_length=10, choices=Addressee.choices)
    text = models.TextField(_("difficulty"))
    proposal = models.TextField(_("what the agency proposes"), blank=True)
    raised_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    answer = models.TextField(_("answer"), blank=True)
    granted_due_at = models.DateTimeField(_("new deadline granted"), null=True)

    objects = ObstacleQuerySet.as_manager()

    class Meta:
        ordering = ["raised_at", "id"]
        verbose_name = _("obstacle")
        constraints = [
            models.CheckConstraint(
                condition=Q(task__isnull=False, directive__isnull=True)
                | Q(task__isnull=True, directive__isnull=False),
                name="obstacle_on_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answer="")
                | (Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer="")),
                name="obstacle_answered_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | Q(answered_at__gte=F("raised_at")),
                name="obstacle_answered_after_it_was_raised",
            ),
            models.CheckConstraint(
                condition=Q(granted_due_at__isnull=True)
                | Q(answered_at__isnull=False, task__isnull=False),
                name="extension_granted_by_the_answer",
            ),
        ]
        indexes = [
            models.Index(
                fields=["raised_at"],
                name="obstacle_unanswered",
                condition=Q(answered_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return self.text[:80]

    def get_absolute_url(self) -> str:
        """Return its own page, where it is answered."""
        return reverse("obstacle", args=[self.pk])

    @property
    def thing(self) -> models.Model:
        """The task or the directive it is about."""
        return self.task or self.directive
