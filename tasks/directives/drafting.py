"""Drafts: from what the reader found in a file, or from what a person types (4.1, 4.7)."""

from datetime import date, datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from agencies.acting import Actor
from agencies.deadlines import Deadline, local_day
from agencies.files import keep
from agencies.fold import fold
from agencies.models import Agency, AgencyGroup, record
from agencies.refusals import Refused
from tasks.directives.corrections import header_values
from tasks.directives.header import (
    Header,
    SameDirective,
    apply,
    check,
    cited_directive,
    twin,
)
from tasks.directives.permits import demand, may_register
from tasks.directives.problems import unclear_helpers
from tasks.directives.reckoning import (
    confirmed_calendar,
    default_review_day,
    reckon,
    set_deadline,
)
from tasks.models import Authority, Citation, Directive, DirectiveKind, Proposal
from tasks.reader.names import Directory
from tasks.reader.shape import Reading

URGENCIES = {
    "thuong": Directive.Urgency.NORMAL,
    "khan": Directive.Urgency.URGENT,
    "thuong khan": Directive.Urgency.VERY_URGENT,
    "hoa toc": Directive.Urgency.EXPRESS,
}


def draft_read(
    actor: Actor,
    at: datetime,
    *,
    reading: Reading,
    directory: dict,
    upload: UploadedFile | None = None,
) -> Directive:
    """Save what the reader found as a draft with its proposals and its file; nothing is assigned.

    The same number, issuer and date a second time is refused with the first one at hand.
    """
    demand(may_register(actor))
    header = _header(reading, Directory.from_data(directory), local_day(at))
    first = twin(header.number, header.issuer, header.issued_on)
    if first is not None:
        raise SameDirective(first)
    with transaction.atomic():
        directive = _create(actor, at, header, text=reading.text, upload=upload, is_read=True)
        _cite(directive, reading)
        _propose(directive, reading, at)
    return directive


def draft_typed(
    actor: Actor,
    at: datetime,
    *,
    header: Header,
    reading: Reading | None = None,
    upload: UploadedFile | None = None,
) -> Directive:
    """Save a directive whose header is known as a draft, with its file if there is one; a pasted
    text brings its proposals along.
    """
    demand(may_register(actor))
    check(header, None, at)
    with transaction.atomic():
        text = reading.text if reading else ""
        directive = _create(actor, at, header, text=text, upload=upload)
        if reading is not None:
            _cite(directive, reading)
            _propose(directive, reading, at)
    return directive


def _create(
    actor: Actor, at: datetime, header: Header, *, text: str,
    upload: UploadedFile | None = None, is_read: bool = False,
) -> Directive:  # fmt: skip
    directive = Directive(
        text=text,
        read_header=header_values(header) if is_read else None,
        file_name=upload.name[-255:] if upload else "",
        drafted_by=actor.post,
        drafted_at=at,
    )
    apply(directive, header, at)
    event = record(
        "directive.drafted", directive, actor, at, key=actor.form_key, file=directive.file_name
    )
    if upload is not None:
        keep(upload, directive, actor, at, role="directive", event=event)
    return directive


def _header(reading: Reading, directory: Directory, day: date) -> Header:
    """Return the header as far as the reader's words mean rows here; a person completes it."""
    issued_on = _day(reading.date)
    to_agencies, to_groups = _resolve(reading.addressees, directory)
    copies, _groups = _resolve(reading.recipients, directory)
    return Header(
        abstract=(reading.abstract or reading.text.strip()[:200] or "…")[:1000],
        kind=_named(DirectiveKind, reading.kind),
        number=(reading.number or "")[:60],
        issued_on=issued_on if issued_on and issued_on <= day else None,
        issuer=_named(Authority, reading.issuer),
        signer=(reading.signer or "")[:150],
        urgency=URGENCIES.get(fold(reading.urgency or ""), Directive.Urgency.NORMAL),
        to_agencies=to_agencies,
        to_groups=to_groups,
        copy_agencies=copies,
    )


