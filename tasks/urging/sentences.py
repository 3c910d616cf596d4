"""How the acts on urgings read (agencies.sentences)."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

SENTENCES = {
    "urging.drafted": ngettext_lazy(
        "drafted an urging about %(tasks)s task", "drafted an urging about %(tasks)s tasks", "tasks"
    ),
    "urging.edited": _("edited the urging"),
    "urging.renewed": ngettext_lazy(
        "brought the list of the urging up to date: %(tasks)s task",
        "brought the list of the urging up to date: %(tasks)s tasks",
        "tasks",
    ),
    "urging.dropped": _("threw the draft of the urging away"),
    "urging.signed": _("signed the urging; it waits for its number"),
    "urging.withdrawn": _("took the signature back; the urging is a draft again"),
    "urging.issued": ngettext_lazy(
        "issued urging %(number)s about %(tasks)s task, to report before %(answer_by_at)s",
        "issued urging %(number)s about %(tasks)s tasks, to report before %(answer_by_at)s",
        "tasks",
    ),
    "task.urged": _("urged the task, time no. %(ordinal)s: %(number)s"),
}
