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


@dataclass(frozen=True)
class Terms:
    """The terms of a line from an instant on: deadline (exclusive) and silence rule."""

    effective_at: datetime
    due_at: datetime
    silence_rule: str


def terms_at(history: Iterable[Terms], at: datetime) -> Terms | None:
    """Return the terms in force at the instant, or None before the line existed.

    `history` is in the order of recording: of two rows from one instant the later written holds.
    """
    in_force = None
    for row in history:
        begun = row.effective_at <= at
        if begun and (in_force is None or row.effective_at >= in_force.effective_at):
            in_force = row
    return in_force


def outcome(
    due_at: datetime, silence_rule: str, replies: Iterable[Received], at: datetime
) -> Outcome:
    """Judge a line at an instant.

    The last reply received before `due_at` counts (of two at one instant the one written later:
    `replies` are in the order of writing); a reply at or after it changes nothing. From `due_at`
    on, silence means what the line's rule says, whether or not any job ran (rule 6.3).
    """
    counting = None
    for reply in replies:
        in_time = reply.received_at < due_at and reply.received_at <= at
        if in_time and (counting is None or reply.received_at >= counting.received_at):
            counting = reply
    if counting is not None:
        return Outcome(counting.stance)
    if at < due_at:
        return Outcome.AWAITING
    if silence_rule == SilenceRule.DEEMED_AGREED:
        return Outcome.DEEMED_AGREED
    return Outcome.NO_REPLY


def outcome_expression(at: datetime) -> Case:
    """Return `outcome` in SQL, over `stance_then` (the stance of the last reply that counts),
    `due_then` and `silence_then`, as `OpinionQuerySet.with_outcome` annotates them.
    """
    return Case(
        When(stance_then__isnull=False, then=F("stance_then")),
        When(due_then__gt=at, then=Value(Outcome.AWAITING.value)),
        When(
            Q(silence_then=SilenceRule.DEEMED_AGREED.value),
            then=Value(Outcome.DEEMED_AGREED.value),
        ),
        default=Value(Outcome.NO_REPLY.value),
        output_field=models.CharField(max_length=20),
    )