def _named(model: type, words: str | None):
    """Return the row that goes by these words, or None."""
    if not words:
        return None
    wanted = fold(words)
    for row in model.objects.all():
        if wanted in {fold(name) for name in (row.name, row.code, *getattr(row, "aliases", []))}:
            return row
    return None


def _resolve(names: list[str], directory: Directory) -> tuple[list[Agency], list[AgencyGroup]]:
    codes = [code for name in names if (code := directory.resolve(name)[0])]
    return (
        list(Agency.objects.filter(code__in=codes)),
        list(AgencyGroup.objects.filter(code__in=codes)),
    )


def _cite(directive: Directive, reading: Reading) -> None:
    """Keep the cited documents; the first one of a superior that is here is the one implemented."""
    for number, reference in {r.number: r for r in reading.references}.items():
        citation = Citation(
            directive=directive,
            kind=(reference.kind or "")[:100],
            number=number[:60],
            dated_on=_day(reference.date),
            issuer=(reference.issuer or "")[:200],
        )
        citation.cited = cited_directive(citation)
        citation.save()
        if citation.cited and citation.cited.issuer.is_superior and not directive.implements_id:
            directive.implements = citation.cited
            directive.save()


def _propose(directive: Directive, reading: Reading, at: datetime) -> None:
    agencies = {agency.code: agency for agency in Agency.objects.all()}
    groups = {group.code: group for group in AgencyGroup.objects.all()}
    calendar, review_on = confirmed_calendar(), default_review_day(at)
    for order, found in enumerate(reading.proposals, start=1):
        proposal = Proposal(
            directive=directive,
            order=order,
            clause=(found.clause or str(order))[:40],
            title=found.title[:500],
            text=found.text,
            span_start=found.span[0],
            span_end=found.span[1],
            kinds=[kind for kind in found.kinds if kind in Proposal.Kind.values],
            lead_text=(found.lead or "")[:1000],
            coordinating_text="; ".join(found.coordinating)[:1000],
            deadline_text=(found.deadline_text or "")[:300],
            recurrence=(found.recurrence or "")[:200],
            product=(found.product or "")[:300],
            confidence=found.confidence,
            doubts=list(found.doubts),
            original=found.to_json(),
        )
        set_deadline(proposal, _deadline(proposal, directive, at, calendar))
        if proposal.due_at is None and Proposal.Kind.TASK in proposal.kinds:
            proposal.review_on = review_on
        proposal.save()
        codes = [code for code in found.lead_agencies or [found.lead_agency] if code]
        proposal.lead_agencies.set([agencies[code] for code in codes if code in agencies])
        proposal.lead_groups.set([groups[code] for code in codes if code in groups])
        helpers = [agencies[c] for c in found.coordinating_agencies if c in agencies]
        proposal.coordinating.set(helpers)
        _doubt(proposal, codes, groups)


def _doubt(proposal: Proposal, codes: list[str], groups: dict[str, AgencyGroup]) -> None:
    """Add the doubts that only this database knows, and drop a joint lead that is of groups.

    A group means each of its agencies anyway; several single agencies must be settled (4.8).
    """
    doubts = [doubt for doubt in proposal.doubts if doubt != "joint_lead"]
    if sum(code not in groups for code in codes) > 1:
        doubts.append("joint_lead")
    if any(code in groups for code in codes) and Proposal.Kind.TASK in proposal.kinds:
        doubts += [] if proposal.due_at else ["undated_group"]
    if unclear_helpers(proposal):
        doubts.append("coordinating_unclear")
    if doubts != proposal.doubts:
        proposal.doubts = doubts
        proposal.save(update_fields=["doubts"])


def _deadline(proposal: Proposal, directive: Directive, at: datetime, calendar) -> Deadline | None:
    if not proposal.deadline_text:
        return None
    try:
        return reckon(proposal.deadline_text, directive, at, calendar)
    except Refused:
        if "deadline_unread" not in proposal.doubts:
            proposal.doubts.append("deadline_unread")
        return None


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
