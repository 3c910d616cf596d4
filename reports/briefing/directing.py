"""The notice of a briefing becomes a directive; its decisions are the proposals (4.4, 8.3)."""

from datetime import datetime

from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.db import transaction

from agencies.acting import Actor
from agencies.models import Agency, Attachment, Body, record
from agencies.papers.reading import body_of
from reports.briefing.deciding import locked
from reports.briefing.paper import decisions_of, meeting_of, notice_of
from reports.briefing.wording import subject_of
from reports.models import Briefing, BriefingDecision
from tasks.directives import review
from tasks.directives.drafting import draft_typed
from tasks.directives.header import Header
from tasks.models import Authority, Directive, DirectiveKind, Proposal

KIND = ("thong-bao-ket-luan", "Thông báo kết luận")
DEADLINE = "chậm nhất ngày {day:%d/%m/%Y}"


@transaction.atomic
def make_directive(
    briefing: Briefing, actor: Actor, at: datetime, *, issuer: Authority
) -> Directive:
    """Draft a directive of the issued notice; approving it turns its decisions into tasks. The
    directive carries the notice's file.

    What was done on a task, a difficulty or by an urging already is listed as dropped: nothing
    follows from it a second time.
    """
    found = locked(briefing, "direct", actor)
    decisions, alone = decisions_of(found), actor.with_form_key(None)
    header = _header(found, decisions, issuer)
    directive = draft_typed(alone, at, header=header, upload=_file_of(found))
    directive.text = "\n".join(line.text for line in body_of(notice_of(found, decisions)))
    directive.save(update_fields=["text", "search_text"])
    for place, decision in enumerate(decisions, start=1):
        _propose(directive, decision, f"II-{place}", alone, at)
    found.directive = directive
    found.version += 1
    found.save(update_fields=["directive", "version"])
    record("briefing.directed", found, actor, at, key=actor.form_key, directive=str(directive))
    return directive


def _file_of(found: Briefing) -> UploadedFile | None:
    """Return the notice as it went out: whoever has a task by it reads it on the directive."""
    kept = Attachment.objects.of(found).filter(role="notice").last()
    if kept is None:
        return None
    with kept.file.open() as content:
        return SimpleUploadedFile(kept.name, content.read(), content_type=kept.content_type)


def _header(found: Briefing, decisions: list[BriefingDecision], issuer: Authority) -> Header:
    kind, _created = DirectiveKind.objects.get_or_create(code=KIND[0], defaults={"name": KIND[1]})
    agencies: list[Agency] = list(dict.fromkeys(one.agency for one in decisions))
    return Header(
        abstract=subject_of(meeting_of(found, Body.current())),
        kind=kind,
        number=found.paper.symbol,
        issued_on=found.paper.dated_on,
        issuer=issuer,
        signer=found.paper.signed_by.user.full_name,
        to_agencies=agencies,
    )


def _propose(
    directive: Directive, decision: BriefingDecision, clause: str, actor: Actor, at: datetime
) -> None:
    is_new_work = decision.kind == BriefingDecision.Kind.FREE
    due_on = decision.due_on if is_new_work else None
    proposal = review.add(
        directive, actor, at,
        wording=review.Wording(
            clause=clause,
            title=decision.text[:500],
            text=decision.text,
            kinds=[Proposal.Kind.TASK] if is_new_work else [],
            lead_agencies=[decision.agency],
            deadline_text=DEADLINE.format(day=due_on) if due_on else "",
        ),
    )  # fmt: skip
    if not is_new_work:
        review.drop(proposal, actor, at)
