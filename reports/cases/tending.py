"""Telling that a term ended: no statement came, a signature is missing (rules 3.10, 9.1).

The end of the term itself moves the case on; this only writes the event and owes the notices.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from agencies.acting import SYSTEM
from agencies.models import AlreadyDone, Event, record
from agencies.notices import owe
from reports.cases.people import Matter, chairs, handlers
from reports.cases.situation import Situation
from reports.models import AccountabilityCase, Commendation, Signature


def note_ended_terms(at: datetime) -> int:
    """Note each ended term once and return how many are new."""
    unstated = _open(AccountabilityCase, "case.unstated").filter(
        statement_due_at__lte=at, stated_at__isnull=True
    )
    noted = sum(_note(case, "case.unstated", case.statement_due_at, at) for case in unstated)
    for model, kind in ((AccountabilityCase, "case"), (Commendation, "commendation")):
        act = f"{kind}.signature_missing"
        late = _open(model, act).filter(signatures_due_at__lte=at, signed_at__isnull=True)
        noted += sum(_note(matter, act, matter.signatures_due_at, at) for matter in late)
    return noted


def _open(model: type[Matter], act: str) -> QuerySet:
    """Return what is neither decided nor dropped, and not noted yet."""
    told = Event.objects.filter(act=act, thing_id=OuterRef("pk"))
    rows = model.objects.filter(decided_at__isnull=True, dropped_at__isnull=True)
    return rows.exclude(Exists(told)).select_related("agency")


def _note(matter: Matter, act: str, ended_at: datetime, at: datetime) -> int:
    people = [*handlers(matter, at)]
    missing = []
    if act.endswith("signature_missing"):
        missing = [
            str(Signature.Role(role).label) for role in Situation(SYSTEM, at, matter).missing
        ]
        people += chairs(at)
    try:
        with transaction.atomic():
            event = record(act, matter, SYSTEM, at, effective_at=ended_at,
                           key=f"{act}:{matter.pk}", missing=missing)  # fmt: skip
            owe(people, event, immediate=True)
    except AlreadyDone:
        return 0
    return 1
