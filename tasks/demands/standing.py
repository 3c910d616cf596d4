"""Owed or met, in time or late: one rule for demands, in Python and in SQL (rules 3.7, 4.1).

A property test holds the two equal.
"""

from datetime import date, datetime, timedelta

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import TruncDate
from django.utils.translation import gettext_lazy as _

from agencies.deadlines import ZONE, last_day_in_time

TICK = timedelta(microseconds=1)


class Standing(models.TextChoices):
    """What the superior's day means for a demand at an instant. Derived, never stored."""

    ON_TRACK = "on_track", _("on track")
    DUE_SOON = "due_soon", _("due soon")
    OVERDUE = "overdue", _("not completed, overdue")
    MET_IN_TIME = "met_in_time", _("completed on time")
    MET_LATE = "met_late", _("completed late")


def standing(
    due_at: datetime, document_on: date | None, at: datetime, soon_at: datetime
) -> Standing:
    """Judge a demand at an instant; one due at or before `soon_at` is due soon.

    It is met by the closing document, whose date is what the superior sees: a document of the
    last day is in time.
    """
    if document_on is not None:
        is_in_time = document_on <= last_day_in_time(due_at)
        return Standing.MET_IN_TIME if is_in_time else Standing.MET_LATE
    if at >= due_at:
        return Standing.OVERDUE
    return Standing.DUE_SOON if due_at <= soon_at else Standing.ON_TRACK


def standing_expression(at: datetime, soon_at: datetime) -> Case:
    """Return `standing` in SQL, over the annotations of `DemandQuerySet.now` and `as_of`."""
    last_day = TruncDate(F("due_then") - TICK, tzinfo=ZONE)
    branches = [
        (Q(document_then__isnull=False, document_then__lte=last_day), Standing.MET_IN_TIME),
        (Q(document_then__isnull=False), Standing.MET_LATE),
        (Q(due_then__lte=at), Standing.OVERDUE),
        (Q(due_then__lte=soon_at), Standing.DUE_SOON),
    ]
    return Case(
        *(When(condition, then=Value(value.value)) for condition, value in branches),
        default=Value(Standing.ON_TRACK.value),
        output_field=models.CharField(max_length=20),
    )
