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
    (rule 2.7); an electronic one is entered when it is received. From `refused_at` on an entry the
    chief found wrong stands for nothing.
    """

    received_at: datetime
    stance: str
    entered_at: datetime | None = None
    refused_at: datetime | None = None

    def is_known(self, at: datetime) -> bool:
        """Whether it stood in the program at the instant."""
        entered = self.entered_at is None or self.entered_at <= at
        refused = self.refused_at is not None and self.refused_at <= at
        return self.received_at <= at and entered and not refused


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


def is_late(reply: Received, due_at: datetime, register_until: datetime | None) -> bool:
    """Whether a reply is kept and changes nothing (rules 2.7, 6.3): it came at or after the
    deadline, or was entered from paper when the register had been looked through.
    """
    entered, until = reply.entered_at, register_until
    return reply.received_at >= due_at or bool(entered and until and entered >= until)


def late_condition(due_at: F, register_until: F) -> Q:
    """Return `is_late` in SQL: over replies, by the terms given."""
    until = Coalesce(register_until, F("entered_at") + TICK)
    return Q(received_at__gte=due_at) | Q(entered_at__isnull=False, entered_at__gte=until)


def late_then(when: str = "then") -> Q:
    """Return `is_late` in SQL: over replies, of a line annotated with its terms."""
    return late_condition(OuterRef(f"due_{when}"), OuterRef(f"register_{when}"))


def _counts(reply: Received, terms: Terms, at: datetime) -> bool:
    begun = terms.counts_from is None or reply.received_at > terms.counts_from
    late = is_late(reply, terms.due_at, terms.register_until)
    return begun and reply.is_known(at) and not late


def counting_condition(at: datetime, when: str = "then") -> Q:
    """Return `_counts` in SQL: over replies, of a line annotated with its terms at the instant
    (`due_then` …; another `when` names the annotations of another instant).
    """
    return said_condition(at, when) & ~late_then(when)


def said_condition(at: datetime, when: str = "then") -> Q:
    """Return which replies were known at the instant and not settled by then, late ones too."""
    begun = Coalesce(OuterRef(f"counts_from_{when}"), F("received_at") - TICK)
    return known_condition(at) & Q(received_at__gt=begun)


def known_condition(at: datetime) -> Q:
    """Return which replies stood in the program at the instant: `Received.is_known` in SQL."""
    unrefused = (
        Q(paper_check__isnull=True)
        | Q(paper_check__decision="confirmed")
        | Q(paper_check__checked_at__gt=at)
    )
    entered = Q(entered_at__isnull=True) | (Q(entered_at__lte=at) & unrefused)
    return Q(received_at__lte=at) & entered


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
