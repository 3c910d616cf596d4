"""What an agency says, what it means, and what silence means (rule 6.2)."""

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _


class Stance(models.TextChoices):
    """What an agency says on one question, from the lightest to the gravest."""

    AGREED = "agreed", _("agreed")
    WITH_COMMENTS = "with_comments", _("agreed with comments")
    DISAGREED = "disagreed", _("disagreed")


GRAVITY = {stance: weight for weight, stance in enumerate(Stance.values)}


class SilenceRule(models.TextChoices):
    """What no reply by the deadline means for a line; each line carries its own."""

    DEEMED_AGREED = "deemed_agreed", _("silence is agreement")
    NO_REPLY = "no_reply", _("silence stays silence")


class Outcome(models.TextChoices):
    """What a line means at an instant. Derived, never stored (rule 6.2)."""

    AWAITING = "awaiting", _("awaiting reply")
    AGREED = "agreed", _("agreed")
    WITH_COMMENTS = "with_comments", _("agreed with comments")
    DISAGREED = "disagreed", _("disagreed")
    DEEMED_AGREED = "deemed_agreed", _("deemed agreed")
    NO_REPLY = "no_reply", _("no reply")


# What silence past the deadline may mean: nobody replied in time.
SILENCE = (Outcome.DEEMED_AGREED, Outcome.NO_REPLY)


def gravest(stances: Iterable[str]) -> Stance:
    """Return the gravest of the stances: a reply's own (rule 6.2)."""
    return Stance(max(stances, key=GRAVITY.__getitem__))
