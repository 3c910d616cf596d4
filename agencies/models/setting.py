"""Dated settings with their source (domain 12)."""

from collections.abc import Iterable
from datetime import datetime, time

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models.agency import Agency
from agencies.settings_catalogue import CATALOGUE


def setting_choices() -> list[tuple]:
    """Return the catalogue's codes and labels; adding one needs no migration."""
    return [(code, definition.label) for code, definition in CATALOGUE.items()]


class SettingQuerySet(models.QuerySet):
    """Questions about settings."""

    def in_force(self, code: str, at: datetime, agency_id: int | None = None) -> "Setting | None":
        """Return the row of that setting in force at the instant, or None for the default.

        A row that names agencies holds for those only (a rule founded by a directive binds its
        addressees, domain 6.2) and for who succeeds them; one that names none holds for everybody.
        """
        rows = self.filter(code=code, effective_from__lte=at)
        named = Q(agencies__in=Agency.objects.inherited_by(agency_id)) if agency_id else Q()
        rows = rows.filter(Q(agencies__isnull=True) | named)
        return rows.order_by("-effective_from", "-id").first()

    def value(self, code: str, at: datetime, agency_id: int | None = None):
        """Return the setting's value at the instant: its latest row's, or the default."""
        row = self.in_force(code, at, agency_id)
        return CATALOGUE[code].default if row is None else row.value

    def values_of(self, codes: Iterable[str], at: datetime) -> dict:
        """Return `value` of many settings that hold for everybody, by code (one query)."""
        rows = self.filter(code__in=codes, effective_from__lte=at, agencies__isnull=True)
        latest = rows.order_by("code", "-effective_from", "-id").distinct("code")
        stored = dict(latest.values_list("code", "value"))
        return {code: stored.get(code, CATALOGUE[code].default) for code in codes}

    def day_ends_at(self, at: datetime) -> time:
        """Return the hour after which what arrives counts as received the next day (rule 3.4)."""
        hour = self.value("day_ends_at", at)
        return time(hour) if hour < 24 else time.max


@pghistory.track()
class Setting(models.Model):
    """One value of one setting from an instant on. A change never alters what was decided."""

    code = models.CharField(_("setting"), max_length=60, choices=setting_choices)
    value = models.JSONField(_("value"))
    effective_from = models.DateTimeField(_("effective from"))
    source = models.CharField(_("the document it comes from"), max_length=300)
    source_url = models.CharField(max_length=300, blank=True)
    agencies = models.ManyToManyField(
        "Agency", blank=True, related_name="+", verbose_name=_("only for")
    )
    changed_by = models.ForeignKey(
        "User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(_("recorded at"))

    objects = SettingQuerySet.as_manager()

    class Meta:
        verbose_name = _("setting")
        verbose_name_plural = _("settings")
        ordering = ["code", "-effective_from"]
        indexes = [models.Index(fields=["code", "-effective_from"])]

    def __str__(self) -> str:
        return f"{self.code} = {self.value}"
