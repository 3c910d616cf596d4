"""Rules and periods in words: "trước ngày 20 hằng tháng", "quý IV/2026"."""

from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from agencies.deadlines import Period
from agencies.deadlines import Recurrence as Rule

WEEKDAYS = (
    pgettext_lazy("recurrence", "Monday"),
    pgettext_lazy("recurrence", "Tuesday"),
    pgettext_lazy("recurrence", "Wednesday"),
    pgettext_lazy("recurrence", "Thursday"),
    pgettext_lazy("recurrence", "Friday"),
    pgettext_lazy("recurrence", "Saturday"),
    pgettext_lazy("recurrence", "Sunday"),
)
EVERY = {
    Period.WEEKLY: gettext_lazy("every week"),
    Period.MONTHLY: gettext_lazy("every month"),
    Period.QUARTERLY: gettext_lazy("every quarter"),
    Period.HALF_YEARLY: gettext_lazy("every half-year"),
    Period.YEARLY: gettext_lazy("every year"),
}
QUARTERS = ("I", "II", "III", "IV")
MONTHS = {Period.QUARTERLY: 3, Period.HALF_YEARLY: 6}


def words_of(rule: Rule) -> str:
    """Return the rule as people say it, whatever way it was written."""
    template = _("%(every)s, before %(day)s") if rule.before else _("%(every)s, by %(day)s")
    if rule.hour is not None:
        template = _("%(every)s, before %(hour)s on %(day)s")
    return template % {
        "every": EVERY[rule.period],
        "day": _day(rule),
        "hour": f"{rule.hour:%H:%M}" if rule.hour else "",
    }


def _day(rule: Rule) -> str:
    if rule.period is Period.WEEKLY:
        return str(WEEKDAYS[rule.weekday])
    if rule.period is Period.MONTHLY:
        if rule.month > 1:
            return _("day %(day)s of the month after") % {"day": rule.day or _("last")}
        return _("day %(day)s") % {"day": rule.day} if rule.day else _("the last day of the month")
    if rule.period is Period.YEARLY:
        return _("day %(day)s") % {"day": f"{rule.day or 31:02}/{rule.month or 12:02}"}
    return _day_of_months(rule)


def _day_of_months(rule: Rule) -> str:
    """The day of a quarter or half-year."""
    months = MONTHS[rule.period]
    month = rule.month or months
    if month > months:
        return _("day %(day)s of the month after") % {"day": rule.day or _("last")}
    if not rule.day and month == months:
        return _("its last day")
    return _("day %(day)s of its month %(month)s") % {
        "day": rule.day or _("last"),
        "month": month,
    }


def period_words(rule: Rule, period_on: date) -> str:
    """Return which period an occurrence is of: "tháng 12/2026"."""
    year = period_on.year
    match rule.period:
        case Period.WEEKLY:
            last = period_on + timedelta(days=6)
            return _("week %(first)s–%(last)s") % {
                "first": f"{period_on:%d/%m}",
                "last": f"{last:%d/%m/%Y}",
            }
        case Period.MONTHLY:
            return _("month %(month)s/%(year)s") % {"month": f"{period_on.month:02}", "year": year}
        case Period.QUARTERLY:
            quarter = QUARTERS[(period_on.month - 1) // 3]
            return _("quarter %(quarter)s/%(year)s") % {"quarter": quarter, "year": year}
        case Period.HALF_YEARLY if period_on.month == 1:
            return _("first half of %(year)s") % {"year": year}
        case Period.HALF_YEARLY:
            return _("second half of %(year)s") % {"year": year}
        case _:
            return _("year %(year)s") % {"year": year}
