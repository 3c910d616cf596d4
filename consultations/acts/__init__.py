"""Who may do what in a consultation, on a line and on a dossier (domain 2, 6, 7)."""

from consultations.acts.act import Act, table_of
from consultations.acts.cases import DossierCase, LineCase, RoundCase
from consultations.acts.permits import ASK, DRAFT, REPLY, Permit, demand, may
from consultations.acts.portfolio import concerned, concerned_by, in_portfolio
from consultations.acts.table import DOSSIER_ACTS, LINE_ACTS, ROUND_ACTS, available

__all__ = [
    "ASK",
    "DOSSIER_ACTS",
    "DRAFT",
    "LINE_ACTS",
    "REPLY",
    "ROUND_ACTS",
    "Act",
    "DossierCase",
    "LineCase",
    "Permit",
    "RoundCase",
    "available",
    "concerned",
    "concerned_by",
    "demand",
    "in_portfolio",
    "may",
    "table_of",
]
