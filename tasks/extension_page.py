"""What the pages of a task say of a request for an extension that waits (rule 5.6)."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from agencies.models import Attachment
from tasks.acts import ACTS, Situation
from tasks.judgement import Judgement
from tasks.timeliness import Timeliness


def extension_shown(
    case: Situation, judgement: Judgement, files: Iterable[Attachment] = ()
) -> dict:
    """Return the request, its files among the task's, its flags, and who decides on it."""
    waiting = case.waiting_extension
    return {
        "extension": waiting,
        "extension_files": [one for one in files if waiting and one.event_id == waiting.event_id],
        "extension_words": _beside_the_pill(case, judgement),
        "times_extended": case.times_extended,
        "times_asked": case.times_asked,
        "asks_too_often": case.asks_too_often,
        "grants": waiting is not None and ACTS["refuse_extension"].refusal(case) is None,
        "granter": case.supervisor if waiting is not None else None,
    }


def _beside_the_pill(case: Situation, judgement: Judgement) -> str:
    """Return what the request adds to the pill of the task, where that does not say it."""
    waiting = case.waiting_extension
    if waiting is None or judgement.of(case.task) == Timeliness.OVERDUE_EXTENSION:
        return ""
    if waiting.is_late:
        return _("late request for an extension, awaiting the decision")
    return _("request for an extension, awaiting the decision")
