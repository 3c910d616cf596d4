"""The kinds of notices of this floor; reminders come from its digest (rules 8.1, 10.1)."""

from django.utils.translation import gettext_lazy as _

from agencies.delivery import Delivery
from agencies.notice_kinds import NoticeKind
from reports.models import BUILT_AS_ASKED, DRAFT_UPWARD, NOT_BUILT

DUE_SOON = NoticeKind(
    "due_soon",
    _("Due soon"),
    _("a task, an acknowledgement or an opinion whose deadline is near"),
    order=120,
    default=Delivery.DIGEST,
    always=_("always in the daily digest"),
)
OVERDUE = NoticeKind(
    "overdue",
    _("Not completed, overdue"),
    _("again at each step until it is done"),
    order=130,
    default=Delivery.DIGEST,
    always=_("always in the daily digest"),
)
KINDS = (
    NoticeKind(
        "reports_for_you",
        _("Reports that wait for you"),
        _("to be signed or numbered; built because you asked"),
        order=88,
        acts=("report.approve", DRAFT_UPWARD, BUILT_AS_ASKED, NOT_BUILT),
    ),
    NoticeKind(
        "reports",
        _("Periodic reports"),
        _("built at the cut-off, edited"),
        order=90,
        default=Delivery.DIGEST,
        acts=("report.",),
    ),
    NoticeKind(
        "cases",
        _("Accountability and praise"),
        _("your statement is asked, your signature is due, the Chair has decided"),
        order=92,
        acts=("case.", "commendation."),
    ),
    NoticeKind(
        "inspections",
        _("Inspections"),
        _("planned, begun, concluded"),
        order=94,
        acts=("inspection.",),
    ),
    NoticeKind(
        "conclusions",
        _("Conclusions of briefings"),
        _("a notice that names your agency; for the clerk, one to be numbered"),
        order=96,
        acts=("briefing.",),
    ),
    DUE_SOON,
    OVERDUE,
)
