"""Pages of consultations and dossiers."""

from consultations.views.acting import line_act, paper_confirm, round_act
from consultations.views.answering import answer
from consultations.views.asking import new
from consultations.views.board import consultation, consultation_timeline
from consultations.views.dossiers import (
    dossier,
    dossier_act,
    dossier_draft,
    dossier_edit,
    dossier_new,
    dossiers,
)
from consultations.views.listing import consultations
from consultations.views.papers import consultation_paper
from consultations.views.signs import signs, signs_export

__all__ = [
    "answer",
    "consultation",
    "consultation_paper",
    "consultation_timeline",
    "consultations",
    "dossier",
    "dossier_act",
    "dossier_draft",
    "dossier_edit",
    "dossier_new",
    "dossiers",
    "line_act",
    "new",
    "paper_confirm",
    "round_act",
    "signs",
    "signs_export",
]
