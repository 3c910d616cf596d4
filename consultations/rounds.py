"""A dossier's rounds, and which of them answer an earlier one's objections (rules 6.7, 7.1)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from agencies.models import Agency
from consultations.models import Consultation, Dossier, Opinion
from consultations.stances import OPINIONS, SILENCE


@dataclass(frozen=True)
class Rounds:
    """A dossier's rounds at an instant, in the order of asking; withdrawn ones are left out: they
    take nothing of an earlier one away. `later` are those that follow each, near or far.
    """

    at: datetime
    linked: list[Consultation]
    open_ids: set[int]
    later: dict[int, list[Consultation]]

    @classmethod
    def of(cls, dossier: Dossier, at: datetime) -> Self:
        """Return the rounds of the dossier; one that serves something else is none of them."""
        rows = dossier.consultations.filter(withdrawn_at__isnull=True)
        linked = list(rows.order_by("asked_at", "pk"))
        open_ids = set(rows.open(at).values_list("pk", flat=True))
        return cls(at, linked, open_ids, _later(linked))

    def is_open(self, consultation: Consultation) -> bool:
        """Whether its replies may still be replaced."""
        return consultation.pk in self.open_ids

    def after(self, consultation: Consultation) -> list[Consultation]:
        """Return the rounds of the dossier that follow it, in the order of asking."""
        return self.later.get(consultation.pk, [])

    def asked_again(self, line: Opinion) -> Consultation | None:
        """Return the open later round that asks the line's agency again, or None."""
        running = [one for one in self.after(line.consultation) if self.is_open(one)]
        again = Opinion.objects.filter(consultation__in=running, agency__in=_heirs(line))
        found = again.filter(ended_at__isnull=True).select_related("consultation").first()
        return None if found is None else found.consultation

    def has_answered(self, line: Opinion) -> bool:
        """Whether a completed later round heard the line's agency, or who succeeded it, again: what
        it said then, or its silence, stands in place of this line.
        """
        over = [one for one in self.after(line.consultation) if not self.is_open(one)]
        heard = Opinion.objects.filter(consultation__in=over, agency__in=_heirs(line))
        return heard.with_outcome(self.at).filter(outcome__in=[*OPINIONS, *SILENCE]).exists()


def _later(linked: list[Consultation]) -> dict[int, list[Consultation]]:
    previous = _previous(linked)
    later: dict[int, list[Consultation]] = defaultdict(list)
    for one in linked:
        earlier = previous.get(one.pk)
        while earlier is not None:
            later[earlier].append(one)
            earlier = previous.get(earlier)
    return later


def _previous(linked: Iterable[Consultation]) -> dict[int, int | None]:
    """Return which round each follows, of the linked and of all before them, linked or not."""
    found = {one.pk: one.previous_id for one in linked}
    while missing := set(found.values()) - found.keys() - {None}:
        rows = Consultation.objects.filter(pk__in=missing)
        found |= dict(rows.order_by().values_list("pk", "previous"))
    return found


def _heirs(line: Opinion) -> set[int]:
    """Return the ids of the line's agency and, where it is closed, of who succeeded it (2.5)."""
    successors = Agency.objects.filter(
        predecessors=line.agency_id, predecessors__closed_on__isnull=False
    )
    return {line.agency_id, *successors.order_by().values_list("pk", flat=True)}
