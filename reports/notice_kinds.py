"""The kinds of notices of this floor; reminders come from its digest (rules 8.1, 10.1)."""

from django.utils.translation import gettext_lazy as _

from agencies.delivery import Delivery
from agencies.notice_kinds import NoticeKind

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
        "reports",
        _("Periodic reports"),
        _("built, edited, approved"),
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
