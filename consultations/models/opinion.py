"""A consulted agency's line: its terms, and every reply it ever sent (rules 6.2 to 6.5)."""

from collections.abc import Iterable
from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Post, User
from agencies.models.append_only import append_only
from consultations.models.consultation import Consultation, Question
from consultations.outcome import Received, is_late
from consultations.questions import TO_SWEEP, DraftQuerySet, OpinionQuerySet, SaidQuerySet
from consultations.stances import Ending, SilenceRule, Stance


class Opinion(models.Model):
    """One agency's line. It holds terms only: what the line means is derived (rule 6.2)."""

    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, related_name="opinions"
    )
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="opinions", db_index=False
    )  # the index with the deadline serves it
    due_at = models.DateTimeField(_("deadline"))
    silence_rule = models.CharField(max_length=15, choices=SilenceRule.choices)
    silence_provision = models.CharField(_("provision on silence"), max_length=300, blank=True)
    counts_from = models.DateTimeField(
        null=True, help_text=_("Replies before it were settled; the line awaits anew (rule 6.6).")
    )
    is_on_paper = models.BooleanField(_("served on paper"), default=False)
    register_until = models.DateTimeField(
        null=True,
        help_text=_("Until then a paper reply may still be found in the register (rule 2.7)."),
    )
    is_outside = models.BooleanField(_("outside its competences"), default=False)
    why_asked = models.CharField(_("why this agency"), max_length=300, blank=True)
    redirected_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="redirected_to"
    )
    ending = models.CharField(max_length=15, choices=Ending.choices, blank=True)
    ended_at = models.DateTimeField(null=True)
    visible_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    opened_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    swept_due_at = models.DateTimeField(
        null=True,
        help_text=_("The deadline the sweep is done with: it looks no more, and decides nothing."),
    )

    objects = OpinionQuerySet.as_manager()

    class Meta:
        verbose_name = _("opinion")
        verbose_name_plural = _("opinions")
        ordering = ["agency__kind__order", "agency__order", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "agency"],
                condition=Q(ended_at__isnull=True),
                name="agency_asked_once",
            ),
            models.CheckConstraint(
                condition=Q(ending="", ended_at__isnull=True)
                | (~Q(ending="") & Q(ended_at__isnull=False)),
                name="line_ends_at_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(is_on_paper=False) | Q(register_until__isnull=False),
                name="line_on_paper_waits_for_the_register",
            ),
            models.CheckConstraint(
                condition=Q(due_at__gt=F("visible_at")), name="opinion_due_after_it_is_visible"
            ),
            models.CheckConstraint(
                condition=~Q(silence_rule="deemed_agreed") | ~Q(silence_provision=""),
                name="deemed_agreement_rests_on_a_provision",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"]),
            models.Index(fields=["agency", "due_at"]),
            models.Index(fields=["due_at", "id"], name="line_to_sweep", condition=TO_SWEEP),
        ]

    def __str__(self) -> str:
        return f"{self.consultation}: {self.agency.short_name}"

    def get_absolute_url(self) -> str:
        """Return the line's place on the consultation's page."""
        return f"{self.consultation.get_absolute_url()}#line-{self.pk}"

    def counting(self, said: Iterable["Reply"]) -> "Reply | None":
        """Return which of what was said gives the line its outcome, as `with_outcome` found it: of
        two stamped at one instant the one written later.
        """
        same = [
            one
            for one in said
            if one.received_at == self.replied_then and not one.is_late and not one.is_refused
        ]
        return max(same, key=lambda one: one.pk, default=None)


class TermsRow(models.Model):
    """The terms of a line from an instant on (rule 3.9)."""

    opinion = models.ForeignKey(Opinion, on_delete=models.PROTECT, related_name="terms_rows")
    due_at = models.DateTimeField()
    silence_rule = models.CharField(max_length=15, choices=SilenceRule.choices)
    counts_from = models.DateTimeField(null=True)
    register_until = models.DateTimeField(null=True)
    effective_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    event = models.ForeignKey("agencies.Event", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["effective_at", "id"]
        indexes = [models.Index(fields=["opinion", "-effective_at", "-id"])]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.opinion_id} {self.due_at}"


class Reply(models.Model):
    """One sending by an agency, append-only. `stance` is the gravest of its answers, stored as
    the fact of what was said; whether it counts is derived from `received_at` (rule 6.4).
    """

    opinion = models.ForeignKey(Opinion, on_delete=models.PROTECT, related_name="replies")
    event = models.OneToOneField("agencies.Event", on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    stance = models.CharField(max_length=15, choices=Stance.choices)
    note = models.TextField(_("note"), blank=True)
    document_number = models.CharField(_("document number"), max_length=60, blank=True)
    document_on = models.DateField(_("date"), null=True, blank=True)
    signer = models.CharField(_("signer"), max_length=150, blank=True)
    competent = models.ForeignKey(
        Agency,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("the competent agency"),
    )
    received_at = models.DateTimeField()
    entered_at = models.DateTimeField(
        null=True, help_text=_("When a clerk entered a paper reply; empty for an electronic one.")
    )

    objects = SaidQuerySet.as_manager()

    class Meta:
        ordering = ["received_at", "id"]
        indexes = [models.Index(fields=["opinion", "-received_at", "-id"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(entered_at__isnull=True) | Q(entered_at__gte=F("received_at")),
                name="paper_reply_entered_after_it_came",
            )
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.opinion_id} {self.stance}"

    @property
    def known_at(self) -> datetime:
        """When it stood in the program: received, or entered from paper."""
        return self.entered_at or self.received_at

    @property
    def entry_key(self) -> str:
        """What names it in a form and an address, as an entry from paper."""
        return f"reply-{self.pk}"

    @property
    def is_refused(self) -> bool:
        """Whether it was entered from paper and the chief refused the entry: it is kept, and stands
        for nothing (rule 2.7).
        """
        check = getattr(self, "paper_check", None) if self.entered_at is not None else None
        return check is not None and check.is_refused

    @property
    def competent_words(self) -> str:
        """Who is competent, as a return says: the agency, else in words another body, or that it
        is not known (rule 6.2). Words stand with the event.
        """
        if self.competent is not None:
            return self.competent.name
        return self.event.params.get("competent", "")

    @property
    def is_late(self) -> bool:
        """Whether it came, or was entered from paper, too late for its line: kept, it changes
        nothing (`consultations.outcome.is_late`).
        """
        said = Received(self.received_at, self.stance, self.entered_at)
        return is_late(said, self.opinion.due_at, self.opinion.register_until)


class Answer(models.Model):
    """The stance and text of a reply on one question, append-only."""

    reply = models.ForeignKey(Reply, on_delete=models.PROTECT, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    stance = models.CharField(max_length=15, choices=Stance.choices)
    text = models.TextField(blank=True)

    class Meta:
        ordering = ["question__number"]
        constraints = [
            models.UniqueConstraint(fields=["reply", "question"], name="question_answered_once"),
            models.CheckConstraint(
                condition=Q(stance="agreed") | ~Q(text=""),
                name="comments_and_disagreement_have_text",
            ),
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.question_id}: {self.stance}"


class ReplyDraft(models.Model):
    """What staff prepare and nobody has sent: not a reply (rule 6.5)."""

    opinion = models.OneToOneField(Opinion, on_delete=models.CASCADE, related_name="draft")
    content = models.JSONField(default=dict)
    saved_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=0)

    objects = DraftQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.opinion_id}"
