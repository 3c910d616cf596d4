"""The Office applies a correction an agency marked, by the task's own act, or refuses it (5.13).

Who may apply is who may do the underlying act; both happen in one transaction under the mark's
lock, so that two people apply one mark once.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.acting import Actor
from agencies.deadlines import by_day, local_day
from agencies.models import CalendarDay, Event, record
from agencies.notices import owe
from agencies.refusals import NotYours, Refused, demand_words
from tasks import lifecycle
from tasks.acts import ACTS, Situation
from tasks.lifecycle.people import heads_told, lead_told
from tasks.models import CampaignMark, Task
from tasks.reviewing.permits import may_settle
from tasks.states import WORKING

Kind = CampaignMark.Kind

#: The act of the table by which a mark of the kind is applied.
BY_ACT = {
    Kind.WRONG_DEADLINE: "correct",
    Kind.WRONG_LEAD: "change_lead",
    Kind.WRONG_WORDING: "correct",
    Kind.DOUBLED: "cancel",
}


def situation_of(mark: CampaignMark, actor: Actor, at: datetime) -> Situation | None:
    """Return the situation of the mark's task; a missing task has none."""
    return Situation(mark.task, actor, at) if mark.task is not None else None


def refusal_of(mark: CampaignMark, actor: Actor, case: Situation | None) -> Refused | None:
    """Return why the actor may not apply the mark in its task's situation, or None."""
    if not may_settle(mark, actor, case):
        return NotYours(_("The Office applies corrections, never those of its own list."))
    if mark.kind == Kind.MISSING:
        if not lifecycle.may_assign(actor):
            return NotYours(_("Work is assigned by the office chief or a leader."))
        return None
    if mark.kind == Kind.DONE:
        if mark.task.state not in WORKING:
            return Refused(_("The task is not being worked on; there is nothing to report."))
        return None
    return ACTS[BY_ACT[mark.kind]].refusal(case)


@transaction.atomic
def apply(
    mark: CampaignMark, actor: Actor, at: datetime, *, version: int | None = None, **facts: Any
) -> CampaignMark:
    """Apply the mark by the task's own act, with these facts; `version` is the task's as shown."""
    locked = _locked(mark, actor)
    refusal = refusal_of(locked, actor, situation_of(locked, actor, at))
    if refusal is not None:
        raise refusal
    task = _APPLY[locked.kind](locked, actor, at, version, facts)
    _decide(locked, CampaignMark.Decision.APPLIED, actor, at)
    event = record(
        "campaign.mark_applied", locked.entry, actor, at, task=task.code, text=locked.text
    )
    owe(heads_told(locked.entry.agency, local_day(at)), event)
    return locked


@transaction.atomic
def refuse(mark: CampaignMark, actor: Actor, at: datetime, *, answer: str) -> CampaignMark:
    """Leave the task as it is, with the reason; the agency is told."""
    locked = _locked(mark, actor)
    if not may_settle(locked, actor, situation_of(locked, actor, at)):
        raise NotYours(_("The Office settles corrections, never those of its own list."))
    demand_words(answer, "answer", _("Say why it is refused."))
    _decide(locked, CampaignMark.Decision.REFUSED, actor, at, answer.strip())
    event = record(
        "campaign.mark_refused", locked.entry, actor, at, key=actor.form_key,
        task=locked.task.code if locked.task else locked.proposed["title"], text=answer.strip(),
    )  # fmt: skip
    owe(heads_told(locked.entry.agency, local_day(at)), event, immediate=True)
    return locked


def reason_of(mark: CampaignMark) -> str:
    """Return the reason the task's event carries: which review, and what the agency said."""
    return _("Review %(code)s, %(agency)s: %(text)s") % {
        "code": mark.entry.campaign.code,
        "agency": mark.entry.agency.name,
        "text": mark.text,
    }


def document_of(mark: CampaignMark) -> str:
    """Return the document a doubled task is cancelled by: the campaign's (rule 5.7)."""
    directive = mark.entry.campaign.directive
    return directive.number if directive is not None else mark.entry.campaign.code


