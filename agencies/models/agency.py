"""Who can be given work: agencies, their kinds, groups and competences, and the body itself."""

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agencies.fold import fold


class Body(models.Model):
    """The committee this database serves. One row: a host of many bodies runs a database each."""

    name = models.CharField(_("name"), max_length=200)
    short_name = models.CharField(_("short name"), max_length=100)
    superior = models.CharField(_("superior body"), max_length=200)
    place = models.CharField(_("place name for date lines"), max_length=100)
    leader_title = models.CharField(_("title of its leader"), max_length=100, default="Chủ tịch")
    office = models.OneToOneField(
        "Agency", on_delete=models.PROTECT, related_name="+", verbose_name=_("its Office")
    )
    letter_suffix = models.CharField(_("suffix of letter numbers"), max_length=40)
    report_suffix = models.CharField(_("suffix of report numbers"), max_length=40)
    upward_report_suffix = models.CharField(
        _("suffix of its own reports to its superior"), max_length=40, default="BC-UBND"
    )
    notice_suffix = models.CharField(_("suffix of notice numbers"), max_length=40, default="TB-VP")

    class Meta:
        verbose_name = _("body")
        verbose_name_plural = _("body")
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="body_is_one_row")]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def current(cls) -> "Body":
        """Return the configured body; raises DoesNotExist on a database nobody set up."""
        return cls.objects.select_related("office").get(pk=1)


class AgencyKind(models.Model):
    """A kind of agency: department, sector body, commune committee …."""

    code = models.SlugField(_("code"), unique=True)
    name = models.CharField(_("name"), max_length=100)
    order = models.PositiveSmallIntegerField(_("official order"), default=0)

    class Meta:
        verbose_name = _("kind of agency")
        verbose_name_plural = _("kinds of agencies")
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return self.name


class AgencyGroup(models.Model):
    """Words that address many agencies at once ("Chủ tịch UBND các xã, thị trấn"), by kind."""

    code = models.SlugField(_("code"), unique=True)
    name = models.CharField(_("name"), max_length=200)
    aliases = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    kinds = models.ManyToManyField(AgencyKind, related_name="groups", verbose_name=_("kinds"))

    class Meta:
        verbose_name = _("group of agencies")
        verbose_name_plural = _("groups of agencies")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def members_on(self, day: date) -> "AgencyQuerySet":
        """Return the agencies of the group's kinds that are open on that day (domain 4.2)."""
        return Agency.objects.filter(kind__groups=self).open_on(day).in_official_order()


class Competence(models.Model):
    """A subject matter (lĩnh vực, chức năng) an agency answers for."""

    code = models.SlugField(_("code"), unique=True)
    name = models.CharField(_("name"), max_length=200)
    words = ArrayField(models.CharField(max_length=100), default=list, blank=True)

    class Meta:
        verbose_name = _("competence")
        verbose_name_plural = _("competences")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class AgencyQuerySet(models.QuerySet):
    """Questions about agencies."""

    def open_on(self, day: date) -> "AgencyQuerySet":
        """Return those that exist on that day; `closed_on` is the first day without them."""
        return self.filter(
            Q(opened_on__isnull=True) | Q(opened_on__lte=day),
            Q(closed_on__isnull=True) | Q(closed_on__gt=day),
        )

    def inherited_by(self, agency_id: int) -> "AgencyQuerySet":
        """Return the agency and the closed ones it succeeds: what bound those binds it (2.5)."""
        return self.filter(Q(pk=agency_id) | Q(successors=agency_id, closed_on__isnull=False))

    def in_official_order(self) -> "AgencyQuerySet":
        """Return them as official lists name them: by kind, then the body's own order."""
        return self.order_by("kind__order", "order", "name")

    def visible_to(self, actor) -> "AgencyQuerySet":
        """Return all: who exists and who answers for what is no secret inside the body."""
        return self


class Agency(models.Model):
    """Whoever can be given work (cơ quan, đơn vị, địa phương)."""

    code = models.SlugField(_("code"), unique=True)
    name = models.CharField(_("official name"), max_length=200)
    short_name = models.CharField(_("short name"), max_length=100)
    aliases = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    kind = models.ForeignKey(AgencyKind, on_delete=models.PROTECT, verbose_name=_("kind"))
    order = models.PositiveSmallIntegerField(_("official order"), default=0)
    competences = models.ManyToManyField(
        Competence, through="AgencyCompetence", related_name="agencies"
    )
    opened_on = models.DateField(_("opened on"), null=True, blank=True)
    closed_on = models.DateField(_("closed from"), null=True, blank=True)
    successors = models.ManyToManyField(
        "self", symmetrical=False, related_name="predecessors", blank=True
    )
    managed_by = models.CharField(
        _("managed by another body"),
        max_length=200,
        blank=True,
        help_text=_("Against it the program records recommendations to that body (rule 2.6)."),
    )
    search_text = models.TextField(editable=False, default="")

    objects = AgencyQuerySet.as_manager()

    class Meta:
        verbose_name = _("agency")
        verbose_name_plural = _("agencies")
        ordering = ["kind__order", "order", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True)
                | Q(opened_on__isnull=True)
                | Q(closed_on__gt=F("opened_on")),
                name="agency_closes_after_it_opens",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:
        """Keep the searchable text beside the name."""
        self.search_text = fold(self.code, self.name, self.short_name, *self.aliases)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """Return the agency's page."""
        return reverse("agency", args=[self.code])

    def is_closed_on(self, day: date) -> bool:
        """Whether the agency no longer exists on the day (rule 2.5)."""
        return self.closed_on is not None and self.closed_on <= day


class AgencyCompetence(models.Model):
    """The register of who handles what: an agency's competence and its responsible post."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE)
    competence = models.ForeignKey(Competence, on_delete=models.PROTECT)
    responsible = models.ForeignKey(
        "Post", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("competence of an agency")
        verbose_name_plural = _("competences of agencies")
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "competence"], name="competence_once_an_agency"
            )
        ]

    def __str__(self) -> str:
        return f"{self.agency}: {self.competence}"
