"""What is put right of a registered paper: its header, or that it came to us at all (rule 4.5)."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.acting import Actor, heads_by_agency
from agencies.deadlines import local_day
from agencies.editing import refuse_stale, what_changed
from agencies.models import User, record
from agencies.notices import owe
from agencies.refusals import Refused, demand_words
from tasks.directives.header import (
    Header,
    check,
    demand_whole,
    differences,
    link_citations,
    locked_header,
    refuse_misdirected,
)
from tasks.directives.permits import demand, may_correct, may_register
from tasks.models import Directive


def correct_header(
    directive: Directive, actor: Actor, at: datetime, *, header: Header, reason: str, version: int
) -> Directive:
    """Put the header of an approved directive right; the heads it addresses are told.

    The event keeps reason, old and new values. Addressees stand, as they acknowledge; tasks keep
    what they were given and are corrected themselves.
    """
    demand(may_correct(actor))
    demand_words(reason, "reason", _("Say why this is corrected."))
    with locked_header(directive, header, version) as locked:
        if locked.approved_at is None:
            raise Refused(_("Nothing was assigned from it yet: edit the header."))
        check(header, locked, at)
        demand_whole(header)
        told = [(name, _kept(old), _kept(new)) for name, old, new in differences(locked, header)]
        if not told:
            raise Refused(_("Nothing differs from what is stored."))
        for name in Header.facts():
            setattr(locked, name, getattr(header, name))
        locked.version += 1
        locked.save()
        link_citations(locked)
        event = record(
            "directive.corrected", locked, actor, at, key=actor.form_key, text=reason, changes=told
        )
        owe(_concerned(locked, at), event, immediate=True)
    return locked


def record_misdirected(
    directive: Directive,
    actor: Actor,
    at: datetime,
    *,
    returned_to: str,
    reason: str,
    returned_on: date,
    version: int,
) -> Directive:
    """Record that a paper was not for us: returned to whom, why, which day; nothing follows."""
    demand(may_register(actor))
    for name, value in (("returned_to", returned_to), ("reason", reason)):
        demand_words(value, name, _("Say to whom it was returned, and why."))
    with transaction.atomic():
        locked = Directive.objects.select_for_update().get(pk=directive.pk)
        refuse_misdirected(locked)
        refuse_stale(locked, version, told=lambda: what_changed(locked, acts="directive."))
        _check_return(locked, returned_on, at)
        locked.state = Directive.State.MISDIRECTED
        locked.returned_to, locked.return_reason = returned_to.strip(), reason.strip()
        locked.returned_on = returned_on
        locked.version += 1
        locked.save()
        event = record(
            "directive.misdirected", locked, actor, at, key=actor.form_key,
            returned_to=locked.returned_to, returned_on=returned_on.isoformat(), text=reason,
        )  # fmt: skip
        if locked.drafted_by_id:
            owe([locked.drafted_by.user], event)
    return locked


def _kept(value: Any) -> str:
    """Return a value of the header as the event keeps it; a code stays one."""
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value or "")


def _check_return(directive: Directive, returned_on: date, at: datetime) -> None:
    if directive.approved_at is not None:
        raise Refused(_("Work was assigned from this directive; it was not misdirected."))
    if returned_on > local_day(at):
        raise Refused(_("The day lies in the future."), field="returned_on")
    if directive.issued_on is not None and returned_on < directive.issued_on:
        raise Refused(
            _("The paper is dated %(day)s; it cannot have been returned before.")
            % {"day": f"{directive.issued_on:%d/%m/%Y}"},
            field="returned_on",
        )


def _concerned(directive: Directive, at: datetime) -> list[User]:
    """Return the heads of everybody it addresses and names, and who drafted it."""
    agencies = {row.agency_id for row in directive.addressees.all()}
    agencies |= set(directive.tasks.filter(is_group=False).values_list("lead", flat=True))
    heads = heads_by_agency(agencies, local_day(at))
    people = [post.user for post in heads.values()]
    return [*people, directive.drafted_by.user] if directive.drafted_by_id else people
