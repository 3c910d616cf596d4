"""Signing and issuing urgings, and what follows when a letter goes out (rules 2.8, 8.1, 8.2)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from agencies import outgoing
from agencies.acting import Actor, holders_of
from agencies.deadlines import local_day
from agencies.editing import refuse_stale, what_changed
from agencies.files import WORD, keep
from agencies.functions import Function
from agencies.models import AlreadyDone, Body, Event, OutgoingPaper, User, record, record_all
from agencies.notices import Owed, owe, owe_all
from agencies.refusals import Refused
from tasks.lifecycle.people import Answering, users
from tasks.models import Urging
from tasks.urging.facts import Issuer, capacity_of, docx_of, file_name, letter_of, rows_of
from tasks.urging.preparing import locked, refuse_overtaken

LONGEST_KEY = 175


@dataclass(frozen=True)
class Outcome:
    """What came of issuing one of several urgings."""

    urging: Urging
    refusal: Refused | None = None
    was_done_before: bool = False


@transaction.atomic
def sign(urging: Urging, actor: Actor, at: datetime, *, version: int | None = None) -> Urging:
    """Sign the letter; its paper then waits in the register for the clerk, who is told."""
    draft = locked(urging, "sign", actor)
    _refuse_changed(draft, version)
    refuse_overtaken(draft, at)
    _sign(draft, actor, at)
    event = record("urging.signed", draft, actor, at, key=actor.form_key)
    owe(_clerks(at), event, immediate=True)
    return draft


@transaction.atomic
def withdraw(urging: Urging, actor: Actor, at: datetime) -> Urging:
    """Take the signature back before the letter goes out; the clerk and who drafted it are told.

    It is a draft again, to be brought up to date or thrown away. Its paper is locked first, as in
    the register.
    """
    OutgoingPaper.objects.select_for_update().filter(urging=urging).only("pk").first()
    signed = locked(urging, "withdraw", actor)
    outgoing.withdraw(signed.paper, actor.with_form_key(None), at)
    signed.paper = None
    signed.version += 1
    signed.save(update_fields=["paper", "version"])
    event = record("urging.withdrawn", signed, actor, at, key=actor.form_key)
    owe([*_clerks(at), *users([signed.drafted_by])], event, immediate=True)
    return signed


def _clerks(at: datetime) -> list[User]:
    return users(holders_of(Function.CLERK, local_day(at), Body.current().office))


@transaction.atomic
def issue(urging: Urging, actor: Actor, at: datetime, *, version: int | None = None) -> Urging:
    """Sign, number and issue in one act of the chief; of a signed letter the rest.

    A signed letter is locked by its paper first, as in the register, so the two cannot meet.
    """
    Event.objects.refuse_again(actor.form_key)
    paper = Urging.objects.select_related("paper").get(pk=urging.pk).paper
    alone = actor.with_form_key(None)
    if paper is None:
        draft = locked(urging, "issue", actor)
        if draft.paper is None:
            _refuse_changed(draft, version)
            refuse_overtaken(draft, at)
            _sign(draft, alone, at)
        paper = draft.paper
    elif not outgoing.may_number(paper, actor):
        locked(urging, "issue", actor)
    if paper.state == OutgoingPaper.State.SIGNED:
        paper = outgoing.number(paper, alone, at, dated_on=local_day(at))
    outgoing.issue(paper, actor.with_form_key(actor.form_key), at)
    return Urging.objects.select_related("agency", "paper").get(pk=urging.pk)


def issue_each(
    urgings: Iterable[Urging], actor: Actor, at: datetime, *, versions: Mapping[int, int]
) -> list[Outcome]:
    """Issue many letters in one posting, each in a transaction of its own.

    What one refuses stops no other; the form's key becomes one a letter, so a form posted twice
    issues nothing twice.
    """
    return [_issue_one(urging, actor, at, versions.get(urging.pk)) for urging in urgings]


def _issue_one(urging: Urging, actor: Actor, at: datetime, version: int | None) -> Outcome:
    key = actor.form_key and f"{actor.form_key[:LONGEST_KEY]}:{urging.pk}"
    try:
        return Outcome(issue(urging, actor.with_form_key(key), at, version=version))
    except AlreadyDone:
        return Outcome(urging, was_done_before=True)
    except Refused as refusal:
        return Outcome(urging, refusal)


def _refuse_changed(draft: Urging, version: int | None) -> None:
    """Refuse to sign a text other than the one that was read (rule 5.14)."""
    refuse_stale(
        draft, version, told=lambda: what_changed(draft, times=draft.version - (version or 0))
    )


def _sign(draft: Urging, actor: Actor, at: datetime) -> None:
    issuer, alone = Issuer.on(local_day(at)), actor.with_form_key(None)
    letter = letter_of(draft, rows_of(draft), issuer)
    paper = outgoing.draft(
        draft, alone, at, issuer=issuer.body.office, suffix=issuer.body.letter_suffix,
        subject=f"V/v {letter.subject}: {draft.agency.short_name}",
    )  # fmt: skip
    draft.paper = outgoing.sign(paper, alone, at, capacity=capacity_of(actor))
    draft.version += 1
    draft.save(update_fields=["paper", "version"])


def refuse_outdated(paper: OutgoingPaper, at: datetime) -> None:
    """Refuse number and issue to a signed letter that facts or the day have overtaken."""
    refuse_overtaken(Urging.objects.select_related("agency", "paper").get(paper=paper), at)


def followed(paper: OutgoingPaper, actor: Actor, at: datetime) -> None:
    """Do what follows when an urging's paper is issued, in the register or here.

    The letter is kept as it went out; the agency's head is told, and each task says so.
    """
    Urging.objects.select_for_update().only("pk").get(paper=paper)
    urging = Urging.objects.select_related("agency", "paper__signed_by").get(paper=paper)
    urging.issued_at = at
    urging.version += 1
    urging.save(update_fields=["issued_at", "version"])
    rows = rows_of(urging)
    event = record(
        "urging.issued", urging, actor, at, number=paper.symbol, tasks=len(rows),
        ordinal=urging.ordinal, answer_by_at=urging.answer_by_at.isoformat(),
    )  # fmt: skip
    letter = SimpleUploadedFile(file_name(urging), docx_of(urging), content_type=WORD)
    keep(letter, urging, actor, at, role="letter", event=event)
    told = [
        (row.task, {"number": paper.symbol, "ordinal": row.urged_before + 1, "urging": urging.pk})
        for row in rows
    ]
    record_all("task.urged", told, actor, at)
    answering = Answering([urging.agency], local_day(at))
    owe_all([Owed(answering.heads_told(urging.agency), event, immediate=True)])
