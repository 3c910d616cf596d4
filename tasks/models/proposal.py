"""What the reader proposes and a person turns into work (domain 4.4, 4.7 to 4.9)."""

from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, AgencyGroup, Post, ReorganisationMove
from tasks.models.directive import Directive


class Proposal(models.Model):
    """One clause of a directive as the reader found it and the officer edited it.

    Approval turns it into every kind it carries: one clause may yield several (rule 4.4).
    """

    class Kind(models.TextChoices):
        TASK = "task", _("task")
        STANDING_DUTY = "standing_duty", _("standing duty")
        ACKNOWLEDGEMENT = "acknowledgement", _("acknowledgement")
        REVIEW_CAMPAIGN = "review_campaign", _("review campaign")
        RULE = "rule", _("rule")

    class State(models.TextChoices):
        PENDING = "pending", _("to be decided")
        APPROVED = "approved", _("approved")
        DROPPED = "dropped", _("dropped")

    directive = models.ForeignKey(Directive, on_delete=models.CASCADE, related_name="proposals")
    order = models.PositiveIntegerField()
    clause = models.CharField(_("clause"), max_length=40)
    title = models.CharField(_("title"), max_length=500)
    text = models.TextField(_("full wording"))
    span_start = models.PositiveIntegerField(null=True)
    span_end = models.PositiveIntegerField(null=True)
    kinds = ArrayField(
        models.CharField(max_length=20, choices=Kind.choices), default=list, blank=True
    )
    lead_text = models.CharField(_("lead as written"), max_length=1000, blank=True)
    lead_agencies = models.ManyToManyField(
        Agency, blank=True, related_name="+", verbose_name=_("lead agencies")
    )
    lead_groups = models.ManyToManyField(
        AgencyGroup, blank=True, related_name="+", verbose_name=_("lead groups")
    )
    coordinating_text = models.CharField(max_length=1000, blank=True)
    coordinating = models.ManyToManyField(
        Agency, blank=True, related_name="+", verbose_name=_("coordinating agencies")
    )
    deadline_text = models.CharField(_("deadline as written"), max_length=300, blank=True)
    due_at = models.DateTimeField(_("deadline"), null=True, blank=True)
    arithmetic = models.JSONField(null=True)
    review_on = models.DateField(_("review day"), null=True, blank=True)
    recurrence = models.CharField(_("recurrence"), max_length=200, blank=True)
    product = models.CharField(_("expected product"), max_length=300, blank=True)
    confidence = models.FloatField(default=1.0)
    doubts = models.JSONField(default=list)
    original = models.JSONField(null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PENDING)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(span_start__isnull=True, span_end__isnull=True)
                | Q(span_end__gte=F("span_start")),
                name="proposal_span_in_order",
            ),
            models.CheckConstraint(
                condition=Q(due_at__isnull=True) | Q(review_on__isnull=True),
                name="proposal_deadline_or_review_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clause} {self.title}"


class StandingDutyQuerySet(models.QuerySet):
    """Questions about standing duties."""

    def visible_to(self, actor) -> "StandingDutyQuerySet":
        """Return those of directives the actor may see."""
        return self.filter(directive__in=Directive.objects.visible_to(actor).values("pk"))


class StandingDuty(models.Model):
    """A demand without an end ("không được lạm dụng …"): shown, acknowledged, never counted."""

    directive = models.ForeignKey(
        Directive, on_delete=models.PROTECT, related_name="standing_duties"
    )
    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, null=True)
    clause = models.CharField(max_length=40)
    title = models.CharField(max_length=500)
    text = models.TextField()
    agencies = models.ManyToManyField(Agency, related_name="standing_duties")
    founded_at = models.DateTimeField()

    objects = StandingDutyQuerySet.as_manager()

    class Meta:
        ordering = ["-founded_at", "id"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return its place on the directive's page."""
        return f"{self.directive.get_absolute_url()}#duty-{self.pk}"


class AcknowledgementQuerySet(models.QuerySet):
    """Questions about acknowledgements."""

    def visible_to(self, actor) -> "AcknowledgementQuerySet":
        """Leaders and the Office see all, an agency its own."""
        return self if actor.sees_everything else self.filter(agency=actor.agency_id)

    def waiting(self, past: datetime | None = None) -> "AcknowledgementQuerySet":
        """Return those not given yet, nor taken over by the agency's successor; at a past instant
        those asked by then and not yet given or taken over (rule 8.9).
        """
        if past is None:
            return self.filter(acknowledged_at__isnull=True, moved_at__isnull=True)
        moves = ReorganisationMove.objects.filter(
            new_type=ContentType.objects.get_for_model(Acknowledgement), new_id=OuterRef("pk"),
            reorganisation__moved_at__gt=past,
        ).exclude(thing_id=F("new_id"))  # fmt: skip
        given = Q(acknowledged_at__isnull=True) | Q(acknowledged_at__gt=past)
        kept = Q(moved_at__isnull=True) | Q(moved_at__gt=past)
        return self.filter(given, kept, ~Exists(moves), directive__approved_at__lte=past)


class Acknowledgement(models.Model):
    """An addressee's record that it received and spread the directive (rule 4.3)."""

    directive = models.ForeignKey(
        Directive, on_delete=models.PROTECT, related_name="acknowledgements"
    )
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="acknowledgements")
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, null=True)
    title = models.CharField(max_length=500, blank=True)
    due_at = models.DateTimeField(_("deadline"))
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    spread_on = models.DateField(_("spread on"), null=True, blank=True)
    how = models.CharField(_("how it was spread"), max_length=500, blank=True)
    moved_at = models.DateTimeField(
        null=True, help_text=_("From then on the successor of the agency owes it (rule 2.5).")
    )

    objects = AcknowledgementQuerySet.as_manager()

    class Meta:
        ordering = ["due_at", "agency__kind__order", "agency__order"]
        verbose_name = _("acknowledgement")
        verbose_name_plural = _("acknowledgements")
        constraints = [
            models.UniqueConstraint(
                fields=["directive", "agency"], name="acknowledged_once_an_agency"
            ),
            models.CheckConstraint(
                condition=Q(acknowledged_at__isnull=True) | Q(acknowledged_by__isnull=False),
                name="acknowledged_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return str(self.directive)

    def get_absolute_url(self) -> str:
        """Return the form where the agency acknowledges."""
        return reverse("acknowledge", args=[self.pk])

    @property
    def is_waiting(self) -> bool:
        """Whether the agency still owes it (`waiting`)."""
        return self.acknowledged_at is None and self.moved_at is None
