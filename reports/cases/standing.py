"""Where a case or a commendation stands: derived from its facts and an instant (rules 3.7, 9.1).

The end of a term moves it on by itself, so that no outcome depends on a job having run.
"""

from datetime import datetime
from typing import Protocol

from django.db import models
from django.db.models import Case, CharField, Q, Value, When
from django.utils.translation import gettext_lazy as _


class Standing(models.TextChoices):
    """The way of a proposal, from its draft to the Chair's decision."""

    DRAFTED = "drafted", _("drafted")
    ASKED = "asked", _("statement asked")
    SIGNING = "signing", _("to be signed")
    BEFORE_CHAIR = "before_chair", _("before the Chair")
    DECIDED = "decided", _("decided")
    DROPPED = "dropped", _("dropped")


class Facts(Protocol):
    """What the standing is derived from."""

    opened_at: datetime | None
    statement_due_at: datetime | None
    stated_at: datetime | None
    signatures_due_at: datetime | None
    signed_at: datetime | None
    decided_at: datetime | None
    dropped_at: datetime | None


def standing(matter: Facts, at: datetime) -> Standing:
    """Return where the matter stands at an instant.

    A statement is awaited until its deadline; then the two signatures, until the last of them or
    the end of their own term.
    """
    if _is_by(matter.dropped_at, at):
        return Standing.DROPPED
    if _is_by(matter.decided_at, at):
        return Standing.DECIDED
    if not _is_by(matter.opened_at, at):
        return Standing.DRAFTED
    if _awaits_statement(matter, at):
        return Standing.ASKED
    if _is_by(matter.signed_at, at) or _is_by(matter.signatures_due_at, at):
        return Standing.BEFORE_CHAIR
    return Standing.SIGNING


def standing_expression(at: datetime, *, takes_statement: bool) -> Case:
    """Return the same as one SQL expression; only a case waits for a statement."""
    asked = When(
        Q(statement_due_at__gt=at) & (Q(stated_at__isnull=True) | Q(stated_at__gt=at)),
        then=Value(Standing.ASKED),
    )
    return Case(
        When(dropped_at__lte=at, then=Value(Standing.DROPPED)),
        When(decided_at__lte=at, then=Value(Standing.DECIDED)),
        When(Q(opened_at__isnull=True) | Q(opened_at__gt=at), then=Value(Standing.DRAFTED)),
        *([asked] if takes_statement else []),
        When(
            Q(signed_at__lte=at) | Q(signatures_due_at__lte=at), then=Value(Standing.BEFORE_CHAIR)
        ),
        default=Value(Standing.SIGNING),
        output_field=CharField(),
    )


def _awaits_statement(matter: Facts, at: datetime) -> bool:
    due_at = matter.statement_due_at
    return due_at is not None and at < due_at and not _is_by(matter.stated_at, at)


def _is_by(instant: datetime | None, at: datetime) -> bool:
    return instant is not None and instant <= at
