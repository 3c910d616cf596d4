"""What a lead asks of the Office: to take a task back, or to move its deadline (5.3, 5.6)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Post
from tasks.models.task import Task


class Request(models.Model):
    """What returns and extensions share: asked once, decided once; what was asked never changes.

    `due_at` is the task's deadline when it was asked: asked before it, the request in the hands
    of the Office does not count against the agency (rules 5.3, 5.6).
    """

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="%(class)ss")
    event = models.OneToOneField("agencies.Event", on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(_("reason"))
    due_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    answer = models.TextField(_("answer"), blank=True)

    class Meta:
        abstract = True

    @property
    def is_in_time(self) -> bool:
        """Whether it was asked before the deadline as it then stood."""
        return self.due_at is None or self.asked_at < self.due_at


class Return(Request):
    """An agency hands a task back as not its function; the chief decides (rule 5.3).

    `late_from` is the instant from which a return is late (two working days after receipt, as
    the setting and the calendar stood when it was asked).
    """

    class Decision(models.TextChoices):
        CONFIRMED = "confirmed", _("confirmed, given to another agency")
        REFUSED = "refused", _("refused, the work goes on")
        WITHDRAWN = "withdrawn", _("withdrawn by the agency")
        LAPSED = "lapsed", _("lapsed")

    suggested = models.ForeignKey(
        Agency,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("the competent agency"),
    )
    late_from = models.DateTimeField()
    decision = models.CharField(max_length=10, choices=Decision.choices, blank=True)

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["task"], condition=Q(decision=""), name="one_return_waits_a_task"
            ),
            models.CheckConstraint(
                condition=Q(decision="", decided_at__isnull=True)
                | (~Q(decision="") & Q(decided_at__isnull=False)),
                name="return_decided_at_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task_id} {self.asked_at:%d/%m/%Y}"

    @property
    def is_late(self) -> bool:
        """Whether the agency took longer than it may to hand the task back (rule 5.3)."""
        return self.asked_at >= self.late_from


class Extension(Request):
    """A request to move a deadline, with its decision (rule 5.6).

    `superior_number` and `superior_on` name the superior's own decision, without which nothing is
    granted past the superior's deadline. `mandate` is the authority under which the chief decided.
    """

    class Decision(models.TextChoices):
        APPROVED = "approved", _("approved")
        OTHER_DAY = "other_day", _("approved with another day")
        REFUSED = "refused", _("refused")
        WITHDRAWN = "withdrawn", _("withdrawn by the agency")
        LAPSED = "lapsed", _("lapsed")

    asked_due_at = models.DateTimeField(_("new deadline asked for"))
    granted_due_at = models.DateTimeField(_("new deadline granted"), null=True)
    superior_number = models.CharField(
        _("number of the superior's decision"), max_length=60, blank=True
    )
    superior_on = models.DateField(_("date of the superior's decision"), null=True)
    mandate = models.ForeignKey(
        "agencies.Delegation", on_delete=models.PROTECT, null=True, related_name="+"
    )
    decision = models.CharField(max_length=10, choices=Decision.choices, blank=True)

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["task"], condition=Q(decision=""), name="one_extension_waits_a_task"
            ),
            models.CheckConstraint(
                condition=Q(decision="", decided_at__isnull=True)
                | (~Q(decision="") & Q(decided_at__isnull=False)),
                name="extension_decided_at_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(decision__in=["approved", "other_day"], granted_due_at__isnull=False)
                | (~Q(decision__in=["approved", "other_day"]) & Q(granted_due_at__isnull=True)),
                name="granted_extension_has_its_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task_id} {self.asked_due_at:%d/%m/%Y}"

    @property
    def is_late(self) -> bool:
        """Whether it was asked at or after the deadline: accepted, but flagged (rule 5.6)."""
        return not self.is_in_time
