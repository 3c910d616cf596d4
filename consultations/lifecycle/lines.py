"""A line's rows: opened with its terms, locked, its terms written anew (rules 3.9, 6.2, 6.4)."""

from datetime import datetime

from agencies.acting import Actor
from agencies.models import Agency, Event, record_all
from agencies.notices import Owed, owe_all
from consultations import terms
from consultations.models import Consultation, Opinion, TermsRow
from consultations.receivers import people_of


def open_lines(
    consultation: Consultation,
    consulted: list[Agency],
    actor: Actor,
    at: datetime,
    express_consent: str,
) -> None:
    """Open a line for each agency, with its terms, its event and the notices owed."""
    told = people_of(consulted, at)
    opinions = [_line(consultation, agency, at, express_consent) for agency in consulted]
    Opinion.objects.bulk_create(opinions)
    params = {
        "requester": consultation.requester.short_name,
        "title": consultation.title,
        "due_at": consultation.due_at.isoformat(),
    }
    asked = [(opinion, {"agency": opinion.agency.short_name} | params) for opinion in opinions]
    opened = list(zip(opinions, record_all("opinion.asked", asked, actor, at), strict=True))
    TermsRow.objects.bulk_create([_terms_row(opinion, event, at) for opinion, event in opened])
    owe_all(Owed(told[opinion.agency_id], event, immediate=True) for opinion, event in opened)


def _line(
    consultation: Consultation, agency: Agency, at: datetime, express_consent: str
) -> Opinion:
    silence = terms.silence_for(agency, at, express_consent)
    return Opinion(
        consultation=consultation,
        agency=agency,
        due_at=consultation.due_at,
        silence_rule=silence.rule,
        silence_provision=silence.provision[:300],
        visible_at=at,
    )


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
    """Return the line, its row locked; read the clock after it (rule 6.4)."""
    return (
        Opinion.objects.select_for_update(of=("self",))
        .select_related("agency", "consultation__requester", "consultation__asked_by__user")
        .order_by()
        .get(pk=opinion_id)
    )
