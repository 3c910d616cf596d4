"""Who helped at an instant, when a share is late, and when the lead waits for it: once for Python,
once for SQL (rules 3.7, 3.9, 5.9).

A property test holds the two equal over random facts and instants.
"""

from datetime import datetime

from django.db.models import Q, Value
from django.db.models.functions import Least


def share_is_late(due_at: datetime | None, delivered_at: datetime | None, at: datetime) -> bool:
    """Whether the share came, or is still missing at the instant, at or after its deadline."""
    return due_at is not None and min(delivered_at or at, at) >= due_at


def late_share(at: datetime) -> Q:
    """Return `share_is_late` in SQL, over the annotation `share_due`."""
    return Q(share_due__lte=Least("delivered_at", Value(at)))


def helping(at: datetime) -> Q:
    """Return whose help was asked by the instant and stood then: it had not left the task, and no
    successor had taken its share over.
    """
    stays = Q(left_at__isnull=True) | Q(left_at__gt=at)
    return stays & (Q(moved_at__isnull=True) | Q(moved_at__gt=at)) & Q(asked_at__lte=at)


def awaited_share(at: datetime) -> Q:
    """Return what was asked and not given by the instant, now or as of then."""
    return helping(at) & (Q(delivered_at__isnull=True) | Q(delivered_at__gt=at))
