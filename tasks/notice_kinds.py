"""The kinds of notices of this floor, with the acts they tell of (rule 10.1)."""

from django.utils.translation import gettext_lazy as _

from agencies.delivery import Delivery
from agencies.notice_kinds import NoticeKind

KINDS = (
    NoticeKind(
        "assigned",
        _("Work given to you"),
        _("a task assigned, handed to you, taken back, or a share of one"),
        order=10,
        acts=(
            "task.assigned",
            "task.assigned_for_review",
            "task.group_assigned",
            "task.taken_over",
            "task.occurrence_opened",
            "recurrence.begun",
            "task.handed_on",
            "task.taken_back",
            "task.divided",
            "campaign.",
            "recurrence.",
        ),
    ),
    NoticeKind(
        "directives",
        _("Directives addressed to you"),
        _("approved and to be acknowledged; for the chief, proposals to approve"),
        order=20,
        acts=("directive.", "proposal.", "demand."),
    ),
    NoticeKind(
        "to_decide",
        _("What waits for your decision"),
        _("reports of completion, extensions and returns asked, difficulties"),
        order=30,
        acts=(
            "task.reported",
            "task.verified",
            "task.extension_asked",
            "task.handed_back",
            "obstacle.raised",
            "urging.",
            "import.",
            "campaign.drafted",
            "spot_check.",
        ),
    ),
    NoticeKind(
        "decided",
        _("Decisions on your work"),
        _("a report confirmed or sent back, a request answered, a deadline or the task changed"),
        order=40,
        acts=("task.", "obstacle.", "campaign.mark_", "recurrence."),
    ),
    NoticeKind(
        "urged",
        _("Urgings"),
        _("a letter that presses your agency about its tasks"),
        order=45,
        acts=("urging.issued",),
    ),
    NoticeKind(
        "shared",
        _("Shares and messages"),
        _("what coordinating agencies give, and the exchange on a task"),
        order=50,
        acts=("task.contributed", "message."),
    ),
    NoticeKind(
        "progress",
        _("Progress of the work you follow"),
        _("accepted, updated, the cause of a delay"),
        order=70,
        default=Delivery.DIGEST,
        acts=("task.accepted", "task.progress", "task.explained", "campaign.confirmed"),
    ),
)
