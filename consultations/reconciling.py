"""What a reconciliation means at an instant: one rule (6.10). Pure."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _


class Meaning(models.TextChoices):
    """What the result of a meeting means. Derived, never stored."""

    AWAITING = "awaiting", _("awaiting the agency's answer")
    CONFIRMED = "confirmed", _("views unified")
    BY_SILENCE = "by_silence", _("views unified, by silence")
    OBJECTED = "objected", _("views still differ")


UNIFIED = (Meaning.CONFIRMED, Meaning.BY_SILENCE)


def meaning(
    response: str, responded_at: datetime | None, due_at: datetime, at: datetime
) -> Meaning:
    """Judge a result at an instant: what the agency answered by then, else its silence confirms
    from `due_at` on. An answer is only taken before `due_at`.
    """
    if responded_at is not None and responded_at <= at:
        return Meaning(response)
    return Meaning.AWAITING if at < due_at else Meaning.BY_SILENCE
