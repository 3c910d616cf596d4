"""The consultations' place in the rail and among the phone's tabs."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from agencies.acting import Actor
from agencies.functions import Function
from agencies.navigation import Entry
from consultations.models import Consultation, Opinion


def takes_part(actor: Actor) -> bool:
    """Whether consultations concern the actor: who sees all, or works in an agency."""
    return actor.sees_everything or actor.has(
        Function.AGENCY_HEAD, Function.AGENCY_STAFF, Function.CLERK
    )


def count(actor: Actor, at: datetime) -> int:
    """Return the lines the actor's agency still owes; for who sees all and owes none, how many
    consultations are open.
    """
    waiting = Opinion.objects.waiting_for(actor, at).count()
    if waiting or not actor.sees_everything:
        return waiting
    return Consultation.objects.open(at).count()


ENTRIES = (
    Entry(
        label=_("Consultations"),
        url_name="consultations",
        order=40,
        shown_to=takes_part,
        count=count,
        tab=30,
        also=("/opinions/",),
    ),
)
