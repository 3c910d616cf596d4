"""Directives: the documents that give work, whom they address and what they cite (domain 4.1)."""

from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agencies.fold import fold
from agencies.models import Agency, Event, Post
from agencies.models.searchable import Searchable


class DirectiveKind(models.Model):
    """A kind of document: công văn, quyết định, chỉ thị, kế hoạch."""

    code = models.SlugField(_("code"), unique=True)
    name = models.CharField(_("name"), max_length=100)

    class Meta:
        verbose_name = _("kind of directive")
        verbose_name_plural = _("kinds of directives")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class AuthorityQuerySet(models.QuerySet):
    """Questions about authorities."""

    def issuers(self) -> "AuthorityQuerySet":
        """Return those that issue directives: not an agency that only gives itself work."""
        return self.exclude(level=Authority.AGENCY)


class Authority(models.Model):
    """Who issues directives (cơ quan, cấp ban hành): the city, the district, their Chairs; and
    an agency in whose own name it corrects itself (`of_agency`, rule 9.2).
    """

    AGENCY = "agency"
    """The level of an agency that gives itself work."""

    code = models.SlugField(_("code"), unique=True)
    name = models.CharField(_("name"), max_length=200)
    aliases = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    level = models.CharField(_("level"), max_length=20)
    is_superior = models.BooleanField(_("above this body"), default=False)
    order = models.PositiveSmallIntegerField(_("official order"), default=0)

    objects = AuthorityQuerySet.as_manager()

    class Meta:
        verbose_name = _("authority")
        verbose_name_plural = _("authorities")
        ordering = ["order", "name"]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def of_agency(cls, agency: Agency) -> "Authority":
        """Return the agency as one that gives itself work."""
        last = {"name": agency.name[:200], "level": cls.AGENCY, "order": 1000}
        return cls.objects.get_or_create(code=f"agency-{agency.pk}", defaults=last)[0]


# The ways a directive names an agency (rule 2.4); by the first two also its successors (2.5).
INHERITED_PATHS = ("addressees__agency", "standing_duties__agencies")
NAMING_PATHS = (
    *INHERITED_PATHS,
    "tasks__lead",
    "tasks__coordinations__agency",
    "acknowledgements__agency",
    "campaigns__entries__agency",
)


class DirectiveQuerySet(models.QuerySet):
    """Questions about directives."""

    def registered(self) -> "DirectiveQuerySet":
        """Return those with number and date, from which work may follow."""
        return self.filter(state=Directive.State.REGISTERED)

    def to_prepare(self) -> "DirectiveQuerySet":
        """Return those on their way to approval; a misdirected paper is on none."""
        return self.filter(approved_at__isnull=True).exclude(state=Directive.State.MISDIRECTED)

    def standing(self, past: datetime | None = None) -> "DirectiveQuerySet":
        """Annotate `state_then` and `approved_then`: as they stand, or stood at a past instant;
        those not entered by then are left out (rule 8.9).
        """
        if past is None:
            return self.annotate(state_then=F("state"), approved_then=F("approved_at"))
        returned = Event.objects.filter(
            thing_type=ContentType.objects.get_for_model(Directive), thing_id=OuterRef("pk"),
            act="directive.misdirected", effective_at__lte=past,
        )  # fmt: skip
        state = Case(
            When(Exists(returned), then=Value(Directive.State.MISDIRECTED)),
            When(registered_at__lte=past, then=Value(Directive.State.REGISTERED)),
            default=Value(Directive.State.DRAFT),
        )
        approved = Case(When(approved_at__lte=past, then=F("approved_at")))
        return self.filter(drafted_at__lte=past).annotate(state_then=state, approved_then=approved)

    def visible_to(self, actor) -> "DirectiveQuerySet":
        """Leaders and the Office see all; an agency sees registered ones that name it (2.4)."""
        if actor.sees_everything:
            return self
        if actor.agency_id is None:
            return self.none()
        names_it = Q()
        inherited = Agency.objects.inherited_by(actor.agency_id).order_by().values("pk")
        for path in NAMING_PATHS:
            # One subquery a path: joined together they would multiply each other's rows.
            wanted = (
                {f"{path}__in": inherited} if path in INHERITED_PATHS else {path: actor.agency_id}
            )
            named = Directive.objects.filter(**wanted)
            names_it |= Q(pk__in=named.order_by().values("pk"))
        return self.filter(names_it, state=Directive.State.REGISTERED)


