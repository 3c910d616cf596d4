"""What an agency submits to the Committee for decision, in versions, and its way (domain 7)."""

from collections.abc import Collection
from datetime import datetime

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agencies.fold import fold
from agencies.models import Agency, Competence, Post
from agencies.models.append_only import append_only
from consultations.models.opinion import Opinion
from tasks.models import Task


class OfficeRow(models.Model):
    """What an office may extend: a code, a name, its place in the official order."""

    code = models.SlugField(_("code"), unique=True)
    name = models.CharField(_("name"), max_length=200)
    order = models.PositiveSmallIntegerField(_("official order"), default=0)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        abstract = True
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return self.name


class ChecklistItem(OfficeRow):
    """One thing the Office checks a dossier for (rule 7.2)."""

    class Meta(OfficeRow.Meta):
        verbose_name = _("item of the checklist")
        verbose_name_plural = _("checklist of dossiers")


class ReturnCode(OfficeRow):
    """Why a dossier is returned (rule 7.2)."""

    class Meta(OfficeRow.Meta):
        verbose_name = _("reason of a return")
        verbose_name_plural = _("reasons of returns")


class DossierQuerySet(models.QuerySet):
    """Questions about dossiers."""

    def visible_to(self, actor) -> "DossierQuerySet":
        """Leaders and the Office see what was submitted, and all of the Office's own; an agency
        sees its own (rule 2.4).
        """
        if actor.agency_id is None and not actor.sees_everything:
            return self.none()
        own = Q(agency=actor.agency_id)
        return self.filter(own | ~Q(state="draft")) if actor.sees_everything else self.filter(own)

    def standing(self, past: datetime | None = None) -> "DossierQuerySet":
        """Annotate `state_then`: the state now, or by the dated rows of a past instant, for those
        begun by then (rule 8.9).
        """
        if past is None:
            return self.annotate(state_then=F("state"))
        rows = DossierStateRow.objects.filter(dossier=OuterRef("pk"), effective_at__lte=past)
        latest = rows.order_by("-effective_at", "-id").values("state")[:1]
        return self.filter(drafted_at__lte=past).annotate(state_then=Subquery(latest))

    def in_hands_of(self, holder: str) -> "DossierQuerySet":
        """Return those that lie with the agency, the Office or a leader (rule 7.3)."""
        rows = self if "state_then" in self.query.annotations else self.standing()
        held = [state for state, who in HOLDER.items() if who == holder]
        return rows.filter(state_then__in=held)

    def to_be_decided_by(self, posts: Collection[int], *, is_chair: bool) -> "DossierQuerySet":
        """Return those a leader decides: a Vice Chair what names him, the Chair all others (7.3).

        `posts` are the leader's own and those he follows.
        """
        named = Q(recipient="vice_chair", leader__isnull=False)
        own = named & Q(leader__in=posts)
        return self.filter(own | ~named) if is_chair else self.filter(own)


class Dossier(models.Model):
    """A submission (hồ sơ trình). `state` is a cache of the latest `DossierStateRow`."""

    class Recipient(models.TextChoices):
        COMMITTEE = "committee", _("the Committee")
        CHAIR = "chair", _("the Chair")
        VICE_CHAIR = "vice_chair", _("a Vice Chair")

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("submitted, with the Office")
        RETURNED = "returned", _("returned to the agency")
        PASSED = "passed", _("with the leader")
        REDO = "redo", _("to be redone")
        APPROVED = "approved", _("approved, to be issued")
        REJECTED = "rejected", _("rejected")
        ISSUED = "issued", _("result issued")
        CLOSED = "closed", _("work file closed")
        WITHDRAWN = "withdrawn", _("withdrawn by the agency")

    code = models.CharField(_("code"), max_length=20, unique=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="dossiers")
    title = models.CharField(_("what it is about"), max_length=500)
    recipient = models.CharField(_("submitted to"), max_length=12, choices=Recipient.choices)
    leader = models.ForeignKey(
        Post,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("leader who decides"),
    )
    competence = models.ForeignKey(
        Competence, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("competence")
    )
    tasks = models.ManyToManyField(
        Task, blank=True, related_name="dossiers", verbose_name=_("tasks it serves")
    )
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.DRAFT)
    due_at = models.DateTimeField(_("to be submitted by"), null=True, blank=True)
    drafted_at = models.DateTimeField()
    drafted_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    document_number = models.CharField(_("number of the result"), max_length=60, blank=True)
    document_on = models.DateField(_("date of the result"), null=True, blank=True)
    file_code = models.CharField(_("code of the work file"), max_length=60, blank=True)
    retention = models.CharField(_("retention"), max_length=60, blank=True)
    version = models.PositiveIntegerField(default=0)
    search_text = models.TextField(editable=False, default="")

    objects = DossierQuerySet.as_manager()

    class Meta:
        ordering = ["-drafted_at", "-id"]
        verbose_name = _("dossier")
        verbose_name_plural = _("dossiers")
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["issued", "closed"])
                | (~Q(document_number="") & Q(document_on__isnull=False)),
                name="issued_dossier_has_its_document",
            ),
            models.CheckConstraint(
                condition=~Q(state="closed") | (~Q(file_code="") & ~Q(retention="")),
                name="closed_work_file_is_listed",
            ),
        ]
        indexes = [models.Index(fields=["agency", "state"])]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def save(self, *args, **kwargs) -> None:
        """Keep the searchable text."""
        self.search_text = fold(self.code, self.title, self.document_number, self.file_code)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """Return the dossier's page."""
        return reverse("dossier", args=[self.code])

    @staticmethod
    def goes_to(leader: Post, recipient: str) -> bool:
        """Whether what is submitted to that recipient may lie with a leader: a Vice Chair decides
        only what is submitted to a Vice Chair, the Chair all (rules 7.1, 7.3).
        """
        return recipient == Dossier.Recipient.VICE_CHAIR or not leader.title.is_deputy


