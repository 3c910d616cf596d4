"""What a consulted agency's line means at an instant: one rule, in Python and in SQL (6.2, 6.3).

Nothing else decides or stores it; a property test holds the two equal.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.db.models import Case, F, Q, Value, When

from consultations.stances import Outcome, SilenceRule


@dataclass(frozen=True)
class Received:
    """One reply as received: the instant and its gravest stance."""

    received_at: datetime
    stance: str


def outcome(
    due_at: datetime, silence_rule: str, replies: Iterable[Received], at: datetime
) -> Outcome:
    """Judge a line at an instant.

    The last reply received before `due_at` counts; a reply at or after it changes nothing. From
    `due_at` on, silence means what the line's rule says, whether or not any job ran (rule 6.3).
    """
    in_time = [r for r in replies if r.received_at < due_at and r.received_at <= at]
    if in_time:
        return Outcome(max(in_time, key=lambda r: r.received_at).stance)
    if at < due_at:
        return Outcome.AWAITING
    if silence_rule == SilenceRule.DEEMED_AGREED:
        return Outcome.DEEMED_AGREED
    return Outcome.NO_REPLY


def outcome_expression(at: datetime) -> Case:
    """Return `outcome` in SQL, over `stance_then`: the stance of the last reply that counts, as
    `OpinionQuerySet.with_outcome` annotates it.
    """
    return Case(
        When(stance_then__isnull=False, then=F("stance_then")),
        When(due_then__gt=at, then=Value(Outcome.AWAITING.value)),
        When(Q(silence_rule=SilenceRule.DEEMED_AGREED), then=Value(Outcome.DEEMED_AGREED.value)),
        default=Value(Outcome.NO_REPLY.value),
        output_field=models.CharField(max_length=20),
    )
