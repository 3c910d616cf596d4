"""How the acts of consultations read, after the name of whoever did them."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

SENTENCES = {
    "consultation.moved": _("put %(to)s in the place of %(from)s, which is closed"),
    "consultation.moved_back": _("put %(to)s back in the place of %(from)s"),
    "opinion.moved": _("asked %(to)s instead of %(agency)s, which is closed"),
    "opinion.moved_back": _("asked %(agency)s again, no longer %(from)s"),
    "dossier.moved": _("gave the dossier of %(from)s, which is closed, to %(to)s"),
    "dossier.moved_back": _("gave the dossier back from %(from)s to %(to)s"),
    "consultation.asked": ngettext_lazy(
        "asked %(count)s agency for its opinion, deadline %(due_at)s",
        "asked %(count)s agencies for opinions, deadline %(due_at)s",
        "count",
    ),
    "opinion.asked": _("%(requester)s asks %(agency)s for an opinion by %(due_at)s"),
    "opinion.replied": _("sent the opinion of %(agency)s"),
    "opinion.late_reply": _(
        "sent the opinion of %(agency)s late, after %(due_at)s; the outcome stands"
    ),
    "opinion.deemed_agreed": _("%(agency)s did not reply by %(due_at)s and is deemed to agree"),
    "opinion.no_reply": _("%(agency)s did not reply by %(due_at)s"),
    "opinion.deadline_moved": _(
        "the deadline of %(agency)s moved from %(old_due_at)s to %(due_at)s"
    ),
    "opinion.result_deadline_moved": _(
        "the deadline of %(agency)s to answer the meeting's result moved from %(old_due_at)s to"
        " %(due_at)s: %(title)s"
    ),
    "consultation.withdrawn": _("withdrew the consultation"),
    "consultation.extended": _("extended the deadline for all from %(old_due_at)s to %(due_at)s"),
    "consultation.closed_early": _("closed the consultation, all having replied"),
    "consultation.letter_written": _("drafted the letter to be issued with a number"),
    "consultation.closed": _(
        "the consultation is over: %(answered)s of %(count)s answered; the result sheet is ready"
    ),
    "opinion.supplied": _("supplied what %(agency)s found missing; its new deadline is %(due_at)s"),
    "opinion.supply_refused": _("held the basis sufficient; %(agency)s answers by %(due_at)s"),
    "opinion.redirected": _("asked %(to)s instead of %(agency)s"),
    "opinion.dropped": _("does without the opinion of %(agency)s"),
    "opinion.return_contested": _("contested that %(agency)s is not competent"),
    "opinion.must_answer": _("decided that %(agency)s must answer, by %(due_at)s"),
    "opinion.return_stands": _("decided that the return of %(agency)s stands"),
    "opinion.marked_poor": _("marked the reply of %(agency)s as poor"),
    "opinion.mark_contested": _("contested the mark on the reply of %(agency)s"),
    "opinion.mark_taken_off": _("took the mark off the reply of %(agency)s"),
    "opinion.mark_stands": _("decided that the mark on the reply of %(agency)s stands"),
    "opinion.question_contested": _(
        "contested for %(agency)s that question %(number)s is not principal"
    ),
    "opinion.question_is_principal": _(
        "decided, as %(agency)s contested, that question %(number)s is principal"
    ),
    "opinion.question_stays_minor": _(
        "decided, against %(agency)s, that question %(number)s is not principal"
    ),
    "opinion.comments_settled": _(
        "settled the comments of %(agency)s: %(accepted)s accepted, %(explained)s explained"
    ),
    "opinion.reconciled": _(
        "met %(agency)s on %(held_on)s and sent the result, answer by %(due_at)s"
    ),
    "opinion.result_confirmed": _("confirmed for %(agency)s the result of the meeting"),
    "opinion.result_objected": _("objected for %(agency)s to the result of the meeting"),
    "opinion.delivered": _("recorded that the paper copy reached %(agency)s at %(delivered_at)s"),
    "opinion.paper_entered": _("entered the paper reply of %(agency)s, stamped %(received_at)s"),
    "opinion.paper_confirmed": _("confirmed the paper reply of %(agency)s"),
    "opinion.paper_refused": _(
        "refused the entry of %(who)s from the paper of %(agency)s, %(paper)s stamped"
        " %(received_at)s; the line stands as it stood without it"
    ),
    "opinion.result_confirmed_on_paper": _(
        "entered from paper %(paper)s of %(paper_on)s, stamped %(received_at)s:"
        " %(agency)s confirms the result of the meeting"
    ),
    "opinion.result_objected_on_paper": _(
        "entered from paper %(paper)s of %(paper_on)s, stamped %(received_at)s:"
        " %(agency)s objects to the result of the meeting"
    ),
    "opinion.result_answered_late": _(
        "entered from paper %(paper)s of %(paper_on)s, stamped %(received_at)s: the"
        " answer of %(agency)s to the result of the meeting, too late; silence has confirmed it"
    ),
    "opinion.mark_contested_on_paper": _(
        "entered from paper %(paper)s of %(paper_on)s, stamped %(received_at)s:"
        " %(agency)s contests the mark on its reply"
    ),
    "opinion.result_silent": _(
        "%(agency)s did not answer the result of the meeting of %(held_on)s by %(due_at)s:"
        " its silence confirms it"
    ),
    "dossier.begun": _("opened the dossier"),
    "dossier.edited": _("changed the dossier's heading"),
    "dossier.submitted": _("submitted version %(number)s of the dossier"),
    "dossier.withdrawn": _("withdrew the dossier"),
    "dossier.checked": ngettext_lazy(
        "checked the dossier: %(count)s item not met",
        "checked the dossier: %(count)s items not met",
        "count",
    ),
    "dossier.passed_on": _("passed the dossier on to the leader"),
    "dossier.given_back": _("returned the dossier: %(reason)s"),
    "dossier.approved": _("approved the dossier"),
    "dossier.rejected": _("rejected the dossier"),
    "dossier.redo": _("had the dossier redone"),
    "dossier.issued": _("recorded the resulting document %(document_number)s"),
    "dossier.closed": _("closed the work file %(file_code)s"),
    "dossier.let_through": _("let the dossier through although %(agency)s still differs"),
}

# What stays when a story shows only decisions, by beginnings of acts.
DECISIONS = (
    "consultation.", "opinion.deemed_agreed", "opinion.no_reply", "opinion.must_answer",
    "opinion.return_stands", "opinion.redirected", "opinion.dropped", "opinion.supply_refused",
    "opinion.mark_stands", "opinion.mark_taken_off", "opinion.question_is_principal",
    "opinion.question_stays_minor", "opinion.reconciled", "opinion.result_",
    "opinion.paper_refused", "dossier.passed_on",
    "dossier.given_back", "dossier.approved", "dossier.rejected", "dossier.redo",
    "dossier.let_through", "dossier.closed",
)  # fmt: skip
