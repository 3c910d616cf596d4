"""A closed agency with its successors, and how the tests of rule 2.5 move its work."""

from datetime import date

from agencies.models import Agency, Reorganisation
from agencies.reorganising import Preview, move
from tests import factories as make

CLOSED_ON = date(2026, 11, 10)
AT = make.moment("2026-11-12")


def succeed(old: Agency, *successors: Agency, closed_on: date = CLOSED_ON) -> Agency:
    """Close an agency from a day on, as the administrator records it."""
    old.closed_on = closed_on
    old.save()
    old.successors.set(successors)
    return old


def moved(old: Agency, chief, at=AT, *, chosen=None, number="1204/QĐ-UBND") -> Reorganisation:
    """Move everything: each line to the one chosen for it, else suggested, else the first."""
    preview = Preview(old, at)
    first = preview.successors[0]
    where = {line.work.key: line.suggested or first for line in preview.lines} | (chosen or {})
    return move(
        old, chief, at, document_number=number, chosen=where, fingerprint=preview.fingerprint
    )
