"""What every act on a case or a commendation begins and ends with: lock, table, event."""

from collections.abc import Mapping
from datetime import date, datetime

from agencies.acting import Actor
from agencies.deadlines import local_day, local_midnight_after
from agencies.editing import refuse_stale, what_changed
from agencies.models import Body, CalendarDay, Event, OutgoingPaper, Setting, record
from agencies.outgoing import draft, sign
from consultations.acts import Act
from reports.cases.people import Matter
from reports.cases.situation import Situation


def begun(
    acts: Mapping[str, Act],
    code: str,
    matter: Matter,
    actor: Actor,
    at: datetime,
    version: int | None = None,
) -> Situation:
    """Lock the matter and return its situation when the table lets the act pass (rule 5.14)."""
    model = type(matter)
    model.objects.select_for_update().only("pk").get(pk=matter.pk)
    person = "concerned" if hasattr(matter, "concerned_id") else "person"
    held = model.objects.select_related("agency", f"{person}__user", "paper").get(pk=matter.pk)
    Event.objects.refuse_again(actor.form_key)
    case = Situation(actor, at, held)
    refusal = acts[code].refusal(case)
    if refusal is not None:
        raise refusal
    refuse_stale(held, version, told=lambda: what_changed(held))
    return case


def recorded(case: Situation, act: str, **params) -> Event:
    """Write the act's main event, keyed by the form that posted it."""
    return record(act, case.matter, case.actor, case.at, key=case.actor.form_key, **params)


def finished(matter: Matter) -> Matter:
    """Save the locked row with a new version, which makes every form drawn before it stale."""
    matter.version += 1
    matter.save()
    return matter


def signatures_due(day: date, at: datetime) -> datetime:
    """Return the end of the last working day for signing, counted from a day (rule 9.1)."""
    count = Setting.objects.value("case_signature_days", at)
    return local_midnight_after(CalendarDay.objects.calendar().add_working_days(day, count))


def statement_day(at: datetime) -> date:
    """Return the usual last day for a statement asked at the instant."""
    count = Setting.objects.value("case_statement_days", at)
    return CalendarDay.objects.calendar().add_working_days(local_day(at), count)


def signed_paper(case: Situation, subject: str) -> OutgoingPaper:
    """Draft and sign the paper of a decision: a letter of the body under the Chair's hand."""
    body = Body.current()
    actor = case.actor.with_form_key(None)
    paper = draft(
        case.matter, actor, case.at, issuer=body.office, suffix=body.letter_suffix,
        subject=f"V/v {subject}",
    )  # fmt: skip
    return sign(paper, actor, case.at)
