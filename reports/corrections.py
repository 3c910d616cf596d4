"""What was corrected since a report was frozen: the report itself never changes (rule 8.4).

A correction is an act the freeze did not see that takes effect by the cut-off: recorded after it,
or begun before it and committed behind its back. Only what such acts touched is counted again, as
of the same instant, and laid beside the frozen rows: an act the freeze did see shows no difference.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db.models import F, Q
from django.utils.translation import gettext as _

from agencies.models import Event
from reports.figures import Terms
from reports.heads import column_words
from reports.models import PeriodicReport, WrittenReport
from reports.rows import TaskRow, task_rows
from tasks.models import Task

MOST = 500
"""More than this are not listed: so many corrections call for a word with the Office."""
LONGEST_ACT = timedelta(hours=1)
"""What was recorded so long before the freeze had committed by then, by whatever clock."""


@dataclass(frozen=True)
class Correction:
    """One thing a report would count otherwise now: its columns then and now, and why."""

    code: str
    title: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    event: Event

    @property
    def before_text(self) -> str:
        """The frozen columns in words; what was not there yet is said."""
        return _words(self.before)

    @property
    def after_text(self) -> str:
        """The columns as of the same cut-off, counted again."""
        return _words(self.after)

    @property
    def told(self) -> str:
        """Who did what when, in one line."""
        by = self.event.actor.full_name if self.event.actor else _("The program")
        day = f"{self.event.recorded_at:%d/%m/%Y}"
        return f"{by}: {self.event.sentence} ({day})"


def corrections(report: PeriodicReport, at: datetime) -> list[Correction]:
    """Return what was corrected from the freeze until the instant, by code."""
    events = {event.thing_id: event for event in _acts(report, at)}
    if not events:
        return []
    touched = Task.objects.filter(pk__in=events)
    named = dict(touched.values_list("code", "pk"))
    terms = Terms.in_force(report.cut_off_at)
    again = {row.code: row for row in task_rows(touched, report.starts_at, terms)}
    frozen = report.rows.filter(of="tasks", data__code__in=list(named))
    then = {row.data["code"]: row for row in frozen}
    found = _different(then, again, terms)
    return [Correction(*each, events[named[each[0]]]) for each in found]


def _different(then: dict, again: dict[str, TaskRow], terms: Terms) -> Iterator[tuple]:
    """Yield code, title, columns then and columns now of what counts otherwise now."""
    for code in sorted(then.keys() | again.keys()):
        frozen, now = then.get(code), again.get(code)
        before = tuple(frozen.columns) if frozen else ()
        after = now.columns(terms) if now else ()
        if set(before) != set(after):
            yield code, now.title if now else frozen.data["title"], before, after


def corrections_for_paper(report: PeriodicReport, written: WrittenReport) -> list[Correction]:
    """Return those a paper lists: until it was signed; a draft's until the last act recorded. So
    an issued paper reads the same for ever.
    """
    until = written.approved_at
    if until is None:
        latest = Event.objects.order_by("-pk").first()
        until = latest.recorded_at if latest else report.built_at
    return corrections(report, until)


def _acts(report: PeriodicReport, at: datetime) -> Iterable[Event]:
    """Return the acts on tasks that take effect by the cut-off and that the freeze may not have
    seen, the latest last; two indexes find them.
    """
    reaches_back = Q(recorded_at__gt=F("effective_at"))
    in_the_period = Q(recorded_at__lte=report.cut_off_at)
    found = Event.objects.filter(
        reaches_back | in_the_period,
        thing_type=ContentType.objects.get_for_model(Task),
        recorded_at__gt=report.built_at - LONGEST_ACT,
        recorded_at__lte=at,
        effective_at__lte=report.cut_off_at,
    )
    latest = found.select_related("actor").order_by("-recorded_at", "-pk")[:MOST]
    return reversed(latest)


def _words(columns: Iterable[str]) -> str:
    said = [words for words in map(column_words, columns) if words]
    return "; ".join(said) or _("not in the report")
