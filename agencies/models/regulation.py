"""An agency's working regulation, kept on its page (clause 1.6 of the directive, rule 5.8)."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agencies.models.agency import Agency


class RegulationQuerySet(models.QuerySet):
    """Questions about working regulations."""

    def visible_to(self, actor) -> "RegulationQuerySet":
        """Return all: who works by which rules is no secret inside the body."""
        return self

    def in_force_on(self, day: date) -> "RegulationQuerySet":
        """Return those in force on that day."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day)


class WorkingRegulation(models.Model):
    """One regulation of an agency (quy chế làm việc) with its number, days and files."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="regulations")
    title = models.CharField(_("title"), max_length=300)
    document_number = models.CharField(_("number"), max_length=60)
    issued_on = models.DateField(_("date"))
    starts_on = models.DateField(_("in force from"))
    ends_on = models.DateField(_("in force to (last day)"), null=True, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("Post", on_delete=models.PROTECT, null=True, related_name="+")

    objects = RegulationQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "-id"]
        verbose_name = _("working regulation")
        verbose_name_plural = _("working regulations")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="regulation_ends_after_it_starts",
            ),
            models.UniqueConstraint(
                fields=["agency", "document_number", "issued_on"], name="regulation_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.document_number})"

    def get_absolute_url(self) -> str:
        """Return its place on the agency's page."""
        return f"{self.agency.get_absolute_url()}#regulations"
