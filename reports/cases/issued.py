"""Papers of criticism and of praise by the day they were issued, for reports (rule 8.5)."""

from dataclasses import asdict, dataclass
from datetime import datetime

from reports.models import AccountabilityCase, Commendation

Measure = AccountabilityCase.Measure
KINDS = {
    Measure.REMIND: "reminded",
    Measure.CRITICISE: "criticised",
    Measure.REVIEW: "criticised",
    Measure.DISCIPLINE: "criticised",
    Measure.REPLACE: "criticised",
    Commendation.Measure.PRAISE: "praised",
    Commendation.Measure.REWARD: "praised",
}


@dataclass(frozen=True)
class IssuedPaper:
    """One paper about one agency; names nobody, so that a report may count it."""

    agency: str
    kind: str
    issued_at: datetime

    def to_json(self) -> dict:
        """The row as a report freezes it."""
        return asdict(self) | {"issued_at": self.issued_at.isoformat()}


def issued_papers(since: datetime, at: datetime) -> list[IssuedPaper]:
    """Return the papers issued after `since` and by `at`: `kind` is reminded, criticised or
    praised. A recommendation to a managing body criticises nobody and is left out (rule 2.6).
    """
    cases = AccountabilityCase.objects.issued_between(since, at).filter(managed_by="")
    praised = Commendation.objects.issued_between(since, at)
    found = [
        IssuedPaper(agency, KINDS[measure], issued_at)
        for matters in (cases, praised)
        for agency, measure, issued_at in matters.values_list(
            "agency__code", "measure", "paper__issued_at"
        )
        if measure in KINDS
    ]
    return sorted(found, key=lambda paper: (paper.issued_at, paper.agency))
