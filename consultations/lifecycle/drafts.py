"""What is prepared and not sent, of a reply or of a dossier: saved once on top of what was read
(rules 5.14, 6.5).
"""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext as _

from agencies.acting import Actor
from agencies.deadlines import ZONE
from agencies.editing import refuse_stale, what_changed
from consultations.models import DossierDraft, ReplyDraft

Draft = ReplyDraft | DossierDraft


def keep_draft(
    draft: Draft, of: models.Model, actor: Actor, at: datetime, *, content: dict, version: int
) -> None:
    """Save a draft written from that `version` (0: there was none). One changed meanwhile by
    somebody else, or gone because it was sent, is not overwritten.
    """
    if draft.content == content:
        return
    refuse_stale(
        draft,
        version,
        told=lambda: _told(draft, of),
        differences=lambda: _differences(draft.content, content),
    )
    draft.content, draft.saved_by, draft.saved_at = content, actor.post, at
    draft.version = version + 1
    draft.save()


def _told(draft: Draft, of: models.Model) -> str:
    """Say who saved the draft and when; a draft that is gone was sent (rule 6.5)."""
    if draft.pk is None:
        return what_changed(of)
    return _("%(when)s, %(who)s: saved the draft.") % {
        "when": f"{draft.saved_at.astimezone(ZONE):%d/%m/%Y %H:%M}",
        "who": draft.saved_by.user,
    }


def _differences(stored: dict, typed: dict) -> list[tuple]:
    names = dict.fromkeys([*stored, *typed])
    pairs = [(name, stored.get(name, ""), typed.get(name, "")) for name in names]
    return [(name, old, new) for name, old, new in pairs if old != new]
