"""How the acts of review campaigns and spot checks read, after the actor's name."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

SENTENCES = {
    "campaign.drafted": _("prepared the review campaign %(thing)s"),
    "campaign.edited": _("edited the draft of the review campaign %(thing)s"),
    "campaign.dropped": _("dropped the draft of the review campaign %(thing)s"),
    "campaign.opened": ngettext_lazy(
        "asked %(agencies)s agency to confirm its list of open tasks by %(due_at)s: %(thing)s",
        "asked %(agencies)s agencies to confirm their list of open tasks by %(due_at)s: %(thing)s",
        "agencies",
    ),
    "campaign.closed": ngettext_lazy(
        "closed the review campaign %(thing)s; %(silent)s agency was silent",
        "closed the review campaign %(thing)s; %(silent)s agencies were silent",
        "silent",
    ),
    "campaign.deadline_moved": _("moved the deadline to %(due_at)s: the calendar changed"),
    "campaign.confirmed": _("confirmed the list; tasks: %(tasks)s, corrections marked: %(marks)s"),
    "campaign.confirmed_late": _(
        "confirmed the list late; tasks: %(tasks)s, corrections marked: %(marks)s"
    ),
    "campaign.moved": _("closed agency: %(to)s confirms its list instead of %(from)s"),
    "campaign.moved_back": _("undone: %(to)s is asked for its list again instead of %(from)s"),
    "campaign.mark_applied": _("applied a correction the agency marked: %(task)s"),
    "campaign.mark_refused": _("refused a correction the agency marked: %(task)s"),
    "task.report_asked": _("asked for the report of completion: the agency says it was done"),
    "spot_check.drawn": ngettext_lazy(
        "drew %(size)s of %(population)s completed task: %(thing)s",
        "drew %(size)s of %(population)s completed tasks: %(thing)s",
        "population",
    ),
    "spot_check.doubted": _("found that %(task)s was not done; who may reopen it decides"),
    "task.spot_checked": _("checked the evidence in the spot check %(check)s: done as reported"),
    "task.spot_check_failed": _(
        "checked the evidence in the spot check %(check)s: not done, the task is open again"
    ),
}
