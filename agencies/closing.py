"""An agency is closed on a day, with its successors (rule 2.5): what the administrator records.

What it has open stays where it is until the chief moves it (`agencies.reorganising`).
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from agencies.acting import Actor, holders_of
from agencies.deadlines import local_day
from agencies.directory import LEADERS
from agencies.functions import Function
from agencies.models import Agency, AlreadyDone, Body, Event, Post, Reorganisation, record
from agencies.notices import owe
from agencies.refusals import NotYours, Refused, demand_words


def may_close(actor: Actor) -> bool:
    """Return whether the actor keeps the list of agencies: the administrator."""
    return actor.has(Function.ADMINISTRATOR)


@transaction.atomic
def close(
    agency: Agency,
    actor: Actor,
    at: datetime,
    *,
    closed_on: date,
    successors: Iterable[Agency],
    document_number: str,
) -> Agency:
    """Close an agency from a day on; its posts end the day before, the chief is told.

    Said again before its work was moved, it puts the day or the successors right.
    """
    if not may_close(actor):
        raise NotYours(_("The system administrator closes agencies."))
    agency = Agency.objects.select_for_update().get(pk=agency.pk)
    done = actor.form_key and Event.objects.filter(key=actor.form_key).first()
    if done:
        raise AlreadyDone(done)
    successors = list(successors)
    _check(agency, closed_on, successors)
    demand_words(document_number, "document_number", _("Give the number of the decision."))
    posts = agency.posts.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=closed_on))
    later = posts.filter(starts_on__gte=closed_on).select_related("user").first()
    if later is not None:
        raise Refused(
            _("%(person)s has a post there that begins on %(day)s; put that right first.")
            % {"person": later.user.full_name, "day": f"{later.starts_on:%d/%m/%Y}"},
            field="closed_on",
        )
    ended = posts.update(ends_on=closed_on - timedelta(days=1))
    agency.closed_on = closed_on
    agency.save(update_fields=["closed_on"])
    agency.successors.set(successors)
    event = record(
        "agency.closed", agency, actor, at, key=actor.form_key,
        closed_on=closed_on.isoformat(), successors=[one.short_name for one in successors],
        number=document_number.strip(), posts=ended,
    )  # fmt: skip
    chiefs = holders_of(Function.OFFICE_CHIEF, local_day(at))
    owe([post.user for post in chiefs], event, immediate=True)
    return agency


def _check(agency: Agency, closed_on: date, successors: list[Agency]) -> None:
    if agency.code == LEADERS or Body.objects.filter(office=agency).exists():
        raise Refused(_("The Office and the leaders' own row are never closed."))
    if Reorganisation.objects.live().filter(agency=agency).exists():
        raise Refused(_("Its open work was moved already; undo that first."))
    if agency.opened_on is not None and closed_on <= agency.opened_on:
        raise Refused(_("It cannot close before it was opened."), field="closed_on")
    if agency in successors:
        raise Refused(_("An agency does not succeed itself."), field="successors")
    there = Agency.objects.open_on(closed_on).filter(pk__in=[one.pk for one in successors])
    missing = [one.short_name for one in successors if one not in set(there)]
    if missing:
        raise Refused(
            _("Not there on that day: %(names)s.") % {"names": ", ".join(missing)},
            field="successors",
        )


def posts_to_end(agency: Agency, day: date) -> int:
    """Return how many posts of the agency are held on the day or begin later."""
    return Post.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), agency=agency).count()
