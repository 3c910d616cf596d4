"""The life of a task (domain 5.2)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where a task stands. `returned`, `transferred`, `completed`, `cancelled` are ends."""

    ASSIGNED = "assigned", _("assigned")
    ACCEPTED = "accepted", _("accepted")
    IN_PROGRESS = "in_progress", _("in progress")
    REPORTED = "reported", _("reported, awaiting verification")
    COMPLETED = "completed", _("completed")
    SUSPENDED = "suspended", _("suspended")
    RETURNED = "returned", _("returned")
    TRANSFERRED = "transferred", _("transferred")
    CANCELLED = "cancelled", _("cancelled")


class Plea(models.TextChoices):
    """What was asked before the deadline and is undecided: it does not count as overdue against
    the agency while it waits (rules 5.3, 5.6).
    """

    NONE = "", _("nothing")
    EXTENSION = "extension", _("an extension")
    RETURN = "return", _("a return")


UNSTARTED = (State.ASSIGNED, State.ACCEPTED)
WORKING = (State.ASSIGNED, State.ACCEPTED, State.IN_PROGRESS)
OPEN = (*WORKING, State.REPORTED, State.SUSPENDED)
ENDED = (State.COMPLETED, State.RETURNED, State.TRANSFERRED, State.CANCELLED)
