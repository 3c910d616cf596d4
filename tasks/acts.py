"""The table of acts on a task (rule 5.2): act × from × who × guard → to.

Buttons, forms, the acts of `tasks.lifecycle` and the tests follow this table. A guard answers
with the sentence that refuses, or nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models import prefetch_related_objects
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.acting import Actor, holders_of
from agencies.deadlines import local_day
from agencies.functions import Function
from agencies.models import Body
from agencies.refusals import NotYours, Refused
from tasks.models import CompletionReport, Task
from tasks.states import WORKING, State


@dataclass(frozen=True)
class Situation:
    """One task before one actor at one instant: what the table's predicates ask."""

    task: Task
    actor: Actor
    at: datetime

    @property
    def is_own(self) -> bool:
        """Whether the actor acts for the lead."""
        return self.actor.agency_id is not None and self.actor.agency_id == self.task.lead_id

    @property
    def sides_with_lead(self) -> bool:
        """Whether deciding would be on one's own work: also when authority of the Office was
        lent to somebody whose own post is with the lead (rule 2.3).
        """
        post = self.actor.post
        return self.is_own or (post is not None and post.agency_id == self.task.lead_id)

    @cached_property
    def is_led_by_the_office(self) -> bool:
        """Whether the Office itself is the lead; a leader then decides (rule 2.3)."""
        return Body.objects.filter(office_id=self.task.lead_id).exists()

    @cached_property
    def chief_is_vacant(self) -> bool:
        """Whether nobody is office chief that day; the function falls to the Chair (rule 2.1)."""
        posts = holders_of(Function.OFFICE_CHIEF, local_day(self.at))
        return not any(Function.OFFICE_CHIEF in post.title.functions for post in posts)

    @cached_property
    def waiting_report(self) -> CompletionReport | None:
        """The report that waits for the Office."""
        return self.task.reports.filter(decision="").select_related("post__user").first()


# Who ------------------------------------------------------------------------------------------


def in_portfolio(case: Situation) -> bool:
    """Whether a deputy acts within the competences of the portfolio, if it names any (2.1)."""
    post = case.actor.authority
    if not post.title.is_deputy or case.task.competence_id is None:
        return True
    prefetch_related_objects([post], "competences")  # read once an actor, however many tasks
    portfolio = {competence.pk for competence in post.competences.all()}
    return not portfolio or case.task.competence_id in portfolio


def heads_lead(case: Situation) -> bool:
    """The lead's head, a deputy (KT.) or who holds the head's authorisation (TUQ.)."""
    return case.is_own and case.actor.heads_agency and in_portfolio(case)


def works_for_lead(case: Situation) -> bool:
    """The lead's head or its staff."""
    return case.is_own and case.actor.has(
        Function.AGENCY_HEAD, Function.AGENCY_STAFF, Function.OFFICER
    )


def is_chair(actor: Actor) -> bool:
    """Whether the actor is the first of the leaders."""
    return actor.is_leader and not actor.authority.title.is_deputy


def decides(case: Situation) -> bool:
    """The office chief; for the Office's own work its supervising leader or the Chair (2.3)."""
    if case.sides_with_lead:
        return False
    actor = case.actor
    if case.is_led_by_the_office:
        supervises = actor.is_leader and actor.authority.pk == case.task.supervisor_id
        return supervises or is_chair(actor)
    if actor.has(Function.OFFICE_CHIEF):
        return in_portfolio(case)
    return is_chair(actor) and case.chief_is_vacant


def follows(case: Situation) -> bool:
    """An officer of the Office, never for the Office's own work."""
    return case.actor.has(Function.OFFICER) and not case.sides_with_lead


def follows_or_decides(case: Situation) -> bool:
    """Whoever checks the report for the Office."""
    return follows(case) or decides(case)


# Guards ---------------------------------------------------------------------------------------


def not_the_reporter(case: Situation) -> str | None:
    """Rule 2.3: nobody verifies the own report, whatever post it was sent under."""
    report = case.waiting_report
    if report is not None and report.post.user_id == case.actor.user.pk:
        return _("You sent this report yourself; somebody else checks it.")
    return None


def not_verified_yet(case: Situation) -> str | None:
    """A report is verified once."""
    report = case.waiting_report
    if report is not None and report.verified_at is not None:
        return _("This report was marked as verified before.")
    return None


# The table ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Act:
    """One row: `needs` are the facts it takes, `to` the state after it (None: as it was)."""

    code: str
    label: str | Promise
    who: Callable[[Situation], bool]
    who_words: str | Promise
    from_states: tuple[State, ...]
    to: State | None
    needs: tuple[str, ...] = ()
    guards: tuple[Callable[[Situation], str | None], ...] = ()

    @property
    def event(self) -> str:
        """The code a delegation names and its event carries first."""
        return f"task.{self.code}"

    def refusal(self, case: Situation) -> Refused | None:
        """Return why the act may not be done here and now, or None."""
        if not case.actor.may_do(self.event) or not self.who(case):
            return NotYours(self.who_words)
        if case.task.is_group or case.task.state not in self.from_states:
            return Refused(
                _("Not possible now: the task is “%(state)s”.")
                % {"state": case.task.get_state_display()}
            )
        for guard in self.guards:
            sentence = guard(case)
            if sentence is not None:
                return Refused(sentence)
        return None


ACTS: dict[str, Act] = {
    act.code: act
    for act in (
        Act(
            code="accept",
            label=gettext_lazy("Accept the task"),
            who=heads_lead,
            who_words=gettext_lazy("The head of the lead agency accepts a task."),
            from_states=(State.ASSIGNED,),
            to=State.ACCEPTED,
        ),
        Act(
            code="report",
            label=gettext_lazy("Report completion"),
            who=heads_lead,
            who_words=gettext_lazy("The head of the lead agency reports completion."),
            from_states=WORKING,
            to=State.REPORTED,
            needs=("result", "document_number", "files"),
        ),
        Act(
            code="progress",
            label=gettext_lazy("Update progress"),
            who=works_for_lead,
            who_words=gettext_lazy("The lead agency updates progress."),
            from_states=WORKING,
            to=State.IN_PROGRESS,
            needs=("text", "percent", "document_number", "files"),
        ),
        Act(
            code="complete",
            label=gettext_lazy("Confirm completion"),
            who=decides,
            who_words=gettext_lazy(
                "The office chief confirms completion; for the Office's own work a leader does."
            ),
            from_states=(State.REPORTED,),
            to=State.COMPLETED,
            guards=(not_the_reporter,),
        ),
        Act(
            code="verify",
            label=gettext_lazy("Mark as verified"),
            who=follows,
            who_words=gettext_lazy("An officer of the Office verifies other agencies' reports."),
            from_states=(State.REPORTED,),
            to=None,
            guards=(not_the_reporter, not_verified_yet),
        ),
        Act(
            code="send_back",
            label=gettext_lazy("Send back to be finished"),
            who=follows_or_decides,
            who_words=gettext_lazy("The Office sends a report back, never one of its own."),
            from_states=(State.REPORTED,),
            to=State.IN_PROGRESS,
            needs=("reason", "lacks_evidence"),
            guards=(not_the_reporter,),
        ),
    )
}


def available_acts(task: Task, actor: Actor, at: datetime) -> list[Act]:
    """Return the acts the actor may do on the task at the instant, the main one first."""
    case = Situation(task, actor, at)
    return [act for act in ACTS.values() if act.refusal(case) is None]
