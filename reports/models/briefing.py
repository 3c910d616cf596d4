"""Briefings: a meeting, what it decided on the spot, and the notice of its conclusions (8.3)."""

from datetime import datetime

from django.db import models
from django.db.models import Case, Q, Value, When
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, OutgoingPaper, Post
from tasks.models import Directive, Obstacle, Task, Urging


class BriefingQuerySet(models.QuerySet):
    """Questions about briefings."""

    def visible_to(self, actor) -> "BriefingQuerySet":
        """Leaders and the Office see all; an agency those whose issued notice names it (2.4)."""
        if actor.sees_everything:
            return self
        if actor.agency_id is None:
            return self.none()
        named = BriefingDecision.objects.filter(agency=actor.agency_id).values("briefing")
        return self.filter(pk__in=named, paper__state=OutgoingPaper.State.ISSUED)

    def running(self) -> "BriefingQuerySet":
        """Return the one that is being held, if any."""
        return self.filter(is_running=True)

    def standing(self, past: datetime | None = None) -> "BriefingQuerySet":
        """Annotate `state_then`: where each stands, or stood at a past instant; those not begun by
        then are left out (rule 8.9).
        """
        states, by = Briefing.State, "isnull" if past is None else "lte"
        known = False if past is None else past
        state = Case(
            When(**{f"paper__issued_at__{by}": known}, then=Value(states.ISSUED)),
            When(**{f"paper__signed_at__{by}": known}, then=Value(states.SIGNED)),
            When(**{f"closed_at__{by}": known}, then=Value(states.CLOSED)),
            default=Value(states.RUNNING),
        )
        rows = self if past is None else self.filter(opened_at__lte=past)
        return rows.annotate(state_then=state)


class Briefing(models.Model):
    """One meeting: who chaired it, who was there, and the text of its conclusions.

    While it runs, decisions are added; closed, its notice is drafted, edited, signed and issued,
    and may become a directive.
    """

    class State(models.TextChoices):
        RUNNING = "running", _("being held")
        CLOSED = "closed", _("closed, notice in draft")
        SIGNED = "signed", _("notice signed")
        ISSUED = "issued", _("notice issued")

    title = models.CharField(_("meeting"), max_length=300)
    held_on = models.DateField(_("day"))
    chaired_by = models.ForeignKey(
        Post, on_delete=models.PROTECT, related_name="+", verbose_name=_("chaired by")
    )
    present = models.TextField(_("present"), blank=True)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    is_running = models.BooleanField(default=True)
    opening = models.TextField(_("opening"), blank=True)
    assessment = models.TextField(_("general assessment"), blank=True)
    follow_up = models.TextField(_("what the Office follows up"), blank=True)
    closing = models.TextField(_("closing"), blank=True)
    paper = models.OneToOneField(
        OutgoingPaper, on_delete=models.PROTECT, null=True, related_name="briefing"
    )
    directive = models.OneToOneField(
        Directive, on_delete=models.PROTECT, null=True, related_name="briefing"
    )
    version = models.PositiveIntegerField(default=0)

    objects = BriefingQuerySet.as_manager()

    class Meta:
        verbose_name = _("briefing")
        verbose_name_plural = _("briefings")
        ordering = ["-held_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_running"], condition=Q(is_running=True), name="one_briefing_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(is_running=True, closed_at__isnull=True)
                | Q(is_running=False, closed_at__isnull=False),
                name="running_briefing_is_not_closed",
            ),
            models.CheckConstraint(
                condition=Q(paper__isnull=True) | Q(closed_at__isnull=False),
                name="notice_of_a_closed_briefing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.held_on:%d/%m/%Y}"

    def get_absolute_url(self) -> str:
        """Return the briefing's page."""
        return reverse("briefing", args=[self.pk])

    @property
    def state(self) -> str:
        """Being held, closed, its notice signed or issued."""
        if self.closed_at is None:
            return self.State.RUNNING
        if self.paper is None:
            return self.State.CLOSED
        is_issued = self.paper.state == OutgoingPaper.State.ISSUED
        return self.State.ISSUED if is_issued else self.State.SIGNED

    @property
    def state_text(self) -> str:
        """The state in words."""
        return str(self.State(self.state).label)


class BriefingDecision(models.Model):
    """One decision taken in the meeting about one agency, as the notice will say it.

    It names what it was done on by that thing's own act; a free one becomes a proposal of the
    directive.
    """

    class Kind(models.TextChoices):
        DEADLINE = "deadline", _("new deadline")
        ANSWER = "answer", _("answer to a difficulty")
        URGING = "urging", _("urging drafted")
        FREE = "free", _("decision")

    briefing = models.ForeignKey(Briefing, on_delete=models.PROTECT, related_name="decisions")
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="+", verbose_name=_("lead agency")
    )
    kind = models.CharField(max_length=10, choices=Kind.choices)
    text = models.TextField(_("decision"))
    due_on = models.DateField(_("deadline: the last day in time"), null=True, blank=True)
    task = models.ForeignKey(Task, on_delete=models.PROTECT, null=True, related_name="+")
    obstacle = models.ForeignKey(Obstacle, on_delete=models.PROTECT, null=True, related_name="+")
    urging = models.ForeignKey(Urging, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("decision of a briefing")
        verbose_name_plural = _("decisions of briefings")
        ordering = ["agency__kind__order", "agency__order", "made_at", "id"]

    def __str__(self) -> str:
        return self.text[:80]
