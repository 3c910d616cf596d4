"""How the acts on briefings read (agencies.sentences)."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "briefing.opened": _("opened the briefing"),
    "briefing.decided": _("recorded a decision about %(agency)s"),
    "briefing.withdrawn": _("took back a decision about %(agency)s"),
    "briefing.closed": _("ended the briefing with %(decisions)s decisions"),
    "briefing.edited": _("edited the notice of the conclusions"),
    "briefing.signed": _("signed the notice of the conclusions; it waits for its number"),
    "briefing.issued": _("issued the notice %(number)s with %(decisions)s decisions"),
    "briefing.directed": _("made the notice a directive: %(directive)s"),
}
