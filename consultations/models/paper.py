"""What came on paper, and what the chief made of each entry (rule 2.7)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Post
from agencies.models.append_only import append_only
from consultations.models.opinion import Opinion, Reply
from consultations.models.settling import PoorMark, Reconciliation
from consultations.outcome import Received, is_late
from consultations.questions import OnLineQuerySet


class PaperAnswer(models.Model):
    """A paper of an agency without accounts about a meeting's result or a poor mark, as a clerk
    entered it, append-only. What came of it stands with the result, or with the contest.
    """

    class Kind(models.TextChoices):
        CONFIRMED = "confirmed", _("confirms the result")
        OBJECTED = "objected", _("still objects")
        CONTESTED = "contested", _("contests the mark")

    opinion = models.ForeignKey(Opinion, on_delete=models.PROTECT, related_name="paper_answers")
    reconciliation = models.ForeignKey(
        Reconciliation, on_delete=models.PROTECT, null=True, related_name="paper_answers"
    )
    mark = models.ForeignKey(
        PoorMark, on_delete=models.PROTECT, null=True, related_name="paper_answers"
    )
    event = models.OneToOneField("agencies.Event", on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    text = models.TextField(blank=True)
    document_number = models.CharField(_("document number"), max_length=60)
    document_on = models.DateField(_("date"))
    signer = models.CharField(_("signer"), max_length=150, blank=True)
    received_at = models.DateTimeField()
    entered_at = models.DateTimeField()

    objects = OnLineQuerySet.as_manager()

    class Meta:
        ordering = ["entered_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="contested", mark__isnull=False, reconciliation__isnull=True)
                | (~Q(kind="contested") & Q(mark__isnull=True, reconciliation__isnull=False)),
                name="paper_answers_a_result_or_a_mark",
            ),
            models.CheckConstraint(
                condition=Q(entered_at__gte=F("received_at")),
                name="paper_answer_entered_after_it_came",
            ),
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.opinion_id} {self.kind}"

    @property
    def entry_key(self) -> str:
        """What names it in a form and an address, as an entry from paper."""
        return f"answer-{self.pk}"

    @property
    def is_late(self) -> bool:
        """Whether silence had confirmed the result: the paper is kept, it changes nothing. A mark
        may be contested at any time.
        """
        if self.reconciliation is None:
            return False
        said = Received(self.received_at, self.kind, self.entered_at)
        return is_late(said, self.reconciliation.due_at, self.reconciliation.register_until)

    @property
    def is_refused(self) -> bool:
        """Whether the chief refused the entry: it is kept, and stands for nothing."""
        check = getattr(self, "paper_check", None)
        return check is not None and check.is_refused


class PaperCheck(models.Model):
    """The chief compared an entry with the register: it stands there as entered, or the entry is
    refused with a reason and stands for nothing from then on (rule 2.7).
    """

    class Decision(models.TextChoices):
        CONFIRMED = "confirmed", _("confirmed")
        REFUSED = "refused", _("refused")

    reply = models.OneToOneField(
        Reply, on_delete=models.PROTECT, null=True, related_name="paper_check"
    )
    answer = models.OneToOneField(
        PaperAnswer, on_delete=models.PROTECT, null=True, related_name="paper_check"
    )
    decision = models.CharField(max_length=10, choices=Decision.choices, default=Decision.CONFIRMED)
    reason = models.TextField(_("reason"), blank=True)
    checked_at = models.DateTimeField()
    checked_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(reply__isnull=False, answer__isnull=True)
                | Q(reply__isnull=True, answer__isnull=False),
                name="paper_check_of_one_entry",
            ),
            models.CheckConstraint(
                condition=~Q(decision="refused") | ~Q(reason=""),
                name="refused_paper_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reply_id or self.answer_id} {self.decision}"

    @property
    def is_refused(self) -> bool:
        """Whether the entry was found wrong."""
        return self.decision == self.Decision.REFUSED
