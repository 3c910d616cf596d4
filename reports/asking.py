"""Reports of days somebody asks for: built by a worker, by the same code as all others (8.4)."""

import logging
from contextlib import suppress
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from agencies.acting import SYSTEM, Actor
from agencies.deadlines import local_day
from agencies.models import AlreadyDone, record
from agencies.notices import owe
from agencies.refusals import NotYours, Refused
from reports.build import build_period, settled_until
from reports.figures import first_data_at
from reports.models import BUILT_AS_ASKED, NOT_BUILT, PeriodicReport, ReportRequest
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
    waiting = ReportRequest.objects.waiting().filter(**days).first()
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
    """Build what was asked for and is not built yet, each on its own; return how many. A period
    that ended a moment ago waits for the margin of all reports (`settled_until`).

    Safe on two machines. What cannot be built holds up no other: it is logged, told to whoever
    asked and tried again next time. Raises an ExceptionGroup of the failures after the last.
    """
    still_running = local_day(settled_until(at))
    waiting = list(ReportRequest.objects.in_turn().exclude(last_day=still_running))
    failures = [error for request in waiting if (error := _build(request, at)) is not None]
    if failures:
        said = f"{len(failures)} of {len(waiting)} reports asked for not built: {failures[0]!r}"
        raise ExceptionGroup(said, failures)
    return len(waiting)


def _build(request: ReportRequest, at: datetime) -> Exception | None:
    """Build the report of one request; return what went wrong."""
    row = ReportRequest.objects.filter(pk=request.pk)
    row.update(started_at=at)
    try:
        report = build_period(request.period, at) or PeriodicReport.objects.of(request.period).get()
    except Exception as error:
        logger.exception("request %s was not built: %s", request.pk, request)
        _note_failure(request, at)
        return error
    _hand_over(request, report, at)
    return None


@transaction.atomic
def _hand_over(request: ReportRequest, report: PeriodicReport, at: datetime) -> None:
    """Keep the report with the request and tell whoever asked, once."""
    ReportRequest.objects.filter(pk=request.pk).update(report=report)
    with suppress(AlreadyDone):
        event = record(BUILT_AS_ASKED, report, SYSTEM, at, key=f"{BUILT_AS_ASKED}:{request.pk}")
        owe([request.asked_by.user], event, immediate=True)


@transaction.atomic
def _note_failure(request: ReportRequest, at: datetime) -> None:
    """Tell whoever asked, the first time it fails; the page says so as long as it does."""
    ReportRequest.objects.filter(pk=request.pk).update(started_at=None)
    with suppress(AlreadyDone):
        event = record(NOT_BUILT, request, SYSTEM, at, key=f"{NOT_BUILT}:{request.pk}")
        owe([request.asked_by.user], event, immediate=True)
