"""Record where an agency's silence confirmed a meeting's result (rules 3.10, 6.10): after the fact,
never deciding it.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from agencies.acting import SYSTEM
from agencies.models import Event, record
from agencies.notices import Owed, owe_all
from consultations.models import Opinion, Reconciliation
from consultations.receivers import people_of, people_of_requesters
from consultations.stances import Outcome
from consultations.terms import sweep_margin

BATCH = 200
"""Results recorded in one transaction, their lines locked."""


def record_silent_results(at: datetime) -> int:
    """Write the event of every result that silence confirmed and that has none; return how many.

    Every reader has seen it since the deadline; this only dates it and tells both sides. Late,
    twice, on two machines or half done, each is recorded once: a batch is a transaction of its own
    that locks the lines as an answer does (rule 6.4).
    """
    waiting = list(past_margin(at).order_by("due_at", "id").values_list("pk", flat=True))
    batches = (waiting[start : start + BATCH] for start in range(0, len(waiting), BATCH))
    return sum(_record(batch, at) for batch in batches)


def past_margin(at: datetime) -> QuerySet[Reconciliation]:
    """Return the results not swept that nobody answered by their deadline, on paper by the end of
    the register: a margin ago, as the sweep of lines (rules 2.7, 6.4).
    """
    until = at - sweep_margin(at)
    looked_through = Q(register_until__isnull=True) | Q(register_until__lte=until)
    return Reconciliation.objects.filter(
        looked_through, responded_at__isnull=True, swept_at__isnull=True, due_at__lte=until
    )


@transaction.atomic
def _record(ids: Sequence[int], at: datetime) -> int:
    lines = Opinion.objects.filter(reconciliations__in=ids).order_by("pk")
    list(lines.select_for_update(of=("self",)).values_list("pk"))
    results = list(past_margin(at).filter(pk__in=ids).order_by("due_at", "id"))
    confirmed = [(result, line) for result in results if (line := _still_differing(result))]
    asked = [line.consultation for _result, line in confirmed]
    heads = people_of({line.agency for _result, line in confirmed}, at)
    askers = people_of_requesters(asked, at)
    owed = []
    for result, line in confirmed:
        event = _event(result, line, at)
        owed.append(Owed(heads[line.agency_id], event, immediate=True))
        owed.append(Owed(askers[line.consultation_id], event))
    owe_all(owed)
    Reconciliation.objects.filter(pk__in=[result.pk for result in results]).update(swept_at=at)
    return len(confirmed)


def _still_differing(result: Reconciliation) -> Opinion | None:
    """Return the line, if at the deadline the disagreement the meeting was about still stood: it
    had not ended, and no later reply had taken its place.
    """
    rows = Opinion.objects.with_outcome(result.due_at).filter(outcome=Outcome.DISAGREED)
    line = (
        rows.filter(pk=result.opinion_id, replied_then__lte=result.sent_at)
        .select_related("agency", "consultation__requester", "consultation__asked_by__user")
        .prefetch_related("replies__paper_check")
        .first()
    )
    return None if line is None or line.counting(line.replies.all()) is None else line


def _event(result: Reconciliation, line: Opinion, at: datetime) -> Event:
    return record(
        "opinion.result_silent",
        line,
        SYSTEM,
        at,
        effective_at=result.due_at,
        key=f"result:{result.pk}:{result.due_at.isoformat()}",
        agency=line.agency.short_name,
        title=line.consultation.title,
        held_on=result.held_on.isoformat(),
        due_at=result.due_at.isoformat(),
        text=result.result,
    )
