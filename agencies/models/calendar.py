"""Days off and worked days, confirmed by the administrator (domain 3.5)."""

from collections.abc import Iterable

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from agencies.deadlines import Calendar


class CalendarDayQuerySet(models.QuerySet):
    """Questions about the calendar."""

    def confirmed(self) -> "CalendarDayQuerySet":
        """Return the rows computations may use."""
        return self.filter(confirmed_at__isnull=False)

    def calendar(self) -> Calendar:
        """Return the pure calendar of the confirmed rows (one query)."""
        rows: Iterable = self.confirmed().values_list("day", "kind", "name")
        return Calendar.from_rows(rows)


@pghistory.track()
class CalendarDay(models.Model):
    """One day that is not what its weekday says: off, or worked in exchange."""

    class Kind(models.TextChoices):
        OFF = "off", _("day off")
        WORKED = "worked", _("worked day")

    day = models.DateField(_("day"), unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=150)
    source = models.CharField(_("source"), max_length=200, blank=True)
    proposed_at = models.DateTimeField(_("proposed at"))
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        "User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = CalendarDayQuerySet.as_manager()

    class Meta:
        verbose_name = _("calendar day")
        verbose_name_plural = _("calendar days")
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y} {self.name}"
