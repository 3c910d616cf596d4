"""Opening a briefing, ending it, and what becomes of its conclusions (rules 2.8, 8.3)."""

from collections.abc import Mapping
from datetime import date, datetime

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from agencies import outgoing
from agencies.acting import Actor, holders_of
from agencies.deadlines import local_day
from agencies.editing import refuse_stale, what_changed
from agencies.files import WORD, keep
from agencies.functions import Function
from agencies.models import Body, Event, OutgoingPaper, Post, record
from agencies.notices import owe
from agencies.refusals import NotYours, Refused
from reports.briefing import wording
from reports.briefing.deciding import locked
from reports.briefing.paper import decisions_of, docx_of, file_name, meeting_of
from reports.briefing.standing import standing_at
from reports.briefing.table import holds
from reports.models import Briefing
from tasks.lifecycle.people import Answering, users

PARTS = ("opening", "assessment", "follow_up", "closing")


def open_briefing(
    actor: Actor, at: datetime, *, title: str, held_on: date, chaired_by: Post, present: str = ""
) -> Briefing:
    """Begin a briefing; there is one at a time."""
    if not holds(actor):
        raise NotYours(_("Leaders and the Office hold briefings."))
    Event.objects.refuse_again(actor.form_key)
    try:
        with transaction.atomic():
            briefing = Briefing.objects.create(
                title=title.strip(), held_on=held_on, chaired_by=chaired_by, present=present,
                opened_at=at, opened_by=actor.post,
            )  # fmt: skip
            record("briefing.opened", briefing, actor, at, key=actor.form_key)
    except IntegrityError:
        raise Refused(_("A briefing is being held already: go on with it.")) from None
    return briefing


@transaction.atomic
def close(briefing: Briefing, actor: Actor, at: datetime) -> Briefing:
    """End the meeting and draft its notice from its decisions and the figures of this moment."""
    running = locked(briefing, "close", actor)
    meeting = meeting_of(running, Body.current())
    running.closed_at, running.is_running = at, False
    running.opening = wording.opening_of(meeting)
    running.assessment = wording.assessment_of(standing_at(actor, at), meeting)
    running.follow_up = wording.follow_up_of(meeting)
    running.closing = wording.closing_of(meeting)
    record(
        "briefing.closed", running, actor, at, key=actor.form_key,
        decisions=running.decisions.count(),
    )  # fmt: skip
    return _saved(running)


@transaction.atomic
def edit(
    briefing: Briefing,
    actor: Actor,
    at: datetime,
    *,
    text: Mapping[str, str],
    decisions: Mapping[int, str],
    version: int,
) -> Briefing:
    """Save the notice's text and the wording of its decisions (by id); none is added or lost."""
    found = locked(briefing, "edit", actor)
    refuse_stale(
        found,
        version,
        told=lambda: what_changed(found, times=found.version - version),
        differences=lambda: [(part, getattr(found, part), text[part]) for part in PARTS],
    )
    changes = [[part, getattr(found, part), text[part].strip()] for part in PARTS]
    for part, _before, after in changes:
        setattr(found, part, after)
    for decision in found.decisions.all():
        words = decisions.get(decision.pk, decision.text).strip()
        if not words:
            raise Refused(_("Each decision keeps its words."))
        if words != decision.text:
            changes.append([str(decision.agency), decision.text, words])
            decision.text = words
            decision.save(update_fields=["text"])
    changed = [change for change in changes if change[1] != change[2]]
    record("briefing.edited", found, actor, at, key=actor.form_key, changes=changed)
    return _saved(found)


@transaction.atomic
def sign(briefing: Briefing, actor: Actor, at: datetime, *, version: int | None = None) -> Briefing:
    """Sign the notice; its paper waits in the register for the clerk, who is told."""
    found = locked(briefing, "sign", actor)
    refuse_stale(found, version, told=lambda: what_changed(found))
    _sign(found, actor, at)
    event = record("briefing.signed", found, actor, at, key=actor.form_key)
    told = users(holders_of(Function.CLERK, local_day(at), Body.current().office))
    owe(told, event, immediate=True)
    return found


@transaction.atomic
def issue(
    briefing: Briefing, actor: Actor, at: datetime, *, version: int | None = None
) -> Briefing:
    """Sign, number and issue the notice in one act of the chief."""
    found = locked(briefing, "issue", actor)
    if found.paper is None:
        refuse_stale(found, version, told=lambda: what_changed(found))
        _sign(found, actor, at)
    paper, alone = found.paper, actor.with_form_key(None)
    if paper.state == OutgoingPaper.State.SIGNED:
        paper = outgoing.number(paper, alone, at, dated_on=local_day(at))
    outgoing.issue(paper, actor, at)
    return Briefing.objects.select_related("paper").get(pk=briefing.pk)


def _sign(found: Briefing, actor: Actor, at: datetime) -> None:
    body, alone = Body.current(), actor.with_form_key(None)
    paper = outgoing.draft(
        found, alone, at, issuer=body.office, suffix=body.notice_suffix,
        subject=wording.subject_of(meeting_of(found, body)),
    )  # fmt: skip
    found.paper = outgoing.sign(paper, alone, at)
    _saved(found)


def followed(paper: OutgoingPaper, actor: Actor, at: datetime) -> None:
    """Do what follows when the notice is issued: keep it as it went out, tell those it names."""
    briefing = Briefing.objects.select_related("paper__signed_by", "chaired_by").get(paper=paper)
    decisions = decisions_of(briefing)
    event = record(
        "briefing.issued", briefing, actor, at, number=paper.symbol, decisions=len(decisions)
    )
    notice = SimpleUploadedFile(file_name(briefing), docx_of(briefing), content_type=WORD)
    keep(notice, briefing, actor, at, role="notice", event=event)
    agencies = {one.agency for one in decisions}
    answering = Answering(agencies, local_day(at))
    owe([user for agency in agencies for user in answering.heads_told(agency)], event,
        immediate=True)  # fmt: skip


def _saved(briefing: Briefing) -> Briefing:
    briefing.version += 1
    briefing.save()
    return briefing
