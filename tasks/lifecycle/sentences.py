"""How the events of tasks read, after the actor's name (agencies.sentences)."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

# What a correction calls what is no column of a task (agencies.differences).
CORRECTION_LABELS = {"due_on": _("deadline"), "coordinating": _("coordinating agencies")}

SENTENCES = {
    "task.assigned": _("assigned the task to %(lead)s, deadline %(due_at)s"),
    "task.assigned_for_review": _("assigned the task to %(lead)s, review day %(review_on)s"),
    "task.group_assigned": _("assigned the work to several agencies"),
    "task.accepted": _("accepted the task"),
    "task.progress": _("updated progress: %(percent)s%%"),
    "task.reported": _("reported completion"),
    "task.verified": _("verified the report of completion"),
    "task.completed": _("confirmed completion"),
    "task.completed_late": _("confirmed completion, finished late"),
    "task.sent_back": _("sent the report back to be finished"),
    "task.handed_on": _("handed the task to %(handler)s"),
    "task.taken_back": _("took the task back from %(handler)s"),
    "task.divided": _("said what each coordinating agency gives"),
    "task.contributed": _("sent the agency's share"),
    "task.contributed_late": ngettext_lazy(
        "sent the agency's share, %(days)s day late",
        "sent the agency's share, %(days)s days late",
        "days",
    ),
    "task.contributed_part": _("sent a part of the agency's share"),
    "task.contributed_more": _("added to the agency's share"),
    "task.explained": _("gave the cause of the delay and committed to %(commitment_on)s"),
    "message.written": _("wrote: “%(text)s”"),
    "obstacle.raised": _("reported a difficulty"),
    "obstacle.answered": _("answered the difficulty"),
    "obstacle.answered_with_extension": _(
        "answered the difficulty and moved the deadline to %(due_at)s"
    ),
    "task.extension_asked": _("asked for an extension to %(due_at)s"),
    "task.extension_asked_late": _(
        "asked for an extension to %(due_at)s, after the deadline had passed"
    ),
    "task.extension_withdrawn": _("withdrew the request for an extension"),
    "task.extension_granted": _("granted the extension: from %(was_at)s to %(due_at)s"),
    "task.extension_refused": _("refused the extension"),
    "task.deadline_set": _("set the deadline %(due_at)s"),
    "task.deadline_changed": _("changed the deadline: from %(was_at)s to %(due_at)s"),
    "task.handed_back": _("handed the task back as not the agency's function"),
    "task.handed_back_late": _("handed the task back as not the agency's function, late"),
    "task.return_withdrawn": _("withdrew the return; the agency keeps the task"),
    "task.return_refused": _("refused the return; the work goes on"),
    "task.return_refused_later": _("refused the return; the work goes on, deadline %(due_at)s"),
    "task.returned": _("confirmed the return and gave the task to %(lead)s"),
    "task.transferred": _("gave the task to %(lead)s instead"),
    "task.taken_over": _("gave the task of %(from)s to %(lead)s, deadline %(due_at)s"),
    "task.taken_over_for_review": _("gave the task of %(from)s to %(lead)s, no deadline"),
    "task.suspended": _("suspended the task"),
    "task.resumed": _("resumed the task"),
    "task.resumed_later": _("resumed the task, deadline now %(due_at)s"),
    "task.cancelled": _("cancelled the task"),
    "task.reopened": _("opened the task again"),
    "task.reopened_for": _("opened the task again, deadline %(due_at)s"),
    "task.corrected": _("corrected the task"),
    "task.moved": _("moved the task to %(lead)s: %(from)s is closed"),
    "task.move_undone": _("gave the task back to %(lead)s: its move to %(from)s is undone"),
    "task.moved_back": _("ended this row: the task is again %(lead)s's, %(code)s"),
    "task.share_moved": _("let %(to)s give the share of %(from)s, which is closed"),
    "task.share_moved_back": _("let %(from)s owe its share again, no longer %(to)s"),
    "recurrence.moved": _("put %(to)s in the place of %(from)s, which is closed"),
    "recurrence.moved_back": _("put %(to)s back in the place of %(from)s"),
    "task.deadline_moved": _("moved the deadline to %(due_at)s: the calendar changed"),
}

# What stays when a story shows only decisions, by beginnings of acts.
DECISIONS = (
    "task.assigned", "task.group_assigned", "task.completed", "task.sent_back", "task.extension_g",
    "task.extension_refused", "task.deadline_", "task.return_refused", "task.returned",
    "task.transferred", "task.taken_over", "task.suspended", "task.resumed", "task.cancelled",
    "task.reopened", "task.corrected", "obstacle.answered", "directive.registered",
    "directive.approved", "directive.corrected", "directive.misdirected", "campaign.opened",
    "campaign.closed", "campaign.mark_", "spot_check.", "recurrence.", "demand.", "urging.issued",
    "task.urged",
)  # fmt: skip
