"""Where the reader is weakest, field by field, from what officers corrected (issue 8)."""

from collections import Counter
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from tasks.directives.corrections import HEADER_FIELDS, PROPOSAL_FIELDS
from tasks.models import Correction

PAIRS_SHOWN = 5
COMPARED = (Correction.Outcome.KEPT, Correction.Outcome.CHANGED)


@dataclass
class FieldTally:
    """How often one field was read and corrected, and from what to what most often."""

    field: str
    read: int = 0
    corrected: int = 0
    pairs: Counter = field(default_factory=Counter)

    @property
    def share(self) -> float:
        """The share of read values that somebody corrected; 0 when none was read."""
        return self.corrected / self.read if self.read else 0.0

    def to_json(self) -> dict[str, Any]:
        """Give the numbers and the most frequent pairs."""
        common = [[old, new, times] for (old, new), times in self.pairs.most_common(PAIRS_SHOWN)]
        return {
            **asdict(self) | {"pairs": common},
            "share": round(self.share, 3),
        }


@dataclass
class WeakPoints:
    """The corrections of a period: per field, per outcome, and per kind of document."""

    directives: int
    outcomes: dict[str, int]
    header: list[FieldTally]
    proposals: list[FieldTally]
    kinds: dict[str, list[FieldTally]]

    def to_json(self) -> dict[str, Any]:
        """Give the object `reader_report --json` prints."""
        return {
            "directives": self.directives,
            "outcomes": self.outcomes,
            "header": [tally.to_json() for tally in self.header],
            "proposals": [tally.to_json() for tally in self.proposals],
            "kinds": {
                kind: [tally.to_json() for tally in tallies] for kind, tallies in self.kinds.items()
            },
        }


def weak_points(since: datetime | None = None) -> WeakPoints:
    """Count what was corrected since an instant; the weakest field comes first."""
    rows = Correction.objects.select_related("directive__kind")
    if since is not None:
        rows = rows.filter(recorded_at__gte=since)
    rows = list(rows)
    read = [row for row in rows if row.outcome in COMPARED]
    by_kind: dict[str, list[Correction]] = {}
    for row in read:
        kind = row.directive.kind.code if row.directive.kind else "-"
        by_kind.setdefault(kind, []).append(row)
    proposals = [row for row in rows if row.subject == Correction.Subject.PROPOSAL]
    counted = Counter(row.outcome for row in proposals)
    return WeakPoints(
        directives=len({row.directive_id for row in rows}),
        outcomes={outcome: counted[outcome] for outcome in Correction.Outcome.values},
        header=_tallies(read, Correction.Subject.HEADER, HEADER_FIELDS),
        proposals=_tallies(read, Correction.Subject.PROPOSAL, PROPOSAL_FIELDS),
        kinds={
            kind: _tallies(some, Correction.Subject.PROPOSAL, PROPOSAL_FIELDS)
            for kind, some in sorted(by_kind.items())
        },
    )


def _tallies(rows: list[Correction], subject: str, names: tuple[str, ...]) -> list[FieldTally]:
    tallies = [FieldTally(name) for name in names]
    for row in rows:
        if row.subject != subject:
            continue
        for tally in tallies:
            tally.read += 1
            if tally.field in row.final:
                tally.corrected += 1
                tally.pairs[row.proposed[tally.field], row.final[tally.field]] += 1
    return sorted(tallies, key=lambda tally: -tally.share)
