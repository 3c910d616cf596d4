"""Pages of consultations."""

from consultations.views.answering import answer
from consultations.views.asking import new
from consultations.views.board import consultation
from consultations.views.dossiers import dossier
from consultations.views.listing import consultations

__all__ = ["answer", "consultation", "consultations", "dossier", "new"]
