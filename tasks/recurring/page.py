"""What the page of a recurring task shows: the rule in words, next days, occurrences."""

from datetime import date, datetime

from agencies.acting import Actor
from agencies.deadlines import Recurrence as Rule
from agencies.deadlines import local_day
from agencies.models import Event
from tasks.judgement import Judgement
from tasks.lifecycle import may_assign
from tasks.models import Recurrence, Task
from tasks.recurring.acts import earliest_change
from tasks.recurring.courses import Courses
from tasks.recurring.wording import period_words, words_of

COMING = 3


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
