"""The ledger of messages owed: one row a person, channel and occasion (domain 10)."""

from datetime import datetime, timedelta

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.delivery import Delivery
from agencies.models.event import thing_is_visible

UNCERTAIN_AFTER = timedelta(minutes=10)


class NoticeQuerySet(models.QuerySet):
    """Questions about notices."""

    def visible_to(self, actor, posts: list | None = None) -> "NoticeQuerySet":
        """Return the person's own notices whose thing is still visible to them (rule 10.3).

        Visible under any of the person's posts: a notice does not hide behind the acting one.
        `posts` are the acting choices of the day where they were read before.
        """
        from agencies.acting import acting_choices  # which stands on these models

        if actor.user is None:
            return self.none()
        own = self.filter(person=actor.user)
        if posts is None:
            posts = acting_choices(actor.user, actor.day) if actor.day else [actor]
        return own.filter(Q(thing_type__isnull=True) | thing_is_visible(own, *posts))

    def in_application(self) -> "NoticeQuerySet":
        """Return those of the bell and list."""
        return self.filter(channel=Notice.Channel.APP)

    def unread(self) -> "NoticeQuerySet":
        """Return those nobody marked as read."""
        return self.filter(read_at__isnull=True)

    def owed_by_mail(self) -> "NoticeQuerySet":
        """Return the mail nobody has claimed yet."""
        return self.filter(
            channel=Notice.Channel.MAIL,
            claimed_at__isnull=True,
            sent_at__isnull=True,
            dropped_at__isnull=True,
        )

    def uncertain(self, at: datetime) -> "NoticeQuerySet":
        """Return mail claimed by a sender that never reported back (rule 10.2)."""
        return self.filter(
            channel=Notice.Channel.MAIL,
            sent_at__isnull=True,
            claimed_at__lte=at - UNCERTAIN_AFTER,
        )


class Notice(models.Model):
    """One message owed to one person about one occasion. Written in the act's transaction.

    `kind` and `delivery` are what held when it was owed; `dropped_at` is when mail was given up
    because its person may no longer see its thing; `lines` are those of a digest, by
    section: {"title", "lines": [{"subject", "url", "sentences"}], "more"}.
    """

    class Channel(models.TextChoices):
        APP = "app", _("in the application")
        MAIL = "mail", _("e-mail")

    person = models.ForeignKey("User", on_delete=models.PROTECT, related_name="notices")
    channel = models.CharField(max_length=4, choices=Channel.choices)
    occasion = models.CharField(max_length=200)
    event = models.ForeignKey("Event", on_delete=models.PROTECT, null=True, related_name="notices")
    thing_type = models.ForeignKey(
        ContentType, on_delete=models.PROTECT, null=True, related_name="+"
    )
    thing_id = models.BigIntegerField(null=True)
    thing = GenericForeignKey("thing_type", "thing_id")
    subject = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True)
    url = models.CharField(max_length=300, blank=True)
    kind = models.CharField(max_length=40, blank=True)
    delivery = models.CharField(max_length=10, choices=Delivery.choices, default=Delivery.DIGEST)
    lines = models.JSONField(default=list, blank=True)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=300, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "channel", "occasion"], name="notice_once_an_occasion"
            ),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(claimed_at__isnull=False),
                name="notice_is_claimed_before_it_is_sent",
            ),
        ]
        indexes = [
            models.Index(
                fields=["created_at"],
                name="notice_owed_by_mail",
                condition=Q(channel="mail", claimed_at__isnull=True, sent_at__isnull=True),
            ),
            models.Index(
                fields=["person", "-created_at"],
                name="notice_unread",
                condition=Q(channel="app", read_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.occasion}"

    @property
    def sentence(self) -> str:
        """What the notice says, in the active language: its event's sentence, or its own text."""
        return self.event.sentence if self.event_id else self.text

    @property
    def told(self) -> str:
        """The sentence with the name of who did it, in the active language."""
        if self.event_id is None or self.event.actor is None:
            return self.sentence
        return f"{self.event.actor.full_name}: {self.sentence}"


class NoticeChoice(models.Model):
    """How a person wants notices of one kind; without a row the product's default holds (10.1).

    Overdue and deemed-agreed notices cannot be chosen: `agencies.notice_kinds` says which can.
    """

    person = models.ForeignKey("User", on_delete=models.CASCADE, related_name="notice_choices")
    kind = models.CharField(max_length=40)
    delivery = models.CharField(max_length=10, choices=Delivery.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "kind"], name="one_choice_a_kind")]

    def __str__(self) -> str:
        return f"{self.person}: {self.kind} {self.delivery}"
