"""Periodic reports, frozen as of their cut-off, and what is written on them (rule 8.4)."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agencies.models import Event, OutgoingPaper, Post
from agencies.models.append_only import append_only
from reports.naming import period_text
from reports.periods import Kind, Period


class PeriodKind(models.TextChoices):
    """The kinds of periods a report is about; their days are in `reports.periods`."""

    WEEK = Kind.WEEK.value, _("week")
    MONTH = Kind.MONTH.value, _("month")
    QUARTER = Kind.QUARTER.value, _("quarter")
    HALF = Kind.HALF.value, _("half-year")
    YEAR = Kind.YEAR.value, _("year")
    FREE = Kind.FREE.value, _("other days")


class WrittenReport(models.Model):
    """What people write and sign about frozen figures: draft → approved → issued (rule 8.4).

    The Office's report to the body is one, the body's to its superior another.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        APPROVED = "approved", _("approved")
        ISSUED = "issued", _("issued")

    narrative = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    approved_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    paper = models.OneToOneField(
        OutgoingPaper, on_delete=models.PROTECT, null=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True

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


class ReportQuerySet(models.QuerySet):
    """Questions about reports, their papers and what is asked for."""

    def visible_to(self, actor) -> "ReportQuerySet":
        """Return all to leaders and the Office, none to others: rows name every agency."""
        return self if actor.sees_everything else self.none()


class PeriodicReportQuerySet(ReportQuerySet):
    """Questions about reports."""

    def of(self, period: Period) -> "PeriodicReportQuerySet":
        """Return the report of a period, if it was built."""
        return self.filter(
            kind=period.kind, starts_at=period.starts_at, cut_off_at=period.cut_off_at
        )

    def with_figures_for(self, actor) -> "PeriodicReportQuerySet":
        """Return those with figures the actor may read: an agency its own of approved reports."""
        if actor.sees_everything:
            return self
        return self.filter(approved_at__isnull=False) if actor.agency_id else self.none()

    def listed(self) -> "PeriodicReportQuerySet":
        """Leave out what only a report's own page reads."""
        return self.defer("calendar", "narrative")


class PeriodicReport(WrittenReport):
    """Figures, row lists and calendar of one period as of the cut-off instant, and the Office's
    text about them. The database itself refuses to change what was frozen.
    """

    kind = models.CharField(max_length=10, choices=PeriodKind.choices, default=PeriodKind.MONTH)
    starts_at = models.DateTimeField(_("from"))
    cut_off_at = models.DateTimeField(_("cut-off"))
    send_by_at = models.DateTimeField(_("send by"))
    built_at = models.DateTimeField(_("built at"))
    figures = models.JSONField(default=dict)
    calendar = models.JSONField()

    objects = PeriodicReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("periodic report")
        verbose_name_plural = _("periodic reports")
        ordering = ["-cut_off_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "starts_at", "cut_off_at"], name="one_report_a_period"
            ),
            models.CheckConstraint(
                condition=Q(cut_off_at__gt=F("starts_at")), name="report_period_in_order"
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="figures_stay",
                operation=pgtrigger.UpdateOf("figures", "calendar", "starts_at", "cut_off_at"),
                when=pgtrigger.Before,
                condition=~pgtrigger.Q(old__figures={})
                & (
                    pgtrigger.Q(old__figures__df=pgtrigger.F("new__figures"))
                    | pgtrigger.Q(old__calendar__df=pgtrigger.F("new__calendar"))
                    | pgtrigger.Q(old__starts_at__df=pgtrigger.F("new__starts_at"))
                    | pgtrigger.Q(old__cut_off_at__df=pgtrigger.F("new__cut_off_at"))
                ),
                func="RAISE EXCEPTION 'the figures of a report are frozen';",
            )
        ]

    def __str__(self) -> str:
        return _("Report of %(period)s") % {"period": self.period_text}

    def get_absolute_url(self) -> str:
        """Return the report's page."""
        return reverse("report", args=[self.pk])

    @property
    def period(self) -> Period:
        """The period, from its two instants."""
        return Period.between(self.kind, self.starts_at, self.cut_off_at)

    @property
    def period_text(self) -> str:
        """The period as people say it: month 11/2026."""
        return period_text(self.period)