# With whom a dossier lies in each state: its time is measured apart (rule 7.3).
HOLDER = {
    Dossier.State.DRAFT: "agency",
    Dossier.State.RETURNED: "agency",
    Dossier.State.REDO: "agency",
    Dossier.State.SUBMITTED: "office",
    Dossier.State.APPROVED: "office",
    Dossier.State.PASSED: "leader",
}


class DossierStateRow(models.Model):
    """The state of a dossier from an instant on (rule 3.9)."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="state_rows")
    state = models.CharField(max_length=12, choices=Dossier.State.choices)
    effective_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    event = models.ForeignKey("agencies.Event", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["effective_at", "id"]
        indexes = [models.Index(fields=["dossier", "-effective_at", "-id"])]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.state}"


class DossierVersion(models.Model):
    """One submission of a dossier, as sent; its files hang on its event (rule 7.2)."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    event = models.OneToOneField("agencies.Event", on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("submission (tờ trình)"))
    proposal = models.TextField(_("what is asked to be decided"))
    changes = models.TextField(_("what changed since the last version"), blank=True)
    document_number = models.CharField(_("document number"), max_length=60, blank=True)
    submitted_at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "number"], name="dossier_version_once")
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.dossier_id} v{self.number}"


class DossierDraft(models.Model):
    """What the agency prepares for the next version: not a submission (rule 6.5 for dossiers)."""

    dossier = models.OneToOneField(Dossier, on_delete=models.CASCADE, related_name="draft")
    content = models.JSONField(default=dict)
    saved_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.dossier_id}"


class DossierCheck(models.Model):
    """What the Office found for one item of the checklist in one version (rule 7.2)."""

    version = models.ForeignKey(DossierVersion, on_delete=models.PROTECT, related_name="checks")
    item = models.ForeignKey(ChecklistItem, on_delete=models.PROTECT, related_name="+")
    is_met = models.BooleanField(_("met"))
    note = models.TextField(_("note"), blank=True)
    checked_at = models.DateTimeField()
    checked_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["item__order"]
        constraints = [
            models.UniqueConstraint(fields=["version", "item"], name="item_checked_once_a_version"),
            models.CheckConstraint(
                condition=Q(is_met=True) | ~Q(note=""), name="what_is_not_met_says_what"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.item_id}"


class DossierReturn(models.Model):
    """A version the Office gave back: coded reason and numbered defects (rule 7.2)."""

    version = models.OneToOneField(
        DossierVersion, on_delete=models.PROTECT, related_name="returned"
    )
    reason = models.ForeignKey(ReturnCode, on_delete=models.PROTECT, related_name="+")
    defects = models.TextField(_("defects and what to do"))
    event = models.OneToOneField("agencies.Event", on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    returned_at = models.DateTimeField()

    class Meta:
        ordering = ["returned_at", "id"]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.version_id} {self.reason_id}"


class DossierDecision(models.Model):
    """What the leader decided on one version (rule 7.3)."""

    class Decision(models.TextChoices):
        APPROVED = "approved", _("approved")
        REJECTED = "rejected", _("rejected")
        REDO = "redo", _("redo")

    version = models.OneToOneField(
        DossierVersion, on_delete=models.PROTECT, related_name="decision"
    )
    decision = models.CharField(max_length=10, choices=Decision.choices)
    text = models.TextField(_("instruction"), blank=True)
    event = models.OneToOneField("agencies.Event", on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        ordering = ["decided_at", "id"]
        triggers = append_only()
        constraints = [
            models.CheckConstraint(
                condition=Q(decision="approved") | ~Q(text=""),
                name="what_is_not_approved_says_why",
            )
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.decision}"


class LetThrough(models.Model):
    """A leader lets a dossier through although views still differ, both stated (rule 6.10)."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="let_through")
    opinion = models.ForeignKey(Opinion, on_delete=models.PROTECT, related_name="let_through")
    view_of_requester = models.TextField(_("view of the requester"))
    view_of_agency = models.TextField(_("view of the agency that differs"))
    reason = models.TextField(_("reason"))
    let_at = models.DateTimeField()
    let_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["let_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "opinion"], name="let_through_once_a_dossier"
            )
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.dossier_id}: {self.opinion_id}"
