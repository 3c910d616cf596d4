"""A line's rows: opened with its terms, locked, its terms written anew (rules 3.9, 6.2, 6.4)."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from agencies.acting import Actor
from agencies.deadlines import local_day
from agencies.functions import Function
from agencies.models import Agency, Event, Post, record, record_all
from agencies.notices import Owed, owe, owe_all
from agencies.refusals import Refused
from consultations import acts, terms
from consultations.models import Consultation, Opinion, TermsRow
from consultations.receivers import deciders, people_of, people_of_requester

Clock = Callable[[], datetime]
"""What an act reads the instant from, once the lock is its own (rule 6.4)."""


class Whom(NamedTuple):
    """An agency to ask: why, and whether the matter lies outside its competences (rule 6.1)."""

    agency: Agency
    why: str = ""
    is_outside: bool = False


def open_lines(
    consultation: Consultation,
    opinions: list[Opinion],
    actor: Actor,
    at: datetime,
    *,
    arithmetic: dict | None = None,
) -> None:
    """Save new lines, each with its terms, its event and the notices owed. `arithmetic` is of a
    deadline that is not the consultation's.
    """
    told = people_of([opinion.agency for opinion in opinions], at)
    Opinion.objects.bulk_create(opinions)
    params = {"requester": consultation.requester.short_name, "title": consultation.title}
    if arithmetic is not None:
        params["arithmetic"] = arithmetic
    asked = [
        (opinion, {"agency": opinion.agency.short_name, "due_at": opinion.due_at.isoformat()}
         | params)
        for opinion in opinions
    ]  # fmt: skip
    opened = list(zip(opinions, record_all("opinion.asked", asked, actor, at), strict=True))
    TermsRow.objects.bulk_create([_terms_row(opinion, event, at) for opinion, event in opened])
    owe_all(Owed(told[opinion.agency_id], event, immediate=True) for opinion, event in opened)


def new_line(
    consultation: Consultation,
    asked: Whom,
    at: datetime,
    *,
    due_at: datetime,
    is_on_paper: bool,
    redirected_from: Opinion | None = None,
) -> Opinion:
    """Return a line's terms, not saved yet: its deadline, what silence means, how it is served."""
    silence = terms.silence_for(asked.agency, at, consultation.express_consent)
    return Opinion(
        consultation=consultation,
        agency=asked.agency,
        due_at=due_at,
        silence_rule=silence.rule,
        silence_provision=silence.provision[:300],
        is_on_paper=is_on_paper,
        register_until=terms.register_until(due_at) if is_on_paper else None,
        why_asked=asked.why[:300],
        is_outside=asked.is_outside,
        redirected_from=redirected_from,
        visible_at=at,
    )


def served_on_paper(agencies: Iterable[Agency], at: datetime) -> set[int]:
    """Return the ids of agencies in which nobody with an account can answer that day (2.7)."""
    asked = {agency.pk for agency in agencies}
    posts = Post.objects.held_on(local_day(at)).with_function(Function.AGENCY_HEAD)
    return asked - set(posts.filter(agency__in=asked).values_list("agency", flat=True))


def set_due(opinion: Opinion, due_at: datetime) -> None:
    """Set a line's deadline, and with it until when the register is awaited (rule 2.7)."""
    opinion.due_at = due_at
    if opinion.is_on_paper:
        opinion.register_until = terms.register_until(due_at)


def await_anew(opinion: Opinion, event: Event, at: datetime, *, due_at: datetime) -> None:
    """Let a settled line await anew: what was said before no longer stands (rule 6.6)."""
    opinion.counts_from = at
    set_due(opinion, due_at)
    opinion.save()
    write_terms(opinion, event, at)


def end_line(opinion: Opinion, ending: str, at: datetime) -> None:
    """End a line: from now on it means its ending (rules 2.5, 6.6, 6.7)."""
    opinion.ending, opinion.ended_at = ending, at
    opinion.save(update_fields=["ending", "ended_at"])


def write_terms(opinion: Opinion, event: Event, at: datetime) -> None:
    """Add the dated row of a line's present terms (rule 3.9)."""
    _terms_row(opinion, event, at).save(force_insert=True)


def _terms_row(opinion: Opinion, event: Event, at: datetime) -> TermsRow:
    return TermsRow(
        opinion=opinion,
        due_at=opinion.due_at,
        silence_rule=opinion.silence_rule,
        counts_from=opinion.counts_from,
        register_until=opinion.register_until,
        effective_at=at,
        recorded_at=at,
        event=event,
    )


def locked(opinion_id: int) -> Opinion:
    """Return the line as it stands once its lock is ours; read the clock after it (rule 6.4).

    Locked first, then read: what a query that waits for a lock reads of other rows (the requester)
    is as old as its beginning.
    """
    Opinion.objects.select_for_update().order_by().only("pk").get(pk=opinion_id)
    rows = Opinion.objects.select_related(
        "agency", "consultation__requester", "consultation__asked_by__user"
    )
    return rows.order_by().get(pk=opinion_id)


def locked_round(consultation: Consultation) -> tuple[Consultation, list[Opinion]]:
    """Return the consultation and its running lines, locked in this order (rule 6.4)."""
    Consultation.objects.select_for_update().only("pk").get(pk=consultation.pk)
    rows = Consultation.objects.select_related("requester", "asked_by__user")
    held = rows.get(pk=consultation.pk)
    lines = held.opinions.select_for_update(of=("self",)).select_related("agency")
    return held, list(lines.filter(ended_at__isnull=True).order_by("pk"))


def lock_rounds(consultations: QuerySet) -> None:
    """Lock consultations before a line of theirs is locked that will give rise to another one, in
    the order in which a withdrawal takes them (rule 6.4): it then ends the new line too.
    """
    list(consultations.select_for_update(of=("self",)).order_by("pk").values_list("pk"))


def begin_on_line(opinion: Opinion, actor: Actor, clock: Clock, code: str) -> acts.LineCase:
    """Lock the line, *then* read the clock, then ask the table (rule 6.4)."""
    line = locked(opinion.pk)
    case = acts.LineCase(actor, clock(), line)
    Event.objects.refuse_again(actor.form_key)
    refusal = acts.LINE_ACTS[code].refusal(case)
    if refusal is not None:
        raise refusal
    return case


def demand_words(text: str, field: str, sentence: str = "") -> None:
    """Refuse an act that says nothing of what and why."""
    if not text.strip():
        raise Refused(sentence or _("Write what and why; it is kept with the act."), field=field)


def recorded_on_line(act: str, case: acts.LineCase, **params) -> Event:
    """Write the main event of an act on a line."""
    line = case.opinion
    return record(
        act, line, case.actor, case.at, key=case.actor.form_key,
        agency=line.agency.short_name, title=line.consultation.title, **params,
    )  # fmt: skip


def tell_asked(case: acts.LineCase, event: Event) -> None:
    """Owe the agency asked a message at once: it is addressed to it (rule 10.1)."""
    line = case.opinion
    owe(people_of([line.agency], case.at)[line.agency_id], event, immediate=True)


def tell_decider(case: acts.LineCase, event: Event) -> None:
    """Owe whoever settles it a message at once (rule 2.3)."""
    line = case.opinion
    sides = (line.agency, line.consultation.requester)
    owe(deciders(sides, case.at), event, immediate=True)


def tell_requester(case: acts.LineCase, event: Event) -> None:
    """Owe the requester a message at once."""
    owe(people_of_requester(case.opinion.consultation, case.at), event, immediate=True)
