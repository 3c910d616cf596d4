"""How periods are called: on pages in the reader's language, in papers as offices write."""

from django.utils.translation import gettext as _

from agencies.papers.words import short_date
from reports.periods import Kind, Period

ROMAN = ("", "I", "II", "III", "IV")


def period_text(period: Period) -> str:
    """Return the period as a page says it: month 11/2026, quarter III/2026."""
    number, year = period.number, period.year
    match period.kind:
        case Kind.WEEK:
            return _("week %(number)d/%(year)d") % {"number": number, "year": year}
        case Kind.MONTH:
            return _("month %(number)d/%(year)d") % {"number": number, "year": year}
        case Kind.QUARTER:
            return _("quarter %(number)s/%(year)d") % {"number": ROMAN[number], "year": year}
        case Kind.HALF:
            first, second = _("first half of %(year)d"), _("second half of %(year)d")
            return (first if number == 1 else second) % {"year": year}
        case Kind.YEAR:
            return _("year %(year)d") % {"year": year}
    days = {"first": f"{period.first_day:%d/%m/%Y}", "last": f"{period.last_day:%d/%m/%Y}"}
    return _("%(first)s to %(last)s") % days


def period_words(period: Period) -> str:
    """Return the period as a Vietnamese paper writes it: "quý III năm 2026"."""
    number, year = period.number, period.year
    match period.kind:
        case Kind.WEEK:
            return f"tuần {number} năm {year}"
        case Kind.MONTH:
            return f"tháng {number} năm {year}"
        case Kind.QUARTER:
            return f"quý {ROMAN[number]} năm {year}"
        case Kind.HALF:
            return f"6 tháng {'đầu' if number == 1 else 'cuối'} năm {year}"
        case Kind.YEAR:
            return f"năm {year}"
    return f"từ ngày {short_date(period.first_day)} đến ngày {short_date(period.last_day)}"


def period_file(period: Period) -> str:
    """Return the period as a name of a file says it: 2026-11, 2026-quy-3."""
    number, year = period.number, period.year
    match period.kind:
        case Kind.WEEK:
            return f"{year}-tuan-{number:02d}"
        case Kind.MONTH:
            return f"{year}-{number:02d}"
        case Kind.QUARTER:
            return f"{year}-quy-{number}"
        case Kind.HALF:
            return f"{year}-6-thang-{'dau' if number == 1 else 'cuoi'}-nam"
        case Kind.YEAR:
            return f"{year}"
    return f"{period.first_day:%Y-%m-%d}-den-{period.last_day:%Y-%m-%d}"
