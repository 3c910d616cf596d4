"""Words the papers of consultations share: deadlines, instants, names (always Vietnamese)."""

from collections.abc import Sequence
from datetime import datetime

from agencies.deadlines import ZONE, is_day_end, last_day_in_time
from agencies.models import Agency
from agencies.papers.words import hour, short_date


def until(due_at: datetime) -> str:
    """`đến hết ngày 19/11/2026`, or `trước 16 giờ 00 ngày 30/11/2026` (rule 3.1)."""
    if is_day_end(due_at):
        return f"đến hết ngày {short_date(last_day_in_time(due_at))}"
    local = due_at.astimezone(ZONE)
    return f"trước {hour(local.time())} ngày {short_date(local.date())}"


def instant(at: datetime | None, *, with_seconds: bool = False) -> str:
    """`09 giờ 05 ngày 16/11/2026`; proofs give the second too."""
    if at is None:
        return ""
    local = at.astimezone(ZONE)
    second = f" phút {local.second:02d} giây" if with_seconds else ""
    return f"{hour(local.time())}{second} ngày {short_date(local.date())}"


def moment(at: datetime | None) -> str:
    """`09:05 16/11/2026`: an instant in a narrow column."""
    return "" if at is None else f"{at.astimezone(ZONE):%H:%M}\n{short_date(at.astimezone(ZONE))}"


def names(agencies: Sequence[Agency]) -> str:
    """`UBND xã An Thái; UBND xã An Tiến`: official names hold commas."""
    return "; ".join(agency.name for agency in agencies)


def begun(text: str) -> str:
    """Return the text beginning with a capital, the rest as it is."""
    return text[:1].upper() + text[1:]


def closed(text: str) -> str:
    """Return the text as a sentence with its full stop."""
    text = text.strip()
    return text if text.endswith((".", "!", "?", ":", ";")) else f"{text}."
