"""Tell the requester once that a consultation is over, with its result sheet (rules 6.7, 6.8)."""

from collections import defaultdict
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from agencies.acting import SYSTEM
from agencies.models import Event, record
from agencies.notices import Owed, owe_all
from consultations.models import Consultation, Opinion
from consultations.receivers import people_of_requesters
from consultations.stances import SILENCE
from consultations.terms import sweep_margin

BATCH = 200
"""Consultations locked and told of in one transaction."""


def record_closed(at: datetime) -> int:
    """Date the end of every consultation that closed and was not told; return how many.

    Closing is derived (rule 6.7): this decides nothing. Late, twice or half done, each is told
    once: a batch is a transaction of its own.
    """
    waiting = list(closed_untold(at).order_by("due_at", "id").values_list("pk", flat=True))
    batches = (waiting[start : start + BATCH] for start in range(0, len(waiting), BATCH))
    return sum(_tell(batch, at) for batch in batches)


def closed_untold(at: datetime) -> QuerySet[Consultation]:
    """Return what is closed and of which the requester was not told: closed early, or every line's
    own deadline past by the sweep's margin (a line supplied or redirected may have a later one),
    and on paper the register looked through that long.
    """
    until = at - sweep_margin(at)
    lines = Opinion.objects.filter(consultation=OuterRef("pk"), ended_at__isnull=True).order_by()
    fresh = lines.filter(Q(due_at__gt=until) | Q(register_until__gt=until))
    ended = Q(due_at__lte=until) & ~Exists(fresh)
    untold = Consultation.objects.filter(result_told_at=None, withdrawn_at=None)
    return untold.filter(ended | Q(closed_early_at__isnull=False)).closed(at)


@transaction.atomic
def _tell(ids: list[int], at: datetime) -> int:
    """Tell of consultations, locked in order and judged again under the locks; return how many."""
    asked = Consultation.objects.filter(pk__in=ids).order_by("pk")
    list(asked.select_for_update().values_list("pk"))
    closed = list(
        closed_untold(at).filter(pk__in=ids).select_related("requester", "asked_by__user")
    )
    lines = defaultdict(list)
    for line in Opinion.objects.filter(consultation__in=closed).with_outcome(at).order_by():
        lines[line.consultation_id].append(line)
    askers = people_of_requesters(closed, at)
    owe_all(
        Owed(askers[one.pk], _recorded(one, lines[one.pk], at), True, _sheet_of(one))
        for one in closed
    )
    Consultation.objects.filter(pk__in=[one.pk for one in closed]).update(result_told_at=at)
    return len(closed)


def _recorded(closed: Consultation, lines: list[Opinion], at: datetime) -> Event:
    """Write that it closed, effective when its last line stopped running: at the line's deadline,
    on paper when the register was looked through, or when it ended. Once more, later, where a
    refused paper had opened it again.
    """
    over_at = min(at, max(_over_at(line) for line in lines))
    return record(
        "consultation.closed",
        closed,
        SYSTEM,
        at,
        effective_at=over_at,
        key=f"closed:{closed.pk}:{over_at.isoformat()}",
        title=closed.title,
        count=len(lines),
        answered=sum(line.outcome not in SILENCE for line in lines),
    )


def _over_at(line: Opinion) -> datetime:
    return line.ended_at or max(line.due_at, line.register_until or line.due_at)


def _sheet_of(closed: Consultation) -> str:
    return reverse("consultation_paper", args=[closed.code, "result"])
