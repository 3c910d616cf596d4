"""The lists of cases and commendations as their addresses ask for them.

- `stands`: one of `Standing`; `open` leaves out decided and dropped ones; empty shows all
- `waits=me`: the reader is the next to act
- `agency`: code of the agency concerned
- `as_of`: as things stood at the end of that ISO day (rule 8.9)
- `sort`: `agency`, `drafted`, descending with `-`
"""

from datetime import datetime

import django_filters as filters
from django.db.models import Expression, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from agencies.acting import Actor
from agencies.functions import Function
from agencies.listing import ListFilter
from agencies.models import Agency
from agencies.navigation import RowCount
from reports.cases.standing import Standing
from reports.cases.who import HANDLERS, READERS, is_by_name, is_chair
from reports.models import AccountabilityCase, Commendation, Signature

SORTS = {"agency": ("agency__kind__order", "agency__order"), "drafted": ("drafted_at",)}
ENDED = (Standing.DECIDED, Standing.DROPPED)
PILLS = {
    Standing.DRAFTED: "track",
    Standing.ASKED: "waiting",
    Standing.SIGNING: "waiting",
    Standing.BEFORE_CHAIR: "soon",
}


class MatterFilter(ListFilter):
    """What the lists can be narrowed by; `rows` carry their standing."""

    stands = filters.ChoiceFilter(
        label=_("State"), choices=[("open", _("not ended")), *Standing.choices],
        method="standing",
    )  # fmt: skip
    agency = filters.ModelChoiceFilter(
        label=_("Agency"), queryset=Agency.objects.in_official_order(), to_field_name="code",
    )  # fmt: skip

    def standing(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Narrow to one standing, or to what has not ended."""
        return rows.exclude(stands__in=ENDED) if value == "open" else rows.filter(stands=value)


def reads_cases(actor: Actor) -> bool:
    """Whether the list of cases is a place of the actor's: whoever reads other people's cases."""
    return is_by_name(actor, *READERS) or is_chair(actor)


def cases_waiting_on(actor: Actor, at: datetime) -> QuerySet:
    """Return the cases in which the actor is the next to act: to state, to go on, to sign, to
    decide. Dashboards and the rail count these.
    """
    rows = AccountabilityCase.objects.visible_to(actor).standing_at(at)
    about_himself = Q(concerned__user=actor.user)
    waits = about_himself & Q(stands=Standing.ASKED)
    if is_chair(actor):
        waits |= Q(stands=Standing.BEFORE_CHAIR)
    elif is_by_name(actor, *HANDLERS):
        waits |= _goes_on(rows, actor, at) & (Q(concerned__isnull=True) | ~about_himself)
    return rows.filter(waits)


def commendations_waiting_on(actor: Actor, at: datetime) -> QuerySet:
    """Return the commendations in which the actor is the next to act."""
    rows = Commendation.objects.visible_to(actor).standing_at(at)
    if is_chair(actor):
        return rows.filter(stands=Standing.BEFORE_CHAIR)
    if is_by_name(actor, *HANDLERS):
        return rows.filter(_goes_on(rows, actor, at))
    if actor.has(Function.EMULATION_BOARD):
        return rows.filter(stands=Standing.DRAFTED)
    return rows.none()


def waiting_count(actor: Actor, at: datetime) -> Expression:
    """Return how many cases wait on the actor, as a figure of the rail's query."""
    return RowCount(cases_waiting_on(actor, at))


def praise_count(actor: Actor, at: datetime) -> Expression:
    """Return how many commendations wait on the actor, as a figure of the rail's query."""
    return RowCount(commendations_waiting_on(actor, at))


def _goes_on(rows: QuerySet, actor: Actor, at: datetime) -> Q:
    """Return the condition that it is a draft, or what the person has still to sign."""
    matter = "case" if rows.model is AccountabilityCase else "commendation"
    given = {"post": actor.post, "signed_at__lte": at, f"{matter}__isnull": False}
    signed = Signature.objects.filter(**given).order_by().values(matter)
    unsigned = Q(stands=Standing.SIGNING) & ~Q(pk__in=signed)
    return Q(stands=Standing.DRAFTED) | unsigned
