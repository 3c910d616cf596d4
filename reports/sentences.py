"""How the acts on reports read in timelines and notices."""

from django.utils.translation import gettext_lazy as _

from reports.cases.sentences import SENTENCES as OF_CASES
from reports.inspections.sentences import SENTENCES as OF_INSPECTIONS

SENTENCES = {
    "report.build": _("built the report of %(month)s from the facts as of its cut-off"),
    "report.edit": _("edited the text of the report of %(month)s"),
    "report.approve": _("approved the report of %(month)s"),
    **OF_CASES,
    **OF_INSPECTIONS,
}
