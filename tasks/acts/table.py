"""The table itself, as data: buttons, forms, the acts of `tasks.lifecycle` and tests follow it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.acting import Actor
from agencies.refusals import NotYours, Refused
from tasks.acts import guards, who
from tasks.acts.situation import Situation
from tasks.models import Task
from tasks.states import OPEN, UNSTARTED, WORKING, State

UNDECIDED = (*WORKING, State.REPORTED)


@dataclass(frozen=True)
class Act:
    """One row: `needs` are the facts it takes, `to` the state after it (None: as it was; what is
    resumed goes on as before its suspension), `done` what the page says then.

    A rare act stands in the page's menu, not beside the main one.
    """

    code: str
    label: str | Promise
    done: str | Promise
    who: Callable[[Situation], bool]
    who_words: str | Promise
    from_states: tuple[State, ...]
    to: State | None
    needs: tuple[str, ...] = ()
    guards: tuple[Callable[[Situation], str | None], ...] = ()
    is_rare: bool = False

    @property
    def event(self) -> str:
        """The code a delegation names and its event carries first."""
        return f"task.{self.code}"

    def suits(self, case: Situation) -> bool:
        """Whether the act is the actor's in the task's state, whatever guards say of it."""
        if case.task.is_group or case.task.state not in self.from_states:
            return False
        return case.actor.may_do(self.event) and self.who(case)

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
            done=gettext_lazy("The task is accepted."),
            who=who.heads_lead,
            who_words=gettext_lazy("The head of the lead agency accepts a task."),
            from_states=(State.ASSIGNED,),
            to=State.ACCEPTED,
            guards=(guards.no_return_waits,),
        ),
        Act(
            code="report",
            label=gettext_lazy("Report completion"),
            done=gettext_lazy("The report is sent; the Office verifies it."),
            who=who.heads_lead,
            who_words=gettext_lazy("The head of the lead agency reports completion."),
            from_states=WORKING,
            to=State.REPORTED,
            needs=("result", "document_number", "files"),
            guards=(guards.no_return_waits,),
        ),
        Act(
            code="progress",
            label=gettext_lazy("Update progress"),
            done=gettext_lazy("The update is recorded."),
            who=who.works_for_lead,
            who_words=gettext_lazy(
                "The lead's head, or whom the task was handed to, updates progress."
            ),
            from_states=WORKING,
            to=State.IN_PROGRESS,
            needs=("text", "percent", "document_number", "files"),
            guards=(guards.no_return_waits,),
        ),
        Act(
            code="contribute",
            label=gettext_lazy("Send our share"),
            done=gettext_lazy("Your share is sent."),
            who=who.helps,
            who_words=gettext_lazy("The head of a coordinating agency sends its share."),
            from_states=(*WORKING, State.REPORTED),
            to=None,
            needs=("text", "document_number", "files", "is_whole"),
        ),
        Act(
            code="ask_extension",
            label=gettext_lazy("Ask for an extension"),
            done=gettext_lazy("The request is sent; who assigned the task decides."),
            who=who.heads_lead,
            who_words=gettext_lazy("The head of the lead agency does this."),
            from_states=WORKING,
            to=None,
            needs=("due_on", "reason", "files"),
            guards=(
                guards.has_a_deadline,
                guards.no_extension_waits,
                guards.no_return_waits,
            ),
        ),
        Act(
            code="withdraw_extension",
            label=gettext_lazy("Withdraw the request for an extension"),
            done=gettext_lazy("The request is withdrawn."),
            who=who.heads_lead,
            who_words=gettext_lazy("The head of the lead agency does this."),
            from_states=UNDECIDED,
            to=None,
            guards=(guards.an_extension_waits,),
            is_rare=True,
        ),
        Act(
            code="explain",
            label=gettext_lazy("Give the cause of the delay"),
            done=gettext_lazy("The cause and your commitment are recorded."),
            who=who.heads_lead,
            who_words=gettext_lazy("The head of the lead agency does this."),
            from_states=WORKING,
            to=None,
            needs=("cause", "commitment_on", "needs"),
            guards=(guards.is_overdue,),
        ),
        Act(
            code="hand_on",
            label=gettext_lazy("Hand to staff"),
            done=gettext_lazy("The task is handed on."),
            who=who.heads_lead,
            who_words=gettext_lazy("The head of the lead agency does this."),
            from_states=WORKING,
            to=None,
            needs=("handler", "text"),
            guards=(guards.no_return_waits,),
        ),
        Act(
            code="take_back",
            label=gettext_lazy("Take back from staff"),
            done=gettext_lazy("The task is taken back."),
            who=who.heads_lead,
            who_words=gettext_lazy("The head of the lead agency does this."),
            from_states=WORKING,
            to=None,
            guards=(guards.is_handed_on,),
            is_rare=True,
        ),
        Act(
            code="hand_back",
            label=gettext_lazy("Hand back: not our function"),
            done=gettext_lazy("Handed back; the office chief decides."),
            who=who.heads_lead,
            who_words=gettext_lazy("The head of the lead agency does this."),
            from_states=UNSTARTED,
            to=None,
            needs=("reason", "suggested"),
            guards=(
                guards.no_return_waits,
                guards.no_extension_waits,
            ),
            is_rare=True,
        ),
        Act(
            code="withdraw_return",
            label=gettext_lazy("Keep the task after all"),
            done=gettext_lazy("Your agency keeps the task."),
            who=who.heads_lead,
            who_words=gettext_lazy("The head of the lead agency does this."),
            from_states=UNSTARTED,
            to=None,
            guards=(guards.a_return_waits,),
        ),
        Act(
            code="raise_obstacle",
            label=gettext_lazy("Report a difficulty"),
            done=gettext_lazy("The difficulty is reported."),
            who=who.heads_lead,
            who_words=gettext_lazy("The head of the lead agency does this."),
            from_states=(*WORKING, State.SUSPENDED),
            to=None,
            needs=("text", "proposal", "addressee", "files"),
            is_rare=True,
        ),
        Act(
            code="divide",
            label=gettext_lazy("Say what each helper gives"),
            done=gettext_lazy("The shares are recorded."),
            who=who.divides,
            who_words=gettext_lazy("The lead's head or the Office says what each helper gives."),
            from_states=WORKING,
            to=None,
            needs=("shares",),
            guards=(guards.has_helpers,),
            is_rare=True,
        ),
        Act(
            code="write",
            label=gettext_lazy("Write a message"),
            done=gettext_lazy("The message is sent."),
            who=who.talks,
            who_words=gettext_lazy("The lead agency, the Office and the leaders write here."),
            from_states=OPEN,
            to=None,
            needs=("text", "files"),
            is_rare=True,
        ),
        Act(
            code="complete",
            label=gettext_lazy("Confirm completion"),
            done=gettext_lazy("Completion is confirmed."),
            who=who.decides,
            who_words=gettext_lazy(
                "The office chief confirms completion; for the Office's own work a leader does."
            ),
            from_states=(State.REPORTED,),
            to=State.COMPLETED,
            guards=(guards.not_the_reporter, guards.extension_matters_not),
        ),
        Act(
            code="verify",
            label=gettext_lazy("Mark as verified"),
            done=gettext_lazy("Marked as verified; the office chief decides."),
            who=who.follows,
            who_words=gettext_lazy("An officer of the Office verifies other agencies' reports."),
            from_states=(State.REPORTED,),
            to=None,
            guards=(
                guards.not_the_reporter,
                guards.not_verified_yet,
            ),
        ),
        Act(
            code="send_back",
            label=gettext_lazy("Send back to be finished"),
            done=gettext_lazy("The report is sent back."),
            who=who.follows_or_decides,
            who_words=gettext_lazy("The Office sends a report back, never one of its own."),
            from_states=(State.REPORTED,),
            to=State.IN_PROGRESS,
            needs=("reason", "lacks_evidence"),
            guards=(guards.not_the_reporter, guards.lead_is_open),
        ),
        Act(
            code="grant_extension",
            label=gettext_lazy("Grant the extension as asked"),
            done=gettext_lazy("The extension is granted."),
            who=who.grants,
            who_words=gettext_lazy(
                "Who assigned the task decides this; the chief under a leader's recorded authority."
            ),
            from_states=UNDECIDED,
            to=None,
            guards=(
                guards.an_extension_waits,
                guards.not_the_asker,
                guards.asks_for_later,
                guards.asks_within_superiors_deadline,
            ),
        ),
        Act(
            code="grant_other_day",
            label=gettext_lazy("Grant another day"),
            done=gettext_lazy("The new day is granted."),
            who=who.grants,
            who_words=gettext_lazy(
                "Who assigned the task decides this; the chief under a leader's recorded authority."
            ),
            from_states=UNDECIDED,
            to=None,
            needs=("due_on", "answer", "superior_number", "superior_on"),
            guards=(
                guards.an_extension_waits,
                guards.not_the_asker,
            ),
        ),
        Act(
            code="refuse_extension",
            label=gettext_lazy("Refuse the extension"),
            done=gettext_lazy("The extension is refused."),
            who=who.grants,
            who_words=gettext_lazy(
                "Who assigned the task decides this; the chief under a leader's recorded authority."
            ),
            from_states=UNDECIDED,
            to=None,
            needs=("answer",),
            guards=(
                guards.an_extension_waits,
                guards.not_the_asker,
            ),
        ),
        Act(
            code="confirm_return",
            label=gettext_lazy("Confirm and give it to another agency"),
            done=gettext_lazy("The task is given to the other agency."),
            who=who.decides,
            who_words=gettext_lazy(
                "The office chief decides this; for the Office's own work a leader does."
            ),
            from_states=UNSTARTED,
            to=State.RETURNED,
            needs=("lead", "due_on", "answer", "superior_number", "superior_on"),
            guards=(
                guards.a_return_waits,
                guards.not_the_returner,
            ),
        ),
        Act(
            code="refuse_return",
            label=gettext_lazy("Refuse: the work goes on"),
            done=gettext_lazy("The return is refused; the work goes on."),
            who=who.decides,
            who_words=gettext_lazy(
                "The office chief decides this; for the Office's own work a leader does."
            ),
            from_states=UNSTARTED,
            to=None,
            needs=("answer",),
            guards=(
                guards.a_return_waits,
                guards.not_the_returner,
            ),
        ),
        Act(
            code="move_deadline",
            label=gettext_lazy("Change the deadline"),
            done=gettext_lazy("The deadline is changed."),
            who=who.grants,
            who_words=gettext_lazy(
                "Who assigned the task decides this; the chief under a leader's recorded authority."
            ),
            from_states=WORKING,
            to=None,
            needs=("due_on", "reason", "superior_number", "superior_on"),
            guards=(guards.no_extension_waits,),
            is_rare=True,
        ),
        Act(
            code="correct",
            label=gettext_lazy("Correct"),
            done=gettext_lazy("The correction is recorded."),
            who=who.corrects,
            who_words=gettext_lazy(
                "Before acceptance an officer corrects a task, after it the office chief."
            ),
            from_states=OPEN,
            to=None,
            needs=("changes", "reason"),
            is_rare=True,
        ),
        Act(
            code="change_lead",
            label=gettext_lazy("Give to another agency"),
            done=gettext_lazy("The task is given to the other agency."),
            who=who.decides,
            who_words=gettext_lazy(
                "The office chief decides this; for the Office's own work a leader does."
            ),
            from_states=(*WORKING, State.REPORTED, State.SUSPENDED),
            to=State.TRANSFERRED,
            needs=("lead", "due_on", "reason", "superior_number", "superior_on"),
            guards=(guards.no_return_waits,),
            is_rare=True,
        ),
        Act(
            code="suspend",
            label=gettext_lazy("Suspend"),
            done=gettext_lazy("The task is suspended."),
            who=who.decides,
            who_words=gettext_lazy(
                "The office chief decides this; for the Office's own work a leader does."
            ),
            from_states=WORKING,
            to=State.SUSPENDED,
            needs=("reason", "document_number", "files"),
            is_rare=True,
        ),
        Act(
            code="resume",
            label=gettext_lazy("Resume"),
            done=gettext_lazy("The task goes on."),
            who=who.decides,
            who_words=gettext_lazy(
                "The office chief decides this; for the Office's own work a leader does."
            ),
            from_states=(State.SUSPENDED,),
            to=None,
            needs=("reason",),
            guards=(guards.lead_is_open,),
        ),
        Act(
            code="cancel",
            label=gettext_lazy("Cancel the task"),
            done=gettext_lazy("The task is cancelled."),
            who=who.decides,
            who_words=gettext_lazy(
                "The office chief decides this; for the Office's own work a leader does."
            ),
            from_states=OPEN,
            to=State.CANCELLED,
            needs=("reason", "document_number", "files"),
            is_rare=True,
        ),
        Act(
            code="reopen",
            label=gettext_lazy("Reopen"),
            done=gettext_lazy("The task is open again."),
            who=who.decides,
            who_words=gettext_lazy(
                "The office chief decides this; for the Office's own work a leader does."
            ),
            from_states=(State.COMPLETED, State.CANCELLED),
            to=State.IN_PROGRESS,
            needs=("reason", "due_on", "superior_number", "superior_on"),
            guards=(
                guards.lead_is_open,
                guards.went_no_further,
            ),
            is_rare=True,
        ),
    )
}


def available_acts(task: Task, actor: Actor, at: datetime) -> list[Act]:
    """Return the acts the actor may do on the task at the instant, the main one first."""
    return acts_in(Situation(task, actor, at))


def acts_in(case: Situation) -> list[Act]:
    """Return the acts the situation allows, the main one first."""
    possible = (act for act in ACTS.values() if case.task.state in act.from_states)
    return [act for act in possible if act.refusal(case) is None]
