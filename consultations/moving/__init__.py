"""What a closed agency has open on this floor, and how its successors take it over (rule 2.5)."""

from consultations.moving.dossiers import OpenDossiers
from consultations.moving.lines import AwaitedLines
from consultations.moving.requests import OwnRequests

KINDS = (OpenDossiers(), OwnRequests(), AwaitedLines())

__all__ = ["KINDS"]
