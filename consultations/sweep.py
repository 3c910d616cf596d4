"""Record what silence meant: after the fact, never deciding it (rules 3.10, 6.3, 6.4)."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Case, Expression, F, Func, Q, TextField, Value, When
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast, Concat, JSONObject, Left
from django.urls import reverse

from agencies.models import Agency, record_selected
from agencies.notices import owe_groups
from consultations.models import Consultation, Opinion
from consultations.questions import TO_SWEEP, OpinionQuerySet
from consultations.receivers import people_of, people_of_requesters
from consultations.stances import OPINIONS, SILENCE, Outcome
from consultations.terms import sweep_margin

BATCH = 2000
"""Lines locked and recorded in one transaction: a reply may wait a third of a second for it."""

ACT_OF = {
    Outcome.DEEMED_AGREED: "opinion.deemed_agreed",
    Outcome.NO_REPLY: "opinion.no_reply",
}
ISO = "to_jsonb(%(expressions)s) #>> '{}'"  # as `isoformat()` writes an instant in UTC
# From the deadline on these stay what they are: the sweep need not look again.
SETTLED = (*SILENCE, *OPINIONS)


def record_deemed(at: datetime) -> int:
    """Write the event of every line that silence settled and that has none; return how many.

    Every reader has seen the outcome since `due_at`; this only dates it and tells people. It may
    run late, twice, on two machines at once or die half way: each batch is its own transaction,
    and an event's key makes a second one impossible.
    """
    recorded, last = 0, None
    past = past_margin(at - sweep_margin(at))
    while batch := list(_after(past, last)[:BATCH]):
        recorded += record_lines([pk for pk, _due_at in batch], at)
        last = batch[-1]
    return recorded


def past_margin(until: datetime) -> OpinionQuerySet:
    """Return the lines not swept whose deadline had passed by then, and on paper the register had
    been looked through: a margin ago, so that two machines' clocks cannot quarrel (rules 2.7, 6.4).
    """
    looked_through = Q(register_until__isnull=True) | Q(register_until__lte=until)
    return Opinion.objects.filter(TO_SWEEP, looked_through, due_at__lte=until)


def _after(past: OpinionQuerySet, last: tuple[int, datetime] | None):
    """Return id and deadline of the lines behind the last one, those past due longest first."""
    if last is not None:
        pk, due_at = last
        past = past.filter(Q(due_at__gt=due_at) | Q(pk__gt=pk), due_at__gte=due_at)
    return past.order_by("due_at", "id").values_list("pk", "due_at")


@transaction.atomic
def record_lines(ids: Iterable[int], at: datetime) -> int:
    """Record lines, locked in order and judged again under the locks; return how many are new."""
    lines = _of(ids).order_by("pk")
    held = lines.select_for_update(of=("self",)).values_list("pk", "agency", "consultation")
    places = {pk: (agency, consultation) for pk, agency, consultation in held}
    recorded = record_selected(_events(lines, at), at)
    _tell([(act, event, *places[line]) for act, event, line in recorded], at)
    new = {line for _act, _event, line in recorded}
    done = F("due_at")
    if new:
        _of(new).update(swept_due_at=done)
    if others := places.keys() - new:
        judged = _of(others).with_outcome(at)
        judged.filter(outcome__in=SETTLED).update(swept_due_at=done)
    return len(recorded)


def _of(ids: Iterable[int]) -> OpinionQuerySet:
    """Return lines by their ids as one value: a list of a thousand costs more than the work."""
    return Opinion.objects.filter(
        pk__in=RawSQL("SELECT unnest(%s::bigint[])", [list(ids)])
    ).order_by()


def _events(lines: OpinionQuerySet, at: datetime) -> OpinionQuerySet:
    """Return the lines that silence settled, with the columns of the events that say so."""
    code, title, agency = "consultation__code", "consultation__title", "agency__short_name"
    due_at = Func(F("due_at"), template=ISO, output_field=TextField())
    before, after = reverse("consultation", args=["CODE"]).split("CODE")
    return lines.silent(at).annotate(
        act=Case(*(When(outcome=outcome, then=Value(act)) for outcome, act in ACT_OF.items())),
        params=JSONObject(agency=agency, title=title, due_at=due_at),
        thing_id=F("pk"),
        thing_text=Left(_text(code, Value(" "), title, Value(": "), agency), 300),
        thing_url=_text(Value(before), code, Value(f"{after}#line-"), "pk"),
        effective_at=F("due_at"),
        key=_text(Value("deemed:"), "pk", Value(":"), due_at),
    )


def _text(*parts: str | Expression) -> Concat:
    return Concat(*(Cast(part, TextField()) for part in parts))


def _tell(recorded: list[tuple[str, int, int, int]], at: datetime) -> None:
    """Owe the silent agencies' people a message at once, the requesters' theirs (rule 10.1)."""
    agencies = Agency.objects.filter(pk__in={agency for _act, _event, agency, _asked in recorded})
    heads = people_of(agencies, at)
    asked = Consultation.objects.filter(pk__in={asked for *_rest, asked in recorded})
    askers = people_of_requesters(asked.select_related("requester", "asked_by__user"), at)
    for act in ACT_OF.values():
        of_act = [row for row in recorded if row[0] == act]
        answering = [(event, agency) for _act, event, agency, _asked in of_act]
        owe_groups(act, heads, answering, immediate=True)
        owe_groups(act, askers, [(event, asked) for _act, event, _agency, asked in of_act])
