"""How the acts on reports read in timelines and notices."""

from django.utils.translation import gettext_lazy as _

from reports.cases.sentences import SENTENCES as OF_CASES
from reports.inspections.sentences import SENTENCES as OF_INSPECTIONS
from reports.models import BUILT_AS_ASKED, DRAFT_UPWARD, NOT_BUILT

SENTENCES = {
    "report.build": _("built %(thing)s from the facts as of its cut-off"),
    "report.edit": _("edited the text of %(thing)s"),
    "report.approve": _("approved %(thing)s; it waits for its number"),
    "report.ask": _("asked for %(thing)s"),
    BUILT_AS_ASKED: _("built %(thing)s, as asked"),
    NOT_BUILT: _("could not build %(thing)s; it is tried again every minute"),
    DRAFT_UPWARD: _("drafted %(thing)s from the same figures; it waits for a leader's signature"),
    **OF_CASES,
    **OF_INSPECTIONS,
}
