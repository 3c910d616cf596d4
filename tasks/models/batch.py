"""The office's present list, brought in from a sheet: rows, problems, what they became."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agencies.models import Post
from tasks.models.task import Task


class ImportQuerySet(models.QuerySet):
    """Questions about imports."""

    def visible_to(self, actor) -> "ImportQuerySet":
        """Return all for the Office and the leaders, nothing for others."""
        return self if actor.sees_everything else self.none()


class ImportBatch(models.Model):
    """One sheet: its columns mapped, tried, brought in, perhaps taken back.

    `columns` are its heads; `mapping` says what they hold and what people settled for the whole
    sheet: `fields` (field → column from 0), `authority` and `source` of rows that name none,
    `names` (kind → folded words → code). `sheets` are all sheets of the file.
    """

    code = models.CharField(_("code"), max_length=20, unique=True)
    file_name = models.CharField(max_length=255)
    sheet = models.CharField(max_length=100, blank=True)
    header_row = models.PositiveSmallIntegerField(default=1)
    sheets = models.JSONField(default=list)
    columns = models.JSONField(default=list)
    mapping = models.JSONField(default=dict)
    mapped_at = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(null=True)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    applied_at = models.DateTimeField(null=True)
    applied_by = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0)

    objects = ImportQuerySet.as_manager()

    class Meta:
        ordering = ["-uploaded_at", "-id"]
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        constraints = [
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True) | Q(applied_at__isnull=False),
                name="import_undone_after_it_was_applied",
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.file_name}"

    def get_absolute_url(self) -> str:
        """Return the import's page."""
        return reverse("import", args=[self.code])


class ImportRow(models.Model):
    """One row of the sheet as it was written, what was put right, and the task it became.

    `is_left_out` is None until a person decides: headings and finished work are then left out.
    A row for several agencies became a group; `task` is its parent.
    """

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    cells = models.JSONField()
    corrections = models.JSONField(default=dict)
    is_left_out = models.BooleanField(null=True)
    is_hidden = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=0)
    task = models.OneToOneField(Task, on_delete=models.PROTECT, null=True, related_name="imported")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["batch", "number"], name="import_row_once")]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.number}"
