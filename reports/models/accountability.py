"""Proposals about late agencies and people, and proposals to praise (rule 9.1)."""

from datetime import date, datetime

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agencies.deadlines import local_midnight
from agencies.functions import Function
from agencies.models import Agency, Event, OutgoingPaper, Post
from agencies.models.append_only import append_only
from consultations.models import Dossier
from reports.cases import who
from reports.cases.standing import Standing, standing, standing_expression
from reports.models.periodic_report import PeriodicReport

NOBODY = Q(pk__in=[])


def _reached_the_chair(day: date) -> Q:
    """Return the condition that it came before the Chair: signed, or its term for signing, which
    ends at a midnight, is over on the day.
    """
    return (
        Q(decided_at__isnull=False)
        | Q(signed_at__isnull=False)
        | Q(signatures_due_at__lte=local_midnight(day))
    )


class MatterQuerySet(models.QuerySet):
    """Questions about cases and commendations."""

    def with_standing(self, at: datetime) -> "MatterQuerySet":
        """Annotate `stands`: where each stands at the instant."""
        takes_statement = self.model is AccountabilityCase
        return self.annotate(stands=standing_expression(at, takes_statement=takes_statement))

    def standing_at(self, at: datetime) -> "MatterQuerySet":
        """Return those drafted by the instant with their standing then (rule 8.9)."""
        return self.filter(drafted_at__lte=at).with_standing(at)

    def issued_between(self, since: datetime, at: datetime) -> "MatterQuerySet":
        """Return those whose paper was issued after `since` and by `at` (rule 8.5)."""
        return self.filter(
            paper__state=OutgoingPaper.State.ISSUED,
            paper__issued_at__gt=since,
            paper__issued_at__lte=at,
        )


class Matter(models.Model):
    """What a case and a commendation share: grounds, two signatures, the Chair's decision.

    `grounds` are frozen when it is drafted: which threshold of which document, the value, the
    rows behind it. `opened_at` is when it left its draft. Where it stands is derived from the
    instants (`reports.cases.standing`); the two terms end at a local midnight.
    """

    Standing = Standing

    code = models.CharField(_("code"), max_length=20, unique=True)
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="%(class)ss", verbose_name=_("agency")
    )
    report = models.ForeignKey(
        PeriodicReport, on_delete=models.PROTECT, null=True, related_name="%(class)ss"
    )
    grounds = models.JSONField(default=list)
    summary = models.TextField(_("what happened"), blank=True)
    drafted_at = models.DateTimeField(_("drafted"))
    proposed_by = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField(null=True)
    signatures_due_at = models.DateTimeField(_("to be signed by"), null=True)
    signed_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(_("decided"), null=True)
    decided_by = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    decision_text = models.TextField(_("what the Chair says"), blank=True)
    paper = models.OneToOneField(
        OutgoingPaper, on_delete=models.PROTECT, null=True, related_name="%(class)s"
    )
    version = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True
        ordering = ["-drafted_at", "-id"]

    def __str__(self) -> str:
        return self.code  # it stands in mail and lists of mail: no name goes there

    def standing(self, at: datetime) -> Standing:
        """Where it stands at the instant."""
        return standing(self, at)


class CaseQuerySet(MatterQuerySet):
    """Questions about cases."""

    def visible_to(self, actor) -> "CaseQuerySet":
        """By name only (rule 2.4): the chief, the heads of internal affairs and of inspection, the
        Chair once it is before him (rule 9.1), the head concerned once a statement is asked.

        Nobody but the head concerned sees a case about himself or an agency of his own; one that
        nobody else handles falls to the Chair (rule 2.1).
        """
        if actor.user is None or actor.post is None or actor.day is None:
            return self.none()
        himself = Q(concerned__user=actor.user, opened_at__isnull=False)
        return self.filter(himself | self._handled_by(actor))

    def _handled_by(self, actor) -> Q:
        if not who.is_by_name(actor, *who.READERS, Function.LEADER):
            return NOBODY
        about_another = Q(concerned__isnull=True) | ~Q(concerned__user=actor.user)
        others = ~Q(agency__in=who.agencies_of(actor)) & about_another
        if who.is_by_name(actor, *who.READERS):
            return others
        orphans = who.agencies_nobody_handles(actor.day)
        reached = _reached_the_chair(actor.day)
        if orphans is None:
            reached = Q()
        elif orphans:
            reached |= Q(agency__in=orphans)
        return others & reached


