"""The acts on a commendation, from its draft to the Chair's decision (rule 9.1)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.acting import Actor, heads_by_agency
from agencies.deadlines import local_day
from agencies.models import User
from agencies.notices import owe
from agencies.refusals import Refused, demand_words
from reports.cases.doing import begun, finished, recorded, signatures_due, signed_paper
from reports.cases.lifecycle import put_signatures
from reports.cases.people import chairs, handlers
from reports.cases.table import COMMENDATION_ACTS
from reports.cases.wording import praise_subject
from reports.models import Commendation

Measure = Commendation.Measure


@transaction.atomic
def put_forward(
    commendation: Commendation,
    actor: Actor,
    at: datetime,
    *,
    summary: str,
    version: int | None = None,
) -> Commendation:
    """Put a draft of the program forward for the two signatures."""
    case = begun(COMMENDATION_ACTS, "put_forward", commendation, actor, at, version)
    held = case.matter
    held.summary = demand_words(summary, "summary", _("Say what deserves praise."))
    held.opened_at = at
    held.signatures_due_at = signatures_due(local_day(at), at)
    event = recorded(case, "commendation.put_forward", agency=held.agency.short_name)
    owe(handlers(held, at), event, immediate=True)
    return finished(held)


@transaction.atomic
def drop(
    commendation: Commendation,
    actor: Actor,
    at: datetime,
    *,
    reason: str,
    version: int | None = None,
) -> Commendation:
    """Drop a draft of the program, with the reason."""
    case = begun(COMMENDATION_ACTS, "drop", commendation, actor, at, version)
    case.matter.dropped_at = at
    recorded(case, "commendation.dropped", text=demand_words(reason, "reason", _("Say why.")))
    return finished(case.matter)


@transaction.atomic
def sign(
    commendation: Commendation,
    actor: Actor,
    at: datetime,
    *,
    measure: str,
    text: str = "",
    version: int | None = None,
) -> Commendation:
    """Sign the proposal with what is proposed, in every role that falls to the actor."""
    case = begun(COMMENDATION_ACTS, "sign", commendation, actor, at, version)
    if measure not in Measure.values:
        raise Refused(_("Choose what you propose."), "measure")
    event = put_signatures(case, "commendation", measure, text)
    owe(chairs(at) if case.matter.signed_at else handlers(case.matter, at), event, immediate=True)
    return finished(case.matter)


@transaction.atomic
def decide(
    commendation: Commendation,
    actor: Actor,
    at: datetime,
    *,
    measure: str,
    text: str = "",
    version: int | None = None,
) -> Commendation:
    """The Chair decides to praise or reward; the paper is drafted and signed by the same act."""
    case = begun(COMMENDATION_ACTS, "decide", commendation, actor, at, version)
    held = case.matter
    if measure not in Measure.values:
        raise Refused(_("Choose the decision."), "measure")
    if measure == Measure.NONE:
        demand_words(text, "text", _("Say why."))
    held.measure, held.decision_text = measure, text.strip()
    held.decided_at, held.decided_by = at, actor.post
    is_praised = measure != Measure.NONE
    if is_praised:
        held.paper = signed_paper(case, praise_subject(held))
    event = recorded(case, "commendation.decided" if is_praised else "commendation.declined",
                     agency=held.agency.short_name, text=held.decision_text)  # fmt: skip
    told = [*handlers(held, at), *(_praised(held, at) if is_praised else [])]
    owe(told, event, immediate=True)
    return finished(held)


def _praised(commendation: Commendation, at: datetime) -> list[User]:
    heads = heads_by_agency([commendation.agency_id], local_day(at)).values()
    person = [commendation.person] if commendation.person is not None else []
    return [post.user for post in (*heads, *person)]
