"""Acts of an officer on the reader's proposals (rule 4.9). Nothing here assigns anything.

Every act locks the directive first, so that none runs beside an approval. `version` is the
proposal's when the page was drawn: what changed since is looked at first (rule 5.14).
"""

import string
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import F
from django.utils.translation import gettext as _

from agencies.acting import Actor
from agencies.deadlines import DeadlineRefused, parse_recurrence
from agencies.models import Agency, AgencyGroup
from agencies.refusals import Refused
from tasks.directives.corrections import keep_merged, mark_as_part
from tasks.directives.doing import (
    finished,
    locked_directive,
    locked_proposal,
    recorded,
    refuse_stale_proposal,
)
from tasks.directives.leads import JOINT_LEAD, is_joint
from tasks.directives.reckoning import (
    confirmed_calendar,
    default_review_day,
    reckon,
    set_deadline,
)
from tasks.models import Directive, Proposal


@dataclass(frozen=True)
class Wording:
    """What a person makes of a proposal. `kinds` empty: nothing follows from the clause (4.4)."""

    clause: str
    title: str
    text: str
    kinds: list[str] = field(default_factory=list)
    lead_agencies: list[Agency] = field(default_factory=list)
    lead_groups: list[AgencyGroup] = field(default_factory=list)
    coordinating: list[Agency] = field(default_factory=list)
    deadline_text: str = ""
    recurrence: str = ""
    review_on: date | None = None
    product: str = ""


def edit(
    proposal: Proposal, actor: Actor, at: datetime, *, wording: Wording, version: int
) -> Proposal:
    """Save what a person made of a proposal; its doubts are settled by that, a joint lead is not.

    A deadline is an expression as directives write it or a day; without one an undated task gets
    its review day.
    """
    with locked_proposal(proposal, actor) as (directive, locked):
        changes = _differences(locked, wording)
        refuse_stale_proposal(locked, version, changes)
        _write(locked, directive, wording, at)
        locked.doubts = [JOINT_LEAD] if is_joint(locked) else []
        finished(locked)
        changed = [[name, _kept(old), _kept(new)] for name, old, new in changes]
        recorded("proposal.edited", locked, directive, actor, at, changes=changed)
    return locked


def add(directive: Directive, actor: Actor, at: datetime, *, wording: Wording) -> Proposal:
    """Add a proposal the reader did not make, after all others."""
    with locked_directive(directive, actor) as locked:
        last = locked.proposals.order_by("-order").values_list("order", flat=True).first()
        proposal = Proposal(directive=locked, order=(last or 0) + 1)
        _write(proposal, locked, wording, at)
        recorded("proposal.added", proposal, locked, actor, at)
    return proposal


def confirm(
    proposal: Proposal,
    actor: Actor,
    at: datetime,
    *,
    problems: list[str],
    version: int | None = None,
) -> Proposal:
    """Mark a proposal as checked; `problems` are what still stands against it today."""
    with locked_proposal(proposal, actor, version) as (directive, locked):
        if problems:
            raise Refused(problems[0])
        return _move(locked, Proposal.State.APPROVED, "confirmed", directive, actor, at)


def drop(proposal: Proposal, actor: Actor, at: datetime, *, version: int | None = None) -> Proposal:
    """Drop a proposal: nothing will follow from it. It stays on the page and can be restored."""
    with locked_proposal(proposal, actor, version) as (directive, locked):
        return _move(locked, Proposal.State.DROPPED, "dropped", directive, actor, at)


def restore(
    proposal: Proposal, actor: Actor, at: datetime, *, version: int | None = None
) -> Proposal:
    """Take back a dropping or a check: the proposal is to be decided again."""
    with locked_proposal(proposal, actor, version) as (directive, locked):
        return _move(locked, Proposal.State.PENDING, "restored", directive, actor, at)


def merge(
    proposal: Proposal, actor: Actor, at: datetime, *, version: int | None = None
) -> Proposal:
    """Join a proposal to the one before it, which takes its words, kinds and agencies."""
    with locked_proposal(proposal, actor, version) as (directive, locked):
        kept = previous(locked)
        if kept is None:
            raise Refused(_("There is no proposal before this one to merge it with."))
        kept.text = f"{kept.text}\n{locked.text}"
        kept.kinds = list(dict.fromkeys([*kept.kinds, *locked.kinds]))
        if kept.span_start is not None and locked.span_end is not None:
            kept.span_end = max(kept.span_end, locked.span_end)
        if not kept.deadline_text and locked.deadline_text:
            kept.deadline_text, kept.due_at = locked.deadline_text, locked.due_at
            kept.arithmetic, kept.review_on = locked.arithmetic, None
            if kept.due_at is None:
                kept.review_on = locked.review_on
        kept.product = kept.product or locked.product
        kept.recurrence = kept.recurrence or locked.recurrence
        kept.doubts = list(dict.fromkeys([*kept.doubts, *locked.doubts]))
        kept.state = Proposal.State.PENDING
        kept.lead_agencies.add(*locked.lead_agencies.all())
        kept.lead_groups.add(*locked.lead_groups.all())
        kept.coordinating.add(*locked.coordinating.all())
        if JOINT_LEAD not in kept.doubts and is_joint(kept):
            kept.doubts.append(JOINT_LEAD)
        finished(kept)
        recorded(
            "proposal.merged", kept, directive, actor, at, merged=locked.clause, text=locked.text
        )
        keep_merged(locked, at)
        locked.delete()
    return kept


