"""How the acts on recurring tasks read in a timeline, after the actor's name."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "recurrence.begun": _("began recurring work of %(lead)s: %(rule)s"),
    "recurrence.ended": _("ended the recurring task, last day %(ends_on)s"),
    "recurrence.changed": _(
        "changed the recurring task from %(starts_on)s: %(lead)s, %(rule)s; it goes on under a"
        " new number"
    ),
    "task.occurrence_opened": _("opened for %(lead)s, deadline %(due_at)s"),
}
