"""From an empty database to a district at work."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import F
from django.utils import translation

from agencies.deadlines import local_day
from agencies.delivery import Delivery
from agencies.directory import shipped
from agencies.holidays_calendar import seed_national
from agencies.models import Notice, OutgoingPaper, User
from agencies.notice_choices import choices_of, choose, version_of
from agencies.outgoing import issue, number
from agencies.titles import load_titles
from reports.build import build_due
from reports.demonstration import (
    accountability,
    consultations,
    difficulties,
    directives,
    dossiers,
    extensions,
    inspections,
    last_year,
    lists,
    mergers,
    one_document,
    people,
    recurring,
    reviews,
    side_paths,
    together,
    urgings,
    work,
)
from reports.demonstration.stage import Stage
from reports.demonstration.timeline import Story, play
from reports.lifecycle import approve, draft_upward
from reports.models import PeriodicReport
from reports.periods import Kind, periods_ended
from tasks import directory
from tasks.models import Directive

READ_AFTER = timedelta(days=4)
OLDEST = 170
"""Days before today on which the oldest task of the demonstration is given."""


class NotEmpty(Exception):
    """People or work are there already: the demonstration does not mix with them."""


def is_empty() -> bool:
    """Return whether nobody has an account and nothing was registered."""
    return not (User.objects.exists() or Directive.objects.exists())


def seed(at: datetime) -> None:
    """Fill an empty database with the demonstration as of the instant, or nothing of it."""
    if not is_empty():
        raise NotEmpty
    with translation.override("vi"), transaction.atomic():
        directory.load(shipped())
        load_titles()
        seed_national(at)
        stage = Stage(at)
        people.settle(stage.today)
        play(
            [
                *work.stories(stage),
                *last_year.stories(stage),
                *recurring.stories(stage),
                *lists.stories(stage),
                *directives.stories(stage),
                *side_paths.stories(stage),
                *together.stories(stage),
                *one_document.stories(stage),
                *difficulties.stories(stage),
                *extensions.stories(stage),
                *reviews.stories(stage),
                *consultations.stories(stage),
                *dossiers.stories(stage),
                *mergers.stories(stage),
                *accountability.stories(stage),
                *inspections.stories(stage),
                *urgings.stories(stage),
                _reports(stage),
                _choices(stage),
            ]
        )
        _close_the_ledger(at)
        # No sender is woken for acts of the past, a thousand times over: no mail is owed.
        connection.run_on_commit.clear()


def _choices(stage: Stage) -> Story:
    """One head wants shares and messages in the digest, and the progress of others not by mail."""
    yield stage.ago(OLDEST)
    person = User.objects.get(username="truongtnmt")
    stored = choices_of(person)
    wanted = stored | {"shared": Delivery.DIGEST, "progress": Delivery.APP}
    choose(person, choices=wanted, version=version_of(stored))


def _reports(stage: Stage) -> Story:
    """Each report is built at its cut-off. Those of the last month are drafts; of the approved ones
    the last wait for the clerk's number, those before were numbered and issued. Quarters and
    longer periods also go up to the city.
    """
    months = list(periods_ended(Kind.MONTH, stage.ago(last_year.FIRST), stage.at))
    for left, month in zip(range(len(months), 0, -1), months, strict=True):
        at = month.cut_off_at + timedelta(minutes=30)
        if at >= stage.at:
            return
        yield at
        built = build_due(at)
        if not built:
            continue  # nothing had been assigned by then
        at = month.send_by(stage.calendar, 1) - timedelta(hours=8)
        if left == 1 or at >= stage.at:
            return
        yield at
        papers = [paper for report in built for paper in _signed(report, stage, at)]
        if left > 2:
            at += timedelta(minutes=25)
            yield at
            clerk = stage.actor("vanthu", at)
            for paper in papers:
                issue(number(paper, clerk, at, dated_on=local_day(at)), clerk, at)


def _signed(report: PeriodicReport, stage: Stage, at: datetime) -> Iterator[OutgoingPaper]:
    """The chief approves; what goes up to the city the Chair signs."""
    chief = stage.actor("chanhvp", at)
    yield approve(report, chief, at, version=report.version).paper
    if report.kind != Kind.MONTH:
        upward = draft_upward(report, chief, at)
        yield approve(upward, stage.actor("chutich", at), at, version=upward.version).paper


def _close_the_ledger(at: datetime) -> None:
    """Nobody is mailed about the past, and what is older than some days was read."""
    owed = Notice.objects.filter(channel=Notice.Channel.MAIL, claimed_at__isnull=True)
    owed.update(claimed_at=F("created_at"), sent_at=F("created_at"), attempts=1)
    old = Notice.objects.in_application().filter(created_at__lt=at - READ_AFTER)
    old.update(read_at=F("created_at"))
