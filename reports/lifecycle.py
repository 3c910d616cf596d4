"""The acts on a periodic report: edit its text, approve it (rule 8.4)."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from agencies.acting import Actor
from agencies.editing import refuse_stale, what_changed
from agencies.functions import Function
from agencies.models import Body, OutgoingPaper, record
from agencies.outgoing import draft, sign
from agencies.refusals import NotYours, Refused
from reports.models import PeriodicReport
from reports.narrative import PARAGRAPHS, checked
from reports.paper import subject_of


def may_edit(actor: Actor, report: PeriodicReport) -> bool:
    """Whether the actor may edit the text: the Office, while nobody has approved it."""
    return actor.is_office and report.state == PeriodicReport.State.DRAFT


def may_approve(actor: Actor, report: PeriodicReport) -> bool:
    """Whether the actor may approve: the office chief."""
    return (
        actor.has(Function.OFFICE_CHIEF)
        and actor.may_do("report.approve")
        and report.state == PeriodicReport.State.DRAFT
    )


@transaction.atomic
def edit_narrative(
    report: PeriodicReport,
    actor: Actor,
    at: datetime,
    *,
    paragraphs: Mapping[str, str],
    version: int,
) -> PeriodicReport:
    """Save the paragraphs; their figures stay fields. `version` is the one the form showed."""
    report = _locked(report, version, paragraphs)
    if not actor.is_office:
        raise NotYours(_("The Office writes the text of its report."))
    before, report.narrative = (
        report.narrative,
        checked(paragraphs, report.narrative, report.figures),
    )
    report.version += 1
    report.save(update_fields=["narrative", "version"])
    record(
        "report.edit", report, actor, at, key=actor.form_key, month=report.month_text,
        changes=_differences(before, report.narrative),
    )  # fmt: skip
    return report


@transaction.atomic
def approve(report: PeriodicReport, actor: Actor, at: datetime, *, version: int) -> PeriodicReport:
    """Approve the report as it reads and sign its paper; the clerk numbers and issues that.

    From then on its text is frozen like its figures.
    """
    report = _locked(report, version)
    if not may_approve(actor, report):
        raise NotYours(_("The office chief approves periodic reports."))
    report.state = PeriodicReport.State.APPROVED
    report.approved_at, report.approved_by = at, actor.authority
    report.version += 1
    report.paper = _signed_paper(report, actor.with_form_key(None), at)
    report.save(update_fields=["state", "approved_at", "approved_by", "version", "paper"])
    record("report.approve", report, actor, at, key=actor.form_key, month=report.month_text)
    return report


def _signed_paper(report: PeriodicReport, actor: Actor, at: datetime) -> OutgoingPaper:
    office = Body.current().office
    paper = draft(
        report, actor, at, issuer=office, suffix=report.figures["suffix"],
        subject=subject_of(report),
    )  # fmt: skip
    return sign(paper, actor, at)


def _locked(
    report: PeriodicReport, version: int, typed: Mapping[str, str] | None = None
) -> PeriodicReport:
    locked = PeriodicReport.objects.select_for_update().get(pk=report.pk)
    if locked.state != PeriodicReport.State.DRAFT:
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
