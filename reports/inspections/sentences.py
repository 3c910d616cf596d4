"""How the acts on inspections read in timelines and notices."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "inspection.planned": _(
        "planned an inspection of %(agency)s from %(starts_on)s to %(ends_on)s"
    ),
    "inspection.edited": _("changed the plan of the inspection"),
    "inspection.started": _("began the inspection of %(agency)s"),
    "inspection.found": _("recorded a finding"),
    "inspection.answered": _("gave the view of the agency inspected"),
    "inspection.concluded": _("concluded the inspection of %(agency)s"),
    "inspection.followed_up": _("gave the follow-up task %(code)s to %(lead)s"),
    "inspection.cancelled": _("cancelled the inspection"),
}
