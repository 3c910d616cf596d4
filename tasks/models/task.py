"""Tasks: one piece of assigned work with one lead agency (domain 5)."""

from datetime import datetime

import pgtrigger
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agencies.fold import fold
from agencies.models import Agency, Competence, Post
from agencies.models.searchable import Searchable
from tasks.models.demand import Demand
from tasks.models.directive import Authority, Directive
from tasks.models.proposal import Proposal
from tasks.models.recurrence import Recurrence
from tasks.questions import TaskQuerySet
from tasks.states import Plea, State


class Task(Searchable):
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
    previous = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="following",
        help_text=_("The row this one took over when the lead changed (rule 5.3)."),
    )
    demand = models.ForeignKey(
        Demand, on_delete=models.PROTECT, null=True, blank=True, related_name="tasks"
    )
    recurrence = models.ForeignKey(
        Recurrence, on_delete=models.PROTECT, null=True, blank=True, related_name="occurrences"
    )
    period_on = models.DateField(_("first day of its period"), null=True, blank=True)
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
    handler = models.ForeignKey(
        Post,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("handed to"),
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
    superior_due_at = models.DateTimeField(
        _("superior's deadline"),
        null=True,
        blank=True,
        help_text=_("Passed only by the superior's own decision (rule 5.6)."),
    )
    plea = models.CharField(max_length=10, choices=Plea.choices, default=Plea.NONE, blank=True)
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
                fields=["proposal", "lead"],
                condition=Q(previous__isnull=True, recurrence__isnull=True),
                name="proposal_gives_an_agency_one_task",
            ),
            models.UniqueConstraint(
                fields=["recurrence", "period_on"],
                condition=Q(previous__isnull=True),
                name="one_occurrence_a_period",
            ),
            models.CheckConstraint(
                condition=Q(recurrence__isnull=True) | Q(period_on__isnull=False),
                name="occurrence_has_its_period",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="original_deadline_stays",
                operation=pgtrigger.UpdateOf("original_due_at"),
                when=pgtrigger.Before,
                condition=pgtrigger.Q(old__original_due_at__isnull=False)
                & pgtrigger.Q(old__original_due_at__df=pgtrigger.F("new__original_due_at")),
                func="RAISE EXCEPTION 'the original deadline of a task stays for ever';",
            )
        ]
        indexes = [
            GinIndex(fields=["search_vector"], name="task_search"),
            models.Index(fields=["lead", "state", "due_at"]),
            models.Index(
                fields=["completed_at"],
                name="task_by_completion",
                condition=Q(completed_at__isnull=False),
            ),
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

    def is_past_superior(self, due_at: datetime | None) -> bool:
        """Whether a deadline would lie past the superior's (rule 5.6)."""
        limit = self.superior_due_at
        return due_at is not None and limit is not None and due_at > limit

    @property
    def reckoned_due_at(self) -> datetime | None:
        """The deadline that the stored arithmetic explains; an act may have set another since."""
        return datetime.fromisoformat(self.arithmetic["due_at"]) if self.arithmetic else None

    def keep_search_text(self) -> None:
        """Set the searchable text; for rows created in bulk, which `save` does not see."""
        self.search_text = fold(self.code, self.title, self.text, self.product, self.source)
