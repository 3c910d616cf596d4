"""The chief compares what a clerk entered from paper with the register: it stands as entered, or
the entry is refused and the line stands as it stood without it (rule 2.7).
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.acting import Actor
from agencies.models import Event, record
from agencies.notices import owe
from agencies.refusals import NotYours, Refused
from consultations.acts import LineCase
from consultations.acts.cases import Entry
from consultations.acts.who import settles
from consultations.lifecycle.lines import (
    Clock,
    begin_on_line,
    demand_words,
    lock_rounds,
    locked,
    recorded_on_line,
    set_due,
    tell_requester,
    write_terms,
)
from consultations.models import (
    Consultation,
    Opinion,
    PaperAnswer,
    PaperCheck,
    PoorContest,
    Reconciliation,
    Reply,
    ReturnContest,
    TermsRow,
)


@transaction.atomic
def confirm_paper(entry: Entry, actor: Actor, at: datetime) -> PaperCheck:
    """The chief confirms that the entry stands in the register as entered (rule 2.7); whoever
    settles for the chief does so too (rules 2.1, 2.3).
    """
    case = LineCase(actor, at, locked(entry.opinion_id))
    if not settles(case) or not actor.may_do("opinion.confirm_paper"):
        raise NotYours(_("The office chief confirms what was entered from paper."))
    if entry.entered_at is None:
        raise Refused(_("This reply was sent in the program."))
    _demand_another_person(entry, actor)
    check, created = _check(entry, actor, at)
    if check.is_refused:
        raise Refused(_("The entry was refused; what is right is entered anew."))
    if created:
        line = case.opinion
        event = record(
            "opinion.paper_confirmed", line, actor, at, key=actor.form_key,
            agency=line.agency.short_name, title=line.consultation.title,
        )  # fmt: skip
        owe([entry.post.user], event)
        tell_requester(case, event)
    return check


@transaction.atomic
def refuse_paper(
    opinion: Opinion, actor: Actor, clock: Clock, *, entry: Entry, reason: str
) -> PaperCheck:
    """The chief refuses a wrong entry, with a reason: from now on it stands for nothing, entry and
    refusal are kept. The line is awaited again, or silent, by its own deadline; so is a result. Who
    entered it is told, and the requester.
    """
    lock_rounds(Consultation.objects.filter(pk=opinion.consultation_id))
    case = begin_on_line(opinion, actor, clock, "refuse_paper")
    if entry not in case.unchecked:
        raise Refused(_("Choose an entry that waits for the office chief."), field="entry")
    demand_words(reason, "reason")
    _demand_another_person(entry, actor)
    event = recorded_on_line(
        "opinion.paper_refused", case, text=reason, paper=entry.document_number,
        received_at=entry.received_at.isoformat(), who=entry.post.user.full_name,
    )  # fmt: skip
    counted = entry == case.counting_reply
    check, _created = _check(
        entry, actor, case.at, decision=PaperCheck.Decision.REFUSED, reason=reason.strip()
    )
    if isinstance(entry, Reply):
        _settle_contests(entry, case, reason)
        _look_again(case, event, was_counted=counted)
    else:
        _without_answer(entry)
    owe([entry.post.user], event, immediate=True)
    tell_requester(case, event)
    return check


def confirm_contest(contest: PoorContest, actor: Actor, at: datetime) -> None:
    """Settling a contest that came on paper, the chief has seen the paper."""
    for entry in PaperAnswer.objects.filter(mark=contest.mark, paper_check=None):
        _check(entry, actor, at)


def _check(entry: Entry, actor: Actor, at: datetime, **found) -> tuple[PaperCheck, bool]:
    kind, _dash, _pk = entry.entry_key.partition("-")
    return PaperCheck.objects.get_or_create(
        **{kind: entry}, defaults={"checked_at": at, "checked_by": actor.post, **found}
    )


def _demand_another_person(entry: Entry, actor: Actor) -> None:
    if entry.post.user_id == actor.user.pk:
        raise Refused(_("You entered this yourself; somebody else checks it."))


def _settle_contests(reply: Reply, case: LineCase, reason: str) -> None:
    """What is contested about a reply that stands for nothing needs no decision of its own."""
    for model, path in ((ReturnContest, "reply"), (PoorContest, "mark__reply")):
        for contest in model.objects.filter(**{path: reply}, decision=""):
            contest.settle(case.actor.post, case.at, upheld=True, answer=reason)


def _look_again(case: LineCase, event: Event, *, was_counted: bool) -> None:
    """Let the sweep look at the line once more, and open the consultation again where the line
    runs again. A line closed early on a reply that was none has its own deadline again.
    """
    line, at = case.opinion, case.at
    line.swept_due_at = None
    if was_counted and (cut_short := _terms_before_closing(line, at)) is not None:
        set_due(line, cut_short.due_at)
        write_terms(line, event, at)
    line.save()
    if Opinion.objects.filter(pk=line.pk).running(at).exists():
        Consultation.objects.filter(pk=line.consultation_id).update(
            result_told_at=None, closed_early_at=None
        )


def _terms_before_closing(line: Opinion, at: datetime) -> TermsRow | None:
    """Return the terms an early closing put an end to, where nothing stands in time; else None."""
    if Opinion.objects.with_outcome(at).get(pk=line.pk).replied_then is not None:
        return None
    rows = list(line.terms_rows.select_related("event").order_by("-effective_at", "-id")[:2])
    closed = len(rows) == 2 and rows[0].event.act == "consultation.closed_early"
    return rows[1] if closed and line.ended_at is None else None


def _without_answer(answer: PaperAnswer) -> None:
    """Let the result, or the mark, stand as if nothing had been answered."""
    if answer.mark_id is not None:
        PoorContest.objects.filter(mark=answer.mark_id, decision="").delete()
        return
    result = Reconciliation.objects.get(pk=answer.reconciliation_id)
    if result.entered_at == answer.entered_at:
        result.await_anew()
        result.save()
