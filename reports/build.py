"""Building the monthly report: frozen as of its cut-off, whenever it is built (rule 8.4)."""

from datetime import datetime

from django.db import connection, transaction

from agencies.acting import SYSTEM, head_of, heads_by_agency, holders_of
from agencies.functions import Function
from agencies.models import Agency, Body, CalendarDay, Setting, record
from agencies.notices import owe
from consultations.models import Opinion
from reports.columns import check
from reports.figures import Terms, count_by, first_data_at, line_rows, task_rows
from reports.models import PeriodicReport
from reports.narrative import draft_narrative
from reports.periods import Month, months_ended
from reports.spot_checks import spot_rows
from tasks.models import Authority, SpotCheckItem, Task

AT_MOST = 12
BUILDING = 8_004
"""The key of the advisory lock: two workers build one after the other, the second finds it."""


def build_due(at: datetime) -> list[PeriodicReport]:
    """Build every month whose cut-off has passed and that has no report yet; return the new ones.

    Safe to run late, twice, or on two machines at once: each report is built once.
    """
    since = first_data_at()
    if since is None:
        return []
    months = list(months_ended(since, at, AT_MOST))
    built = set(
        PeriodicReport.objects.filter(
            kind=PeriodicReport.Kind.MONTH, cut_off_at__in=[month.cut_off_at for month in months]
        ).values_list("cut_off_at", flat=True)
    )
    made = [build_month(month, at) for month in months if month.cut_off_at not in built]
    return [report for report in made if report is not None]


@transaction.atomic
def build_month(month: Month, at: datetime) -> PeriodicReport | None:
    """Freeze one month's figures, rows and calendar; None when another worker just did."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [BUILDING])
    kind, cut_off_at = PeriodicReport.Kind.MONTH, month.cut_off_at
    if PeriodicReport.objects.filter(kind=kind, cut_off_at=cut_off_at).exists():
        return None
    terms = Terms.in_force(cut_off_at)
    figures, rows = freeze(month, terms)
    report = PeriodicReport.objects.create(
        kind=kind,
        starts_at=month.starts_at,
        cut_off_at=cut_off_at,
        send_by_at=month.send_by(terms.calendar, _send_by_days(cut_off_at)),
        built_at=at,
        figures=figures,
        rows=rows,
        calendar=_calendar_of(month),
        narrative=draft_narrative(figures),
    )
    event = record(
        "report.build",
        report,
        SYSTEM,
        at,
        key=f"report.build:{kind}:{cut_off_at:%Y-%m-%d}",
        month=f"{month.month}/{month.year}",
    )
    chiefs = holders_of(Function.OFFICE_CHIEF, month.last_day)
    owe([post.user for post in chiefs], event)
    return report


def freeze(month: Month, terms: Terms) -> tuple[dict, dict]:
    """Return the period's figures and rows as JSON; refuse figures that do not balance (8.6)."""
    tasks = task_rows(Task.objects.all(), month.starts_at, terms)
    lines = line_rows(Opinion.objects.all(), month.starts_at, terms.at)
    spots = spot_rows(SpotCheckItem.objects.all(), month.starts_at, terms.at)
    by_agency, by_authority, total = count_by(tasks, lines, terms, spots)
    agencies = list(
        Agency.objects.filter(code__in=by_agency).select_related("kind").in_official_order()
    )
    heads = heads_by_agency([agency.pk for agency in agencies], month.last_day)
    authorities = Authority.objects.filter(code__in=by_authority)
    for name, counts in (*by_agency.items(), *by_authority.items(), ("total", total)):
        check(counts, of=name)
    body = Body.current()
    figures = {
        "body": body.name,
        "office": body.office.name,
        "place": body.place,
        "signer": _signer_title(body.office, month),
        "suffix": body.report_suffix,
        "period": {
            "month": month.month,
            "year": month.year,
            "first_day": month.first_day.isoformat(),
            "last_day": month.last_day.isoformat(),
        },
        "settings": terms.to_json(),
        "agencies": [
            {
                "code": agency.code,
                "name": agency.name,
                "kind": agency.kind.name,
                "head": heads[agency.pk].user.full_name if agency.pk in heads else "",
                "counts": dict(by_agency[agency.code]),
            }
            for agency in agencies
        ],
        "authorities": [
            {
                "code": each.code,
                "name": each.name,
                "is_superior": each.is_superior,
                "counts": dict(by_authority[each.code]),
            }
            for each in authorities
        ],
        "total": dict(total),
        "before": _total_before(month),
    }
    rows = {
        "tasks": [row.to_json() for row in tasks],
        "lines": [row.to_json() for row in lines],
        "spot_checks": [row.to_json() for row in spots],
    }
    return figures, rows


def _total_before(month: Month) -> dict | None:
    """Return the total of the period before, for the change against it (rule 8.5)."""
    before = PeriodicReport.objects.filter(
        kind=PeriodicReport.Kind.MONTH, cut_off_at=month.starts_at
    ).first()
    return before.figures["total"] if before else None


def _signer_title(office: Agency, month: Month) -> str:
    """Return the title under which the Office's reports are signed."""
    head = head_of(office, month.last_day)
    return head.title.name if head else str(Function.OFFICE_CHIEF.label)


def _send_by_days(at: datetime) -> int:
    return Setting.objects.value("report_send_by_days", at)


def _calendar_of(month: Month) -> list[dict]:
    """Return the confirmed days off and worked days of the period's years."""
    years = {month.first_day.year, month.last_day.year, month.following().last_day.year}
    rows = CalendarDay.objects.confirmed().filter(day__year__in=years).order_by("day")
    return [
        {"day": day.isoformat(), "kind": kind, "name": name}
        for day, kind, name in rows.values_list("day", "kind", "name")
    ]
