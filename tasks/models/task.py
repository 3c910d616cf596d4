"""Tasks: one piece of assigned work with one lead agency (domain 5)."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agencies.fold import fold
from agencies.models import Agency, Competence, Post
from agencies.models.append_only import append_only
from tasks.models.directive import Authority, Directive
from tasks.models.proposal import Proposal
from tasks.questions import TaskQuerySet
from tasks.states import State


class Task(models.Model):
    """One piece of assigned work. `state`, `due_at` and `reported_at` are caches of the latest
    history rows (rule 3.9); a group's parent has no lead and is never counted (rule 5.1).
    """

    class Priority(models.TextChoices):
        NORMAL = "normal", _("normal")
        KEY = "key", _("key task")

    code = models.CharField(_("code"), max_length=20, unique=True)
    directive = models.ForeignKey(
        Directive, on_delete=models.PROTECT, null=True, blank=True, related_name="tasks"
    )
    proposal = models.ForeignKey(
        Proposal, on_delete=models.PROTECT, null=True, blank=True, related_name="tasks"
    )
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    is_group = models.BooleanField(default=False)
    source = models.CharField(_("source"), max_length=300, blank=True)
    clause = models.CharField(_("clause"), max_length=40, blank=True)
    title = models.CharField(_("title"), max_length=500)
    text = models.TextField(_("full wording"), blank=True)
    product = models.CharField(_("expected product"), max_length=300, blank=True)

    lead = models.ForeignKey(
        Agency,
        on_delete=models.PROTECT,
        null=True,
        related_name="led_tasks",
        verbose_name=_("lead agency"),
    )
    responsible = models.ForeignKey(
        Post,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("responsible person"),
    )
    supervisor = models.ForeignKey(
        Post,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("supervising leader"),
    )
    officer = models.ForeignKey(
        Post,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("following officer"),
    )
    competence = models.ForeignKey(
        Competence, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("competence")
    )
    assigned_by = models.ForeignKey(
        Authority, on_delete=models.PROTECT, verbose_name=_("assigned by")
    )
    priority = models.CharField(
        _("priority"), max_length=10, choices=Priority.choices, default=Priority.NORMAL
    )

    state = models.CharField(
        _("state"), max_length=12, choices=State.choices, default=State.ASSIGNED
    )
    due_at = models.DateTimeField(_("deadline"), null=True, blank=True)
    original_due_at = models.DateTimeField(_("original deadline"), null=True, blank=True)
    deadline_text = models.CharField(_("deadline as written"), max_length=300, blank=True)
    arithmetic = models.JSONField(null=True, blank=True)
    review_on = models.DateField(_("review day"), null=True, blank=True)

    assigned_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    reported_at = models.DateTimeField(null=True)
    completed_at = models.DateTimeField(null=True)
    updated_at = models.DateTimeField(_("last news"), null=True)
    percent = models.PositiveSmallIntegerField(_("percent"), default=0)
    version = models.PositiveIntegerField(default=0)
    search_text = models.TextField(editable=False, default="")
    search_vector = models.GeneratedField(
        expression=SearchVector("search_text", config="simple"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = TaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        ordering = ["due_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_group=True, lead__isnull=True, parent__isnull=True)
                | Q(is_group=False, lead__isnull=False),
                name="task_has_one_lead",
            ),
            models.CheckConstraint(
                condition=Q(due_at__isnull=True) | Q(review_on__isnull=True),
                name="task_deadline_or_review_day",
            ),
            models.CheckConstraint(
                condition=Q(due_at__isnull=True) | Q(original_due_at__isnull=False),
                name="task_keeps_its_original_deadline",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["reported", "completed"]) | Q(reported_at__isnull=False),
                name="reported_task_has_a_report",
            ),
            models.CheckConstraint(
                condition=Q(state="completed", completed_at__isnull=False)
                | (~Q(state="completed") & Q(completed_at__isnull=True)),
                name="completed_task_has_its_moment",
            ),
            models.CheckConstraint(condition=Q(percent__lte=100), name="task_percent"),
            models.UniqueConstraint(
                fields=["proposal", "lead"], name="proposal_gives_an_agency_one_task"
            ),
        ]
        indexes = [
            GinIndex(fields=["search_vector"], name="task_search"),
            models.Index(fields=["lead", "state", "due_at"]),
            models.Index(
                fields=["due_at"],
                name="task_open_by_due",
                condition=Q(is_group=False)
                & Q(state__in=["assigned", "accepted", "in_progress", "reported"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def save(self, *args, **kwargs) -> None:
        """Keep the searchable text."""
        self.keep_search_text()
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """Return the task's page."""
        return reverse("task", args=[self.code])

    def keep_search_text(self) -> None:
        """Set the searchable text; for rows created in bulk, which `save` does not see."""
        self.search_text = fold(self.code, self.title, self.text, self.product, self.source)


class Coordination(models.Model):
    """An agency that helps with a task; its contributions come with rule 5.9."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="coordinations")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="coordinations")

    class Meta:
        ordering = ["agency__kind__order", "agency__order"]
        constraints = [models.UniqueConstraint(fields=["task", "agency"], name="coordinates_once")]

    def __str__(self) -> str:
        return f"{self.task}: {self.agency}"


class HistoryRow(models.Model):
    """What every history row carries: from when it holds, when it was written, by which act."""

    effective_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    event = models.ForeignKey("agencies.Event", on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class StateRow(HistoryRow):
    """The state of a task from an instant on; `reported_at` is the report that it rests on."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="state_rows")
    state = models.CharField(max_length=12, choices=State.choices)
    reported_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["effective_at", "id"]
        indexes = [models.Index(fields=["task", "-effective_at", "-id"])]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.task_id} {self.state}"


class DeadlineRow(HistoryRow):
    """The deadline of a task from an instant on; None when it has none (a review day instead)."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="deadline_rows")
    due_at = models.DateTimeField(null=True)
    review_on = models.DateField(null=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["effective_at", "id"]
        indexes = [models.Index(fields=["task", "-effective_at", "-id"])]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.task_id} {self.due_at}"


class ClassificationRow(HistoryRow):
    """How a task is classified in figures from an instant on."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="classification_rows")
    competence = models.ForeignKey(
        Competence, on_delete=models.PROTECT, null=True, related_name="+"
    )
    assigned_by = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    supervisor = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    priority = models.CharField(max_length=10, choices=Task.Priority.choices)

    class Meta:
        ordering = ["effective_at", "id"]
        indexes = [models.Index(fields=["task", "-effective_at", "-id"])]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.task_id} {self.assigned_by}"


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
    """The lead's claim that the task is done (rule 5.4), and what the Office made of it."""

    class Decision(models.TextChoices):
        CONFIRMED = "confirmed", _("confirmed")
        SENT_BACK = "sent_back", _("sent back")

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
