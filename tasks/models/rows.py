"""What held from an instant on: append-only rows whose latest a task caches (rule 3.9)."""

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery

from agencies.models import Competence, Post
from agencies.models.append_only import append_only
from tasks.models.directive import Authority
from tasks.models.task import Task
from tasks.states import State


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
        indexes = [
            models.Index(fields=["task", "-effective_at", "-id"]),
            models.Index(fields=["effective_at", "task"], name="state_row_by_instant"),
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.task_id} {self.state}"


MORE_TIME = ("task.extension_granted", "task.deadline_changed")
"""The acts by which who assigned gives more time: asked, or unasked, in an answer, in a meeting."""


class DeadlineRowQuerySet(models.QuerySet):
    """Questions about deadlines."""

    def extending(self) -> "DeadlineRowQuerySet":
        """Return those by which who assigned moved a deadline to a later day (rule 5.6).

        A mistake put right, days given back and a calendar that moved extend nothing.
        """
        same_task = DeadlineRow.objects.filter(task=OuterRef("task"))
        earlier = Q(effective_at__lt=OuterRef("effective_at"))
        earlier |= Q(effective_at=OuterRef("effective_at"), pk__lt=OuterRef("pk"))
        before = same_task.filter(earlier).order_by("-effective_at", "-pk").values("due_at")
        moved = self.filter(event__act__in=MORE_TIME)
        return moved.annotate(due_before=Subquery(before[:1])).filter(due_at__gt=F("due_before"))


class DeadlineRow(HistoryRow):
    """The deadline of a task from an instant on; None when it has none (a review day instead)."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="deadline_rows")
    due_at = models.DateTimeField(null=True)
    review_on = models.DateField(null=True)
    reason = models.CharField(max_length=300, blank=True)

    objects = DeadlineRowQuerySet.as_manager()

    class Meta:
        ordering = ["effective_at", "id"]
        indexes = [models.Index(fields=["task", "-effective_at", "-id"])]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.task_id} {self.due_at}"


class ClassificationRow(HistoryRow):
    """How a task is classified in figures from an instant on, and who is responsible for it."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="classification_rows")
    competence = models.ForeignKey(
        Competence, on_delete=models.PROTECT, null=True, related_name="+"
    )
    assigned_by = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    supervisor = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    priority = models.CharField(max_length=10, choices=Task.Priority.choices)
    responsible = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["effective_at", "id"]
        indexes = [models.Index(fields=["task", "-effective_at", "-id"])]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.task_id} {self.assigned_by}"
