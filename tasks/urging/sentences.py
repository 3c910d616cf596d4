"""How the acts on urgings read (agencies.sentences)."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "urging.drafted": _("drafted an urging about %(tasks)s tasks"),
    "urging.edited": _("edited the urging"),
    "urging.renewed": _("brought the list of the urging up to date: %(tasks)s tasks"),
    "urging.dropped": _("threw the draft of the urging away"),
    "urging.signed": _("signed the urging; it waits for its number"),
    "urging.issued": _(
        "issued urging %(number)s about %(tasks)s tasks, to report before %(answer_by_at)s"
    ),
    "task.urged": _("urged the task, time no. %(ordinal)s: %(number)s"),
}