class Directive(Searchable):
    """A document that gives work. A draft may lack number and date; a registered one has both."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        REGISTERED = "registered", _("registered")
        MISDIRECTED = "misdirected", _("returned as misdirected")

    class Urgency(models.TextChoices):
        NORMAL = "normal", _("normal")
        URGENT = "urgent", _("urgent")
        VERY_URGENT = "very_urgent", _("very urgent")
        EXPRESS = "express", _("express")

    kind = models.ForeignKey(
        DirectiveKind, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("kind")
    )
    number = models.CharField(_("number/symbol"), max_length=60, blank=True)
    number_key = models.CharField(max_length=60, editable=False, default="")
    issued_on = models.DateField(_("date"), null=True, blank=True)
    issuer = models.ForeignKey(
        Authority, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("issuer")
    )
    abstract = models.CharField(_("abstract"), max_length=1000)
    signer = models.CharField(_("signer"), max_length=150, blank=True)
    urgency = models.CharField(
        _("urgency"), max_length=12, choices=Urgency.choices, default=Urgency.NORMAL
    )
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT)
    implements = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="implemented_by",
        verbose_name=_("implements the superior's document"),
    )
    text = models.TextField(_("text"), blank=True, help_text=_("As repaired by the reader."))
    file_name = models.CharField(max_length=255, blank=True)
    read_header = models.JSONField(null=True, help_text=_("The header as the reader proposed it."))
    drafted_by = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    drafted_at = models.DateTimeField()
    registered_at = models.DateTimeField(null=True)
    approved_at = models.DateTimeField(null=True)
    returned_to = models.CharField(_("returned to"), max_length=200, blank=True)
    returned_on = models.DateField(_("returned on"), null=True, blank=True)
    return_reason = models.TextField(_("why it was returned"), blank=True)
    version = models.PositiveIntegerField(default=0)

    objects = DirectiveQuerySet.as_manager()

    class Meta:
        verbose_name = _("directive")
        verbose_name_plural = _("directives")
        ordering = ["-drafted_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["number_key", "issuer", "issued_on"],
                condition=Q(state="registered"),
                name="directive_registered_once",
            ),
            models.CheckConstraint(
                condition=~Q(state="registered")
                | (Q(issued_on__isnull=False, issuer__isnull=False) & ~Q(number="")),
                name="registered_directive_has_number_date_issuer",
            ),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True) | Q(state="registered"),
                name="approval_needs_a_registered_directive",
            ),
            models.CheckConstraint(
                condition=~Q(state="misdirected")
                | (Q(returned_on__isnull=False) & ~Q(returned_to="") & ~Q(return_reason="")),
                name="misdirected_paper_says_where_it_went",
            ),
        ]
        indexes = [GinIndex(fields=["search_vector"], name="directive_search")]

    def __str__(self) -> str:
        return self.symbol or self.abstract[:80]

    def save(self, *args, **kwargs) -> None:
        """Keep the comparable number and the searchable text."""
        self.number_key = fold(self.number)
        self.search_text = fold(self.number, self.abstract, self.signer, self.text[:20_000])
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """Return the directive's page."""
        return reverse("directive", args=[self.pk])

    @property
    def is_misdirected(self) -> bool:
        """Whether the paper was returned as not for us: nothing more is done with it (4.5)."""
        return self.state == Directive.State.MISDIRECTED

    @property
    def symbol(self) -> str:
        """The kind and number, as people cite it: Công văn 412/UBND-VP."""
        kind = f"{self.kind} " if self.kind_id else ""
        return f"{kind}{self.number}" if self.number else ""


class Addressee(models.Model):
    """An agency a directive is sent to: "Kính gửi" (acknowledges) or "Nơi nhận" (sees)."""

    class Role(models.TextChoices):
        TO = "to", _("addressee (Kính gửi)")
        COPY = "copy", _("recipient (Nơi nhận)")

    directive = models.ForeignKey(Directive, on_delete=models.CASCADE, related_name="addressees")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=4, choices=Role.choices, default=Role.TO)
    written_as = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["role", "agency__kind__order", "agency__order"]
        constraints = [
            models.UniqueConstraint(fields=["directive", "agency"], name="addressee_once")
        ]

    def __str__(self) -> str:
        return f"{self.directive}: {self.agency}"


class Citation(models.Model):
    """A document a directive cites, linked when it is registered here too."""

    directive = models.ForeignKey(Directive, on_delete=models.CASCADE, related_name="citations")
    kind = models.CharField(max_length=100, blank=True)
    number = models.CharField(max_length=60)
    dated_on = models.DateField(null=True)
    issuer = models.CharField(max_length=200, blank=True)
    cited = models.ForeignKey(
        Directive, on_delete=models.SET_NULL, null=True, related_name="cited_by"
    )

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["directive", "number"], name="citation_once")
        ]

    def __str__(self) -> str:
        return self.number
