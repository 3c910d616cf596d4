"""The consultations' place in the rail and among the phone's tabs."""

from datetime import datetime

from django.db.models import Expression
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import gettext_lazy as _

from agencies.acting import Actor
from agencies.functions import Function
from agencies.navigation import CountedOnce, Entry, RowCount
from consultations.misuse import may_see
from consultations.models import Consultation, Dossier, Opinion

OWED = CountedOnce(lambda agency_id, at: Opinion.objects.owed_by(agency_id, at))
RESULTS_OWED = CountedOnce(lambda agency_id, at: Opinion.objects.result_owed_by(agency_id, at))
OPEN = CountedOnce(lambda _agency_id, at: Consultation.objects.open(at))


def takes_part(actor: Actor) -> bool:
    """Whether consultations concern the actor: who sees all, or works in an agency."""
    return actor.sees_everything or actor.has(
        Function.AGENCY_HEAD, Function.AGENCY_STAFF, Function.CLERK
    )


def count(actor: Actor, at: datetime) -> Expression:
    """Return the lines the actor's agency still owes, with the results of meetings that wait for
    its answer; for who sees all and owes none, how many consultations are open.
    """
    waiting = OWED(actor.agency_id, at) + RESULTS_OWED(actor.agency_id, at)
    if not actor.sees_everything:
        return waiting
    return Coalesce(NullIf(waiting, 0), OPEN(None, at))


def dossiers_in_hands(actor: Actor, at: datetime) -> RowCount:
    """Return how many dossiers lie with the actor: with a leader, the Office, or the agency."""
    rows = Dossier.objects.visible_to(actor)
    if actor.is_leader:
        return RowCount(rows.in_hands_of("leader"))
    if actor.is_office or actor.is_office_clerk:
        return RowCount(rows.in_hands_of("office"))
    return RowCount(rows.in_hands_of("agency"))


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
    Entry(
        label=_("Signs of misuse"),
        url_name="consultation_signs",
        section="office",
        order=60,
        shown_to=may_see,
    ),
    Entry(
        label=_("Dossiers"),
        url_name="dossiers",
        order=45,
        shown_to=takes_part,
        count=dossiers_in_hands,
    ),
)
