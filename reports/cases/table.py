"""The acts on cases and commendations: who, from where, under which condition (rule 9.1)."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.functions import Function
from consultations.acts import Act, table_of
from reports.cases.situation import Situation
from reports.cases.standing import Standing
from reports.cases.who import is_by_name

HANDLERS: str | Promise = gettext_lazy(
    "The office chief or the head of internal affairs does this, never about the own agency."
)
SIGNERS = gettext_lazy("The office chief and the head of internal affairs sign, each once.")
PRAISERS = gettext_lazy(
    "The office chief, the head of internal affairs or the emulation board does this."
)
CHAIR = gettext_lazy("The Chair decides.")
SIGNABLE = (Standing.SIGNING, Standing.BEFORE_CHAIR)


def handles(case: Situation) -> bool:
    """The chief or the head of internal affairs; else the Chair."""
    return case.handles


def signs(case: Situation) -> bool:
    """Whoever has a signature to give."""
    return bool(case.roles)


def decides(case: Situation) -> bool:
    """The Chair."""
    return case.decides


def is_concerned(case: Situation) -> bool:
    """The head concerned, by name."""
    return case.is_concerned and case.actor.delegation is None


def brings_measures(case: Situation) -> bool:
    """The head of internal affairs (clause 2.1)."""
    return case.handles and is_by_name(case.actor, Function.INTERNAL_AFFAIRS_HEAD)


def praises(case: Situation) -> bool:
    """Who handles it, or the emulation board."""
    return case.handles or case.actor.has(Function.EMULATION_BOARD)


def not_stated(case: Situation) -> str | None:
    """The side is stated once."""
    return None if case.matter.stated_at is None else _("The agency's side is stated already.")


def managed_here(case: Situation) -> str | None:
    """Rule 2.6: no decision against a body managed elsewhere."""
    if case.matter.is_recommendation:
        return _("This body is managed by %(body)s: only a recommendation is made to it.") % {
            "body": case.matter.managed_by
        }
    return None


def managed_elsewhere(case: Situation) -> str | None:
    """Rule 2.6: a recommendation is for bodies managed elsewhere."""
    return None if case.matter.is_recommendation else _("The district decides here itself.")


def outcome_awaited(case: Situation) -> str | None:
    """The decision taken there is recorded once, of what was recommended."""
    if case.matter.measure == case.matter.Measure.NONE or case.matter.outcome_number:
        return _("No decision of a managing body is awaited.")
    return None


def without_dossier(case: Situation) -> str | None:
    """A case is brought in one dossier."""
    return None if case.matter.dossier_id is None else _("A dossier of measures is there already.")


CASE_ACTS = table_of(
    Act(
        code="ask_statement",
        label=gettext_lazy("Ask for the agency's side"),
        done=gettext_lazy("The head concerned is asked to state the agency's side."),
        who=handles,
        who_words=HANDLERS,
        from_states=(Standing.DRAFTED,),
        needs=("due_on", "summary"),
        prefix="case",
    ),
    Act(
        code="state_side",
        label=gettext_lazy("State the agency's side"),
        done=gettext_lazy("Your statement is sent."),
        who=is_concerned,
        who_words=gettext_lazy("The head concerned states the agency's side himself."),
        from_states=(Standing.ASKED, *SIGNABLE),
        needs=("text", "files"),
        guards=(not_stated,),
        prefix="case",
    ),
    Act(
        code="sign",
        label=gettext_lazy("Sign the proposal"),
        done=gettext_lazy("You have signed."),
        who=signs,
        who_words=SIGNERS,
        from_states=SIGNABLE,
        needs=("measure", "text"),
        prefix="case",
    ),
    Act(
        code="decide",
        label=gettext_lazy("Decide"),
        done=gettext_lazy("Your decision is recorded."),
        who=decides,
        who_words=CHAIR,
        from_states=(Standing.BEFORE_CHAIR,),
        needs=("measure", "text", "review_due_on"),
        guards=(managed_here,),
        prefix="case",
    ),
    Act(
        code="recommend",
        label=gettext_lazy("Recommend to the managing body"),
        done=gettext_lazy("The recommendation is recorded."),
        who=decides,
        who_words=CHAIR,
        from_states=(Standing.BEFORE_CHAIR,),
        needs=("measure", "text"),
        guards=(managed_elsewhere,),
        prefix="case",
    ),
    Act(
        code="record_outcome",
        label=gettext_lazy("Record the managing body's decision"),
        done=gettext_lazy("The decision taken there is recorded."),
        who=handles,
        who_words=HANDLERS,
        from_states=(Standing.DECIDED,),
        needs=("number", "on", "text", "files"),
        guards=(managed_elsewhere, outcome_awaited),
        prefix="case",
    ),
    Act(
        code="bring_measures",
        label=gettext_lazy("Propose measures in a dossier"),
        done=gettext_lazy("The dossier is opened; prepare and submit it like any other."),
        who=brings_measures,
        who_words=gettext_lazy("The head of internal affairs proposes measures (clause 2.1)."),
        from_states=(Standing.ASKED, *SIGNABLE, Standing.DECIDED),
        needs=("title", "cases"),
        guards=(without_dossier,),
        is_rare=True,
        prefix="case",
    ),
    Act(
        code="drop",
        label=gettext_lazy("Drop the draft"),
        done=gettext_lazy("The draft is dropped."),
        who=handles,
        who_words=HANDLERS,
        from_states=(Standing.DRAFTED,),
        needs=("reason",),
        is_rare=True,
        prefix="case",
    ),
)

COMMENDATION_ACTS = table_of(
    Act(
        code="put_forward",
        label=gettext_lazy("Put forward for signature"),
        done=gettext_lazy("It waits for the two signatures."),
        who=praises,
        who_words=PRAISERS,
        from_states=(Standing.DRAFTED,),
        needs=("summary",),
        prefix="commendation",
    ),
    Act(
        code="sign",
        label=gettext_lazy("Sign the proposal"),
        done=gettext_lazy("You have signed."),
        who=signs,
        who_words=SIGNERS,
        from_states=SIGNABLE,
        needs=("measure", "text"),
        prefix="commendation",
    ),
    Act(
        code="decide",
        label=gettext_lazy("Decide"),
        done=gettext_lazy("Your decision is recorded."),
        who=decides,
        who_words=CHAIR,
        from_states=(Standing.BEFORE_CHAIR,),
        needs=("measure", "text"),
        prefix="commendation",
    ),
    Act(
        code="drop",
        label=gettext_lazy("Drop the draft"),
        done=gettext_lazy("The draft is dropped."),
        who=praises,
        who_words=PRAISERS,
        from_states=(Standing.DRAFTED,),
        needs=("reason",),
        is_rare=True,
        prefix="commendation",
    ),
)
