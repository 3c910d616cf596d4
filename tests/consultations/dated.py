"""Dated terms read in plain Python, which the dated rows in SQL are held against (rule 3.9)."""

from collections.abc import Iterable
from datetime import datetime

from consultations.outcome import Terms


def terms_at(history: Iterable[Terms], at: datetime) -> Terms | None:
    """Return the terms in force at the instant, or None before the line existed.

    `history` is in the order of recording: of two rows from one instant the later written holds.
    """
    in_force = None
    for row in history:
        begun = row.effective_at <= at
        if begun and (in_force is None or row.effective_at >= in_force.effective_at):
            in_force = row
    return in_force