class UpwardReport(WrittenReport):
    """The body's own report to its superior from the same frozen figures, signed by a leader for
    the body (TM., rule 2.2).
    """

    report = models.OneToOneField(PeriodicReport, on_delete=models.PROTECT, related_name="upward")

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report upward")
        verbose_name_plural = _("reports upward")

    def __str__(self) -> str:
        return _("Report upward of %(period)s") % {"period": self.period_text}

    def get_absolute_url(self) -> str:
        """Return its page."""
        return reverse("report_upward", args=[self.report_id])

    @property
    def period(self) -> Period:
        """The period of its figures."""
        return self.report.period

    @property
    def period_text(self) -> str:
        """The period as people say it."""
        return self.report.period_text

    @property
    def figures(self) -> dict:
        """The frozen figures: the same as the Office's report."""
        return self.report.figures

    @property
    def built_at(self):
        """When the figures were frozen."""
        return self.report.built_at


class ReportRowQuerySet(models.QuerySet):
    """Questions about frozen rows."""

    def visible_to(self, actor) -> "ReportRowQuerySet":
        """Return all to leaders and the Office, to an agency of approved reports what it sees
        itself: its own and what it helps, neither draws for spot checks nor papers about cases
        (rule 2.4).
        """
        if actor.sees_everything:
            return self
        if actor.agency_id is None:
            return self.none()
        code = actor.agency.code
        helped = Q(of="tasks", data__coordinating__contains=[code])
        own = Q(agency=code, of__in=ReportRow.OWN)
        return self.filter(own | helped, report__approved_at__isnull=False)


class ReportRow(models.Model):
    """One frozen row of a report: what a figure of it counts (rule 8.4). Never changed.

    `of` names the table (tasks, lines, dossiers …), `columns` every column that counts the row.
    """

    OWN = ("tasks", "lines", "poor", "dossiers", "urgings")
    """The tables whose rows the agency they are counted for reads too."""

    report = models.ForeignKey(PeriodicReport, on_delete=models.PROTECT, related_name="rows")
    of = models.CharField(max_length=20)
    place = models.PositiveIntegerField()
    agency = models.CharField(max_length=50)
    columns = ArrayField(models.CharField(max_length=40))
    data = models.JSONField()

    objects = ReportRowQuerySet.as_manager()

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["report", "of", "place"], name="report_row_once")
        ]
        indexes = [models.Index(fields=["report", "of", "agency"], name="report_rows_of_agency")]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.report_id} {self.of} {self.place}"


DRAFT_UPWARD = "report.draft_upward"
"""The act of the event that says since when there is a report upward to sign."""
BUILT_AS_ASKED = "report.built_as_asked"
"""The act of the event that says a report asked for is there; written once a request."""
NOT_BUILT = "report.build_failed"
"""The act of the event that says a report asked for could not be built; written once each."""


class ReportRequestQuerySet(ReportQuerySet):
    """Questions about reports asked for."""

    def waiting(self) -> "ReportRequestQuerySet":
        """Return those whose report is not built yet."""
        return self.filter(report__isnull=True)

    def in_turn(self) -> "ReportRequestQuerySet":
        """Return those waiting as they are built; last those whose building its worker left."""
        return self.waiting().order_by(F("started_at").asc(nulls_first=True), "asked_at", "pk")

    def with_failures(self) -> "ReportRequestQuerySet":
        """Say of each since when it could not be built (`failed_at`), without a query a row."""
        failures = Event.objects.of_many(self.model.objects.all()).filter(act=NOT_BUILT)
        own = failures.filter(thing_id=OuterRef("pk")).values("effective_at")[:1]
        return self.annotate(failed_at=Subquery(own))


class ReportRequest(models.Model):
    """A report of days somebody asked for; a worker builds it, the page shows how far it is.

    `started_at` is when the building that runs now began; one that failed leaves none.
    """

    first_day = models.DateField(_("from day"))
    last_day = models.DateField(_("to the end of day"))
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField(null=True)
    report = models.ForeignKey(
        PeriodicReport, on_delete=models.PROTECT, null=True, related_name="requests"
    )

    objects = ReportRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("report asked for")
        verbose_name_plural = _("reports asked for")
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="report_request_days_in_order"
            )
        ]

    def __str__(self) -> str:
        return _("Report of %(period)s") % {"period": period_text(self.period)}

    def get_absolute_url(self) -> str:
        """Return the page that shows how far it is."""
        return reverse("report_request", args=[self.pk])

    @property
    def period(self) -> Period:
        """The free period asked for."""
        return Period(Kind.FREE, self.first_day, self.last_day)
