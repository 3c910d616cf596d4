"""What a reconciliation means at an instant: one rule (6.10). Pure."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _


class Meaning(models.TextChoices):
    """What the result of a meeting means. Derived, never stored."""

    AWAITING = "awaiting", _("awaiting the agency's answer")
    AWAITING_REGISTER = "awaiting_register", _("awaiting the register of incoming papers")
    CONFIRMED = "confirmed", _("views unified")
    BY_SILENCE = "by_silence", _("views unified, by silence")
    OBJECTED = "objected", _("views still differ")


UNIFIED = (Meaning.CONFIRMED, Meaning.BY_SILENCE)
OPEN = (Meaning.AWAITING, Meaning.AWAITING_REGISTER)


def meaning(
    response: str,
    known_at: datetime | None,
    due_at: datetime,
    at: datetime,
    *,
    register_until: datetime | None = None,
) -> Meaning:
    """Judge a result at an instant: what the agency answered, known by then, else its silence
    confirms from `due_at` on. An answer is only taken before `due_at`; until `register_until` one
    on paper may still be found in the register of incoming papers (rule 2.7).
    """
    if known_at is not None and known_at <= at:
        return Meaning(response)
    if at < due_at:
        return Meaning.AWAITING
    if register_until is not None and at < register_until:
        return Meaning.AWAITING_REGISTER
    return Meaning.BY_SILENCE
