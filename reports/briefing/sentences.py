"""How the acts on briefings read (agencies.sentences)."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

SENTENCES = {
    "briefing.opened": _("opened the briefing"),
    "briefing.decided": _("recorded a decision about %(agency)s"),
    "briefing.withdrawn": _("took back a decision about %(agency)s"),
    "briefing.closed": ngettext_lazy(
        "ended the briefing with %(decisions)s decision",
        "ended the briefing with %(decisions)s decisions",
        "decisions",
    ),
    "briefing.edited": _("edited the notice of the conclusions"),
    "briefing.signed": _("signed the notice of the conclusions; it waits for its number"),
    "briefing.issued": ngettext_lazy(
        "issued the notice %(number)s with %(decisions)s decision",
        "issued the notice %(number)s with %(decisions)s decisions",
        "decisions",
    ),
    "briefing.directed": _("made the notice a directive: %(directive)s"),
}
