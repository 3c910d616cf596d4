"""An agency's working regulations, kept on its page (rule 5.8, clause 1.6 of the directive)."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from agencies.acting import Actor
from agencies.deadlines import local_day
from agencies.files import keep_all
from agencies.functions import Function
from agencies.models import Agency, WorkingRegulation, record
from agencies.refusals import NotYours, Refused

ROLE = "regulation"


def may_keep_regulations(actor: Actor, agency: Agency) -> bool:
    """Return whether the actor keeps the agency's regulations: its head, or the administrator."""
    if actor.has(Function.ADMINISTRATOR):
        return True
    own = actor.heads_agency and actor.agency_id == agency.pk
    return own and actor.may_do("regulation.added")


@transaction.atomic
def add_regulation(
    agency: Agency,
    actor: Actor,
    at: datetime,
    *,
    title: str,
    document_number: str,
    issued_on: date,
    starts_on: date,
    ends_on: date | None = None,
    files: Iterable[UploadedFile] = (),
) -> WorkingRegulation:
    """Keep a regulation with its files; the one in force until now ends the day before."""
    if not may_keep_regulations(actor, agency):
        raise NotYours(_("The agency's head keeps its working regulation."))
    agency = Agency.objects.select_for_update().get(pk=agency.pk)
    files = list(files)
    if not files:
        raise Refused(_("Attach the regulation itself."), field="files")
    if issued_on > local_day(at):
        raise Refused(_("A document of the future cannot be kept yet."), field="issued_on")
    if starts_on < issued_on:
        raise Refused(_("It cannot be in force before its date."), field="starts_on")
    if ends_on is not None and ends_on < starts_on:
        raise Refused(_("The last day lies before the first."), field="ends_on")
    kept = WorkingRegulation.objects.filter(agency=agency)
    if kept.filter(document_number=document_number.strip(), issued_on=issued_on).exists():
        raise Refused(_("This regulation is kept already."), field="document_number")
    kept.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=starts_on), starts_on__lt=starts_on
    ).update(ends_on=starts_on - timedelta(days=1))
    regulation = WorkingRegulation.objects.create(
        agency=agency,
        title=title.strip(),
        document_number=document_number.strip(),
        issued_on=issued_on,
        starts_on=starts_on,
        ends_on=ends_on,
        recorded_at=at,
        recorded_by=actor.post,
    )
    event = record(
        "regulation.added", regulation, actor, at, key=actor.form_key,
        number=regulation.document_number, starts_on=starts_on.isoformat(),
    )  # fmt: skip
    keep_all(files, regulation, actor, at, role=ROLE, event=event)
    return regulation
