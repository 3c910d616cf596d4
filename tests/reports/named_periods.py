"""The decree's periods by the name reports give them: the one that ends on the 14th (rule 8.4)."""

from datetime import date

from reports.periods import CUT_OFF_DAY, Kind, Period, holding_day


def month(year: int, number: int) -> Period:
    return holding_day(Kind.MONTH, date(year, number, CUT_OFF_DAY))


def quarter(year: int, number: int) -> Period:
    return holding_day(Kind.QUARTER, date(year, 3 * number, CUT_OFF_DAY))


def half(year: int, number: int) -> Period:
    return holding_day(Kind.HALF, date(year, 6 * number, CUT_OFF_DAY))


def whole_year(year: int) -> Period:
    return holding_day(Kind.YEAR, date(year, 12, CUT_OFF_DAY))
