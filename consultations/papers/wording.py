"""Words the papers of consultations share: deadlines, instants, names (always Vietnamese)."""

import re
from collections.abc import Sequence
from datetime import datetime

from agencies.deadlines import ZONE, is_day_end, last_day_in_time
from agencies.models import Agency
from agencies.papers.words import hour, short_date

FEW = 10
"""As many addressees as stand on lines of their own."""
_ALIKE = re.compile(
    r"(?P<of>(?:UBND|Ủy ban nhân dân) |)(?P<kind>xã|phường|thị trấn|Phòng) (?P<own>[^,]+)$"
)


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


def addressees(agencies: Sequence[Agency]) -> list[str]:
    """Return whom a letter goes to, a line each; among many, departments and committees of one
    level stand on one line under their common word, as offices write it (data papers 4).
    """
    if len(agencies) <= FEW:
        return [agency.name for agency in agencies]
    lines: dict[tuple | int, list[re.Match | str]] = {}
    for agency in agencies:
        found = _ALIKE.match(agency.name)
        word = found.group("of", "kind") if found else agency.pk
        lines.setdefault(word, []).append(found or agency.name)
    return [_together(alike) for alike in lines.values()]


def _together(alike: Sequence[re.Match | str]) -> str:
    """`Các phòng: Nội vụ, Tư pháp`; `Ủy ban nhân dân các xã: An Thái, An Tiến`."""
    first = alike[0]
    if len(alike) == 1:
        return first if isinstance(first, str) else first.string
    own = ", ".join(found["own"] for found in alike)
    return begun(f"{first['of']}các {first['kind'].lower()}: {own}")


def begun(text: str) -> str:
    """Return the text beginning with a capital, the rest as it is."""
    return text[:1].upper() + text[1:]


def closed(text: str) -> str:
    """Return the text as a sentence with its full stop."""
    text = text.strip()
    return text if text.endswith((".", "!", "?", ":", ";")) else f"{text}."
