"""The acts of consultations, each in one transaction; who may: `consultations.acts`."""

from consultations.lifecycle.answering import note_opening, reply, save_draft
from consultations.lifecycle.asking import Asked, ask, expand
from consultations.lifecycle.lines import write_terms

__all__ = [
    "Asked",
    "ask",
    "expand",
    "note_opening",
    "reply",
    "save_draft",
    "write_terms",
]
