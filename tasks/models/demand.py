"""What a superior demands of the body itself: owed upward, with tasks below it (rule 4.1)."""

from datetime import datetime

from django.db import models
from django.db.models import Case, F, OuterRef, Q, Subquery, When
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agencies.models import Post
from agencies.models.append_only import append_only
from tasks.demands.standing import standing_expression
from tasks.models.directive import Directive


class DemandQuerySet(models.QuerySet):
    """Questions about demands."""

    def visible_to(self, actor) -> "DemandQuerySet":
        """Return those of directives the actor may see."""
        return self.filter(directive__in=Directive.objects.visible_to(actor).values("pk"))

    def with_standing(self, at: datetime, soon_at: datetime) -> "DemandQuerySet":
        """Annotate `standing_then` at the instant; `soon_at` is the end of "due soon"."""
        rows = self if "due_then" in self.query.annotations else self.now()
        return rows.annotate(standing_then=standing_expression(at, soon_at))

    def now(self) -> "DemandQuerySet":
        """Read the columns: `due_then`, and `document_then`, the day of the closing document."""
        return self.annotate(due_then=F("due_at"), document_then=F("document_on"))

    def as_of(self, at: datetime) -> "DemandQuerySet":
        """Read the dated rows: what held at the instant, for demands noted by then (rule 8.9)."""
        rows = DemandDeadline.objects.filter(demand=OuterRef("pk"), effective_at__lte=at)
        due = rows.order_by("-effective_at", "-id").values("due_at")[:1]
        return self.filter(noted_at__lte=at).annotate(
            due_then=Subquery(due),
            document_then=Case(When(closed_at__lte=at, then=F("document_on"))),
        )

    def unmet(self) -> "DemandQuerySet":
        """Return those not closed by a document yet."""
        return self.filter(closed_at__isnull=True)


class Demand(models.Model):
    """One thing a superior's directive asks of the body, with its own day and closing document.

    `due_at` is a cache of the latest `DemandDeadline`: only the superior moves it.
    """

    code = models.CharField(_("code"), max_length=20, unique=True)
    directive = models.ForeignKey(Directive, on_delete=models.PROTECT, related_name="demands")
    clause = models.CharField(_("clause"), max_length=40, blank=True)
    title = models.CharField(_("title"), max_length=500)
    text = models.TextField(_("full wording"), blank=True)
    product = models.CharField(_("expected product"), max_length=300, blank=True)
    due_at = models.DateTimeField(_("deadline"))
    original_due_at = models.DateTimeField(_("original deadline"))
    deadline_text = models.CharField(_("deadline as written"), max_length=300, blank=True)
    arithmetic = models.JSONField(null=True, blank=True)
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    document_number = models.CharField(
        _("number of the closing document"), max_length=60, blank=True
    )
    document_on = models.DateField(_("date of the closing document"), null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    objects = DemandQuerySet.as_manager()

    class Meta:
        ordering = ["due_at", "id"]
        verbose_name = _("superior's demand")
        verbose_name_plural = _("superiors' demands")
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True)
                | (Q(document_on__isnull=False) & ~Q(document_number="")),
                name="closed_demand_has_its_document",
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def get_absolute_url(self) -> str:
        """Return the demand's page."""
        return reverse("demand", args=[self.code])


class DemandDeadline(models.Model):
    """The day a demand is due from an instant on, with the superior's decision that set it."""

    demand = models.ForeignKey(Demand, on_delete=models.PROTECT, related_name="deadline_rows")
    due_at = models.DateTimeField()
    superior_number = models.CharField(max_length=60, blank=True)
    superior_on = models.DateField(null=True)
    effective_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    event = models.ForeignKey("agencies.Event", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["effective_at", "id"]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.demand_id} {self.due_at}"