def said_done(task: Task) -> dict[str, str]:
    """Return what the agency said of work done already, to begin its report with; else nothing."""
    asked = task.marks.filter(kind=Kind.DONE, decision=CampaignMark.Decision.APPLIED)
    mark = asked.order_by("-decided_at").first()
    if mark is None:
        return {}
    return {"result": mark.text, "document_number": mark.proposed["document_number"]}


def _locked(mark: CampaignMark, actor: Actor) -> CampaignMark:
    """Lock the mark while it waits; settled before, say by whom and when."""
    locked = (
        CampaignMark.objects.select_for_update(of=("self",))
        .select_related("entry__campaign__directive", "entry__agency")
        .get(pk=mark.pk)
    )  # who decided is read after the lock: what is joined is as it was before waiting for it
    Event.objects.refuse_again(actor.form_key)
    if locked.entry.confirmed_at is None:
        raise Refused(_("The agency has not confirmed its list yet."))
    if locked.decision:
        raise Refused(
            _("%(who)s settled this correction already: %(decision)s.")
            % {"who": locked.decided_by.user.full_name, "decision": locked.get_decision_display()}
        )
    return locked


def _decide(
    mark: CampaignMark, decision: str, actor: Actor, at: datetime, answer: str = ""
) -> None:
    mark.decision, mark.decided_at, mark.decided_by = decision, at, actor.post
    mark.answer = answer
    mark.save(update_fields=["decision", "decided_at", "decided_by", "answer"])


def _correct_day(
    mark: CampaignMark, actor: Actor, at: datetime, version: int | None, facts: Mapping
) -> Task:
    changes = {"due_on": facts["due_on"], "review_on": None}
    return lifecycle.correct(
        mark.task, actor, at, changes=changes, reason=facts["reason"], version=version
    )


def _correct_words(
    mark: CampaignMark, actor: Actor, at: datetime, version: int | None, facts: Mapping
) -> Task:
    changes = {"title": facts["title"], "text": facts["wording"]}
    return lifecycle.correct(
        mark.task, actor, at, changes=changes, reason=facts["reason"], version=version
    )


def _change_lead(
    mark: CampaignMark, actor: Actor, at: datetime, version: int | None, facts: Mapping
) -> Task:
    return lifecycle.change_lead(mark.task, actor, at, version=version, **facts)


def _ask_for_the_report(
    mark: CampaignMark, actor: Actor, at: datetime, version: int | None, facts: Mapping
) -> Task:
    """Only the lead's head reports, with evidence (rule 5.4): tell it to, the words prefilled."""
    event = record(
        "task.report_asked", mark.task, actor, at, key=actor.form_key,
        text=mark.text, document_number=mark.proposed["document_number"],
    )  # fmt: skip
    owe(lead_told(mark.task, local_day(at)), event, immediate=True)
    return mark.task


def _cancel(
    mark: CampaignMark, actor: Actor, at: datetime, version: int | None, facts: Mapping
) -> Task:
    return lifecycle.cancel(mark.task, actor, at, version=version, **facts)


def _assign(
    mark: CampaignMark, actor: Actor, at: datetime, version: int | None, facts: Mapping
) -> Task:
    due_on: date | None = facts["due_on"]
    if due_on is not None and due_on < local_day(at):
        raise Refused(_("This day has passed already."), field="due_on")
    deadline = due_on and by_day(due_on, local_day(at), CalendarDay.objects.calendar())
    return lifecycle.assign(
        actor,
        at,
        key=actor.form_key,
        lead=mark.entry.agency,
        title=facts["title"],
        text=facts["wording"],
        source=facts["source"],
        assigned_by=facts["assigned_by"],
        due_at=deadline.due_at if deadline else None,
        arithmetic=deadline.to_json() if deadline else None,
    )


_APPLY: dict[str, Callable[..., Task]] = {
    Kind.WRONG_DEADLINE: _correct_day,
    Kind.WRONG_LEAD: _change_lead,
    Kind.WRONG_WORDING: _correct_words,
    Kind.DONE: _ask_for_the_report,
    Kind.DOUBLED: _cancel,
    Kind.MISSING: _assign,
}
