"""Checks of how an agency does its duty (kiểm tra công vụ, rule 9.2)."""

from datetime import datetime

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agencies.fold import fold
from agencies.functions import Function
from agencies.models import Agency, Event, Post
from tasks.models import Task

INSPECT = (Function.INTERNAL_AFFAIRS_HEAD, Function.CHIEF_INSPECTOR)
"""Who inspects for the body beside the Office (domain 2)."""


class InspectionQuerySet(models.QuerySet):
    """Questions about inspections."""

    def standing(self, past: datetime | None = None) -> "InspectionQuerySet":
        """Annotate `state_then`: where each stands, or stood at a past instant; those not planned
        by then are left out (rule 8.9).
        """
        if past is None:
            return self.annotate(state_then=F("state"))
        state = Case(
            When(cancelled_at__lte=past, then=Value(Inspection.State.CANCELLED)),
            When(concluded_at__lte=past, then=Value(Inspection.State.CONCLUDED)),
            When(started_at__lte=past, then=Value(Inspection.State.UNDER_WAY)),
            default=Value(Inspection.State.PLANNED),
        )
        return self.filter(planned_at__lte=past).annotate(state_then=state)

    def visible_to(self, actor) -> "InspectionQuerySet":
        """Leaders, the Office, internal affairs and inspection see all; an agency those it holds
        and those of itself, the team its own. No agency sees a surprise one of itself, held by
        another, before the day it starts.
        """
        if actor.agency_id is None and not actor.sees_everything:
            return self.none()
        if actor.is_leader:
            return self
        known = Q(kind=Inspection.Kind.PLANNED) | Q(started_at__isnull=False)
        if actor.day is not None:
            known |= Q(state=Inspection.State.PLANNED, starts_on__lte=actor.day)
        of_it = Q(agency=actor.agency_id)
        if actor.sees_everything or actor.has(*INSPECT):
            return self.filter(~of_it | known | Q(inspector=actor.agency_id))
        team = InspectionMember.objects.filter(post__user=actor.user).values("inspection")
        return self.filter(Q(inspector=actor.agency_id) | (of_it & known) | Q(pk__in=team))


class Inspection(models.Model):
    """One inspection of an agency, by the body (its inspector another agency) or by itself."""

    class Kind(models.TextChoices):
        PLANNED = "planned", _("planned")
        SURPRISE = "surprise", _("surprise")

    class State(models.TextChoices):
        PLANNED = "planned", _("to be held")
        UNDER_WAY = "under_way", _("under way")
        CONCLUDED = "concluded", _("concluded")
        CANCELLED = "cancelled", _("cancelled")

    code = models.CharField(_("code"), max_length=20, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="inspections",
        verbose_name=_("agency inspected"),
    )  # fmt: skip
    inspector = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="+", verbose_name=_("inspected by")
    )
    subject = models.CharField(_("subject"), max_length=500)
    basis = models.CharField(_("basis"), max_length=300, blank=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.PLANNED
    )
    planned_at = models.DateTimeField()
    planned_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField(null=True)
    concluded_at = models.DateTimeField(null=True)
    conclusion = models.TextField(_("conclusion"), blank=True)
    view_of_agency = models.TextField(_("view of the agency inspected"), blank=True)
    cancelled_at = models.DateTimeField(null=True)
    tasks = models.ManyToManyField(Task, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=0)
    search_text = models.TextField(editable=False, default="")

    objects = InspectionQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "-id"]
        verbose_name = _("inspection")
        verbose_name_plural = _("inspections")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="inspection_days_in_order"
            ),
            models.CheckConstraint(
                condition=~Q(state="concluded")
                | (Q(concluded_at__isnull=False) & ~Q(conclusion="")),
                name="concluded_inspection_says_what",
            ),
        ]
        indexes = [models.Index(fields=["agency", "state"])]

    def __str__(self) -> str:
        return f"{self.code} {self.subject}"

    def save(self, *args, **kwargs) -> None:
        """Keep the searchable text."""
        self.search_text = fold(self.code, self.subject, self.basis)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """Return the inspection's page."""
        return reverse("inspection", args=[self.code])

    @property
    def is_own(self) -> bool:
        """Whether the agency inspects itself."""
        return self.inspector_id == self.agency_id


class InspectionMember(models.Model):
    """One of the team: a person in a post, and as what."""

    class Role(models.TextChoices):
        HEAD = "head", _("head of the team")
        SECRETARY = "secretary", _("secretary")
        MEMBER = "member", _("member")

    inspection = models.ForeignKey(Inspection, on_delete=models.CASCADE, related_name="team")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(_("as"), max_length=10, choices=Role.choices)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["inspection", "post"], name="in_the_team_once"),
            models.UniqueConstraint(
                fields=["inspection"], condition=Q(role="head"), name="one_head_of_the_team"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.inspection_id} {self.post_id}"


class Finding(models.Model):
    """What an inspection found: one row, rated; its evidence hangs on its event."""

    class Rating(models.TextChoices):
        GOOD = "good", _("well done")
        FAULT = "fault", _("shortcoming")
        BREACH = "breach", _("breach")

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="findings")
    text = models.TextField(_("what was found"))
    rating = models.CharField(_("rating"), max_length=10, choices=Rating.choices)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="+")
    found_at = models.DateTimeField()

    class Meta:
        ordering = ["found_at", "id"]

    def __str__(self) -> str:
        return f"{self.inspection_id} {self.rating}"
