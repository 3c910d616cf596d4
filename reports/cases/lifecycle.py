"""The acts on an accountability case, from its draft to the Chair's decision (rule 9.1)."""

from collections.abc import Iterable
from datetime import date, datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from agencies.acting import Actor
from agencies.deadlines import local_day, local_midnight_after
from agencies.editing import Changed
from agencies.files import keep_all
from agencies.models import User
from agencies.notices import owe
from agencies.refusals import Refused, demand_words
from consultations.lifecycle.preparing import begin_dossier
from consultations.models import Dossier
from reports.cases.doing import (
    begun,
    finished,
    recorded,
    signatures_due,
    signed_paper,
)
from reports.cases.people import chairs, handlers
from reports.cases.situation import Situation
from reports.cases.standing import Standing
from reports.cases.table import CASE_ACTS
from reports.cases.wording import decision_subject
from reports.models import AccountabilityCase, Signature, Statement, StatementDraft

Measure = AccountabilityCase.Measure


@transaction.atomic
def ask_statement(
    case: AccountabilityCase,
    actor: Actor,
    at: datetime,
    *,
    due_on: date,
    summary: str,
    version: int | None = None,
) -> AccountabilityCase:
    """Ask the head concerned for the agency's side by the end of a day; both terms run now."""
    situation = begun(CASE_ACTS, "ask_statement", case, actor, at, version)
    held = situation.matter
    if due_on <= local_day(at):
        raise Refused(_("Leave at least until tomorrow to state the agency's side."), "due_on")
    held.summary = demand_words(summary, "summary", _("Say what happened."))
    held.opened_at, held.statement_due_at = at, local_midnight_after(due_on)
    held.signatures_due_at = (
        signatures_due(due_on, at) if situation.signers else held.statement_due_at
    )
    event = recorded(situation, "case.asked", due_at=held.statement_due_at.isoformat())
    owe(_concerned(held), event, immediate=True)
    owe(handlers(held, at), event)
    return finished(held)


@transaction.atomic
def drop(
    case: AccountabilityCase,
    actor: Actor,
    at: datetime,
    *,
    reason: str,
    version: int | None = None,
) -> AccountabilityCase:
    """Drop a draft nobody outside has seen, with the reason."""
    situation = begun(CASE_ACTS, "drop", case, actor, at, version)
    held = situation.matter
    held.dropped_at = at
    event = recorded(situation, "case.dropped", text=demand_words(reason, "reason", _("Say why.")))
    owe(handlers(held, at), event)
    return finished(held)


@transaction.atomic
def save_statement(
    case: AccountabilityCase, actor: Actor, at: datetime, *, text: str, version: int
) -> StatementDraft:
    """Keep what the head concerned has written and not sent (rules 5.14, 6.5)."""
    AccountabilityCase.objects.select_for_update().only("pk").get(pk=case.pk)
    situation = Situation(actor, at, case)
    refusal = CASE_ACTS["state_side"].refusal(situation)
    if refusal is not None:
        raise refusal
    draft = StatementDraft.objects.filter(case=case).first() or StatementDraft(case=case)
    if draft.version != version:
        raise Changed([("text", draft.text, text)], version=draft.version)
    draft.text, draft.saved_by, draft.saved_at = text, actor.post, at
    draft.version += 1
    draft.save()
    return draft


@transaction.atomic
def state_side(
    case: AccountabilityCase,
    actor: Actor,
    at: datetime,
    *,
    text: str,
    files: Iterable[UploadedFile] = (),
) -> Statement:
    """State the agency's side, once. Sent late it is kept, shown as late, and holds up nothing."""
    situation = begun(CASE_ACTS, "state_side", case, actor, at)
    held = situation.matter
    text = demand_words(text, "text", _("Write the agency's side."))
    is_late = at >= held.statement_due_at
    held.stated_at = at
    if not is_late and situation.signers:
        held.signatures_due_at = signatures_due(local_day(at), at)
    event = recorded(situation, "case.stated_late" if is_late else "case.stated")
    statement = Statement.objects.create(
        case=held, text=text, post=actor.post, event=event, made_at=at
    )
    keep_all(list(files), held, actor, at, role="statement", event=event)
    StatementDraft.objects.filter(case=held).delete()
    owe(handlers(held, at), event, immediate=True)
    if is_late and held.standing(at) == Standing.BEFORE_CHAIR:
        owe(chairs(at), event, immediate=True)
    finished(held)
    return statement


@transaction.atomic
def sign(
    case: AccountabilityCase,
    actor: Actor,
    at: datetime,
    *,
    measure: str,
    text: str = "",
    version: int | None = None,
) -> AccountabilityCase:
    """Sign the proposal with the measure proposed, in every role that falls to the actor."""
    situation = begun(CASE_ACTS, "sign", case, actor, at, version)
    if measure not in Measure.values:
        raise Refused(_("Choose the measure you propose."), "measure")
    event = put_signatures(situation, "case", measure, text)
    owe(chairs(at) if situation.matter.signed_at else handlers(situation.matter, at), event,
        immediate=True)  # fmt: skip
    return finished(situation.matter)


