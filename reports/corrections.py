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
from django.utils.translation import gettext_lazy

from agencies.models import Event
from reports.details import due_text
from reports.figures import Terms
from reports.heads import column_words
from reports.models import PeriodicReport, WrittenReport
from reports.rows import TaskRow, task_rows
from tasks.models import Task

MOST = 500
"""More than this are not listed: so many corrections call for a word with the Office."""
LONGEST_ACT = timedelta(hours=1)
"""What was recorded so long before the freeze had committed by then, by whatever clock."""


LABELS = {
    "title": gettext_lazy("title"),
    "document": gettext_lazy("document"),
    "responsible": gettext_lazy("responsible person"),
    "due_at": gettext_lazy("deadline"),
}
"""What a row says of a task beside what counts it, by the frozen name."""


@dataclass(frozen=True)
class Correction:
    """One thing a report would count or name otherwise now: its columns, and what its row says,
    then and now, and why.
    """

    code: str
    title: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    said: tuple[tuple[str, str, str], ...]
    event: Event

    @property
    def before_text(self) -> str:
        """The frozen columns in words, and what the row said otherwise; what was not there yet is
        said.
        """
        return _words(self.before, [(name, old) for name, old, _new in self.said])

    @property
    def after_text(self) -> str:
        """The columns as of the same cut-off, counted again."""
        return _words(self.after, [(name, new) for name, _old, new in self.said])

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
    """Yield code, title, columns then and now, and the words of the row that differ, of what counts
    or reads otherwise now.
    """
    for code in sorted(then.keys() | again.keys()):
        frozen, now = then.get(code), again.get(code)
        before = tuple(frozen.columns) if frozen else ()
        after = now.columns(terms) if now else ()
        said = _said_otherwise(frozen.data, now.to_json()) if frozen and now else ()
        if set(before) != set(after) or said:
            yield code, now.title if now else frozen.data["title"], before, after, said


def _said_otherwise(then: dict, now: dict) -> tuple[tuple[str, str, str], ...]:
    """Return name, old and new of what a row says otherwise; older reports froze less."""
    return tuple(
        (name, then[name] or "", now[name] or "")
        for name in LABELS
        if name in then and then[name] != now[name]
    )


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
    since = report.built_at - LONGEST_ACT
    reaches_back = Q(recorded_at__gt=F("effective_at")) & Q(recorded_at__gt=since)
    in_the_period = Q(recorded_at__gt=since, recorded_at__lte=report.cut_off_at)
    found = Event.objects.filter(
        reaches_back | in_the_period,  # each with its own index: what came since is not read whole
        thing_type=ContentType.objects.get_for_model(Task),
        recorded_at__lte=at,
        effective_at__lte=report.cut_off_at,
    )
    latest = found.select_related("actor").order_by("-recorded_at", "-pk")[:MOST]
    return reversed(latest)


def _words(columns: Iterable[str], row: Iterable[tuple[str, str]]) -> str:
    said = [words for words in map(column_words, columns) if words]
    said += [f"{LABELS[name]}: {_value(name, value)}" for name, value in row]
    return "; ".join(said) or _("not in the report")


def _value(name: str, value: str) -> str:
    return (due_text(value) if name == "due_at" else value) or _("none")
