"""What a requester does with the whole consultation: withdraw, extend, close (rules 6.4, 6.7).

Each locks the consultation, then its lines in order, and only then reads the clock.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.acting import Actor
from agencies.models import Event, record
from agencies.notices import Owed, owe_all
from agencies.refusals import Refused
from consultations import acts, terms
from consultations.lifecycle.lines import (
    Clock,
    demand_words,
    end_line,
    locked_round,
    set_due,
    write_terms,
)
from consultations.models import Consultation, Opinion
from consultations.outcome import TICK
from consultations.receivers import people_of
from consultations.stances import Ending


@transaction.atomic
def withdraw(
    consultation: Consultation, actor: Actor, clock: Clock, *, reason: str
) -> Consultation:
    """Withdraw before the deadline, with a reason; nothing is asked or deemed any more.

    What a line meant once its own deadline had passed stays (rule 3.5).
    """
    held, lines, at = _begin(consultation, actor, clock, "withdraw")
    demand_words(reason, "reason", _("Say why the consultation is withdrawn."))
    held.withdrawn_at, held.withdrawn_reason = at, reason.strip()
    event = _recorded("consultation.withdrawn", held, actor, at, text=reason)
    running = _running(lines, at)
    for line in running:
        end_line(line, Ending.WITHDRAWN, at)
    _tell(running, event, at)
    return _finished(held)


@transaction.atomic
def extend(
    consultation: Consultation, actor: Actor, clock: Clock, *, due: terms.Due, reason: str
) -> Consultation:
    """Move the deadline of every line that still runs to a later one, the same for all.

    What has passed its deadline stays as it is, and so does a line with a later one of its own.
    """
    held, lines, at = _begin(consultation, actor, clock, "extend")
    demand_words(reason, "reason", _("Say why the deadline is extended."))
    deadline = terms.reckon(due, at)
    running = [line for line in lines if at < line.due_at < deadline.due_at]
    if deadline.due_at <= held.due_at or not running:
        raise Refused(_("The new deadline must be later than the present one."), field="due")
    old, old_arithmetic, old_words = held.due_at, held.arithmetic, held.deadline_text
    held.due_at, held.arithmetic = deadline.due_at, deadline.to_json()
    held.deadline_text = terms.as_written(due)
    event = _recorded(
        "consultation.extended", held, actor, at,
        text=reason, old_due_at=old.isoformat(), due_at=deadline.due_at.isoformat(),
        old_arithmetic=old_arithmetic, old_words=old_words,
    )  # fmt: skip
    for line in running:
        set_due(line, deadline.due_at)
        line.save(update_fields=["due_at", "register_until"])
        write_terms(line, event, at)
    _tell(running, event, at, immediate=True)
    return _finished(held)


@transaction.atomic
def close_early(consultation: Consultation, actor: Actor, clock: Clock) -> Consultation:
    """Close when all have replied: their deadline is now, what comes later is late.

    The reply of the last moment is in time: where it bears this very instant, the line closes one
    microsecond later.
    """
    held, lines, at = _begin(consultation, actor, clock, "close_early")
    counting = Opinion.objects.filter(pk__in=[line.pk for line in lines]).with_outcome(at)
    replied = dict(counting.values_list("pk", "replied_then"))
    held.closed_early_at = at
    event = _recorded("consultation.closed_early", held, actor, at)
    for line in lines:
        if line.due_at <= at:
            continue
        line.due_at = max(at, (replied[line.pk] or at - TICK) + TICK)
        line.register_until = line.due_at if line.is_on_paper else None
        line.save(update_fields=["due_at", "register_until"])
        write_terms(line, event, at)
    _tell(lines, event, at)
    return _finished(held)


def _begin(
    consultation: Consultation, actor: Actor, clock: Clock, code: str
) -> tuple[Consultation, list[Opinion], datetime]:
    held, lines = locked_round(consultation)
    at = clock()
    Event.objects.refuse_again(actor.form_key)
    refusal = acts.ROUND_ACTS[code].refusal(acts.RoundCase(actor, at, held))
    if refusal is not None:
        raise refusal
    return held, lines, at


def _running(lines: list[Opinion], at: datetime) -> list[Opinion]:
    judged = Opinion.objects.filter(pk__in=[line.pk for line in lines]).running(at)
    wanted = set(judged.values_list("pk", flat=True))
    return [line for line in lines if line.pk in wanted]


def _recorded(act: str, held: Consultation, actor: Actor, at: datetime, **params) -> Event:
    return record(act, held, actor, at, key=actor.form_key, title=held.title, **params)


def _tell(lines: list[Opinion], event: Event, at: datetime, *, immediate: bool = False) -> None:
    told = people_of([line.agency for line in lines], at)
    owe_all(Owed(people, event, immediate) for people in told.values())


def _finished(held: Consultation) -> Consultation:
    held.version += 1
    held.save()
    return held
