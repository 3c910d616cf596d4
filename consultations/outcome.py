"""What a consulted agency's line means at an instant: one rule, in Python and in SQL (6.2 to 6.7).

Nothing else decides or stores it; a property test holds the two equal.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import models
from django.db.models import Case, F, OuterRef, Q, Value, When
from django.db.models.functions import Coalesce

from consultations.stances import UNSETTLED, Outcome, SilenceRule

TICK = timedelta(microseconds=1)


@dataclass(frozen=True)
class Received:
    """One reply: the instant it was received and its gravest stance.

    A paper reply carries the stamped moment of receipt, and the moment a clerk entered it
    (rule 2.7); an electronic one is entered when it is received.
    """

    received_at: datetime
    stance: str
    entered_at: datetime | None = None


@dataclass(frozen=True)
class Terms:
    """The terms of a line from an instant on: deadline (exclusive) and silence rule.

    Replies up to `counts_from` were settled: supplied, refused or contested, the line awaits
    anew (rule 6.6). Until `register_until` an agency served on paper may still be found in the
    register of incoming papers (rule 2.7).
    """

    effective_at: datetime
    due_at: datetime
    silence_rule: str
    counts_from: datetime | None = None
    register_until: datetime | None = None


def outcome(
    terms: Terms,
    replies: Iterable[Received],
    at: datetime,
    *,
    ending: str = "",
    ended_at: datetime | None = None,
) -> Outcome:
    """Judge a line at an instant by the terms in force then.

    A line that ended means its ending. Else the last reply received before `due_at` counts (of
    two at one instant the one written later: `replies` are in the order of writing); one at or
    after it changes nothing, nor does a paper entered after `register_until`. From `due_at` on,
    silence means what the line's rule says, whether or not any job ran (rule 6.3); an agency
    served on paper is awaited until the register was looked through (rule 2.7). Insufficient or
    returned stands until the requester acts: it is never deemed (rule 6.6).
    """
    if ended_at is not None and ended_at <= at:
        return Outcome(ending)
    counting = None
    for reply in replies:
        if _counts(reply, terms, at) and (
            counting is None or reply.received_at >= counting.received_at
        ):
            counting = reply
    if counting is not None:
        return Outcome(counting.stance)
    if at < terms.due_at:
        return Outcome.AWAITING
    if terms.register_until is not None and at < terms.register_until:
        return Outcome.AWAITING_REGISTER
    if terms.silence_rule == SilenceRule.DEEMED_AGREED:
        return Outcome.DEEMED_AGREED
    return Outcome.NO_REPLY


def is_running(
    terms: Terms,
    replies: Iterable[Received],
    at: datetime,
    *,
    ending: str = "",
    ended_at: datetime | None = None,
) -> bool:
    """Whether a line keeps its consultation open at an instant (rule 6.7): its deadline has not
    come, the register is still looked through (a second paper may replace the first, rule 2.7), or
    what was said waits for the requester (rule 6.6).
    """
    if ended_at is not None and ended_at <= at:
        return False
    if at < max(terms.due_at, terms.register_until or terms.due_at):
        return True
    return outcome(terms, replies, at, ending=ending, ended_at=ended_at) in UNSETTLED


def _counts(reply: Received, terms: Terms, at: datetime) -> bool:
    if reply.entered_at is not None:
        in_register = terms.register_until is None or reply.entered_at < terms.register_until
        if reply.entered_at > at or not in_register:
            return False
    begun = terms.counts_from is None or reply.received_at > terms.counts_from
    return begun and reply.received_at < terms.due_at and reply.received_at <= at


def counting_condition(at: datetime, when: str = "then") -> Q:
    """Return `_counts` in SQL: over replies, of a line annotated with its terms at the instant
    (`due_then` …; another `when` names the annotations of another instant).
    """
    until = Coalesce(OuterRef(f"register_{when}"), F("entered_at") + TICK)
    in_register = Q(entered_at__isnull=True) | Q(entered_at__lt=until)
    return in_register & said_condition(at, when) & Q(received_at__lt=OuterRef(f"due_{when}"))


def said_condition(at: datetime, when: str = "then") -> Q:
    """Return which replies were known at the instant and not settled by then, late ones too."""
    known = Q(entered_at__isnull=True) | Q(entered_at__lte=at)
    begun = Coalesce(OuterRef(f"counts_from_{when}"), F("received_at") - TICK)
    return known & Q(received_at__gt=begun, received_at__lte=at)


def running_condition(at: datetime) -> Q:
    """Return `is_running` in SQL, over lines annotated with their outcome at the instant."""
    is_over = Q(ended_at__lte=at)
    awaited = Q(due_then__gt=at) | Q(register_then__gt=at)
    return ~is_over & (awaited | Q(outcome__in=UNSETTLED))


def outcome_expression(at: datetime) -> Case:
    """Return `outcome` in SQL, over `stance_then` (the stance of the last reply that counts),
    `due_then`, `silence_then` and `register_then`, as `OpinionQuerySet.with_outcome` annotates.
    """
    return Case(
        When(ended_at__lte=at, then=F("ending")),
        When(stance_then__isnull=False, then=F("stance_then")),
        When(due_then__gt=at, then=Value(Outcome.AWAITING.value)),
        When(register_then__gt=at, then=Value(Outcome.AWAITING_REGISTER.value)),
        When(
            Q(silence_then=SilenceRule.DEEMED_AGREED.value),
            then=Value(Outcome.DEEMED_AGREED.value),
        ),
        default=Value(Outcome.NO_REPLY.value),
        output_field=models.CharField(max_length=20),
    )
