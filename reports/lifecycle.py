"""The acts on periodic reports: edit the text, draft the one upward, approve (rule 8.4)."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from agencies.acting import Actor, holders_of
from agencies.capacity import Capacity
from agencies.deadlines import local_day
from agencies.editing import refuse_stale, what_changed
from agencies.functions import Function
from agencies.models import Body, Event, OutgoingPaper, User, record
from agencies.notices import owe
from agencies.outgoing import draft, sign
from agencies.refusals import NotYours, Refused
from reports.models import DRAFT_UPWARD, PeriodicReport, UpwardReport, WrittenReport
from reports.narrative import checked
from reports.paper import subject_of
from reports.paragraphs import PARAGRAPHS, draft_narrative
from tasks.lifecycle.people import chiefs_told, users

APPROVE = "report.approve"


def may_edit(actor: Actor, written: WrittenReport) -> bool:
    """Whether the actor may edit the text: the Office, while nobody has approved it."""
    return actor.is_office and written.state == WrittenReport.State.DRAFT


def may_draft_upward(actor: Actor, report: PeriodicReport) -> bool:
    """Whether the actor may draft the body's report to its superior: the Office, once, from
    figures that name the superior (older frozen ones do not).
    """
    return actor.is_office and not hasattr(report, "upward") and "superior" in report.figures


def may_approve(actor: Actor, written: WrittenReport) -> bool:
    """Whether the actor may approve: the office chief the Office's report; the report upward a
    leader, who signs it for the body.
    """
    signs = actor.is_leader if is_upward(written) else actor.has(Function.OFFICE_CHIEF)
    return signs and actor.may_do(APPROVE) and written.state == WrittenReport.State.DRAFT


def is_upward(written: WrittenReport) -> bool:
    """Whether it is the body's report to its superior."""
    return isinstance(written, UpwardReport)


@transaction.atomic
def edit_narrative(
    written: WrittenReport,
    actor: Actor,
    at: datetime,
    *,
    paragraphs: Mapping[str, str],
    version: int,
) -> WrittenReport:
    """Save the paragraphs; their figures stay fields. `version` is the one the form showed."""
    written = _locked(written, version, paragraphs)
    if not actor.is_office:
        raise NotYours(_("The Office writes the text of its report."))
    before = written.narrative
    written.narrative = checked(paragraphs, before, written.figures, upward=is_upward(written))
    written.version += 1
    written.save(update_fields=["narrative", "version"])
    changes = _differences(before, written.narrative)
    record("report.edit", written, actor, at, key=actor.form_key, changes=changes)
    return written


@transaction.atomic
def draft_upward(report: PeriodicReport, actor: Actor, at: datetime) -> UpwardReport:
    """Draft the body's report to its superior from the same frozen figures; once a report."""
    report = PeriodicReport.objects.select_for_update().get(pk=report.pk)
    if hasattr(report, "upward") and actor.is_office:
        return report.upward
    if not may_draft_upward(actor, report):
        raise NotYours(_("The Office drafts the report upward."))
    upward = UpwardReport.objects.create(
        report=report, narrative=draft_narrative(report.figures, upward=True)
    )
    event = record(DRAFT_UPWARD, upward, actor, at, key=actor.form_key)
    owe(_signers_upward(local_day(at)), event, immediate=True)
    return upward


@transaction.atomic
def approve(written: WrittenReport, actor: Actor, at: datetime, *, version: int) -> WrittenReport:
    """Approve the report as it reads and sign its paper; the clerk numbers and issues that.

    From then on its text is frozen like its figures.
    """
    written = _locked(written, version)
    if not may_approve(actor, written):
        raise NotYours(
            _("A leader signs the report upward.")
            if is_upward(written)
            else _("The office chief approves periodic reports.")
        )
    written.state = WrittenReport.State.APPROVED
    written.approved_at, written.approved_by = at, actor.authority
    written.version += 1
    written.paper = _signed_paper(written, actor.with_form_key(None), at)
    written.save(update_fields=["state", "approved_at", "approved_by", "version", "paper"])
    event = record(APPROVE, written, actor, at, key=actor.form_key)
    owe(_told_of_approval(written, local_day(at)), event, immediate=True)
    return written


def _signers_upward(day: date) -> list[User]:
    """Return the Chair, to sign for the body; on a day without one, the deputies."""
    leaders = holders_of(Function.LEADER, day)
    return users([post for post in leaders if not post.title.is_deputy] or leaders)


def _told_of_approval(written: WrittenReport, day: date) -> list[User]:
    """Return the clerks, who number it; of what a leader signed also the chief and its drafter."""
    clerks = users(holders_of(Function.CLERK, day, Body.current().office))
    if not is_upward(written):
        return clerks
    drafted = Event.objects.of(written).filter(act=DRAFT_UPWARD, actor__is_active=True)
    return clerks + chiefs_told(day) + [one.actor for one in drafted.select_related("actor")]


def _signed_paper(written: WrittenReport, actor: Actor, at: datetime) -> OutgoingPaper:
    upward = is_upward(written)
    paper = draft(
        written, actor, at, issuer=Body.current().office,
        suffix=written.figures["upward_suffix" if upward else "suffix"],
        subject=subject_of(written),
    )  # fmt: skip
    in_person = upward and actor.delegation is None
    capacity = Capacity.COLLECTIVE if in_person else actor.capacity
    return sign(paper, actor, at, capacity=capacity, act=APPROVE)


def _locked(
    written: WrittenReport, version: int, typed: Mapping[str, str] | None = None
) -> WrittenReport:
    locked = type(written).objects.select_for_update().get(pk=written.pk)
    if locked.state != WrittenReport.State.DRAFT:
        raise Refused(
            _("This report is approved; its text no longer changes.") + f" {what_changed(locked)}"
        )
    refuse_stale(
        locked,
        version,
        told=lambda: what_changed(locked, times=locked.version - version),
        differences=lambda: _differences(locked.narrative, typed or {}),
    )
    return locked


def _differences(before: Mapping[str, str], after: Mapping[str, str]) -> list[list[str]]:
    """Return [paragraph, old, new] of those that differ, in the order of the report."""
    pairs = [
        (name, before.get(name, ""), after[name].strip()) for name in PARAGRAPHS if name in after
    ]
    return [[name, old, new] for name, old, new in pairs if old != new]