def split(
    proposal: Proposal, actor: Actor, at: datetime, *, position: int, version: int | None = None
) -> Proposal:
    """Cut a proposal in two at a character of its text; return the second, new one."""
    with locked_proposal(proposal, actor, version) as (directive, locked):
        whole = locked.text
        first, second = whole[:position].rstrip(" ;\n"), whole[position:].strip(" ;\n")
        if not first or not second:
            raise Refused(_("Choose where the second part begins."), field="position")
        agencies, groups = list(locked.lead_agencies.all()), list(locked.lead_groups.all())
        helpers = list(locked.coordinating.all())
        later = directive.proposals.filter(order__gt=locked.order)
        later.update(order=F("order") + 1)
        new = Proposal.objects.get(pk=locked.pk)
        new.pk, new._state.adding = None, True
        new.order, new.version = locked.order + 1, 0
        new.clause = _next_clause(locked)
        new.text, new.title = second, _title(second)
        mark_as_part(new)
        locked.text = first
        if locked.title not in first:
            locked.title = _title(first)
        if _is_literal(locked, whole, directive):
            start = locked.span_start
            new.span_start = start + whole.index(second, position)
            locked.span_end = start + len(first)
        locked.state = new.state = Proposal.State.PENDING
        finished(locked)
        new.save()
        new.lead_agencies.set(agencies)
        new.lead_groups.set(groups)
        new.coordinating.set(helpers)
        recorded("proposal.split", locked, directive, actor, at, new=new.clause)
    return new


def previous(proposal: Proposal) -> Proposal | None:
    """Return the undropped proposal before this one."""
    before = Proposal.objects.filter(directive=proposal.directive_id, order__lt=proposal.order)
    return before.exclude(state=Proposal.State.DROPPED).order_by("-order").first()


def _write(proposal: Proposal, directive: Directive, wording: Wording, at: datetime) -> None:
    _check_recurrence(wording, found=proposal.recurrence)
    for name in ("clause", "title", "text", "kinds", "product", "deadline_text", "recurrence"):
        setattr(proposal, name, getattr(wording, name))
    deadline = None
    if wording.deadline_text:
        deadline = reckon(wording.deadline_text, directive, at, confirmed_calendar())
    proposal.review_on = wording.review_on
    set_deadline(proposal, deadline)
    is_task = Proposal.Kind.TASK in proposal.kinds
    if proposal.due_at is None and proposal.review_on is None and is_task:
        proposal.review_on = default_review_day(at)
    proposal.save()
    proposal.lead_agencies.set(wording.lead_agencies)
    proposal.lead_groups.set(wording.lead_groups)
    proposal.coordinating.set(
        [agency for agency in wording.coordinating if agency not in wording.lead_agencies]
    )


def _check_recurrence(wording: Wording, *, found: str) -> None:
    """Refuse a recurrence that cannot be kept; vague words the reader found ("định kỳ") may stay:
    they leave a task with a review day.
    """
    if not wording.recurrence:
        return
    try:
        parse_recurrence(wording.recurrence)
    except DeadlineRefused as refused:
        if wording.recurrence == found:
            return
        raise Refused(_(refused.message) % refused.params, field="recurrence") from None
    if wording.deadline_text:
        raise Refused(_("Give one deadline or a recurrence, not both."), field="recurrence")


def _differences(stored: Proposal, wording: Wording) -> list[tuple[str, object, object]]:
    names = (
        "clause", "title", "text", "kinds", "product", "deadline_text", "recurrence", "review_on",
    )  # fmt: skip
    pairs = [(name, getattr(stored, name), getattr(wording, name)) for name in names]
    for name in ("lead_agencies", "lead_groups", "coordinating"):
        old = sorted(row.name for row in getattr(stored, name).all())
        pairs.append((name, old, sorted(row.name for row in getattr(wording, name))))
    return [(name, old, new) for name, old, new in pairs if (old or "") != (new or "")]


def _move(
    locked: Proposal, state: str, word: str, directive: Directive, actor: Actor, at: datetime
) -> Proposal:
    locked.state = state
    finished(locked)
    recorded(f"proposal.{word}", locked, directive, actor, at)
    return locked


def _kept(value: object) -> str | list[str]:
    """Return a value as an event keeps it."""
    return value if isinstance(value, list) else str(value or "")


def _is_literal(proposal: Proposal, text: str, directive: Directive) -> bool:
    span = proposal.span_start, proposal.span_end
    return span[0] is not None and directive.text[span[0] : span[1]] == text


def _next_clause(proposal: Proposal) -> str:
    taken = set(proposal.directive.proposals.values_list("clause", flat=True))
    stem = proposal.clause.rstrip(string.ascii_lowercase) or proposal.clause
    letters = (f"{stem}{letter}" for letter in string.ascii_lowercase[1:])
    return next((clause for clause in letters if clause not in taken), stem)[:40]


def _title(text: str) -> str:
    line = text.strip().splitlines()[0]
    return line if len(line) <= 200 else f"{line[:199].rsplit(' ', 1)[0]}…"
