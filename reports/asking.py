"""Reports of days somebody asks for: built by a worker, by the same code as all others (8.4)."""

import logging
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from agencies.acting import Actor
from agencies.deadlines import local_day
from agencies.models import record
from agencies.refusals import NotYours, Refused
from reports.build import build_period
from reports.figures import first_data_at
from reports.models import PeriodicReport, ReportRequest
from reports.periods import Period, free

logger = logging.getLogger(__name__)
LONGEST_DAYS = 3 * 366


def may_ask(actor: Actor) -> bool:
    """Whether the actor may ask for a report of any days: leaders and the Office."""
    return actor.is_leader or actor.is_office


@transaction.atomic
def ask(
    actor: Actor, at: datetime, *, first_day: date, last_day: date
) -> ReportRequest | PeriodicReport:
    """Ask for the report of a free period, or return the one that was frozen for it before."""
    if not may_ask(actor):
        raise NotYours(_("Leaders and the Office ask for reports."))
    period = free(first_day, last_day)
    _refuse_impossible(period, at)
    built = PeriodicReport.objects.of(period).first()
    if built is not None:
        return built
    days = {"first_day": first_day, "last_day": last_day}
    waiting = ReportRequest.objects.filter(report__isnull=True, **days).first()
    if waiting is not None:
        return waiting
    request = ReportRequest.objects.create(asked_at=at, asked_by=actor.authority, **days)
    record("report.ask", request, actor, at, key=actor.form_key)
    transaction.on_commit(_wake_builder)
    return request


def _refuse_impossible(period: Period, at: datetime) -> None:
    if period.last_day < period.first_day:
        raise Refused(_("The last day lies before the first."), "last_day")
    if period.last_day >= local_day(at):
        raise Refused(_("The period has not ended: its last day is before today."), "last_day")
    if (period.last_day - period.first_day).days >= LONGEST_DAYS:
        raise Refused(_("A report is about three years at most."), "first_day")
    since = first_data_at()
    if since is None or since >= period.cut_off_at:
        raise Refused(_("Nothing had been assigned by then."), "last_day")


def _wake_builder() -> None:
    """Tell a worker that a report is asked for; with the broker down, beat finds it later."""
    from reports.jobs import build_asked_reports

    try:
        build_asked_reports.delay()
    except Exception as error:
        # kombu raises its own, redis' and socket errors; the request is committed.
        logger.warning("the builder was not woken: %s", error)


def build_asked(at: datetime) -> int:
    """Build what was asked for and is not built yet; return how many. Safe on two machines."""
    waiting = list(ReportRequest.objects.filter(report__isnull=True).order_by("asked_at", "pk"))
    for request in waiting:
        ReportRequest.objects.filter(pk=request.pk).update(started_at=at)
        report = build_period(request.period, at) or PeriodicReport.objects.of(request.period).get()
        ReportRequest.objects.filter(pk=request.pk).update(report=report)
    return len(waiting)
