"""Occurrences are opened when their period begins, once each, and caught up (rules 3.10, 5.10)."""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from agencies.acting import SYSTEM
from agencies.deadlines import local_day, local_midnight
from agencies.notices import owe_occasion
from agencies.one_by_one import each_on_its_own
from tasks.lifecycle import Work, give
from tasks.lifecycle.people import chiefs_told
from tasks.models import Recurrence, Task
from tasks.recurring.courses import Courses
from tasks.recurring.periods import Occasion
from tasks.recurring.wording import period_words

logger = logging.getLogger(__name__)

# A year of weeks: after a longer outage the next runs go on where this one stopped.
MOST_AT_ONCE = 53
# Rules that ended longer ago have all their occurrences.
ENDED_WITHIN = timedelta(days=366)


def open_due(at: datetime) -> int:
    """Open every occurrence whose period has begun and that has no task yet; return how many.

    It may run late, twice, on two machines at once or die half way: each rule is a transaction
    under its row's lock, and a constraint makes two tasks of one period impossible. A late one is
    dated from the day its period began (rule 3.10): only the message comes late. A rule that
    fails holds up no other.
    """
    courses, day = Courses.at(at), local_day(at)
    known = set(_opened().values_list("recurrence", "period_on"))
    ended_lately = Q(ends_on__isnull=True) | Q(ends_on__gte=day - ENDED_WITHIN)

    def open_what_is_missing(recurrence: Recurrence) -> int:
        begun = courses.of(recurrence).begun(day)
        missing = any((recurrence.pk, one.period_on) not in known for one in begun)
        return open_recurrence(recurrence, at, courses) if missing else 0

    running = Recurrence.objects.filter(ended_lately, starts_on__lte=day)
    return sum(each_on_its_own(running, open_what_is_missing))


def open_recurrence(recurrence: Recurrence, at: datetime, courses: Courses) -> int:
    """Open what one rule owes by the instant, judged again under its lock; return how many."""
    with transaction.atomic():
        rows = Recurrence.objects.select_for_update(of=("self",)).select_related(
            "lead", "directive", "proposal", "competence", "assigned_by"
        )
        locked = rows.get(pk=recurrence.pk)
        known = set(_opened().filter(recurrence=locked).values_list("period_on", flat=True))
        begun = courses.of(locked).begun(local_day(at))
        missing = [one for one in begun if one.period_on not in known]
        if len(missing) > MOST_AT_ONCE:
            logger.warning("%s: %s of %s opened", locked.code, MOST_AT_ONCE, len(missing))
            missing = missing[:MOST_AT_ONCE]
        if not missing:
            return 0
        if locked.lead.is_closed_on(local_day(at)):
            _tell_closed(locked, missing[-1], courses, at)
            return 0
        helpers = list(locked.coordinating.open_on(local_day(at)))
        for occasion in missing:
            work = _work(locked, occasion, courses, helpers)
            effective_at = max(local_midnight(occasion.opens_on), locked.began_at)
            give(SYSTEM, at, [work], effective_at=effective_at)
    return len(missing)


def _opened():
    """The first task of each period; one that changed its lead stands behind it (`previous`)."""
    return Task.objects.filter(recurrence__isnull=False, previous__isnull=True)


def _work(recurrence: Recurrence, occasion: Occasion, courses: Courses, helpers: list) -> Work:
    rule = courses.of(recurrence).rule
    period = period_words(rule, occasion.period_on)
    return Work(
        title=f"{recurrence.title[: 497 - len(period)]} ({period})",
        assigned_by=recurrence.assigned_by,
        lead=recurrence.lead,
        text=recurrence.text,
        directive=recurrence.directive,
        proposal=recurrence.proposal,
        recurrence=recurrence,
        period_on=occasion.period_on,
        clause=recurrence.clause,
        source=recurrence.source,
        product=recurrence.product,
        due_at=occasion.deadline.due_at,
        deadline_text=recurrence.rule_text,
        arithmetic=occasion.deadline.to_json(),
        coordinating=helpers,
        competence=recurrence.competence,
        priority=recurrence.priority,
    )


def _tell_closed(
    recurrence: Recurrence, occasion: Occasion, courses: Courses, at: datetime
) -> None:
    """Tell the chief once a period that nobody is there to do it (rule 2.5)."""
    rule = courses.of(recurrence).rule
    for person in chiefs_told(local_day(at)):
        with translation.override(person.language):
            owe_occasion(
                person,
                f"recurrence:{recurrence.code}:closed:{occasion.period_on}",
                subject=str(recurrence),
                text=_(
                    "Not opened for %(period)s: %(agency)s is closed. Give the recurring task"
                    " another lead, or end it."
                )
                % {
                    "period": period_words(rule, occasion.period_on),
                    "agency": recurrence.lead.name,
                },
                url=recurrence.get_absolute_url(),
                at=at,
                thing=recurrence,
                kind="to_decide",
            )
