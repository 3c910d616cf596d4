"""What people made of the reader's proposals: the ground for its next rules (issue 8)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tasks.models.directive import Directive


class Correction(models.Model):
    """What became of one thing the reader proposed: a directive's header, or one proposal.

    Written when it is settled, at approval or when a proposal is merged away, and never changed.
    `proposed` and `final` hold the fields that differ; a field in neither was kept.
    """

    class Subject(models.TextChoices):
        HEADER = "header", _("header")
        PROPOSAL = "proposal", _("proposal")

    class Outcome(models.TextChoices):
        KEPT = "kept", _("kept as read")
        CHANGED = "changed", _("changed")
        DROPPED = "dropped", _("dropped")
        MERGED = "merged", _("merged into another")
        SPLIT = "split", _("split from another")
        ADDED = "added", _("added by hand")

    directive = models.ForeignKey(Directive, on_delete=models.CASCADE, related_name="corrections")
    subject = models.CharField(max_length=10, choices=Subject.choices)
    clause = models.CharField(max_length=40, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    proposed = models.JSONField(default=dict)
    final = models.JSONField(default=dict)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["directive"],
                condition=Q(subject="header"),
                name="correction_of_a_header_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clause or self.get_subject_display()}: {self.get_outcome_display()}"
