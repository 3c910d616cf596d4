"""How the acts on superiors' demands read in a timeline, after the actor's name."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "demand.noted": _("noted the superior's demand, deadline %(due_at)s"),
    "demand.corrected": _("corrected the wording of the demand"),
    "demand.moved": _("changed the demand's deadline from %(was_at)s to %(due_at)s"),
    "demand.closed": _("closed the demand by document %(number)s of %(document_on)s"),
    "demand.closed_late": _("closed the demand late, by document %(number)s of %(document_on)s"),
    "task.superior_deadline_moved": _(
        "recorded the superior's deadline, moved from %(was_at)s to %(due_at)s"
    ),
}
