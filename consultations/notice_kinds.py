"""The kinds of notices of this floor, with the acts they tell of (rule 10.1)."""

from django.utils.translation import gettext_lazy as _

from agencies.delivery import Delivery
from agencies.notice_kinds import NoticeKind

KINDS = (
    NoticeKind(
        "consulted",
        _("Opinions asked of you, and what follows"),
        _("a consultation to answer; what was supplied, settled, contested, marked"),
        order=60,
        acts=("opinion.", "consultation."),
    ),
    NoticeKind(
        "dossiers",
        _("Dossiers"),
        _("submitted to you, or passed on, returned, decided"),
        order=62,
        acts=("dossier.",),
    ),
    NoticeKind(
        "opinions",
        _("Opinions on what you asked"),
        _("an agency answered, in time or late"),
        order=65,
        default=Delivery.DIGEST,
        acts=(
            "consultation.asked",
            "opinion.replied",
            "opinion.late_reply",
        ),
    ),
    NoticeKind(
        "results",
        _("Results of what you asked"),
        _("a consultation is over, with its result sheet"),
        order=64,
        acts=("consultation.closed",),
    ),
    NoticeKind(
        "silence",
        _("Silence of a consulted agency"),
        _("deemed to agree, a meeting's result confirmed by silence, or no reply by the deadline"),
        order=110,
        acts=("opinion.deemed_agreed", "opinion.no_reply", "opinion.result_silent"),
        always=_("always: by e-mail at once to the agency, in the digest to who asked"),
    ),
)
