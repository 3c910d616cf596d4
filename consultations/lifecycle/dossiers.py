"""The way of a dossier: submitted, checked, returned or decided, issued, closed (domain 7)."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import NamedTuple

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from agencies.acting import Actor, heads_by_agency, holders_of
from agencies.deadlines import local_day
from agencies.files import keep_all
from agencies.functions import Function
from agencies.models import Event, Post, User, record
from agencies.notices import owe
from agencies.refusals import Refused
from agencies.succession import in_post_on
from consultations import acts
from consultations.blocking import blocks, differing
from consultations.lifecycle.lines import demand_words
from consultations.lifecycle.preparing import (
    finished,
    locked_dossier,
    refuse_other_leader,
    state_row,
)
from consultations.models import (
    ChecklistItem,
    Dossier,
    DossierCheck,
    DossierDecision,
    DossierDraft,
    DossierReturn,
    DossierVersion,
    LetThrough,
    Opinion,
    ReturnCode,
)
from consultations.receivers import chiefs, deciders

State = Dossier.State


class Checked(NamedTuple):
    """What the Office found for one item; what is not met says what."""

    is_met: bool
    note: str = ""


@transaction.atomic
def submit(
    dossier: Dossier,
    actor: Actor,
    at: datetime,
    *,
    text: str,
    proposal: str,
    changes: str = "",
    document_number: str = "",
    files: Iterable[UploadedFile] = (),
) -> DossierVersion:
    """Submit a version, when nothing stands against it (`consultations.blocking`)."""
    files = list(files)
    case = _begin(dossier, actor, at, "submit")
    held, number = case.dossier, case.dossier.versions.count() + 1
    if not text.strip():
        raise Refused(_("Write the submission (tờ trình)."), field="text")
    if not proposal.strip():
        raise Refused(_("Say what is asked to be decided."), field="proposal")
    if number > 1 and not changes.strip():
        raise Refused(_("Say what changed since the last version."), field="changes")
    against = blocks(held, at)
    if against:
        raise Refused(" ".join(block.sentence for block in against[:3]))
    event = _recorded("dossier.submitted", case, number=number, document_number=document_number)
    version = DossierVersion.objects.create(
        dossier=held, number=number, event=event, post=actor.post, text=text.strip(),
        proposal=proposal.strip(), changes=changes.strip(), submitted_at=at,
        document_number=document_number.strip(),
    )  # fmt: skip
    keep_all(files, held, actor, at, role="dossier", event=event)
    DossierDraft.objects.filter(dossier=held).delete()
    _put(held, State.SUBMITTED, event)
    owe(deciders([held.agency], at, held.competence), event, immediate=True)
    return version


@transaction.atomic
def withdraw_dossier(dossier: Dossier, actor: Actor, at: datetime, *, reason: str) -> Dossier:
    """Take the dossier back before a leader has it, with a reason."""
    case = _begin(dossier, actor, at, "withdraw")
    demand_words(reason, "reason")
    event = _recorded("dossier.withdrawn", case, text=reason)
    _put(case.dossier, State.WITHDRAWN, event)
    owe(deciders([case.dossier.agency], at, case.dossier.competence), event)
    return case.dossier


@transaction.atomic
def check(
    dossier: Dossier, actor: Actor, at: datetime, *, checks: Mapping[int, Checked]
) -> DossierVersion:
    """Record what the Office found, item by item, in the version it has (rule 7.2)."""
    case = _begin(dossier, actor, at, "check")
    version = case.dossier.versions.last()
    items = ChecklistItem.objects.filter(is_active=True, pk__in=checks)
    for item in items:
        found = Checked(*checks[item.pk])
        if not found.is_met and not found.note.strip():
            raise Refused(_("Say what is not met."), field=f"note-{item.pk}")
        DossierCheck.objects.update_or_create(
            version=version, item=item,
            defaults={
                "is_met": found.is_met, "note": found.note.strip(),
                "checked_at": at, "checked_by": actor.post,
            },
        )  # fmt: skip
    unmet = [item.name for item in items if not Checked(*checks[item.pk]).is_met]
    _recorded("dossier.checked", case, unmet=unmet, count=len(unmet))
    return version


@transaction.atomic
def pass_on(
    dossier: Dossier, actor: Actor, at: datetime, *, leader: Post | None = None, note: str = ""
) -> Dossier:
    """Pass the dossier on to the leader who decides: whoever is named, else the Chair."""
    case = _begin(dossier, actor, at, "pass_on")
    held = case.dossier
    if leader is not None:
        refuse_other_leader(leader, held.recipient)
        held.leader = leader
    event = _recorded("dossier.passed_on", case, text=note)
    _put(held, State.PASSED, event)
    owe(_deciding(held, at), event, immediate=True)
    return held


@transaction.atomic
def give_back(
    dossier: Dossier,
    actor: Actor,
    at: datetime,
    *,
    reason: ReturnCode,
    defects: str,
    files: Iterable[UploadedFile] = (),
) -> DossierReturn:
    """Return a version with a coded reason and what to do; counted per agency (rule 7.2)."""
    files = list(files)
    case = _begin(dossier, actor, at, "give_back")
    demand_words(defects, "defects")
    event = _recorded("dossier.given_back", case, reason=reason.name, text=defects)
    made = DossierReturn.objects.create(
        version=case.dossier.versions.last(), reason=reason, defects=defects.strip(),
        event=event, post=actor.post, returned_at=at,
    )  # fmt: skip
    keep_all(files, case.dossier, actor, at, role="dossier", event=event)
    _put(case.dossier, State.RETURNED, event)
    owe(_submitters(case.dossier, at), event, immediate=True)
    return made


def approve(dossier: Dossier, actor: Actor, at: datetime, *, text: str = "") -> Dossier:
    """The leader approves; the resulting document is then issued (rule 7.3)."""
    return _decide(dossier, actor, at, "approve", DossierDecision.Decision.APPROVED, text)


def redo(dossier: Dossier, actor: Actor, at: datetime, *, text: str) -> Dossier:
    """The leader has it redone; it comes back as a new version."""
    return _decide(dossier, actor, at, "redo", DossierDecision.Decision.REDO, text)


def reject(dossier: Dossier, actor: Actor, at: datetime, *, text: str) -> Dossier:
    """The leader rejects it, with the reason."""
    return _decide(dossier, actor, at, "reject", DossierDecision.Decision.REJECTED, text)


@transaction.atomic
def issue_result(
    dossier: Dossier,
    actor: Actor,
    at: datetime,
    *,
    document_number: str,
    document_on: date,
    files: Iterable[UploadedFile],
) -> Dossier:
    """Record the resulting document: number, date, file (rule 7.3)."""
    files = list(files)
    case = _begin(dossier, actor, at, "issue_result")
    demand_words(document_number, "document_number")
    if document_on > local_day(at):
        raise Refused(_("The date lies in the future."), field="document_on")
    if not files:
        raise Refused(_("Attach the resulting document."), field="files")
    held = case.dossier
    held.document_number, held.document_on = document_number.strip(), document_on
    event = _recorded("dossier.issued", case, document_number=document_number)
    keep_all(files, held, actor, at, role="result", event=event)
    _put(held, State.ISSUED, event)
    owe(_submitters(held, at), event, immediate=True)
    return held


@transaction.atomic
def close_file(
    dossier: Dossier, actor: Actor, at: datetime, *, file_code: str, retention: str
) -> Dossier:
    """Close the work file and list it for the archive (rule 7.3)."""
    case = _begin(dossier, actor, at, "close_file")
    demand_words(file_code, "file_code")
    demand_words(retention, "retention")
    held = case.dossier
    held.file_code, held.retention = file_code.strip(), retention.strip()
    event = _recorded("dossier.closed", case, file_code=file_code)
    _put(held, State.CLOSED, event)
    return held


@transaction.atomic
def let_through(
    dossier: Dossier,
    actor: Actor,
    at: datetime,
    *,
    opinion: Opinion,
    view_of_requester: str,
    view_of_agency: str,
    reason: str,
) -> LetThrough:
    """A leader lets it through marked "còn ý kiến khác nhau", both views stated (rule 6.10)."""
    case = _begin(dossier, actor, at, "let_through")
    demand_words(view_of_requester, "view_of_requester")
    demand_words(view_of_agency, "view_of_agency")
    demand_words(reason, "reason")
    if opinion not in differing(case.dossier, at):
        raise Refused(
            _("Only where views still differ after a meeting; record it first."), field="opinion"
        )
    event = _recorded("dossier.let_through", case, agency=opinion.agency.short_name, text=reason)
    made = LetThrough.objects.create(
        dossier=case.dossier, opinion=opinion, view_of_requester=view_of_requester.strip(),
        view_of_agency=view_of_agency.strip(), reason=reason.strip(), let_at=at,
        let_by=actor.post,
    )  # fmt: skip
    owe(_submitters(case.dossier, at), event, immediate=True)
    return made


@transaction.atomic
def _decide(
    dossier: Dossier, actor: Actor, at: datetime, code: str, decision: str, text: str
) -> Dossier:
    case = _begin(dossier, actor, at, code)
    held = case.dossier
    if decision != DossierDecision.Decision.APPROVED:
        demand_words(text, "text")
    event = _recorded(f"dossier.{decision}", case, text=text)
    DossierDecision.objects.create(
        version=held.versions.last(), decision=decision, text=text.strip(), event=event,
        post=actor.post, decided_at=at,
    )  # fmt: skip
    _put(held, State(decision), event)
    owe([*_submitters(held, at), *chiefs(at)], event, immediate=True)
    return held


def _begin(dossier: Dossier, actor: Actor, at: datetime, code: str) -> acts.DossierCase:
    held = locked_dossier(dossier)
    Event.objects.refuse_again(actor.form_key)
    case = acts.DossierCase(actor, at, held)
    refusal = acts.DOSSIER_ACTS[code].refusal(case)
    if refusal is not None:
        raise refusal
    return case


def _recorded(act: str, case: acts.DossierCase, **params) -> Event:
    return record(act, case.dossier, case.actor, case.at, key=case.actor.form_key, **params)


def _put(dossier: Dossier, state: str, event: Event) -> None:
    dossier.state = state
    state_row(dossier, state, event)
    finished(dossier)


def _submitters(dossier: Dossier, at: datetime) -> list[User]:
    """Return who drafted it, while still there, and the agency's head."""
    day = local_day(at)
    posts = [*heads_by_agency([dossier.agency_id], day).values(), dossier.drafted_by]
    return [post.user for post in posts if post.is_held_on(day)]


def _deciding(dossier: Dossier, at: datetime) -> list[User]:
    """Return the leader it lies with: the Vice Chair named or who follows, else the Chair."""
    day, named = local_day(at), dossier.leader
    if named is not None and Dossier.goes_to(named, dossier.recipient):
        answering = in_post_on([named], day)[named.pk]
        if answering is not None:
            return [answering.user]
    leaders = holders_of(Function.LEADER, day)
    return [post.user for post in leaders if not post.title.is_deputy]
