"""Consultations: requests for opinions, their lines, and what was said."""

from consultations.models.consultation import Consultation, Question
from consultations.models.opinion import Answer, Opinion, Reply, ReplyDraft, TermsRow

__all__ = [
    "Answer",
    "Consultation",
    "Opinion",
    "Question",
    "Reply",
    "ReplyDraft",
    "TermsRow",
]
