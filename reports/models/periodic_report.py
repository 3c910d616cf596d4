"""Periodic reports, frozen as of their cut-off (rule 8.4)."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agencies.models import OutgoingPaper, Post
from reports.periods import Month


class PeriodicReportQuerySet(models.QuerySet):
    """Questions about reports."""

    def visible_to(self, actor) -> "PeriodicReportQuerySet":
        """Return all to leaders and the Office, none to others: rows name every agency."""
        return self if actor.sees_everything else self.none()


class PeriodicReport(models.Model):
    """Figures, row lists and calendar of one period as of the cut-off instant, and its text."""

    class Kind(models.TextChoices):
        MONTH = "month", _("month")

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        APPROVED = "approved", _("approved")
        ISSUED = "issued", _("issued")

    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.MONTH)
    starts_at = models.DateTimeField(_("from"))
    cut_off_at = models.DateTimeField(_("cut-off"))
    send_by_at = models.DateTimeField(_("send by"))
    built_at = models.DateTimeField(_("built at"))
    figures = models.JSONField()
    rows = models.JSONField()
    calendar = models.JSONField()
    narrative = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    approved_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    paper = models.OneToOneField(
        OutgoingPaper, on_delete=models.PROTECT, null=True, related_name="report"
    )
    version = models.PositiveIntegerField(default=0)

    objects = PeriodicReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("periodic report")
        verbose_name_plural = _("periodic reports")
        ordering = ["-cut_off_at"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "cut_off_at"], name="one_report_a_period"),
            models.CheckConstraint(
                condition=Q(cut_off_at__gt=F("starts_at")), name="report_period_in_order"
            ),
        ]

    def __str__(self) -> str:
        return _("Report of %(month)s") % {"month": self.month_text}

    def get_absolute_url(self) -> str:
        """Return the report's page."""
        return reverse("report", args=[self.pk])

    @property
    def period(self) -> Month:
        """The period, from its cut-off."""
        return Month.ending_at(self.cut_off_at)

    @property
    def standing(self) -> str:
        """Draft, approved, or issued: the last by its paper, which the clerk sends out."""
        if self.paper is not None and self.paper.state == OutgoingPaper.State.ISSUED:
            return self.State.ISSUED
        return self.state

    @property
    def standing_text(self) -> str:
        """The standing in words."""
        return str(self.State(self.standing).label)

    @property
    def month_text(self) -> str:
        """The month as people say it: 11/2026."""
        return f"{self.period.month}/{self.period.year}"
