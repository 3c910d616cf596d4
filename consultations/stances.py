"""What an agency says, what it means, and what silence means (rule 6.2)."""

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _


class Stance(models.TextChoices):
    """What an agency says on one question, from the lightest to the gravest."""

    AGREED = "agreed", _("agreed")
    WITH_COMMENTS = "with_comments", _("agreed with comments")
    DISAGREED = "disagreed", _("disagreed")
    INSUFFICIENT = "insufficient", _("insufficient basis")
    RETURNED = "returned", _("not competent, returned")


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
    INSUFFICIENT = "insufficient", _("insufficient basis")
    RETURNED = "returned", _("not competent, returned")
    DEEMED_AGREED = "deemed_agreed", _("deemed agreed")
    NO_REPLY = "no_reply", _("no reply")
    AWAITING_REGISTER = "awaiting_register", _("awaiting the register of incoming papers")
    REDIRECTED = "redirected", _("given to another agency")
    DROPPED = "dropped", _("no longer asked")
    WITHDRAWN = "withdrawn", _("consultation withdrawn")
    MOVED = "moved", _("taken over by the successor")


class Ending(models.TextChoices):
    """Why a line ended before its deadline meant anything (rules 2.5, 6.6, 6.7)."""

    REDIRECTED = "redirected", _("given to another agency")
    DROPPED = "dropped", _("no longer asked")
    WITHDRAWN = "withdrawn", _("consultation withdrawn")
    MOVED = "moved", _("taken over by the successor")


# What an agency said on the matter itself.
OPINIONS = (Outcome.AGREED, Outcome.WITH_COMMENTS, Outcome.DISAGREED)
# What waits for the requester: never deemed, whatever the clock says (rule 6.6).
UNSETTLED = (Outcome.INSUFFICIENT, Outcome.RETURNED)
# What silence past the deadline may mean: nobody replied in time.
SILENCE = (Outcome.DEEMED_AGREED, Outcome.NO_REPLY)


def gravest(stances: Iterable[str]) -> Stance:
    """Return the gravest of the stances: a reply's own (rule 6.2)."""
    return Stance(max(stances, key=GRAVITY.__getitem__))
