"""The acts on a periodic report: edit its text, approve it (rule 8.4)."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from agencies.acting import Actor
from agencies.functions import Function
from agencies.models import record
from agencies.refusals import NotYours, Refused
from reports.models import PeriodicReport
from reports.narrative import checked


class Changed(Refused):
    """Somebody else saved first (rule 5.14): nothing is overwritten, what was typed is kept."""


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
    report = _locked(report, version)
    if not actor.is_office:
        raise NotYours(_("The Office writes the text of its report."))
    report.narrative = checked(paragraphs, report.narrative, report.figures)
    report.version += 1
    report.save(update_fields=["narrative", "version"])
    record("report.edit", report, actor, at, key=actor.form_key, month=report.month_text)
    return report


@transaction.atomic
def approve(report: PeriodicReport, actor: Actor, at: datetime, *, version: int) -> PeriodicReport:
    """Approve the report as it reads; from then on its text is frozen like its figures."""
    report = _locked(report, version)
    if not may_approve(actor, report):
        raise NotYours(_("The office chief approves periodic reports."))
    report.state = PeriodicReport.State.APPROVED
    report.approved_at, report.approved_by = at, actor.post
    report.version += 1
    report.save(update_fields=["state", "approved_at", "approved_by", "version"])
    record("report.approve", report, actor, at, key=actor.form_key, month=report.month_text)
    return report


def _locked(report: PeriodicReport, version: int) -> PeriodicReport:
    locked = PeriodicReport.objects.select_for_update().get(pk=report.pk)
    if locked.state != PeriodicReport.State.DRAFT:
        raise Refused(_("This report is approved; its text no longer changes."))
    if locked.version != version:
        raise Changed(_("Somebody saved this report after you opened it. Compare and save again."))
    return locked
