"""When a helper's share is late, and when the lead waits for it: once for Python, once for SQL
(rules 3.7, 5.9).

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


def awaited_share(at: datetime) -> Q:
    """Return what was not given by the instant nor taken over by a successor, now or as of then."""
    given = Q(delivered_at__isnull=True) | Q(delivered_at__gt=at)
    return given & (Q(moved_at__isnull=True) | Q(moved_at__gt=at))
