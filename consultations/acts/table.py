"""The tables of acts: on a consultation, on a line, on a dossier (domain 6, 7).

Buttons, forms, the acts of `consultations.lifecycle` and the tests follow them. The state of a
line is its outcome, of a consultation `open`, `closed` or `withdrawn`: derived, never stored.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.refusals import NotYours, Refused
from consultations.acts import guards, who
from consultations.acts.cases import Case
from consultations.models import Dossier
from consultations.stances import OPINIONS, SILENCE, Outcome

HEAD_ASKS = gettext_lazy("The head of the agency that asks does this.")
HEAD_ANSWERS = gettext_lazy("The head of the agency asked does this.")
CHIEF = gettext_lazy("The office chief settles this; where the Office is concerned a leader does.")
SUBMITTER = gettext_lazy("The head of the agency whose dossier it is does this.")
RUNNING = (
    Outcome.AWAITING, *OPINIONS, Outcome.INSUFFICIENT, Outcome.RETURNED, *SILENCE,
    Outcome.AWAITING_REGISTER,
)  # fmt: skip
State = Dossier.State


@dataclass(frozen=True)
class Act:
    """One row: the states it starts from, the facts it takes (`needs`), what the page says when
    it is `done`. A rare act stands in the page's menu.
    """

    code: str
    label: str | Promise
    done: str | Promise
    who: Callable[[Case], bool]
    who_words: str | Promise
    from_states: tuple[str, ...]
    needs: tuple[str, ...] = ()
    guards: tuple[Callable[[Case], str | None], ...] = ()
    is_rare: bool = False
    prefix: str = "opinion"

    @property
    def event(self) -> str:
        """The code a delegation names."""
        return f"{self.prefix}.{self.code}"

    def refusal(self, case: Case) -> Refused | None:
        """Return why the act may not be done here and now, or None."""
        if not case.actor.may_do(self.event) or not self.who(case):
            return NotYours(self.who_words)
        if case.state not in self.from_states:
            return Refused(_("Not possible as things stand now; look at the page again."))
        for guard in self.guards:
            sentence = guard(case)
            if sentence is not None:
                return Refused(sentence)
        return None


def _table(*acts: Act) -> dict[str, Act]:
    return {act.code: act for act in acts}


ROUND_ACTS = _table(
    Act(
        code="close_early",
        label=gettext_lazy("Close early"),
        done=gettext_lazy("The consultation is closed."),
        who=who.heads_requester,
        who_words=HEAD_ASKS,
        from_states=("open",),
        guards=(guards.before_due, guards.all_replied, guards.nothing_unsettled),
        prefix="consultation",
    ),
    Act(
        code="extend",
        label=gettext_lazy("Extend for all"),
        done=gettext_lazy("The deadline is extended for all."),
        who=who.heads_requester,
        who_words=HEAD_ASKS,
        from_states=("open",),
        needs=("due", "reason"),
        guards=(guards.before_due,),
        prefix="consultation",
        is_rare=True,
    ),
    Act(
        code="withdraw",
        label=gettext_lazy("Withdraw"),
        done=gettext_lazy("The consultation is withdrawn."),
        who=who.heads_requester,
        who_words=HEAD_ASKS,
        from_states=("open",),
        needs=("reason",),
        guards=(guards.before_due,),
        prefix="consultation",
        is_rare=True,
    ),
    Act(
        code="write_letter",
        label=gettext_lazy("Issue the letter with a number"),
        done=gettext_lazy("The letter is in the register of outgoing papers."),
        who=who.works_for_requester,
        who_words=gettext_lazy("Whoever works for the agency that asks writes its letter."),
        from_states=("open", "closed"),
        needs=("series",),
        guards=(guards.no_letter_yet,),
        prefix="consultation",
        is_rare=True,
    ),
    Act(
        code="new_round",
        label=gettext_lazy("Ask again in a new round"),
        done=gettext_lazy("The new round is asked."),
        who=who.heads_requester,
        who_words=HEAD_ASKS,
        from_states=("closed", "withdrawn"),
        needs=("round",),
        prefix="consultation",
        is_rare=True,
    ),
)

LINE_ACTS = _table(
    Act(
        code="reply",
        label=gettext_lazy("Send the opinion"),
        done=gettext_lazy("The opinion is sent."),
        who=who.heads_asked,
        who_words=HEAD_ANSWERS,
        from_states=RUNNING,
        needs=("answers",),
    ),
    Act(
        code="enter_paper",
        label=gettext_lazy("Enter a paper reply"),
        done=gettext_lazy("The paper reply is entered; the office chief confirms it."),
        who=who.enters_paper,
        who_words=gettext_lazy("The Office's clerk enters what came on paper."),
        from_states=RUNNING,
        needs=("answers", "received_at", "files"),
        guards=(guards.on_paper,),
    ),
    Act(
        code="register_delivery",
        label=gettext_lazy("Record the delivery of the paper copy"),
        done=gettext_lazy("The delivery is recorded."),
        who=who.enters_paper,
        who_words=gettext_lazy("The Office's clerk enters what came on paper."),
        from_states=(Outcome.AWAITING,),
        needs=("delivered_at",),
        guards=(guards.on_paper,),
        is_rare=True,
    ),
    Act(
        code="supply",
        label=gettext_lazy("Supply what is missing"),
        done=gettext_lazy("The documents are sent to all; the agency has a new deadline."),
        who=who.heads_requester,
        who_words=HEAD_ASKS,
        from_states=(Outcome.INSUFFICIENT,),
        needs=("text", "due", "files"),
    ),
    Act(
        code="refuse_supply",
        label=gettext_lazy("Refuse: the basis is sufficient"),
        done=gettext_lazy("Refused; the agency is awaited again."),
        who=who.heads_requester,
        who_words=HEAD_ASKS,
        from_states=(Outcome.INSUFFICIENT,),
        needs=("reason",),
    ),
    Act(
        code="redirect",
        label=gettext_lazy("Ask another agency instead"),
        done=gettext_lazy("The other agency is asked, with a deadline of its own."),
        who=who.heads_requester,
        who_words=HEAD_ASKS,
        from_states=(Outcome.RETURNED,),
        needs=("agency", "due", "why"),
        guards=(guards.no_return_contested,),
    ),
    Act(
        code="drop",
        label=gettext_lazy("Do without this agency's opinion"),
        done=gettext_lazy("The agency is no longer asked."),
        who=who.heads_requester,
        who_words=HEAD_ASKS,
        from_states=(Outcome.RETURNED,),
        needs=("reason",),
        guards=(guards.no_return_contested,),
    ),
    Act(
        code="contest_return",
        label=gettext_lazy("Contest the return"),
        done=gettext_lazy("Contested; the office chief settles it."),
        who=who.heads_requester,
        who_words=HEAD_ASKS,
        from_states=(Outcome.RETURNED,),
        needs=("reason",),
        guards=(guards.no_return_contested, guards.return_does_not_stand),
    ),
    Act(
        code="settle_return",
        label=gettext_lazy("Settle the contested return"),
        done=gettext_lazy("The contest is settled."),
        who=who.settles,
        who_words=CHIEF,
        from_states=(Outcome.RETURNED,),
        needs=("must_answer", "answer"),
        guards=(guards.a_return_contested,),
    ),
    Act(
        code="mark_poor",
        label=gettext_lazy("Mark the reply as poor"),
        done=gettext_lazy("Marked; the agency may answer again or contest it."),
        who=who.heads_requester,
        who_words=HEAD_ASKS,
        from_states=(*OPINIONS, *SILENCE, Outcome.INSUFFICIENT, Outcome.RETURNED),
        needs=("kind", "reason"),
        guards=(guards.has_a_reply, guards.not_marked_yet),
        is_rare=True,
    ),
    Act(
        code="contest_mark",
        label=gettext_lazy("Contest the mark"),
        done=gettext_lazy("Contested; the office chief settles it."),
        who=who.heads_asked,
        who_words=HEAD_ANSWERS,
        from_states=RUNNING,
        needs=("reason",),
        guards=(guards.is_marked, guards.mark_not_contested),
    ),
    Act(
        code="settle_mark",
        label=gettext_lazy("Settle the contested mark"),
        done=gettext_lazy("The contest is settled."),
        who=who.settles,
        who_words=CHIEF,
        from_states=RUNNING,
        needs=("upheld", "answer"),
        guards=(guards.a_mark_contested,),
    ),
    Act(
        code="contest_question",
        label=gettext_lazy("Contest that a question is not principal"),
        done=gettext_lazy("Contested; the office chief settles it."),
        who=who.heads_asked,
        who_words=HEAD_ANSWERS,
        from_states=(Outcome.DISAGREED,),
        needs=("question", "reason"),
        guards=(guards.a_question_to_contest,),
    ),
    Act(
        code="settle_question",
        label=gettext_lazy("Settle the contested question"),
        done=gettext_lazy("The contest is settled."),
        who=who.settles,
        who_words=CHIEF,
        from_states=RUNNING,
        needs=("upheld", "answer"),
        guards=(guards.a_question_contested,),
    ),
    Act(
        code="settle_comments",
        label=gettext_lazy("Settle the comments"),
        done=gettext_lazy("The comments are settled."),
        who=who.heads_requester,
        who_words=HEAD_ASKS,
        from_states=(Outcome.WITH_COMMENTS, Outcome.DISAGREED),
        needs=("settlements",),
    ),
    Act(
        code="reconcile",
        label=gettext_lazy("Record a meeting with this agency"),
        done=gettext_lazy("The result is sent to the agency; its silence will confirm it."),
        who=who.heads_requester,
        who_words=HEAD_ASKS,
        from_states=(Outcome.DISAGREED,),
        needs=("held_on", "minutes", "result", "due", "files"),
        guards=(guards.no_reconciliation_waits,),
    ),
    Act(
        code="confirm_result",
        label=gettext_lazy("Confirm the result"),
        done=gettext_lazy("The result is confirmed."),
        who=who.heads_asked,
        who_words=HEAD_ANSWERS,
        from_states=(Outcome.DISAGREED,),
        guards=(guards.a_reconciliation_waits,),
    ),
    Act(
        code="object_to_result",
        label=gettext_lazy("Object: views still differ"),
        done=gettext_lazy("Your objection is recorded; a leader may let the dossier through."),
        who=who.heads_asked,
        who_words=HEAD_ANSWERS,
        from_states=(Outcome.DISAGREED,),
        needs=("text",),
        guards=(guards.a_reconciliation_waits,),
    ),
)

DOSSIER_ACTS = _table(
    Act(
        code="submit",
        label=gettext_lazy("Submit the dossier"),
        done=gettext_lazy("The dossier is submitted."),
        who=who.heads_submitter,
        who_words=SUBMITTER,
        from_states=(State.DRAFT, State.RETURNED, State.REDO),
        needs=("text", "proposal", "changes", "document_number", "files"),
        prefix="dossier",
    ),
    Act(
        code="withdraw",
        label=gettext_lazy("Withdraw the dossier"),
        done=gettext_lazy("The dossier is withdrawn."),
        who=who.heads_submitter,
        who_words=SUBMITTER,
        from_states=(State.DRAFT, State.SUBMITTED, State.RETURNED, State.REDO),
        needs=("reason",),
        prefix="dossier",
        is_rare=True,
    ),
    Act(
        code="check",
        label=gettext_lazy("Check against the checklist"),
        done=gettext_lazy("The check is recorded."),
        who=who.checks_dossier,
        who_words=gettext_lazy("An officer or the chief checks other agencies' dossiers."),
        from_states=(State.SUBMITTED,),
        needs=("checks",),
        prefix="dossier",
    ),
    Act(
        code="pass_on",
        label=gettext_lazy("Pass on to the leader"),
        done=gettext_lazy("The dossier is with the leader."),
        who=who.passes_dossier,
        who_words=CHIEF,
        from_states=(State.SUBMITTED,),
        needs=("leader", "note"),
        prefix="dossier",
    ),
    Act(
        code="give_back",
        label=gettext_lazy("Return to the agency"),
        done=gettext_lazy("The dossier is returned."),
        who=who.passes_dossier,
        who_words=CHIEF,
        from_states=(State.SUBMITTED,),
        needs=("reason", "defects", "files"),
        prefix="dossier",
    ),
    Act(
        code="approve",
        label=gettext_lazy("Approve"),
        done=gettext_lazy("The dossier is approved."),
        who=who.decides_dossier,
        who_words=gettext_lazy("The leader the dossier lies with decides."),
        from_states=(State.PASSED,),
        needs=("text",),
        prefix="dossier",
    ),
    Act(
        code="redo",
        label=gettext_lazy("Have it redone"),
        done=gettext_lazy("The dossier goes back to be redone."),
        who=who.decides_dossier,
        who_words=gettext_lazy("The leader the dossier lies with decides."),
        from_states=(State.PASSED,),
        needs=("text",),
        prefix="dossier",
    ),
    Act(
        code="reject",
        label=gettext_lazy("Reject"),
        done=gettext_lazy("The dossier is rejected."),
        who=who.decides_dossier,
        who_words=gettext_lazy("The leader the dossier lies with decides."),
        from_states=(State.PASSED,),
        needs=("text",),
        prefix="dossier",
    ),
    Act(
        code="issue_result",
        label=gettext_lazy("Record the resulting document"),
        done=gettext_lazy("The result is recorded."),
        who=who.issues_result,
        who_words=gettext_lazy("The Office records the resulting document."),
        from_states=(State.APPROVED,),
        needs=("document_number", "document_on", "files"),
        prefix="dossier",
    ),
    Act(
        code="close_file",
        label=gettext_lazy("Close the work file"),
        done=gettext_lazy("The work file is closed and listed for the archive."),
        who=who.works_for_submitter,
        who_words=gettext_lazy("The agency whose dossier it is closes its work file."),
        from_states=(State.ISSUED,),
        needs=("file_code", "retention"),
        prefix="dossier",
    ),
    Act(
        code="let_through",
        label=gettext_lazy("Let it through with differing views"),
        done=gettext_lazy("The dossier may be submitted, marked “views still differ”."),
        who=who.lets_through,
        who_words=gettext_lazy("A leader lets a dossier through where views still differ."),
        from_states=(State.DRAFT, State.RETURNED, State.REDO),
        needs=("opinion", "view_of_requester", "view_of_agency", "reason"),
        prefix="dossier",
        is_rare=True,
    ),
)


def available(acts: Iterable[Act], case: Case) -> list[Act]:
    """Return the acts the case's actor may do now, the main one first."""
    return [act for act in acts if act.refusal(case) is None]
