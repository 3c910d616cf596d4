"""Agencies merged, split or closed: what moved to whom, and whether it was undone (rule 2.5)."""

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agencies.models.agency import Agency


class ReorganisationQuerySet(models.QuerySet):
    """Questions about reorganisations."""

    def visible_to(self, actor) -> "ReorganisationQuerySet":
        """Return all for the leaders and the Office, nothing for others."""
        return self if actor.sees_everything else self.none()

    def live(self) -> "ReorganisationQuerySet":
        """Return those that were not undone."""
        return self.filter(undone_at__isnull=True)


class Reorganisation(models.Model):
    """One moving of a closed agency's open work to its successors, in one step.

    Undone, it stays: its moves say which things went back, and which had been acted on and stayed.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="reorganisations")
    document_number = models.CharField(_("number of the decision"), max_length=60)
    moved_at = models.DateTimeField()
    moved_by = models.ForeignKey("Post", on_delete=models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey("Post", on_delete=models.PROTECT, null=True, related_name="+")

    objects = ReorganisationQuerySet.as_manager()

    class Meta:
        ordering = ["-moved_at", "-id"]
        verbose_name = _("reorganisation")
        verbose_name_plural = _("reorganisations")
        constraints = [
            models.UniqueConstraint(
                fields=["agency"],
                condition=Q(undone_at__isnull=True),
                name="an_agency_is_moved_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.agency} ({self.document_number})"

    def get_absolute_url(self) -> str:
        """Return the page of the agency's reorganisation."""
        return reverse("reorganisation", args=[self.agency.code])


class ReorganisationMoveQuerySet(models.QuerySet):
    """Questions about the things that moved."""

    def visible_to(self, actor) -> "ReorganisationMoveQuerySet":
        """Return all for the leaders and the Office, nothing for others."""
        return self if actor.sees_everything else self.none()


class ReorganisationMove(models.Model):
    """One thing that moved: the old row, the row that took over, and to whom.

    Old and new are the same row where it changed hands itself, or where the successor had its own
    before. `text` is what it was called then; what was given back has `undone_at`.
    """

    reorganisation = models.ForeignKey(
        Reorganisation, on_delete=models.PROTECT, related_name="moves"
    )
    holder = models.CharField(max_length=40)
    thing_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    thing_id = models.BigIntegerField()
    thing = GenericForeignKey("thing_type", "thing_id")
    new_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, null=True, related_name="+")
    new_id = models.BigIntegerField(null=True)
    new = GenericForeignKey("new_type", "new_id")
    successor = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    text = models.CharField(max_length=500, blank=True)
    url = models.CharField(max_length=300, blank=True)
    new_url = models.CharField(max_length=300, blank=True)
    undone_at = models.DateTimeField(null=True)

    objects = ReorganisationMoveQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["reorganisation", "thing_type", "thing_id"], name="a_thing_moves_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.text} → {self.successor}"

    @property
    def group(self) -> str:
        """What kind of thing moved, in the reader's language."""
        return self.thing_type.model_class()._meta.verbose_name_plural

    @property
    def is_absorbed(self) -> bool:
        """Whether nothing new began: it changed hands itself, or the successor had its own."""
        return (self.thing_type_id, self.thing_id) == (self.new_type_id, self.new_id)
