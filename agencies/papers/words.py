"""How a paper writes days, numbers and rates (Decree 30/2020/NĐ-CP, Appendix I).

Everything here takes its day or figure as an argument; nothing reads a clock.
"""

import re
import unicodedata
from datetime import date, time
from decimal import ROUND_HALF_UP, Decimal

BLANK = "     "
"""The room left in a draft for what the clerk writes in: number, day, month."""

_ILLEGAL_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """Compose the text (NFC) and drop characters XML cannot hold.

    Real files mix composed and decomposed letters; a paper of ours never does.
    """
    return _ILLEGAL_IN_XML.sub("", unicodedata.normalize("NFC", text))


def paper_number(number: int | None, suffix: str) -> str:
    """`05/BC-UBND`: numbers below 10 take a leading zero; None leaves room for the clerk."""
    written = BLANK if number is None else f"{number:02d}"
    return f"{written}/{suffix.lstrip('/')}"


def _day(day: date) -> str:
    return f"{day.day:02d}"


def _month(day: date) -> str:
    """Only months 1 and 2 take the zero: it keeps them from being changed into 11 and 12."""
    return f"{day.month:02d}" if day.month < 3 else str(day.month)


def long_date(day: date | None, year: int | None = None) -> str:
    """`ngày 04 tháng 5 năm 2023`; without a day, blanks and the year if it is known."""
    if day is None:
        return f"ngày {BLANK} tháng {BLANK} năm {year if year else BLANK}"
    return f"ngày {_day(day)} tháng {_month(day)} năm {day.year}"


def short_date(day: date) -> str:
    """`04/5/2023`, `20/01/2022`: a day inside a sentence."""
    return f"{_day(day)}/{_month(day)}/{day.year}"


def paper_date(place: str, day: date | None, year: int | None = None) -> str:
    """Write the line under the motto: `An Lão, ngày 04 tháng 5 năm 2023`."""
    return f"{place}, {long_date(day, year)}"


def hour(moment: time) -> str:
    """`16 giờ 00`."""
    return f"{moment.hour:02d} giờ {moment.minute:02d}"


def cut_off(last_day: date) -> str:
    """Say under a table's title up to the end of which day it counts (rule 8.7)."""
    return f"Số liệu tính đến hết ngày {short_date(last_day)}"


def figure(value: int | Decimal) -> str:
    """`1.234`, `1,5`: thousands with a point, decimals with a comma, as many as given."""
    text = f"{value:,d}" if isinstance(value, int) else f"{value:,f}"
    return text.translate(str.maketrans(",.", ".,"))


def count(number: int) -> str:
    """Write a count in a sentence, with a zero below ten (`04 nhiệm vụ`); tables stay plain."""
    return f"{number:02d}" if 0 < number < 10 else figure(number)


def decimals(value: Decimal, places: int = 1) -> str:
    """Round half up to a fixed number of places: `87,4`."""
    return figure(value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))


def percent(part: int, base: int, places: int = 1) -> str:
    """`87,4%` of a base the sentence or head names (rule 8.7), half up, but 100 only of the whole;
    a base of zero has no rate: `-`.
    """
    if base == 0:
        return "-"
    exact = Decimal(part) * 100 / base
    most = Decimal(100) if part >= base else Decimal(100) - Decimal(1).scaleb(-places)
    return f"{decimals(min(exact, most), places)}%"
