"""Work that comes again each period: the rule, its rows from a day on, its occurrences (5.10)."""

from datetime import datetime, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Case, Exists, ExpressionWrapper, F, OuterRef, Q, Subquery, When
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Competence, Event, Post
from tasks.models.directive import Authority, Directive
from tasks.models.proposal import Proposal


class RecurrenceQuerySet(models.QuerySet):
    """Questions about recurrences."""

    def visible_to(self, actor) -> "RecurrenceQuerySet":
        """Leaders and the Office see all; an agency those it leads or coordinates (rule 2.4)."""
        if actor.sees_everything:
            return self
        if actor.agency_id is None:
            return self.none()
        helped = self.model.objects.filter(coordinating=actor.agency_id).order_by().values("pk")
        return self.filter(Q(lead=actor.agency_id) | Q(pk__in=helped))

    def standing(self, past: datetime | None = None) -> "RecurrenceQuerySet":
        """Annotate `ends_then`: the last day as it is known, or was at a past instant; those not
        begun by then are left out (rule 8.9). A closed agency's stands with its successor, whose
        it is now: the day it changed hands is kept without the one that had it.
        """
        if past is None:
            return self.annotate(ends_then=F("ends_on"))
        endings = Event.objects.filter(
            thing_type=ContentType.objects.get_for_model(Recurrence), thing_id=OuterRef("pk"),
            act__in=("recurrence.ended", "recurrence.changed"),
        )  # fmt: skip
        known = endings.filter(effective_at__lte=past).order_by("-effective_at", "-id")
        said_later = Exists(endings.filter(effective_at__gt=past))
        return self.filter(began_at__lte=past).annotate(
            ends_then=Case(
                When(said_later, then=Subquery(known.values(day=_last_day())[:1])),
                default=F("ends_on"),
            )
        )


def _last_day() -> Case:
    """Return the last day an event says: its own, or the eve of the rule that follows."""
    day = models.DateField()
    follows_on = Cast(KeyTextTransform("starts_on", "params"), day)
    return Case(
        When(act="recurrence.ended", then=Cast(KeyTextTransform("ends_on", "params"), day)),
        default=Cast(ExpressionWrapper(follows_on - timedelta(days=1), day), day),
        output_field=day,
    )


class Recurrence(models.Model):
    """One lead's recurring work. Changing it ends this row and begins another (`previous`): no
    past occurrence is touched. `rule` is `agencies.deadlines.Recurrence.to_json()`. One that ends
    on the eve of its start never ran.
    """

    code = models.CharField(_("code"), max_length=20, unique=True)
    directive = models.ForeignKey(
        Directive, on_delete=models.PROTECT, null=True, blank=True, related_name="recurrences"
    )
    proposal = models.ForeignKey(
        Proposal, on_delete=models.PROTECT, null=True, blank=True, related_name="recurrences"
    )
    previous = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="following"
    )
    source = models.CharField(_("source"), max_length=300, blank=True)
    clause = models.CharField(_("clause"), max_length=40, blank=True)
    title = models.CharField(_("title"), max_length=500)
    text = models.TextField(_("full wording"), blank=True)
    product = models.CharField(_("expected product"), max_length=300, blank=True)
    lead = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="recurrences", verbose_name=_("lead agency")
    )
    coordinating = models.ManyToManyField(
        Agency, blank=True, related_name="+", verbose_name=_("coordinating agencies")
    )
    competence = models.ForeignKey(
        Competence, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("competence")
    )
    assigned_by = models.ForeignKey(
        Authority, on_delete=models.PROTECT, verbose_name=_("assigned by")
    )
    priority = models.CharField(_("priority"), max_length=10, default="normal")
    rule = models.JSONField()
    rule_text = models.CharField(_("recurrence as written"), max_length=200)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to (last day)"), null=True, blank=True)
    began_at = models.DateTimeField()
    began_by = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=0)

    objects = RecurrenceQuerySet.as_manager()

    class Meta:
        ordering = ["lead__kind__order", "lead__order", "id"]
        verbose_name = _("recurring task")
        verbose_name_plural = _("recurring tasks")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True)
                | Q(ends_on__gte=F("starts_on") - timedelta(days=1)),
                name="recurrence_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def get_absolute_url(self) -> str:
        """Return the recurring task's page."""
        return reverse("recurrence", args=[self.code])
