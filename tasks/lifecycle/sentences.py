"""How the events of tasks read, after the actor's name (agencies.sentences)."""

from django.utils.translation import gettext_lazy as _

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
    "task.deadline_moved": _("moved the deadline to %(due_at)s: the calendar changed"),
}
