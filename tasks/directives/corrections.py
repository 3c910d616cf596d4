"""What an officer corrects in what the reader proposed, kept with both values (rule 4.9)."""

from datetime import datetime

from agencies.deadlines import last_day_in_time
from tasks.directives.header import Header
from tasks.models import Correction, Directive, Proposal

HEADER_FIELDS = ("number", "issued_on", "issuer", "kind", "abstract", "signer", "urgency")
PROPOSAL_FIELDS = (
    *("title", "text", "kinds", "lead", "coordinating"),
    *("deadline", "recurrence", "product"),
)

Values = dict[str, str]


def header_values(header: Header | Directive) -> Values:
    """Return a header's fields in words, as they are compared and shown."""
    return {name: str(getattr(header, name) or "") for name in HEADER_FIELDS}


def keep_corrections(directive: Directive, at: datetime) -> None:
    """Keep what became of the header and of each proposal, when a directive is approved."""
    rows = []
    if directive.read_header is not None:
        final = header_values(directive)
        rows.append(_row(directive, Correction.Subject.HEADER, "", directive.read_header, final))
    proposals = directive.proposals.prefetch_related("lead_agencies", "lead_groups", "coordinating")
    for proposal in proposals:
        rows.append(_of_proposal(directive, proposal))
    for row in rows:
        row.recorded_at = at
    Correction.objects.bulk_create(rows)


def keep_merged(proposal: Proposal, at: datetime) -> None:
    """Keep that a proposal of the reader's was merged into another, before it goes."""
    if proposal.original is None or _is_part(proposal):
        return
    Correction.objects.create(
        directive_id=proposal.directive_id,
        subject=Correction.Subject.PROPOSAL,
        clause=proposal.clause,
        outcome=Correction.Outcome.MERGED,
        recorded_at=at,
    )


def mark_as_part(proposal: Proposal) -> None:
    """Mark the second half of a split proposal: the reader proposed only the whole."""
    if proposal.original is not None:
        proposal.original = {**proposal.original, "split_off": True}


def _is_part(proposal: Proposal) -> bool:
    return bool((proposal.original or {}).get("split_off"))


def _of_proposal(directive: Directive, proposal: Proposal) -> Correction:
    """Return what became of one proposal; what nobody read is added, a half is split."""
    outcome = None
    if proposal.original is None:
        outcome = Correction.Outcome.ADDED
    elif _is_part(proposal):
        outcome = Correction.Outcome.SPLIT
    elif proposal.state == Proposal.State.DROPPED:
        outcome = Correction.Outcome.DROPPED
    if outcome is not None:
        return Correction(
            directive=directive,
            subject=Correction.Subject.PROPOSAL,
            clause=proposal.clause,
            outcome=outcome,
        )
    proposed, final = _proposed(proposal.original), _final(proposal)
    same_lead = set(_codes(proposal.original, "lead_agenc")) == _lead_codes(proposal)
    helpers = {agency.code for agency in proposal.coordinating.all()}
    same_helpers = set(_codes(proposal.original, "coordinating_agenc")) == helpers
    # The same words may mean another day by the body's own calendar: nobody corrected that.
    same_words = (proposal.original["deadline_text"] or "")[:300] == proposal.deadline_text
    same = (("lead", same_lead), ("coordinating", same_helpers), ("deadline", same_words))
    for name, is_same in same:
        if is_same:
            final[name] = proposed[name]
    return _row(directive, Correction.Subject.PROPOSAL, proposal.clause, proposed, final)


def _row(
    directive: Directive, subject: str, clause: str, proposed: Values, final: Values
) -> Correction:
    differ = [name for name in proposed if proposed[name] != final.get(name, "")]
    return Correction(
        directive=directive,
        subject=subject,
        clause=clause,
        outcome=Correction.Outcome.CHANGED if differ else Correction.Outcome.KEPT,
        proposed={name: proposed[name] for name in differ},
        final={name: final.get(name, "") for name in differ},
    )


def _proposed(read: dict) -> Values:
    """Return the reader's values, cut to the length a proposal keeps."""
    return {
        "title": read["title"][:500],
        "text": read["text"],
        "kinds": ", ".join(sorted(read["kinds"])),
        "lead": read["lead"] or "",
        "coordinating": "; ".join(read["coordinating"]),
        "deadline": read["deadline"] or "",
        "recurrence": (read["recurrence"] or "")[:200],
        "product": (read["product"] or "")[:300],
    }


def _final(proposal: Proposal) -> Values:
    leads = [*proposal.lead_groups.all(), *proposal.lead_agencies.all()]
    due = proposal.due_at
    return {
        "title": proposal.title,
        "text": proposal.text,
        "kinds": ", ".join(sorted(proposal.kinds)),
        "lead": "; ".join(row.name for row in leads),
        "coordinating": "; ".join(row.name for row in proposal.coordinating.all()),
        "deadline": last_day_in_time(due).isoformat() if due else "",
        "recurrence": proposal.recurrence,
        "product": proposal.product,
    }


def _lead_codes(proposal: Proposal) -> set[str]:
    rows = [*proposal.lead_groups.all(), *proposal.lead_agencies.all()]
    return {row.code for row in rows}


def _codes(read: dict, stem: str) -> list[str]:
    """Return the codes the reader resolved names to; a name unresolved has none."""
    codes = read.get(f"{stem}ies") or [read.get(f"{stem}y")]
    return [code for code in codes if code]
