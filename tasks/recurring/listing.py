"""The list of recurring tasks as its address asks for it, and its rows elsewhere.

- `state`: `running` (without one), `ended`, `all`; `agency`: led by the agency of that code
- `as_of`: as things stood at the end of that ISO day (rule 8.9)
- `sort`: `lead` (without one), `title`; descending with `-`
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Q, QuerySet, Subquery

from agencies.acting import Actor
from agencies.as_of import AsOf
from agencies.deadlines import Recurrence as Rule
from agencies.deadlines import local_day
from agencies.listing import sorted_rows
from tasks.models import Recurrence, Task
from tasks.recurring.courses import Courses
from tasks.recurring.periods import Occasion
from tasks.recurring.wording import words_of

SORTS = {"lead": ("lead__kind__order", "lead__order"), "title": ("title",)}


@dataclass(frozen=True)
class Row:
    """One recurring task of the list, with its next occasion and its latest occurrence."""

    recurrence: Recurrence
    words: str
    following: Occasion | None
    latest: Task | None


def narrowed(params: Mapping[str, str], actor: Actor, as_of: AsOf) -> QuerySet:
    """Return the recurring tasks the actor may see, as the address narrows and sorts them."""
    rows = Recurrence.objects.visible_to(actor).standing(as_of.past)
    day, state = local_day(as_of.at), params.get("state", "running")
    if state == "ended":
        rows = rows.filter(ends_then__lt=day)
    elif state != "all":
        rows = rows.filter(Q(ends_then__isnull=True) | Q(ends_then__gte=day))
    if params.get("agency"):
        rows = rows.filter(lead__code=params["agency"])
    ordered = sorted_rows(rows, SORTS, params.get("sort", ""), "lead")
    return with_latest(ordered, actor, as_of.past)


def with_latest(rows: QuerySet, actor: Actor, past: datetime | None = None) -> QuerySet:
    """Read along what a row shows: the lead, the document, the latest task the actor may see."""
    latest = Task.objects.visible_to(actor).filter(recurrence=OuterRef("pk"))
    if past is not None:
        latest = latest.filter(assigned_at__lte=past)
    latest = latest.order_by("-period_on", "-pk").values("pk")[:1]
    return rows.select_related("lead", "directive__kind").annotate(latest=Subquery(latest))


def rows_of(
    recurrences: Iterable[Recurrence], at: datetime, past: datetime | None = None
) -> list[Row]:
    """Return the rows of one page of what `standing` read, with their tasks as they stood then.

    Coming deadlines are reckoned by the calendar confirmed now: it is kept as it is.
    """
    recurrences = list(recurrences)
    courses, day = Courses.at(at), local_day(at)
    tasks = Task.objects.now() if past is None else Task.objects.as_of(past)
    tasks = tasks.in_bulk([one.latest for one in recurrences if one.latest])
    for one in recurrences:
        one.ends_on = one.ends_then
    return [
        Row(
            one,
            words_of(Rule.from_json(one.rule)),
            next(iter(courses.of(one).coming(day, 1)), None),
            tasks.get(one.latest),
        )
        for one in recurrences
    ]
