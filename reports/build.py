"""Building the periodic reports: frozen as of their cut-off, whenever they are built (rule 8.4)."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial

from django.db import connection, transaction

from agencies.acting import SYSTEM, holders_of
from agencies.functions import Function
from agencies.models import CalendarDay, Setting, record
from agencies.notices import owe
from agencies.one_by_one import each_on_its_own
from reports.figures import Terms, first_data_at
from reports.freezing import figures_of, freeze_rows
from reports.models import PeriodicReport
from reports.paragraphs import draft_narrative
from reports.periods import REGULAR, Period, periods_ended

AT_MOST = 12
"""How many periods of a kind a job that slept, or a database brought from elsewhere, builds."""
BUILDING = 8_004
"""The key of the advisory lock: two workers build one after the other, the second finds it."""


def build_due(at: datetime) -> list[PeriodicReport]:
    """Build every period whose cut-off has passed and that has no report yet; return the new ones.
    The margin after it (a setting) lets acts end that read their clock just before.

    Safe to run late, twice, or on two machines at once: each report is built once. Where periods
    end together the shorter one comes first. What cannot be built holds up no other; it is tried
    again at the next run (see `each_on_its_own`).
    """
    made = each_on_its_own(_due(at), partial(build_period, at=at))
    return [report for report in made if report is not None]


def _due(at: datetime) -> Iterator[Period]:
    since = first_data_at()
    if since is None:
        return
    passed = settled_until(at)
    ended = [each for kind in REGULAR for each in periods_ended(kind, since, passed, AT_MOST)]
    ended.sort(key=lambda period: (period.cut_off_at, period.last_day - period.first_day))
    built = set(
        PeriodicReport.objects.filter(cut_off_at__in=[each.cut_off_at for each in ended])
        .values_list("kind", "cut_off_at")
    )  # fmt: skip
    for period in ended:
        if (period.kind, period.cut_off_at) not in built and is_wanted(period):
            yield period


def settled_until(at: datetime) -> datetime:
    """Return the latest cut-off of which a report may be built at the instant: an act reads its
    clock before it commits, so the last moments of a period are not all there at its end.
    """
    return at - timedelta(minutes=Setting.objects.value("report_margin_minutes", at))


def is_wanted(period: Period) -> bool:
    """Whether the office has reports of this kind built, by the setting in force at the cut-off."""
    return bool(Setting.objects.value(f"report_{period.kind}", period.cut_off_at))


@transaction.atomic
def build_period(period: Period, at: datetime) -> PeriodicReport | None:
    """Freeze a period's figures, rows and calendar; None when another worker just did."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [BUILDING])
    if PeriodicReport.objects.of(period).exists():
        return None
    terms = Terms.in_force(period.cut_off_at)
    report = PeriodicReport.objects.create(
        kind=period.kind,
        starts_at=period.starts_at,
        cut_off_at=period.cut_off_at,
        send_by_at=period.send_by(terms.calendar, _send_by_days(period.cut_off_at)),
        built_at=at,
        calendar=_calendar_of(period),
    )
    report.figures = figures_of(period, freeze_rows(report, period, terms))
    report.narrative = draft_narrative(report.figures)
    report.save(update_fields=["figures", "narrative"])
    key = f"report.build:{period.kind}:{period.first_day}:{period.last_day}"
    event = record("report.build", report, SYSTEM, at, key=key)
    chiefs = holders_of(Function.OFFICE_CHIEF, period.last_day)
    owe([post.user for post in chiefs], event)
    return report


def _send_by_days(at: datetime) -> int:
    return Setting.objects.value("report_send_by_days", at)


def _calendar_of(period: Period) -> list[dict]:
    """Return the confirmed days off and worked days of the years the report reckons with."""
    years = range(period.first_day.year, period.following().last_day.year + 1)
    rows = CalendarDay.objects.confirmed().filter(day__year__in=years).order_by("day")
    return [
        {"day": day.isoformat(), "kind": kind, "name": name}
        for day, kind, name in rows.values_list("day", "kind", "name")
    ]
