"""People, their dated posts, and authority lent for a time (domain 2)."""

from datetime import date

import pghistory
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agencies.deadlines import local_midnight_after
from agencies.fold import fold, name_key
from agencies.functions import Function
from agencies.models.agency import Agency, Competence

LEVELS = {"Xã", "Phường", "Thị"}


class UserManager(BaseUserManager):
    """Makes users; there is no superuser to make (domain 2: no power over content)."""

    def create_user(self, username: str, password: str | None = None, **fields) -> "User":
        """Save and return a user; without a password the account cannot log in yet."""
        user = self.model(username=self.model.normalize_username(username), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person with an account. What one may do comes from posts, never from the account."""

    username = models.CharField(
        _("user name"), max_length=60, unique=True, validators=[UnicodeUsernameValidator()]
    )
    full_name = models.CharField(_("full name"), max_length=150)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    language = models.CharField(_("language"), max_length=5, default="vi")
    is_active = models.BooleanField(_("may log in"), default=True)
    must_change_password = models.BooleanField(_("must change the password"), default=False)
    name_key = models.CharField(max_length=200, editable=False, default="", db_index=True)
    search_text = models.TextField(editable=False, default="")

    objects = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]
    # The admin site asks for these; posts decide (config.admin), no account carries them.
    is_staff = False
    is_superuser = False

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ["name_key"]

    def __str__(self) -> str:
        return self.full_name

    def save(self, *args, **kwargs) -> None:
        """Keep the sort key (given name first) and the searchable text."""
        self.name_key = name_key(self.full_name)
        self.search_text = fold(self.full_name, self.username)
        super().save(*args, **kwargs)

    def get_full_name(self) -> str:
        """Return the full name, family name first."""
        return self.full_name

    def get_short_name(self) -> str:
        """Return the given name, by which Vietnamese people are addressed."""
        return self.full_name.split()[-1] if self.full_name else self.username

    def has_perm(self, perm: str, obj=None) -> bool:
        """Return False: permissions are not how this product grants anything."""
        return False

    def has_module_perms(self, app_label: str) -> bool:
        """Return False: see `has_perm`."""
        return False


class PostTitle(models.Model):
    """A title of posts in this body, and the functions it carries (rule 2.1)."""

    name = models.CharField(_("title"), max_length=100, unique=True)
    functions = ArrayField(
        models.CharField(max_length=40, choices=Function.choices), verbose_name=_("functions")
    )
    is_deputy = models.BooleanField(
        _("deputy"), default=False, help_text=_("Acts for the head (KT.) without a delegation.")
    )
    head_title = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("title of the head it deputizes for"),
    )
    rank = models.PositiveSmallIntegerField(_("order within the agency"), default=0)

    class Meta:
        verbose_name = _("title")
        verbose_name_plural = _("titles")
        ordering = ["rank", "name"]

    def __str__(self) -> str:
        return self.name


def _said_once(title: str, agency: str) -> str:
    """Join a title and an agency's name; the words they share are said once."""
    first, rest = title.split(), agency.split()
    if rest[0] in LEVELS:
        rest[0] = rest[0].lower()
    for shared in range(min(len(first), len(rest)), 0, -1):
        if " ".join(first[-shared:]).lower() == " ".join(rest[:shared]).lower():
            return " ".join(first + rest[shared:])
    return " ".join(first + rest)


class PostQuerySet(models.QuerySet):
    """Questions about posts."""

    def held_on(self, day: date) -> "PostQuerySet":
        """Return the posts in force on that day; `ends_on` is the last day."""
        return self.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day, user__is_active=True
        )

    def with_function(self, *functions: str) -> "PostQuerySet":
        """Return the posts whose title carries one of the functions."""
        return self.filter(title__functions__overlap=list(functions))

    def heads(self) -> "PostQuerySet":
        """Return the posts that head an agency, or the body, themselves (not as a deputy)."""
        heads = self.with_function(Function.AGENCY_HEAD, Function.LEADER)
        return heads.filter(title__is_deputy=False)

    def for_display(self) -> "PostQuerySet":
        """Load what a name and title need."""
        return self.select_related("user", "agency", "title")

    def visible_to(self, actor) -> "PostQuerySet":
        """Return all: the directory of posts is open inside the body."""
        return self


