"""How long a dossier lay with the agency, the Office and the leaders, measured apart (7.3)."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from agencies.deadlines import Calendar, local_day
from consultations.models import HOLDER, DossierStateRow


def working_days_with(rows: Iterable[DossierStateRow], calendar: Calendar, at: datetime) -> Counter:
    """Return working days by holder (`agency`, `office`, `leader`) up to the instant.

    `rows` are the dossier's state rows in order; a day belongs to who held it when it ended.
    """
    days: Counter = Counter()
    history = [row for row in rows if row.effective_at <= at]
    ends = [row.effective_at for row in history[1:]] + [at]
    for row, end in zip(history, ends, strict=True):
        holder = HOLDER.get(row.state)
        if holder is not None:
            days[holder] += calendar.working_days_between(
                local_day(row.effective_at), local_day(end)
            )
    return days
