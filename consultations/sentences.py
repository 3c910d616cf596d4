"""How the acts of consultations read, after the name of whoever did them."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "consultation.asked": _(
        "asked %(count)s agencies for opinions, deadline %(due_at)s: %(thing)s"
    ),
    "opinion.asked": _("%(requester)s asks %(agency)s for an opinion by %(due_at)s: %(title)s"),
    "opinion.replied": _("sent the opinion of %(agency)s: %(title)s"),
    "opinion.late_reply": _(
        "sent the opinion of %(agency)s late, after %(due_at)s; the outcome stands: %(title)s"
    ),
    "opinion.deemed_agreed": _(
        "%(agency)s did not reply by %(due_at)s and is deemed to agree: %(title)s"
    ),
    "opinion.no_reply": _("%(agency)s did not reply by %(due_at)s: %(title)s"),
    "opinion.deadline_moved": _(
        "the deadline of %(agency)s moved from %(old_due_at)s to %(due_at)s: %(title)s"
    ),
}
