"""A request for opinions: who asks, what, on which ground, until when (rule 6.1)."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agencies.fold import fold
from agencies.models import Agency, Competence, Post
from consultations.questions import ConsultationQuerySet
from tasks.models import Task


class Consultation(models.Model):
    """One round of asking. Its state is derived from its lines and the instant (rule 6.7)."""

    code = models.CharField(_("code"), max_length=20, unique=True)
    requester = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="consultations_asked"
    )
    asked_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    task = models.ForeignKey(
        Task,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="consultations",
        verbose_name=_("for the task"),
    )
    dossier = models.ForeignKey(
        "consultations.Dossier",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="consultations",
        verbose_name=_("for the dossier"),
    )
    previous = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="later_rounds",
        verbose_name=_("earlier round"),
    )
    competences = models.ManyToManyField(
        Competence, blank=True, related_name="+", verbose_name=_("competences concerned")
    )
    title = models.CharField(_("what it is about"), max_length=300)
    provision = models.CharField(_("the provision that requires asking"), max_length=300)
    express_consent = models.CharField(
        _("provision that needs express consent"),
        max_length=300,
        blank=True,
        help_text=_("Where it is named, silence stays silence on every line (rule 6.2)."),
    )
    background = models.TextField(_("background"), blank=True)
    document_number = models.CharField(_("document number"), max_length=60, blank=True)
    document_on = models.DateField(_("date"), null=True, blank=True)
    signer = models.CharField(_("signer"), max_length=150, blank=True)
    letter = models.OneToOneField(
        "agencies.OutgoingPaper",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("the letter, where it is issued here"),
    )
    is_urgent = models.BooleanField(_("urgent"), default=False)
    urgent_reason = models.CharField(_("why it is urgent"), max_length=300, blank=True)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField(_("deadline"))
    deadline_text = models.CharField(max_length=300, blank=True)
    arithmetic = models.JSONField(null=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True)
    withdrawn_reason = models.TextField(_("why it was withdrawn"), blank=True)
    closed_early_at = models.DateTimeField(_("closed early at"), null=True)
    result_told_at = models.DateTimeField(
        null=True, help_text=_("When the requester was told that it closed (rule 6.8).")
    )
    version = models.PositiveIntegerField(default=0)
    search_text = models.TextField(editable=False, default="")

    objects = ConsultationQuerySet.as_manager()

    class Meta:
        verbose_name = _("consultation")
        verbose_name_plural = _("consultations")
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(due_at__gt=F("asked_at")), name="consultation_due_after_it_is_asked"
            ),
            models.CheckConstraint(
                condition=Q(is_urgent=False) | ~Q(urgent_reason=""),
                name="urgent_consultation_says_why",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True)
                | (Q(closed_early_at__isnull=True) & ~Q(withdrawn_reason="")),
                name="withdrawn_consultation_says_why",
            ),
            models.CheckConstraint(
                condition=Q(previous__isnull=True) | ~Q(previous=F("id")),
                name="a_round_follows_another_one",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=Q(result_told_at__isnull=True, withdrawn_at__isnull=True),
                name="consultation_not_told_closed",
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def save(self, *args, **kwargs) -> None:
        """Keep the searchable text."""
        self.search_text = fold(self.code, self.title, self.background, self.document_number)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """Return the consultation's page."""
        return reverse("consultation", args=[self.code])

    def get_paper_url(self) -> str:
        """Return the address of the letter's text, which the register of papers links to."""
        return reverse("consultation_paper", args=[self.code, "letter"])

    @property
    def letter_symbol(self) -> str:
        """The letter's number: of the paper issued here once it has one, else as it was typed."""
        if self.letter is not None and self.letter.number:
            return self.letter.symbol
        return self.document_number

    @property
    def letter_dated_on(self) -> date | None:
        """The day the letter bears."""
        if self.letter is not None and self.letter.number:
            return self.letter.dated_on
        return self.document_on


class Question(models.Model):
    """One numbered question; principal unless unmarked with a reason."""

    consultation = models.ForeignKey(
        Consultation, on_delete=models.CASCADE, related_name="questions"
    )
    number = models.PositiveSmallIntegerField()
    text = models.TextField(_("question"))
    is_principal = models.BooleanField(_("principal"), default=True)
    minor_reason = models.CharField(_("why it is not principal"), max_length=300, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "number"], name="question_numbered_once"
            ),
            models.CheckConstraint(
                condition=Q(is_principal=True) | ~Q(minor_reason=""),
                name="minor_question_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.text}"