@transaction.atomic
def decide(
    case: AccountabilityCase,
    actor: Actor,
    at: datetime,
    *,
    measure: str,
    text: str = "",
    review_due_on: date | None = None,
    version: int | None = None,
) -> AccountabilityCase:
    """The Chair decides; with a measure the paper is drafted and signed by the same act."""
    situation = begun(CASE_ACTS, "decide", case, actor, at, version)
    held = situation.matter
    if measure not in Measure.values:
        raise Refused(_("Choose the measure."), "measure")
    if measure == Measure.NONE:
        demand_words(text, "text", _("Say why no measure is taken."))
    if measure == Measure.REVIEW and (review_due_on is None or review_due_on <= local_day(at)):
        raise Refused(_("Say by which day the review is to be reported."), "review_due_on")
    held.review_due_on = review_due_on if measure == Measure.REVIEW else None
    return _decided(situation, "case.decided", measure, text)


@transaction.atomic
def recommend(
    case: AccountabilityCase,
    actor: Actor,
    at: datetime,
    *,
    measure: str,
    text: str,
    version: int | None = None,
) -> AccountabilityCase:
    """The Chair recommends a measure to the body that manages the agency (rule 2.6)."""
    situation = begun(CASE_ACTS, "recommend", case, actor, at, version)
    if measure not in Measure.values:
        raise Refused(_("Choose the measure."), "measure")
    return _decided(situation, "case.recommended", measure, demand_words(
        text, "text", _("Say what is recommended and why.")))  # fmt: skip


@transaction.atomic
def record_outcome(
    case: AccountabilityCase,
    actor: Actor,
    at: datetime,
    *,
    number: str,
    on: date,
    text: str,
    files: Iterable[UploadedFile] = (),
) -> AccountabilityCase:
    """Record the decision the managing body took: its number, day and content (rule 2.6)."""
    situation = begun(CASE_ACTS, "record_outcome", case, actor, at)
    held = situation.matter
    if on > local_day(at):
        raise Refused(_("The date lies in the future."), "on")
    held.outcome_number = demand_words(number, "number", _("Give the number of the decision."))
    held.outcome_text = demand_words(text, "text", _("Say what was decided there."))
    held.outcome_on = on
    event = recorded(situation, "case.outcome", number=held.outcome_number, text=text)
    keep_all(list(files), held, actor, at, role="outcome", event=event)
    owe([*chairs(at), *_concerned(held)], event)
    return finished(held)


@transaction.atomic
def bring_measures(
    case: AccountabilityCase,
    actor: Actor,
    at: datetime,
    *,
    title: str,
    cases: Iterable[AccountabilityCase] = (),
) -> Dossier:
    """Open a dossier of internal affairs' proposals of measures for one case or a group (2.1).

    The dossier is seen by leaders and the Office like any other, so it names no case; the link is
    kept on the cases alone.
    """
    situation = begun(CASE_ACTS, "bring_measures", case, actor, at)
    others = [one for one in cases if one.pk != case.pk]
    group = [situation.matter]
    for other in others:
        group.append(begun(CASE_ACTS, "bring_measures", other, actor, at).matter)
    dossier = begin_dossier(actor, at, title=title, recipient=Dossier.Recipient.CHAIR)
    for one in group:
        one.dossier = dossier
        recorded(Situation(actor.with_form_key(None), at, one), "case.measures_brought",
                 dossier=dossier.code)  # fmt: skip
        finished(one)
    return dossier


def put_signatures(situation: Situation, kind: str, measure: str, text: str):
    """Write the actor's signature in each role; the last one brings it before the Chair."""
    held, actor, at = situation.matter, situation.actor, situation.at
    roles = list(situation.roles)
    event = recorded(situation, f"{kind}.signed", agency=held.agency.short_name)
    Signature.objects.bulk_create(
        [
            Signature(
                **{kind: held}, role=role, measure=measure, text=text.strip(), post=actor.post,
                event=event, signed_at=at,
            )
            for role in roles
        ]
    )  # fmt: skip
    if set(situation.missing) <= set(roles):
        held.signed_at = at
    return event


def _decided(situation: Situation, act: str, measure: str, text: str) -> AccountabilityCase:
    held, at = situation.matter, situation.at
    held.measure, held.decision_text = measure, text.strip()
    held.decided_at, held.decided_by = at, situation.actor.post
    event = recorded(situation, act, measure=str(Measure(measure).value), text=held.decision_text)
    if measure != Measure.NONE:
        held.paper = signed_paper(situation, decision_subject(held))
    owe([*_concerned(held), *handlers(held, at)], event, immediate=True)
    return finished(held)


def _concerned(case: AccountabilityCase) -> list[User]:
    return [] if case.concerned is None else [case.concerned.user]