@pghistory.track()
class Post(models.Model):
    """A person's role in an agency, from a day to a day: who was head on the day counts."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="posts")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="posts")
    title = models.ForeignKey(PostTitle, on_delete=models.PROTECT, verbose_name=_("title"))
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to (last day)"), null=True, blank=True)
    is_acting = models.BooleanField(_("acting (Q.)"), default=False)
    competences = models.ManyToManyField(
        Competence, blank=True, related_name="+", verbose_name=_("portfolio: competences")
    )
    agencies = models.ManyToManyField(
        Agency, blank=True, related_name="+", verbose_name=_("portfolio: agencies")
    )

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        ordering = ["agency__kind__order", "agency__order", "title__rank", "user__name_key"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="post_ends_after_it_starts",
            ),
            models.UniqueConstraint(
                fields=["user", "agency", "title", "starts_on"], name="post_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.words}"

    def get_absolute_url(self) -> str:
        """Return its place on the agency's page."""
        return f"{self.agency.get_absolute_url()}#post-{self.pk}"

    @property
    def words(self) -> str:
        """Title and agency as people say them: words they share are said once.

        "Chánh Văn phòng" of "Văn phòng" is "Chánh Văn phòng", not "Chánh Văn phòng Văn phòng";
        the level is small inside the phrase: "Chủ tịch UBND xã Quang Trung".
        """
        return _said_once(self.title.name, self.agency.short_name)

    @property
    def full_words(self) -> str:
        """The same with the agency's official name, as papers write it: "Chủ tịch Ủy ban nhân dân
        xã Quang Trung".
        """
        title = self.title.name.replace("UBND", "Ủy ban nhân dân")
        return _said_once(title, self.agency.name)

    def is_held_on(self, day: date) -> bool:
        """Return whether the post is in force on that day."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


class DelegationQuerySet(models.QuerySet):
    """Questions about delegations."""

    def in_force_on(self, day: date) -> "DelegationQuerySet":
        """Return those in force on that day, both posts held; not on the day one was ended."""
        return self.filter(
            Q(to_post__ends_on__isnull=True) | Q(to_post__ends_on__gte=day),
            Q(from_post__ends_on__isnull=True) | Q(from_post__ends_on__gte=day),
            Q(ended_at__isnull=True) | Q(ended_at__gte=local_midnight_after(day)),
            starts_on__lte=day,
            ends_on__gte=day,
        )

    def visible_to(self, actor) -> "DelegationQuerySet":
        """Leaders and the Office see all; an agency those from or to one of its posts."""
        if actor.sees_everything:
            return self
        if actor.agency_id is None:
            return self.none()
        return self.filter(
            Q(from_post__agency=actor.agency_id) | Q(to_post__agency=actor.agency_id)
        )

    def for_display(self) -> "DelegationQuerySet":
        """Load what both ends' names and titles need."""
        return self.select_related(
            "from_post__user", "from_post__title", "from_post__agency",
            "to_post__user", "to_post__title", "to_post__agency",
        )  # fmt: skip


@pghistory.track()
class Delegation(models.Model):
    """A head's authority lent in writing for a period and for named kinds of acts (TUQ.)."""

    from_post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="delegations_given")
    to_post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="delegations_held")
    acts = ArrayField(
        models.CharField(max_length=60),
        default=list,
        blank=True,
        help_text=_("Beginnings of act codes, for example consultation.; empty means all."),
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to (last day)"))
    document_number = models.CharField(_("number of the authorisation"), max_length=60)
    ended_at = models.DateTimeField(_("ended early at"), null=True, blank=True, editable=False)

    objects = DelegationQuerySet.as_manager()

    class Meta:
        verbose_name = _("delegation")
        verbose_name_plural = _("delegations")
        ordering = ["-starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="delegation_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=~Q(from_post=F("to_post")), name="delegation_to_somebody_else"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_post} → {self.to_post}"

    def get_absolute_url(self) -> str:
        """Return its place in the list of delegations."""
        return f"{reverse('delegations')}#delegation-{self.pk}"

    def covers(self, act: str) -> bool:
        """Return whether an act, by its code, is among what was lent; no kind named means all."""
        return not self.acts or any(act.startswith(beginning) for beginning in self.acts)
