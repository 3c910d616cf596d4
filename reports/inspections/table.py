"""The acts on an inspection: who, from which state, under which condition (rule 9.2)."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.acting import Actor
from agencies.deadlines import local_day
from agencies.functions import Function
from consultations.acts import Act
from reports.models import Inspection
from reports.models.inspection import INSPECT
from tasks.lifecycle.assigning import may_assign

State = Inspection.State
HOLDERS = gettext_lazy("Whoever holds the inspection, or is in its team, does this.")
MANAGERS = gettext_lazy("The agency that holds the inspection does this.")


@dataclass(frozen=True)
class InspectionCase:
    """One inspection before one actor at one instant."""

    actor: Actor
    at: datetime
    inspection: Inspection

    @property
    def state(self) -> str:
        """Its state."""
        return self.inspection.state

    @cached_property
    def is_in_team(self) -> bool:
        """Whether the person is in the team."""
        user = self.actor.user
        return user is not None and self.inspection.team.filter(post__user=user).exists()


def may_plan(actor: Actor) -> bool:
    """The Office, internal affairs and inspection plan for the body, a head for the own agency."""
    plans = actor.is_office or actor.has(*INSPECT, Function.AGENCY_HEAD)
    return plans and actor.may_do("inspection.plan")


def inspects_others(actor: Actor) -> bool:
    """Whether the actor inspects for the body, not the own agency only."""
    return actor.is_office or actor.has(*INSPECT)


def manages(case: InspectionCase) -> bool:
    """Who plans for the agency that holds it."""
    return case.actor.agency_id == case.inspection.inspector_id and may_plan(case.actor)


def holds(case: InspectionCase) -> bool:
    """The team, by name, and the agency that holds it."""
    return manages(case) or case.is_in_team


def answers(case: InspectionCase) -> bool:
    """The head of the agency inspected by another."""
    inspection = case.inspection
    own = case.actor.heads_agency and case.actor.agency_id == inspection.agency_id
    return own and not inspection.is_own


def corrects_itself(case: InspectionCase) -> bool:
    """Whether the head gives the own agency work from its own inspection, no other agency."""
    own = case.inspection.is_own and case.actor.agency_id == case.inspection.agency_id
    head = case.actor.heads_agency and case.actor.may_do("inspection.follow_up")
    return own and head and not may_assign(case.actor)


def assigns(case: InspectionCase) -> bool:
    """Who gives tasks: the chief or a leader (domain 2); a head from its own inspection."""
    return may_assign(case.actor) or corrects_itself(case)


def its_day_has_come(case: InspectionCase) -> str | None:
    """An inspection begins on its day."""
    if local_day(case.at) < case.inspection.starts_on:
        return _("The inspection begins on its day; change the plan to begin earlier.")
    return None


def something_was_found(case: InspectionCase) -> str | None:
    """What is concluded rests on findings."""
    if not case.inspection.findings.exists():
        return _("Record at least one finding first.")
    return None


def _act(code: str, label, done, who, who_words, *states: str, **more) -> Act:
    return Act(
        code=code, label=label, done=done, who=who, who_words=who_words, from_states=states,
        prefix="inspection", **more,
    )  # fmt: skip


INSPECTION_ACTS = {
    act.code: act
    for act in (
        _act(
            "start",
            gettext_lazy("Begin the inspection"),
            gettext_lazy("The inspection is under way; the agency is told."),
            holds, HOLDERS, State.PLANNED, guards=(its_day_has_come,),
        ),
        _act(
            "find",
            gettext_lazy("Record a finding"),
            gettext_lazy("The finding is recorded."),
            holds, HOLDERS, State.UNDER_WAY, needs=("text", "rating", "files"),
        ),
        _act(
            "conclude",
            gettext_lazy("Conclude"),
            gettext_lazy("The inspection is concluded."),
            manages, MANAGERS, State.UNDER_WAY,
            needs=("conclusion",), guards=(something_was_found,),
        ),
        _act(
            "give_view",
            gettext_lazy("Give the agency's view"),
            gettext_lazy("The agency's view is recorded."),
            answers, gettext_lazy("The head of the agency inspected does this."),
            State.UNDER_WAY, State.CONCLUDED, needs=("text",),
        ),
        _act(
            "follow_up",
            gettext_lazy("Give a follow-up task"),
            gettext_lazy("The task is given and linked."),
            assigns,
            gettext_lazy("The office chief or a leader gives tasks; a head the own agency."),
            State.UNDER_WAY, State.CONCLUDED, needs=("title", "lead", "due_on"),
        ),
        _act(
            "cancel",
            gettext_lazy("Cancel the inspection"),
            gettext_lazy("The inspection is cancelled."),
            manages, MANAGERS, State.PLANNED, State.UNDER_WAY, needs=("reason",), is_rare=True,
        ),
    )
}  # fmt: skip