class AccountabilityCase(Matter):
    """A proposal about a late agency and its head on the day (`concerned`).

    Against bodies managed elsewhere (`managed_by`, as it was when drafted) the Chair only
    recommends, and the number of the decision taken there is recorded (rule 2.6).
    """

    class Measure(models.TextChoices):
        NONE = "none", _("no measure")
        REMIND = "remind", _("reminder (nhắc nhở)")
        CRITICISE = "criticise", _("criticism (phê bình)")
        REVIEW = "review", _("review of responsibility (kiểm điểm)")
        DISCIPLINE = "discipline", _("disciplinary procedure (xử lý kỷ luật)")
        REPLACE = "replace", _("replacement or transfer (thay thế, điều chuyển)")

    concerned = models.ForeignKey(
        Post,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("head concerned"),
    )
    managed_by = models.CharField(_("managing body"), max_length=200, blank=True)
    statement_due_at = models.DateTimeField(_("statement due"), null=True)
    stated_at = models.DateTimeField(null=True)
    measure = models.CharField(_("measure"), max_length=12, choices=Measure.choices, blank=True)
    review_due_on = models.DateField(_("report on the review by"), null=True)
    outcome_number = models.CharField(_("number of its decision"), max_length=60, blank=True)
    outcome_on = models.DateField(_("date of its decision"), null=True)
    outcome_text = models.TextField(_("what was decided there"), blank=True)
    dossier = models.ForeignKey(
        Dossier, on_delete=models.PROTECT, null=True, related_name="+",
        verbose_name=_("dossier of measures"),
    )  # fmt: skip

    objects = CaseQuerySet.as_manager()

    class Meta(Matter.Meta):
        verbose_name = _("accountability case")
        verbose_name_plural = _("accountability cases")
        constraints = [
            models.UniqueConstraint(
                fields=["report", "agency"],
                condition=Q(report__isnull=False),
                name="one_case_a_report_and_agency",
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, measure="")
                | (Q(decided_at__isnull=False, decided_by__isnull=False) & ~Q(measure="")),
                name="decided_case_has_its_measure",
            ),
            models.CheckConstraint(
                condition=Q(opened_at__isnull=True) | Q(statement_due_at__isnull=False),
                name="opened_case_asks_a_statement",
            ),
            models.CheckConstraint(
                condition=Q(outcome_number="") | ~Q(managed_by=""),
                name="only_a_managing_body_decides_elsewhere",
            ),
        ]

    def get_absolute_url(self) -> str:
        """Return the case's page."""
        return reverse("case", args=[self.code])

    @property
    def is_recommendation(self) -> bool:
        """Whether the Chair only recommends: the body is managed elsewhere (rule 2.6)."""
        return bool(self.managed_by)

    @property
    def is_stated_late(self) -> bool:
        """Whether the statement came at or after its deadline: kept, and shown so."""
        return self.stated_at is not None and self.stated_at >= self.statement_due_at


class CommendationQuerySet(MatterQuerySet):
    """Questions about commendations."""

    def visible_to(self, actor) -> "CommendationQuerySet":
        """Who handles them, the Chair once they are before him, whoever proposed; once decided for,
        leaders, the Office and the agency praised.
        """
        if actor.user is None or actor.post is None or actor.day is None:
            return self.none()
        if who.is_by_name(actor, *who.READERS) or actor.has(Function.EMULATION_BOARD):
            return self
        praised = Q(decided_at__isnull=False) & ~Q(measure=Commendation.Measure.NONE)
        own = NOBODY
        if actor.agency_id is not None:
            own = Q(proposed_by__agency=actor.agency_id) | (Q(agency=actor.agency_id) & praised)
        if who.is_chair(actor):
            own |= _reached_the_chair(actor.day)
        return self.filter(own | praised if actor.sees_everything else own)


class Commendation(Matter):
    """A proposal to praise an agency, or a person of it."""

    class Measure(models.TextChoices):
        NONE = "none", _("no commendation")
        PRAISE = "praise", _("praise (biểu dương)")
        REWARD = "reward", _("reward (khen thưởng)")

    statement_due_at = None
    stated_at = None

    person = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("person")
    )
    measure = models.CharField(_("decision"), max_length=12, choices=Measure.choices, blank=True)

    objects = CommendationQuerySet.as_manager()

    class Meta(Matter.Meta):
        verbose_name = _("commendation")
        verbose_name_plural = _("commendations")
        constraints = [
            models.UniqueConstraint(
                fields=["report", "agency"],
                condition=Q(report__isnull=False),
                name="one_commendation_a_report_and_agency",
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, measure="")
                | (Q(decided_at__isnull=False, decided_by__isnull=False) & ~Q(measure="")),
                name="decided_commendation_has_its_measure",
            ),
        ]

    def get_absolute_url(self) -> str:
        """Return the commendation's page."""
        return reverse("commendation", args=[self.code])


class Signature(models.Model):
    """One of the two signatures under a case or a commendation, with the signer's opinion.

    A head of internal affairs who stands aside, or a vacant post, is signed for by the chief.
    """

    class Role(models.TextChoices):
        CHIEF = "chief", _("the office chief")
        INTERNAL_AFFAIRS = "internal_affairs", _("the head of internal affairs")

    case = models.ForeignKey(
        AccountabilityCase, on_delete=models.PROTECT, null=True, related_name="signatures"
    )
    commendation = models.ForeignKey(
        Commendation, on_delete=models.PROTECT, null=True, related_name="signatures"
    )
    role = models.CharField(max_length=20, choices=Role.choices)
    measure = models.CharField(_("measure proposed"), max_length=12)
    text = models.TextField(_("opinion"), blank=True)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()

    class Meta:
        ordering = ["signed_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(case__isnull=True, commendation__isnull=False)
                | Q(case__isnull=False, commendation__isnull=True),
                name="signature_is_under_one_matter",
            ),
            models.UniqueConstraint(fields=["case", "role"], name="case_signed_once_a_role"),
            models.UniqueConstraint(
                fields=["commendation", "role"], name="commendation_signed_once_a_role"
            ),
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.case_id or self.commendation_id} {self.role}"


class Statement(models.Model):
    """What the head concerned states of the agency's side; its files hang on the event."""

    case = models.OneToOneField(
        AccountabilityCase, on_delete=models.PROTECT, related_name="statement"
    )
    text = models.TextField(_("the agency's side"))
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.case_id}"

    def get_absolute_url(self) -> str:
        """Return the case's page."""
        return self.case.get_absolute_url()


class StatementDraft(models.Model):
    """What the head concerned has written and not sent: his alone."""

    case = models.OneToOneField(AccountabilityCase, on_delete=models.CASCADE, related_name="draft")
    text = models.TextField(blank=True)
    saved_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.case_id}"


class Sifting(models.Model):
    """A frozen report was gone through for cases and commendations: once a report."""

    report = models.OneToOneField(PeriodicReport, on_delete=models.PROTECT, related_name="+")
    sifted_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.report_id}"
