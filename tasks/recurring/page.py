"""What the pages of recurring tasks show: the rule in words, next days, occurrences."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import QueryDict

from agencies.acting import Actor
from agencies.deadlines import Recurrence as Rule
from agencies.deadlines import local_day
from agencies.models import Event
from tasks.judgement import Judgement
from tasks.lifecycle import may_assign
from tasks.models import Recurrence, Task
from tasks.recurring.acts import earliest_change
from tasks.recurring.courses import Courses
from tasks.recurring.periods import Occasion
from tasks.recurring.wording import period_words, words_of

STATES = ("running", "ended", "all")
COMING = 3


@dataclass(frozen=True)
class Row:
    """One recurring task of the list, with its next occasion and its latest occurrence."""

    recurrence: Recurrence
    words: str
    following: Occasion | None
    latest: Task | None


def narrowed(params: QueryDict, actor: Actor, at: datetime) -> QuerySet:
    """Return the recurring tasks the actor may see, as the address narrows them.

    `state`: running (as a rule), ended, all; `agency`: led by the agency of that code.
    """
    rows = Recurrence.objects.visible_to(actor)
    day, state = local_day(at), params.get("state", "running")
    is_over = Q(ends_on__lt=day)
    if state == "ended":
        rows = rows.filter(is_over)
    elif state != "all":
        rows = rows.exclude(is_over)
    if params.get("agency"):
        rows = rows.filter(lead__code=params["agency"])
    return with_latest(rows.order_by("lead__kind__order", "lead__order", "pk"), actor)


def with_latest(rows: QuerySet, actor: Actor) -> QuerySet:
    """Read along what a row shows: the lead, the document, the latest task the actor may see."""
    latest = Task.objects.visible_to(actor).filter(recurrence=OuterRef("pk"))
    latest = latest.order_by("-period_on", "-pk").values("pk")[:1]
    return rows.select_related("lead", "directive__kind").annotate(latest=Subquery(latest))


def rows_of(recurrences: Iterable[Recurrence], at: datetime) -> list[Row]:
    """Return the rows of one page of the list."""
    recurrences = list(recurrences)
    courses, day = Courses.at(at), local_day(at)
    tasks = Task.objects.in_bulk([one.latest for one in recurrences if one.latest])
    return [
        Row(
            one,
            words_of(Rule.from_json(one.rule)),
            next(iter(courses.of(one).coming(day, 1)), None),
            tasks.get(one.latest),
        )
        for one in recurrences
    ]


def page_of(recurrence: Recurrence, actor: Actor, at: datetime) -> dict:
    """Return what the page of one recurring task shows."""
    day, rule = local_day(at), Rule.from_json(recurrence.rule)
    course = Courses.at(at).of(recurrence)
    occurrences = Task.objects.visible_to(actor).filter(recurrence=recurrence)
    visible = Recurrence.objects.visible_to(actor)
    return {
        "recurrence": recurrence,
        "words": words_of(rule),
        "coming": [(one, period_words(rule, one.period_on)) for one in course.coming(day, COMING)],
        "occurrences": occurrences.select_related("lead").order_by("-period_on", "-pk"),
        "judgement": Judgement.at(at),
        "is_over": recurrence.ends_on is not None and recurrence.ends_on < day,
        "following": visible.filter(previous=recurrence).first(),
        "previous": visible.filter(pk=recurrence.previous_id).first(),
        "may_change": may_act_on(recurrence, actor, day),
        "earliest_change": earliest_change(recurrence, day),
        "events": Event.objects.of(recurrence).for_timeline(),
    }


def may_act_on(recurrence: Recurrence, actor: Actor, day: date) -> bool:
    """Whether the actor ends or changes it: who assigns, while it goes on here."""
    is_over = recurrence.ends_on is not None and recurrence.ends_on < day
    return may_assign(actor) and not is_over and not recurrence.following.exists()
