"""Acknowledgements: an addressee confirms that it received and spread the directive (4.3)."""

from datetime import date, datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from agencies.acting import Actor
from agencies.deadlines import Unit, by_term, local_day
from agencies.files import keep_all
from agencies.models import AlreadyDone, Event, Setting, record
from agencies.notices import owe
from agencies.refusals import Refused
from agencies.succession import in_post_on
from tasks.directives.permits import demand, may_acknowledge
from tasks.directives.reckoning import confirmed_calendar
from tasks.models import Acknowledgement


def acknowledgement_due_at(at: datetime) -> datetime:
    """Return until when addressees acknowledge what is approved now, by setting."""
    days = Setting.objects.value("acknowledgement_days", at)
    return by_term(days, Unit.WORKING_DAY, at, confirmed_calendar()).due_at


def acknowledge(
    acknowledgement: Acknowledgement,
    actor: Actor,
    at: datetime,
    *,
    spread_on: date,
    how: str,
    uploads: list[UploadedFile] = (),
) -> Acknowledgement:
    """Record that the agency received the directive and spread it on that day; once."""
    with transaction.atomic():
        locked = (
            Acknowledgement.objects.select_for_update(of=("self",))
            .select_related("agency", "directive__drafted_by__user")
            .get(pk=acknowledgement.pk)
        )
        demand(may_acknowledge(actor, locked))
        directive = locked.directive
        if locked.acknowledged_at is not None:
            raise AlreadyDone(Event.objects.of(locked).first())
        if spread_on > local_day(at):
            raise Refused(_("The day it was spread lies in the future."), field="spread_on")
        if directive.issued_on and spread_on < directive.issued_on:
            raise Refused(
                _("The directive is dated %(day)s; it cannot have been spread before.")
                % {"day": f"{directive.issued_on:%d/%m/%Y}"},
                field="spread_on",
            )
        locked.acknowledged_at, locked.acknowledged_by = at, actor.authority
        locked.spread_on, locked.how = spread_on, how
        locked.save()
        event = record(
            "directive.acknowledged", locked, actor, at, key=actor.form_key,
            agency=locked.agency.name, spread_on=spread_on.isoformat(), text=how,
        )  # fmt: skip
        keep_all(list(uploads), locked, actor, at, role="acknowledgement", event=event)
        drafters = in_post_on([directive.drafted_by], local_day(at)).values()
        owe([post.user for post in drafters if post is not None], event)
    return locked
