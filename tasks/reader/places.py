"""Which province a district lay in before 1 July 2025, to complete an issuer's name in excerpts.

Only names that belong to one province decide anything; districts named alike in several (Châu
Thành, Tam Nông …) decide nothing. Not asked where the heading names the issuer. The list, one
province a line, is general knowledge written down by hand: `tasks/data/districts.txt`.
"""

import re
from functools import cache
from pathlib import Path

from tasks.reader.phrases import UPPER

FILE = Path(__file__).resolve().parents[1] / "data" / "districts.txt"
CITIES = {"Cần Thơ", "Đà Nẵng", "Hà Nội", "Hải Phòng", "Hồ Chí Minh"}


@cache
def _by_district() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for line in FILE.read_text("utf-8").splitlines():
        province, names = line.split(":")
        for name in names.split(","):
            found.setdefault(name.strip(), set()).add(province)
    return found


def province_of(district: str) -> str | None:
    """The province ("tỉnh Quảng Trị") of a district whose name is the only one of its kind."""
    provinces = _by_district().get(re.sub(r"\s+", " ", district).strip(), set())
    if len(provinces) != 1:
        return None
    name = next(iter(provinces))
    return f"thành phố {name}" if name in CITIES else f"tỉnh {name}"


def province_named_by(text: str) -> str | None:
    """The one province all districts named in a text lie in; None when they disagree or none is."""
    found = set()
    for match in re.finditer(rf"\b(?:huyện|thị xã|thành phố)\s+((?:{UPPER}\w*\s?){{1,4}})", text):
        words = match[1].split()
        for count in range(len(words), 0, -1):
            if province := province_of(" ".join(words[:count])):
                found.add(province)
                break
    return found.pop() if len(found) == 1 else None
