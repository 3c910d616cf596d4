"""Consultations: requests for opinions, their lines, what was said, and the dossiers they serve."""

from consultations.models.consultation import Consultation, Question
from consultations.models.dossier import (
    HOLDER,
    ChecklistItem,
    Dossier,
    DossierCheck,
    DossierDecision,
    DossierDraft,
    DossierReturn,
    DossierStateRow,
    DossierVersion,
    LetThrough,
    ReturnCode,
)
from consultations.models.opinion import Answer, Opinion, Reply, ReplyDraft, TermsRow
from consultations.models.paper import PaperAnswer, PaperCheck
from consultations.models.settling import (
    PoorContest,
    PoorMark,
    QuestionContest,
    Reconciliation,
    ReturnContest,
    Settlement,
)

__all__ = [
    "HOLDER",
    "Answer",
    "ChecklistItem",
    "Consultation",
    "Dossier",
    "DossierCheck",
    "DossierDecision",
    "DossierDraft",
    "DossierReturn",
    "DossierStateRow",
    "DossierVersion",
    "LetThrough",
    "Opinion",
    "PaperAnswer",
    "PaperCheck",
    "PoorContest",
    "PoorMark",
    "Question",
    "QuestionContest",
    "Reconciliation",
    "Reply",
    "ReplyDraft",
    "ReturnCode",
    "ReturnContest",
    "Settlement",
    "TermsRow",
]
