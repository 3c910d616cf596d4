"""Papers the body issues: draft → signed → numbered → issued, or withdrawn (rule 2.8)."""

from datetime import datetime

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agencies.models.event import visible_by_thing


class PaperSeries(models.Model):
    """The counter of one series of numbers: one issuer, one suffix, one year."""

    issuer = models.ForeignKey("Agency", on_delete=models.PROTECT, related_name="+")
    suffix = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    last_number = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["issuer", "suffix", "year"], name="one_series_a_year")
        ]

    def __str__(self) -> str:
        return f"{self.issuer.code} {self.suffix} {self.year}"


_SEEN_BY_NAME: set[type[models.Model]] = set()


def register_seen_by_name(*things: type[models.Model]) -> None:
    """Say of which models only named people see the rows (rule 2.4): in `AppConfig.ready()`."""
    _SEEN_BY_NAME.update(things)


def seen_by_name() -> list[ContentType]:
    """Return the types of things that only named people see."""
    return list(ContentType.objects.get_for_models(*_SEEN_BY_NAME).values())


class OutgoingPaperQuerySet(models.QuerySet):
    """Questions about outgoing papers."""

    def standing(self, past: datetime | None = None) -> "OutgoingPaperQuerySet":
        """Annotate `state_then`: where each stands, or stood at a past instant; those not drafted
        by then are left out (rule 8.9).
        """
        if past is None:
            return self.annotate(state_then=F("state"))
        state = Case(
            When(withdrawn_at__lte=past, then=Value(OutgoingPaper.State.WITHDRAWN)),
            When(issued_at__lte=past, then=Value(OutgoingPaper.State.ISSUED)),
            When(numbered_at__lte=past, then=Value(OutgoingPaper.State.NUMBERED)),
            When(signed_at__lte=past, then=Value(OutgoingPaper.State.SIGNED)),
            default=Value(OutgoingPaper.State.DRAFT),
        )
        return self.filter(drafted_at__lte=past).annotate(state_then=state)

    def signed_then(self, past: datetime) -> "OutgoingPaperQuerySet":
        """Return those that bore a valid signature at a past instant (rule 8.9)."""
        withdrawn = Q(withdrawn_at__lte=past)
        return self.filter(~withdrawn | Q(withdrawn_at__isnull=True), signed_at__lte=past)

    def visible_to(self, actor) -> "OutgoingPaperQuerySet":
        """Return the papers of the acting agency and of things the actor may see.

        What only named people see (rule 2.4) has its papers hidden from everybody else, in the
        register too.
        """
        by_name = Q(thing_type__in=seen_by_name())
        if actor.sees_everything:
            named = visible_by_thing(self.filter(by_name), actor)
            return self.filter(~by_name | Q(pk__in=named.values("pk")))
        if actor.agency_id is None:
            return self.none()
        about = visible_by_thing(self.filter(state=OutgoingPaper.State.ISSUED), actor)
        own = Q(issuer=actor.agency_id) & ~by_name
        return self.filter(own | Q(pk__in=about.values("pk")))


class OutgoingPaper(models.Model):
    """A letter, report or notice the program drafts, with its place in the register.

    One whose signature was taken back before it went out stays there, withdrawn, with the number
    it may have taken: the series has no gap, and what is signed anew is another paper.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        SIGNED = "signed", _("signed")
        NUMBERED = "numbered", _("numbered")
        ISSUED = "issued", _("issued")
        WITHDRAWN = "withdrawn", _("withdrawn")

    thing_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    thing_id = models.BigIntegerField()
    thing = GenericForeignKey("thing_type", "thing_id")
    issuer = models.ForeignKey("Agency", on_delete=models.PROTECT, related_name="papers")
    suffix = models.CharField(_("series"), max_length=40)
    subject = models.CharField(_("subject"), max_length=500)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    year = models.PositiveSmallIntegerField(null=True)
    number = models.PositiveIntegerField(_("number"), null=True)
    drafted_at = models.DateTimeField()
    drafted_by = models.ForeignKey("Post", on_delete=models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(null=True)
    signed_by = models.ForeignKey("Post", on_delete=models.PROTECT, null=True, related_name="+")
    capacity = models.CharField(max_length=5, blank=True)
    numbered_at = models.DateTimeField(null=True)
    dated_on = models.DateField(_("date"), null=True)
    issued_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = OutgoingPaperQuerySet.as_manager()

    class Meta:
        ordering = ["-drafted_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["issuer", "suffix", "year", "number"], name="paper_number_once"
            ),
            models.CheckConstraint(
                condition=Q(state="withdrawn")
                | Q(state__in=["draft", "signed"], number__isnull=True)
                | Q(state__in=["numbered", "issued"], number__isnull=False, dated_on__isnull=False),
                name="paper_has_a_number_once_numbered",
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(signed_at__isnull=False),
                name="paper_is_signed_before_it_is_numbered",
            ),
            models.CheckConstraint(
                condition=Q(state="withdrawn", withdrawn_at__isnull=False, issued_at__isnull=True)
                | (~Q(state="withdrawn") & Q(withdrawn_at__isnull=True)),
                name="paper_is_withdrawn_before_it_is_issued",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.symbol} {self.subject}"

    def get_absolute_url(self) -> str:
        """Return the paper's page."""
        return reverse("paper", args=[self.pk])

    @property
    def is_seen_by_name(self) -> bool:
        """Whether its thing is seen by named people only, so that no clerk numbers it."""
        return self.thing_type.model_class() in _SEEN_BY_NAME

    def hide_number_after(self, past: datetime | None) -> None:
        """Take the number off a row shown as of a past instant if it came later (rule 8.9)."""
        if past is not None and (self.numbered_at is None or self.numbered_at > past):
            self.number = self.dated_on = None

    @property
    def symbol(self) -> str:
        """The number as printed: 05/BC-VP (below 10 with a zero), or …/BC-VP before numbering."""
        number = f"{self.number:02d}" if self.number else "…"
        return f"{number}/{self.suffix}"
