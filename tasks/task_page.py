"""What the page of one task shows: the next acts with their effect, its story, its people."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from agencies.acting import Actor
from agencies.deadlines import local_day, spoken
from agencies.models import Event, Post
from agencies.succession import in_post_on
from tasks import course
from tasks.acts import Act, Situation, acts_in
from tasks.delay import delay_of
from tasks.effects import effect
from tasks.exchange import WRITTEN, exchange_of, written_on
from tasks.extension_page import extension_shown
from tasks.group_page import group_of
from tasks.helping import Helping
from tasks.judgement import Judgement
from tasks.models import CompletionReport, Demand, Task
from tasks.obstacles import obstacles_on, with_files
from tasks.states import ENDED, OPEN, UNSTARTED, State
from tasks.story import events_of, story_of

# Acts whose form stands on the page itself, not behind a button.
INLINE = {"write"}
POSTS = ("responsible", "handler", "supervisor", "officer")


@dataclass(frozen=True)
class Next:
    """One act the actor may do now, what it would do, and what its button says."""

    act: Act
    effect: str
    label: str


@dataclass(frozen=True)
class Answering:
    """Who answers under a post named on the task, and whose post that was before (rule 5.1)."""

    now: Post | None
    before: Post | None = None

    @property
    def since(self) -> date | None:
        """The first day without the one before."""
        ends_on = self.before.ends_on if self.before else None
        return ends_on and ends_on + timedelta(days=1)


def page_of(task: Task, actor: Actor, at: datetime, page: str = "") -> dict:
    """Return the context of a task's page; `page` is that of a group's children."""
    case = Situation(task, actor, at)
    judgement = Judgement.at(at, case.standing.calendar)
    acts, chain = _next_acts(case), course.chain_of(case)
    obstacles = obstacles_on(task, actor, at)
    told = list(events_of(task, *obstacles, besides=written_on(case)))
    events = [event for event in told if event.act != WRITTEN]
    files = [file for event in events for file in event.files.all()]
    report = _waiting_report(case, events)
    office_delay, is_long = course.office_delay(_waits_since(case, report), judgement)
    return {
        "task": task,
        "judgement": judgement,
        "flags": course.flags_of(case, events),
        "report": report,
        "waiting_return": case.waiting_return,
        **extension_shown(case, judgement, files),
        "demand": _demand(task, actor),
        "office_delay": office_delay,
        "office_is_late": is_long,
        "decision": course.last_decision(task, events),
        "outside": actor.sees_everything and task.state in UNSTARTED and case.is_outside_competence,
        **_urged(events),
        "is_open": task.state in OPEN,
        "next_acts": [one for one in acts if not _is_rare(one.act, case)],
        "rare_acts": [one for one in _behind_buttons(acts) if _is_rare(one.act, case)],
        "waits_for": course.waits_for(case, chain),
        "chain": chain,
        "people": _people(task, at),
        "events": story_of(task, events, judgement),
        "obstacles": with_files(obstacles, events),
        "files": files,
        "helping": Helping.of(case, judgement),
        "exchange": exchange_of(case, told),
        **delay_of(task, events, judgement),
        "parent_is_visible": actor.sees_everything and task.parent_id is not None,
        "group": group_of(task, actor, at, judgement, page) if task.is_group else None,
    }


def _urged(events: Iterable[Event]) -> dict:
    """Return how often and when last the task was urged, out of its story (rule 8.2)."""
    urged = [event for event in events if event.act == "task.urged"]
    if not urged:
        return {}
    return {"times_urged": len(urged), "last_urged_at": urged[-1].effective_at}


def _waits_since(case: Situation, report: CompletionReport | None) -> datetime | None:
    """Return since when the Office owes a decision on a report or a return (rule 5.5)."""
    if case.is_led_by_the_office:
        return None  # a leader owes it (rule 2.3)
    if report is not None:
        return report.sent_at
    return case.waiting_return and case.waiting_return.asked_at


def _is_rare(act: Act, case: Situation) -> bool:
    """Whether an act stands in the menu; handing back what is not one's function does not (5.3)."""
    return act.is_rare and not (act.code == "hand_back" and case.is_outside_competence)


def _behind_buttons(acts: Iterable[Next]) -> list[Next]:
    """Leave out what has its form on the page itself."""
    return [one for one in acts if one.act.code not in INLINE]


def _next_acts(case: Situation) -> list[Next]:
    """Return the acts with the effect of the main one and of what stands against it.

    The others say theirs on their own form.
    """
    acts, told = acts_in(case), told_on_the_page(case)
    return [
        Next(act, effect(act.code, case) if act.code in told else "", button(act, case))
        for act in acts
    ]


def told_on_the_page(case: Situation) -> set[str]:
    """Return the acts whose effect the page of the task says itself."""
    main = next((act.code for act in acts_in(case) if not act.is_rare), "")
    return {main, "send_back", "refuse_return", "grant_extension"}


def button(act: Act, case: Situation) -> str:
    """Return what the button of an act says: granting an extension names the day."""
    waiting = case.waiting_extension
    if act.code == "grant_extension" and waiting is not None:
        return _("Grant until %(day)s") % {"day": spoken(waiting.asked_due_at)}
    return str(act.label)


def _demand(task: Task, actor: Actor) -> Demand | None:
    """Return the superior's demand the task serves, if the reader may see it."""
    if task.demand is None or actor.sees_everything:
        return task.demand
    return Demand.objects.visible_to(actor).filter(pk=task.demand_id).first()


def _waiting_report(case: Situation, story: list[Event]) -> CompletionReport | None:
    """Return the report that waits, with its evidence out of the story."""
    if case.task.state != State.REPORTED or case.waiting_report is None:
        return None
    told = {event.pk: event for event in story}
    report = case.waiting_report
    report.event = told[report.event_id]
    return report


def _people(task: Task, at: datetime) -> dict[str, Answering]:
    """Return who answers for what, by the name of the post's field; of ended work, who then did."""
    ended = task.state_rows.last() if task.state in ENDED else None
    day = local_day(ended.effective_at if ended else at)
    named = {name: getattr(task, name) for name in POSTS}
    answering = in_post_on(named.values(), day)
    return {
        name: Answering(answering[post.pk], post if answering[post.pk] != post else None)
        for name, post in named.items()
        if post is not None
    }
