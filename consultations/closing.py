"""Tell the requester once that a consultation is over, with its result sheet (rules 6.7, 6.8)."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse

from agencies.acting import SYSTEM
from agencies.models import AlreadyDone, record
from agencies.notices import owe
from consultations.models import Consultation
from consultations.receivers import people_of_requester
from consultations.stances import SILENCE
from consultations.terms import sweep_margin


def record_closed(at: datetime) -> int:
    """Date the end of every consultation that closed and was not told; return how many.

    Closing is derived (rule 6.7): this decides nothing. Late, twice or half done, each is told
    once, in a transaction of its own.
    """
    waiting = closed_untold(at).order_by("due_at", "id").values_list("pk", flat=True)
    return sum(_tell(consultation_id, at) for consultation_id in list(waiting))


def closed_untold(at: datetime) -> QuerySet[Consultation]:
    """Return what is closed, by the sweep's margin, and of which the requester was not told."""
    ended = Q(due_at__lte=at - sweep_margin(at)) | Q(closed_early_at__isnull=False)
    untold = Consultation.objects.filter(result_told_at=None, withdrawn_at=None)
    return untold.filter(ended).closed(at)


def _tell(consultation_id: int, at: datetime) -> bool:
    with transaction.atomic():
        Consultation.objects.select_for_update().only("pk").get(pk=consultation_id)
        rows = Consultation.objects.select_related("requester", "asked_by__user")
        consultation = rows.get(pk=consultation_id)
        if consultation.result_told_at is not None:
            return False
        lines = list(consultation.opinions.with_outcome(at))
        try:
            event = record(
                "consultation.closed",
                consultation,
                SYSTEM,
                at,
                effective_at=_ended_at(lines, at),
                key=f"closed:{consultation.pk}",
                title=consultation.title,
                count=len(lines),
                answered=sum(line.outcome not in SILENCE for line in lines),
            )
        except AlreadyDone:
            return False
        consultation.result_told_at = at
        consultation.save(update_fields=["result_told_at"])
        sheet = reverse("consultation_paper", args=[consultation.code, "result"])
        owe(people_of_requester(consultation, at), event, immediate=True, url=sheet)
    return True


def _ended_at(lines: list, at: datetime) -> datetime:
    """Return when the last line stopped running: at its deadline, or when it ended before."""
    return min(at, max(line.ended_at or line.due_at for line in lines))
