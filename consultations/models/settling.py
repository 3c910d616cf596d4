"""What becomes of what was said: checked, contested, settled, reconciled (6.1, 6.6, 6.9, 6.10)."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Post
from consultations.models.consultation import Question
from consultations.models.opinion import Answer, Opinion, Reply
from consultations.questions import PoorMarkQuerySet
from consultations.reconciling import Meaning, meaning


class Contest(models.Model):
    """What contests share: somebody disputes with a reason, the chief settles once."""

    class Decision(models.TextChoices):
        UPHELD = "upheld", _("upheld")
        REJECTED = "rejected", _("rejected")

    reason = models.TextField(_("reason"))
    contested_at = models.DateTimeField()
    contested_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    decision = models.CharField(max_length=10, choices=Decision.choices, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    answer = models.TextField(_("answer"), blank=True)

    class Meta:
        abstract = True
        ordering = ["contested_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decision="", decided_at__isnull=True)
                | (~Q(decision="") & Q(decided_at__isnull=False)),
                name="%(class)s_decided_at_a_moment",
            )
        ]

    def settle(self, by: Post, at: datetime, *, upheld: bool, answer: str) -> None:
        """Write what was decided of it, and why."""
        self.decision = self.Decision.UPHELD if upheld else self.Decision.REJECTED
        self.decided_at, self.decided_by, self.answer = at, by, answer.strip()
        self.save()


class QuestionContest(Contest):
    """An objector holds that a question unmarked as minor is principal (rule 6.1)."""

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="contests")
    opinion = models.ForeignKey(Opinion, on_delete=models.PROTECT, related_name="question_contests")

    class Meta(Contest.Meta):
        constraints = [
            *Contest.Meta.constraints,
            models.UniqueConstraint(
                fields=["question", "opinion"], name="question_contested_once_a_line"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question_id}: {self.opinion_id}"


class ReturnContest(Contest):
    """The requester holds that an agency that returned the line is competent (rule 6.6)."""

    reply = models.OneToOneField(Reply, on_delete=models.PROTECT, related_name="return_contest")

    def __str__(self) -> str:
        return f"{self.reply_id}"


class PoorMark(models.Model):
    """The requester marks a reply as poor (chung chung, né tránh, đùn đẩy); see `PoorContest`."""

    class Kind(models.TextChoices):
        GENERAL = "general", _("general, says nothing")
        EVASIVE = "evasive", _("evades the question")
        SHIFTING = "shifting", _("shifts the matter to others")

    reply = models.OneToOneField(Reply, on_delete=models.PROTECT, related_name="poor_mark")
    kind = models.CharField(_("what is poor"), max_length=10, choices=Kind.choices)
    reason = models.TextField(_("reason"))
    marked_at = models.DateTimeField()
    marked_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")

    objects = PoorMarkQuerySet.as_manager()

    class Meta:
        ordering = ["marked_at", "id"]

    def __str__(self) -> str:
        return f"{self.reply_id} {self.kind}"


class PoorContest(Contest):
    """The agency contests a poor mark to the chief (rule 6.9); upheld, the mark does not count."""

    mark = models.OneToOneField(PoorMark, on_delete=models.PROTECT, related_name="contest")

    def __str__(self) -> str:
        return f"{self.mark_id}"


class Settlement(models.Model):
    """What the requester made of one comment: accepted, or not with an explanation (rule 6.9)."""

    answer = models.OneToOneField(Answer, on_delete=models.PROTECT, related_name="settlement")
    is_accepted = models.BooleanField(_("accepted"))
    explanation = models.TextField(_("explanation"), blank=True)
    settled_at = models.DateTimeField()
    settled_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["answer__question__number", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_accepted=True) | ~Q(explanation=""),
                name="what_is_not_accepted_is_explained",
            )
        ]

    def __str__(self) -> str:
        return f"{self.answer_id} {self.is_accepted}"


class Reconciliation(models.Model):
    """The requester met the agency that disagreed; silence on its result confirms (rule 6.10).

    What it means at an instant is derived (`means`), never stored. To an agency served on paper
    the result has a register like the request itself (rule 2.7).
    """

    class Response(models.TextChoices):
        CONFIRMED = "confirmed", _("confirmed")
        OBJECTED = "objected", _("still objects")

    opinion = models.ForeignKey(Opinion, on_delete=models.PROTECT, related_name="reconciliations")
    held_on = models.DateField(_("day of the meeting"))
    minutes = models.TextField(_("minutes"))
    result = models.TextField(_("result"))
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    due_at = models.DateTimeField(_("deadline"))
    arithmetic = models.JSONField(null=True)
    register_until = models.DateTimeField(
        null=True,
        help_text=_("Until then a paper answer may still be found in the register (rule 2.7)."),
    )
    response = models.CharField(max_length=10, choices=Response.choices, blank=True)
    response_text = models.TextField(_("what still differs"), blank=True)
    responded_at = models.DateTimeField(null=True)
    responded_by = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField(
        null=True, help_text=_("When a clerk entered the answer from paper; empty otherwise.")
    )
    swept_at = models.DateTimeField(
        null=True,
        help_text=_("When the sweep was done with its silence: it looks no more, decides nothing."),
    )

    class Meta:
        ordering = ["sent_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(due_at__gt=F("sent_at")), name="reconciliation_due_after_it_is_sent"
            ),
            models.CheckConstraint(
                condition=Q(response="", responded_at__isnull=True)
                | (~Q(response="") & Q(responded_at__isnull=False)),
                name="reconciliation_answered_at_a_moment",
            ),
            models.CheckConstraint(
                condition=~Q(response="objected") | ~Q(response_text=""),
                name="objection_says_what_differs",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=Q(responded_at__isnull=True, swept_at__isnull=True),
                name="result_to_sweep",
            )
        ]

    def __str__(self) -> str:
        return f"{self.opinion} ({self.held_on:%d/%m/%Y})"

    def get_absolute_url(self) -> str:
        """Return the line's place on the consultation's page."""
        return self.opinion.get_absolute_url()

    def means(self, at: datetime) -> Meaning:
        """Return what the result means at an instant."""
        return meaning(
            self.response,
            self.entered_at or self.responded_at,
            self.due_at,
            at,
            register_until=self.register_until,
        )

    def answer(self, response: str, text: str, by: Post, at: datetime) -> None:
        """Write what the agency answered, and who wrote it down."""
        self.response, self.response_text = response, text.strip()
        self.responded_by, self.responded_at = by, at

    def await_anew(self) -> None:
        """Let the result stand as if nothing had been answered (rule 2.7: a paper was refused)."""
        self.response = self.response_text = ""
        self.responded_by = self.responded_at = self.entered_at = None
