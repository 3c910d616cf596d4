"""Where the ground floor's pages stand in the rail."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from agencies.acting import Actor
from agencies.administering import administers
from agencies.delegating import may_give
from agencies.functions import Function
from agencies.models import Notice
from agencies.navigation import Entry, RowCount


def uncertain(actor: Actor, at: datetime) -> RowCount:
    """Return how many mails nobody knows the fate of."""
    return RowCount(Notice.objects.uncertain(at))


def oversees(actor: Actor) -> bool:
    """Whether the place is the leaders', the Office's and the administrator's."""
    return actor.sees_everything or administers(actor)


def has_papers(actor: Actor) -> bool:
    """Whether the actor signs, numbers or follows outgoing papers."""
    return actor.sees_everything or actor.has(Function.CLERK) or actor.heads_agency


def lends_authority(actor: Actor) -> bool:
    """Whether the actor gives authority, or oversees who gave it."""
    return actor.sees_everything or actor.heads_agency or may_give(actor)


ENTRIES = (
    Entry(_("Agencies and posts"), "directory", "agencies", 70, lambda actor: True),
    Entry(_("Leaders' portfolios"), "portfolios", "agencies", 72, oversees),
    Entry(_("Authorisations"), "delegations", "agencies", 74, lends_authority),
    Entry(_("Closed agencies"), "reorganisations", "agencies", 76, oversees),
    Entry(_("Register of papers"), "papers", "office", 65, has_papers),
    Entry(_("Working calendar"), "calendar", "system", 80, administers),
    Entry(_("Settings"), "settings", "system", 82, administers),
    Entry(_("Accounts"), "accounts", "system", 84, administers),
    Entry(_("Master data"), "admin:index", "system", 86, administers),
    Entry(_("Jobs and mail"), "jobs", "system", 88, administers, uncertain),
)
