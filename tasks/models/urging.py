"""Urgings: the Office presses an agency about named tasks by a numbered letter (rule 8.2)."""

from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, When
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Body, OutgoingPaper, Post
from tasks.models.task import Task


class UrgingQuerySet(models.QuerySet):
    """Questions about urgings. An agency is urged by what was issued, never by a draft."""

    def visible_to(self, actor) -> "UrgingQuerySet":
        """Leaders and the Office see all; an agency those issued to it (rule 2.4)."""
        if actor.sees_everything:
            return self
        if actor.agency_id is None:
            return self.none()
        return self.filter(agency=actor.agency_id, issued_at__isnull=False)

    def standing(self, past: datetime | None = None) -> "UrgingQuerySet":
        """Annotate `issued_then`, `signed_then` and `dropped_then`: when it was, by now or by a
        past instant, and `paper_then`, the paper signed; those not drafted by then are left out
        (rule 8.9).
        """
        instants = {"issued_then": "issued_at", "dropped_then": "dropped_at"}
        if past is None:
            instants |= {"signed_then": "paper__signed_at", "paper_then": "paper"}
            return self.annotate(**{name: F(column) for name, column in instants.items()})
        own = {
            "thing_type": ContentType.objects.get_for_model(self.model),
            "thing_id": OuterRef("pk"),
        }
        signed = OutgoingPaper.objects.signed_then(past).filter(**own)
        return self.filter(drafted_at__lte=past).annotate(
            signed_then=Subquery(signed.values("signed_at")[:1]),
            paper_then=Subquery(signed.values("pk")[:1]),
            **{
                name: Case(When(**{f"{column}__lte": past}, then=F(column)))
                for name, column in instants.items()
            },
        )

    def for_acts(self) -> "UrgingQuerySet":
        """Read along what the table of acts asks."""
        return self.annotate(is_the_offices=Exists(Body.objects.filter(office=OuterRef("agency"))))

    def issued(self, at: datetime | None = None) -> "UrgingQuerySet":
        """Return those sent out, by the instant if one is given."""
        if at is None:
            return self.filter(issued_at__isnull=False)
        return self.filter(issued_at__lte=at)

    def unissued(self) -> "UrgingQuerySet":
        """Return those in preparation: neither sent out nor thrown away."""
        return self.filter(issued_at__isnull=True, dropped_at__isnull=True)


class Urging(models.Model):
    """One letter to one agency about tasks of its own that are overdue, or undated and silent.

    `ordinal` says how often its most urged task will have been urged with it: "lần 2" (rule
    8.2). The paper begins with the signature; `issued_at` is a cache of the paper's.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        SIGNED = "signed", _("signed, not issued")
        ISSUED = "issued", _("issued")
        DROPPED = "dropped", _("thrown away")

    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="urgings", verbose_name=_("agency")
    )
    ordinal = models.PositiveSmallIntegerField(_("which time"), default=1)
    basis = models.TextField(_("basis"))
    finding = models.TextField(_("what was found"))
    demands = models.TextField(_("what is demanded"))
    consequence = models.TextField(_("what follows otherwise"), blank=True)
    answer_by_at = models.DateTimeField(_("to report before"))
    drafted_at = models.DateTimeField()
    drafted_by = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    paper = models.OneToOneField(
        OutgoingPaper, on_delete=models.PROTECT, null=True, related_name="urging"
    )
    issued_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)
    dropped_by = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=0)

    objects = UrgingQuerySet.as_manager()

    class Meta:
        verbose_name = _("urging")
        verbose_name_plural = _("urgings")
        ordering = ["-drafted_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency"],
                condition=Q(issued_at__isnull=True, dropped_at__isnull=True),
                name="one_urging_prepared_an_agency",
            ),
            models.CheckConstraint(
                condition=Q(issued_at__isnull=True) | Q(paper__isnull=False),
                name="issued_urging_has_its_paper",
            ),
            models.CheckConstraint(
                condition=Q(dropped_at__isnull=True) | Q(paper__isnull=True),
                name="only_unsigned_urgings_are_dropped",
            ),
            models.CheckConstraint(condition=Q(ordinal__gte=1), name="urging_is_counted_from_one"),
        ]
        indexes = [models.Index(fields=["agency", "issued_at"])]

    def __str__(self) -> str:
        return _("Urging no. %(ordinal)d of %(agency)s") % {
            "ordinal": self.ordinal,
            "agency": self.agency.short_name,
        }

    def get_absolute_url(self) -> str:
        """Return the urging's page."""
        return reverse("urging", args=[self.pk])

    @cached_property
    def is_the_offices(self) -> bool:
        """Whether it urges the Office itself: then a leader signs (rule 2.3)."""
        return Body.objects.filter(office=self.agency_id).exists()

    @property
    def state(self) -> str:
        """Draft, signed, issued or thrown away."""
        if self.dropped_at is not None:
            return self.State.DROPPED
        if self.issued_at is not None:
            return self.State.ISSUED
        return self.State.DRAFT if self.paper_id is None else self.State.SIGNED

    @property
    def state_text(self) -> str:
        """The state in words."""
        return str(self.State(self.state).label)


class UrgedTaskQuerySet(models.QuerySet):
    """Questions about the tasks of urgings."""

    def issued(self, at: datetime | None = None) -> "UrgedTaskQuerySet":
        """Return those whose urging was sent out, by the instant if one is given."""
        if at is None:
            return self.filter(urging__issued_at__isnull=False)
        return self.filter(urging__issued_at__lte=at)


class UrgedTask(models.Model):
    """A task as its urging lists it, frozen: its deadline, how late it was, how often urged before.

    `days` counts the days overdue; of an undated task, which has no deadline, those without news.
    """

    urging = models.ForeignKey(Urging, on_delete=models.CASCADE, related_name="listed")
    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="urged")
    due_at = models.DateTimeField(null=True)
    days = models.PositiveIntegerField()
    urged_before = models.PositiveSmallIntegerField(default=0)

    objects = UrgedTaskQuerySet.as_manager()

    class Meta:
        ordering = ["due_at", "task_id"]
        constraints = [
            models.UniqueConstraint(fields=["urging", "task"], name="task_once_an_urging")
        ]

    def __str__(self) -> str:
        return f"{self.urging_id}: {self.task_id}"

    @property
    def is_undated(self) -> bool:
        """Whether it is listed for its silence, not for its deadline."""
        return self.due_at is None
