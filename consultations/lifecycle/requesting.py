"""What the requester, and the chief, make of a line sent back: insufficient or returned (6.6)."""

from collections.abc import Iterable
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from agencies.acting import Actor
from agencies.files import keep_all
from agencies.models import Agency
from agencies.notices import Owed, owe_all
from agencies.refusals import Refused
from consultations import terms
from consultations.acts import guards
from consultations.lifecycle.asking import whom
from consultations.lifecycle.lines import (
    Clock,
    await_anew,
    begin_on_line,
    demand_words,
    end_line,
    lock_rounds,
    new_line,
    open_lines,
    recorded_on_line,
    served_on_paper,
    tell_asked,
    tell_decider,
    tell_requester,
)
from consultations.models import Consultation, Opinion, ReturnContest
from consultations.receivers import people_of
from consultations.stances import Ending


@transaction.atomic
def supply(
    opinion: Opinion,
    actor: Actor,
    clock: Clock,
    *,
    text: str,
    due: terms.Due,
    files: Iterable[UploadedFile] = (),
) -> Opinion:
    """Supply what was missing: the documents go to all lines, this one gets a fresh deadline, never
    before the one it has.
    """
    case = begin_on_line(opinion, actor, clock, "supply")
    line, at, files = case.opinion, case.at, list(files)
    demand_words(text, "text", _("Say what is supplied."))
    deadline = terms.reckon(due, at)
    terms.refuse_too_short(deadline, at, urgent=line.consultation.is_urgent)
    if deadline.due_at < line.due_at:
        raise Refused(_("The fresh deadline is not before the present one."), field="due")
    event = recorded_on_line(
        "opinion.supplied", case, text=text, due_at=deadline.due_at.isoformat(),
        arithmetic=deadline.to_json(),
    )  # fmt: skip
    await_anew(line, event, at, due_at=deadline.due_at)
    keep_all(files, line.consultation, actor, at, role="supplied", event=event)
    running = Opinion.objects.filter(consultation=line.consultation, ended_at__isnull=True)
    told = people_of([one.agency for one in running.select_related("agency")], at)
    owe_all(
        Owed(people, event, immediate=agency_id == line.agency_id)
        for agency_id, people in told.items()
    )
    return line


@transaction.atomic
def refuse_supply(opinion: Opinion, actor: Actor, clock: Clock, *, reason: str) -> Opinion:
    """Refuse to supply: the line awaits again, with at least one working day."""
    case = begin_on_line(opinion, actor, clock, "refuse_supply")
    demand_words(reason, "reason", _("Say why the basis is sufficient."))
    due_at, arithmetic = _awaited_again(case.opinion, case.at)
    event = recorded_on_line(
        "opinion.supply_refused", case, text=reason, due_at=due_at.isoformat(),
        arithmetic=arithmetic,
    )  # fmt: skip
    await_anew(case.opinion, event, case.at, due_at=due_at)
    tell_asked(case, event)
    return case.opinion


@transaction.atomic
def redirect(
    opinion: Opinion, actor: Actor, clock: Clock, *, agency: Agency, due: terms.Due, why: str = ""
) -> Opinion:
    """Ask another agency instead of the one that returned it, or that found the basis insufficient
    and is closed since (rule 2.5); return the new line.
    """
    lock_rounds(Consultation.objects.filter(pk=opinion.consultation_id))
    case = begin_on_line(opinion, actor, clock, "redirect")
    old, at = case.opinion, case.at
    consultation = old.consultation
    concerned = consultation.competences.all()
    [asked] = whom([agency], consultation.requester, at, competences=concerned, why=why)
    if consultation.opinions.filter(ended_at__isnull=True, agency=agency).exists():
        raise Refused(_("This agency is asked already."), field="agency")
    deadline = terms.reckon(due, at)
    terms.refuse_too_short(deadline, at, urgent=consultation.is_urgent)
    event = recorded_on_line("opinion.redirected", case, to=agency.short_name, text=why)
    end_line(old, Ending.REDIRECTED, at)
    new = new_line(
        consultation,
        asked,
        at,
        due_at=deadline.due_at,
        is_on_paper=bool(served_on_paper([agency], at)),
        redirected_from=old,
    )
    open_lines(consultation, [new], actor, at, arithmetic=deadline.to_json())
    tell_asked(case, event)
    return new


@transaction.atomic
def drop(opinion: Opinion, actor: Actor, clock: Clock, *, reason: str) -> Opinion:
    """Do without the opinion of an agency that returned it or is closed, with a reason."""
    case = begin_on_line(opinion, actor, clock, "drop")
    demand_words(reason, "reason", _("Say why this opinion is not needed."))
    event = recorded_on_line("opinion.dropped", case, text=reason)
    end_line(case.opinion, Ending.DROPPED, case.at)
    tell_asked(case, event)
    return case.opinion


@transaction.atomic
def contest_return(opinion: Opinion, actor: Actor, clock: Clock, *, reason: str) -> Opinion:
    """Hold that the agency is competent after all; the chief settles it."""
    case = begin_on_line(opinion, actor, clock, "contest_return")
    demand_words(reason, "reason", _("Say why the agency is competent."))
    event = recorded_on_line("opinion.return_contested", case, text=reason)
    ReturnContest.objects.create(
        reply=case.counting_reply, reason=reason, contested_at=case.at, contested_by=actor.post
    )
    tell_decider(case, event)
    tell_asked(case, event)
    return case.opinion


@transaction.atomic
def settle_return(
    opinion: Opinion, actor: Actor, clock: Clock, *, must_answer: bool, answer: str
) -> Opinion:
    """The chief settles: the agency must answer (at least one working day is left), or its
    return stands and the requester redirects or drops the line.
    """
    case = begin_on_line(opinion, actor, clock, "settle_return")
    demand_words(answer, "answer", _("Say why."))
    closed = guards.agency_is_open(case)
    if must_answer and closed is not None:
        raise Refused(closed, field="must_answer")
    contest, line = case.return_contest, case.opinion
    contest.settle(actor.post, case.at, upheld=must_answer, answer=answer)
    act = "opinion.must_answer" if must_answer else "opinion.return_stands"
    due_at, arithmetic = _awaited_again(line, case.at)
    event = recorded_on_line(
        act, case, text=answer, due_at=due_at.isoformat(), arithmetic=arithmetic
    )  # fmt: skip
    if must_answer:
        await_anew(line, event, case.at, due_at=due_at)
    tell_asked(case, event)
    tell_requester(case, event)
    return line


def _awaited_again(line: Opinion, at: datetime) -> tuple[datetime, dict | None]:
    """Return the deadline that leaves a working day, and its arithmetic where it moved."""
    due_at = terms.at_least_a_working_day(line.due_at, at)
    return due_at, None if due_at == line.due_at else terms.a_working_day(at).to_json()
