"""The office's present list, brought in from a sheet: rows, problems, what they became."""

from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Subquery, Value, When
from django.db.models.lookups import Exact
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agencies.models import Event, Post
from tasks.models.task import Task


class ImportQuerySet(models.QuerySet):
    """Questions about imports."""

    def visible_to(self, actor) -> "ImportQuerySet":
        """Return all for the Office and the leaders, nothing for others."""
        return self if actor.sees_everything else self.none()

    def standing(self, past: datetime | None = None) -> "ImportQuerySet":
        """Annotate `state_then`, how far each list has come or had by a past instant, and
        `is_rechosen`, whether another sheet was opened since; those not taken in by then are left
        out (rule 8.9).

        The columns keep only the last mapping and handing over; the past reads the events.
        """
        if past is None:
            done = [Q(**{f"{name}__isnull": False}) for name in INSTANTS]
            return self.annotate(state_then=_state(*done), is_rechosen=Value(False))
        events = Event.objects.filter(
            thing_type=ContentType.objects.get_for_model(ImportBatch), thing_id=OuterRef("pk")
        )
        by_then, choosing = events.filter(effective_at__lte=past), Q(act="import.sheet_chosen")
        columns = by_then.filter(choosing | Q(act="import.mapped")).order_by("-effective_at", "-id")
        state = _state(
            Q(undone_at__lte=past),
            Q(applied_at__lte=past),
            Q(Exists(by_then.filter(act="import.submitted"))),
            Q(Exact(Subquery(columns.values("act")[:1]), Value("import.mapped"))),
        )
        rechosen = Exists(events.filter(choosing, effective_at__gt=past))
        taken_in = self.filter(uploaded_at__lte=past)
        return taken_in.annotate(state_then=state, is_rechosen=rechosen)


INSTANTS = ("undone_at", "applied_at", "submitted_at", "mapped_at")
"""What says how far a list has come, the last first."""


def _state(undone: Q, applied: Q, submitted: Q, mapped: Q) -> Case:
    state = ImportBatch.State
    return Case(
        When(undone, then=Value(state.UNDONE)),
        When(applied, then=Value(state.APPLIED)),
        When(submitted, then=Value(state.SUBMITTED)),
        When(mapped, then=Value(state.MAPPED)),
        default=Value(state.TAKEN_IN),
    )


class ImportBatch(models.Model):
    """One sheet: its columns mapped, tried, brought in, perhaps taken back.

    `columns` are its heads; `mapping` says what they hold and what people settled for the whole
    sheet: `fields` (field → column from 0), `authority` and `source` of rows that name none,
    `names` (kind → folded words → code). `sheets` are all sheets of the file.
    """

    class State(models.TextChoices):
        TAKEN_IN = "taken_in", _("columns to be mapped")
        MAPPED = "mapped", _("being put right")
        SUBMITTED = "submitted", _("with the chief")
        APPLIED = "applied", _("brought in")
        UNDONE = "undone", _("taken back")

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

    @property
    def state_text(self) -> str:
        """How far it has come in words; of a row read by `standing`."""
        return str(self.State(self.state_then).label)


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
