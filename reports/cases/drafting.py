"""Cases and commendations drafted from each frozen report of an official period, once (rule 9.1).

Judged as of the cut-off: by the frozen figures and rows, the settings in force then, and what was
recorded in the period. A longer period holds what the shorter ones in it told already: those are
always gone through first, and what founded a case or praise there founds none again. So it matters
not when, in which order, how often or on how many machines it runs.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef

from agencies.acting import SYSTEM, heads_by_agency
from agencies.deadlines import last_day_in_time
from agencies.models import Agency, CodeCounter, Post, Setting, record
from agencies.notices import owe
from agencies.one_by_one import each_on_its_own
from agencies.settings_catalogue import HOUSE
from consultations.models import DossierReturn, PoorMark
from reports.cases import chain
from reports.cases.people import handlers
from reports.cases.thresholds import (
    DATED,
    FAULT_SETTINGS,
    MERIT_SETTINGS,
    Ground,
    Key,
    Tally,
    faults,
    key_of,
    merits,
)
from reports.cases.wording import summary_of
from reports.models import (
    AccountabilityCase,
    Commendation,
    PeriodicReport,
    PeriodKind,
    ReportRow,
    Sifting,
)
from reports.models.periodic_report import PeriodicReportQuerySet
from tasks.models import Return, Task

OFFICIAL = (PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.HALF, PeriodKind.YEAR)
"""The periods of Decree 09/2019 that found cases and praise. A week is part of none of the others,
and days somebody asks for are nobody's term: neither founds any.
"""
CASE_PREFIX, COMMENDATION_PREFIX = "TN", "BD"
KIND_OF_ROWS = {
    "case_overdue_tasks": "task",
    "case_longest_overdue_days": "task",
    "case_silent_lines": "line",
    "case_dossiers_returned": "dossier",
    "case_late_returns": "task",
    "case_poor_replies": "line",
    "commendation_hard_tasks": "task",
}
KEPT = (
    "code", "title", "document", "due_at", "days_overdue", "cause", "responsible", "day", "reason",
)  # fmt: skip
WITH_CHAIN = ("case_overdue_tasks", "case_longest_overdue_days")


@dataclass(frozen=True)
class Limits:
    """The settings as of the cut-off, and the document each comes from."""

    values: Mapping[str, int]
    sources: Mapping[str, str]

    @classmethod
    def in_force(cls, at: datetime) -> "Limits":
        """Read the settings in force at an instant."""
        codes = (*FAULT_SETTINGS, *MERIT_SETTINGS)
        rows = {code: Setting.objects.in_force(code, at) for code in codes}
        return cls(
            {code: Setting.objects.value(code, at) for code in codes},
            {code: row.source if row else "" for code, row in rows.items()},
        )


def draft_due(at: datetime) -> int:
    """Go through every official report nobody has gone through; return how many were drafted.

    One that cannot be gone through holds up none that does not contain it.
    """
    waiting = _shortest_first(PeriodicReport.objects.filter(kind__in=OFFICIAL))
    return sum(each_on_its_own(waiting, partial(draft_from, at=at)))


@transaction.atomic
def draft_from(report: PeriodicReport, at: datetime) -> int:
    """Draft what one report founds, the shorter periods in it first, and return how many;
    nothing the second time.
    """
    PeriodicReport.objects.select_for_update().only("pk").get(pk=report.pk)
    if Sifting.objects.filter(report=report).exists():
        return 0
    shorter = shorter_within(report)
    drafted = sum(draft_from(each, at) for each in _shortest_first(shorter))
    Sifting.objects.create(report=report, sifted_at=at)
    limits, day = Limits.in_force(report.cut_off_at), last_day_in_time(report.cut_off_at)
    tallies, told, praised = tallied(report), _told(shorter), _praised(shorter)
    agencies = Agency.objects.in_bulk(tallies, field_name="code")
    heads = heads_by_agency([agency.pk for agency in agencies.values()], day)
    for code, tally in tallies.items():
        agency = agencies[code]
        if grounds := faults(tally, limits.values, told[code]):
            frozen = _frozen(grounds, limits, report)
            _draft_case(report, agency, heads.get(agency.pk), frozen, at, beside=bool(told[code]))
            drafted += 1
        elif grounds := merits(tally, limits.values, praised[code]):
            frozen = _frozen(grounds, limits, report)
            _draft_commendation(report, agency, frozen, at, beside=bool(praised[code]))
            drafted += 1
    return drafted


def shorter_within(report: PeriodicReport) -> PeriodicReportQuerySet:
    """Return the reports of shorter official periods whose days all lie in this one's."""
    within = PeriodicReport.objects.filter(
        kind__in=OFFICIAL, starts_at__gte=report.starts_at, cut_off_at__lte=report.cut_off_at
    )
    return within.exclude(kind=report.kind)


def _shortest_first(reports: PeriodicReportQuerySet) -> PeriodicReportQuerySet:
    waiting = reports.exclude(pk__in=Sifting.objects.values("report"))
    return waiting.order_by("cut_off_at", "-starts_at")


def _told(shorter: PeriodicReportQuerySet) -> dict[str, dict[str, set[Key]]]:
    """Return by agency and threshold the facts that founded a case in a shorter period, whatever
    became of that case.
    """
    told: dict[str, dict[str, set[Key]]] = defaultdict(lambda: defaultdict(set))
    cases = AccountabilityCase.objects.filter(report__in=shorter.values("pk"))
    for agency, grounds in cases.values_list("agency__code", "grounds"):
        for ground in grounds:
            told[agency][ground["code"]].update(key_of(row) for row in ground["rows"])
    return told


def _praised(shorter: PeriodicReportQuerySet) -> dict[str, set[str]]:
    """Return by agency the codes of the tasks it was praised for in a shorter period."""
    praised: dict[str, set[str]] = defaultdict(set)
    praise = Commendation.objects.filter(report=OuterRef("report"), agency__code=OuterRef("agency"))
    rows = ReportRow.objects.filter(
        Exists(praise), report__in=shorter.values("pk"), of="tasks", columns__overlap=list(DATED)
    )
    for agency, code in rows.values_list("agency", "data__code"):
        praised[agency].add(code)
    return praised


def tallied(report: PeriodicReport) -> dict[str, Tally]:
    """Return what each agency of the report is judged by, by its code."""
    since, at = report.starts_at, report.cut_off_at
    frozen = _rows_that(report, "tasks", "overdue", *DATED)
    tasks = _by("lead", frozen)
    lines = _by("agency", _rows_that(report, "lines", "lines_silent"))
    dossiers, returns, poor = _dossiers(since, at), _returns(since, at), _poor(since, at)
    key = frozenset(row["code"] for row in frozen if row.get("priority") == Task.Priority.KEY)
    counts = {each["code"]: each["counts"] for each in report.figures["agencies"]}
    return {
        code: Tally(
            counts.get(code, {}), tasks[code], lines[code], dossiers[code], returns[code],
            poor[code], key,
        )
        for code in sorted({*counts, *dossiers, *returns, *poor})
    }  # fmt: skip


def _rows_that(report: PeriodicReport, of: str, *columns: str) -> list[dict[str, Any]]:
    """Return the frozen rows that count in one of these columns: all that thresholds look at."""
    rows = report.rows.filter(of=of, columns__overlap=list(columns))
    return list(rows.values_list("data", flat=True))


def _by(field: str, rows: Iterable[Mapping[str, Any]]) -> dict[str, list]:
    found: dict[str, list] = defaultdict(list)
    for row in rows:
        found[row[field]].append(row)
    return found


def _dossiers(since: datetime, at: datetime) -> dict[str, list]:
    rows = DossierReturn.objects.filter(returned_at__gt=since, returned_at__lte=at).values(
        "reason__name", code=F("version__dossier__code"), title=F("version__dossier__title"),
        agency=F("version__dossier__agency__code"), day=F("returned_at"),
    )  # fmt: skip
    return _by("agency", [_dated(row, row.pop("reason__name")) for row in rows])


def _returns(since: datetime, at: datetime) -> dict[str, list]:
    late = Return.objects.filter(
        asked_at__gt=since, asked_at__lte=at, asked_at__gte=F("late_from")
    ).values(
        "reason", code=F("task__code"), title=F("task__title"), agency=F("post__agency__code"),
        day=F("asked_at"),
    )  # fmt: skip
    return _by("agency", [_dated(row, row["reason"]) for row in late])


def _poor(since: datetime, at: datetime) -> dict[str, list]:
    """Return the replies marked poor in the period; a mark whose contest was upheld is none."""
    rows = (
        PoorMark.objects.standing(at)
        .filter(marked_at__gt=since)
        .values(
            "reason", code=F("reply__opinion__consultation__code"),
            title=F("reply__opinion__consultation__title"),
            agency=F("reply__opinion__agency__code"), day=F("marked_at"),
        )
    )  # fmt: skip
    return _by("agency", [_dated(row, row["reason"]) for row in rows])


def _dated(row: dict[str, Any], reason: str) -> dict[str, Any]:
    return row | {"day": row["day"].isoformat(), "reason": reason}


def _frozen(grounds: Sequence[Ground], limits: Limits, report: PeriodicReport) -> list[dict]:
    """Return the grounds as the case keeps them, each task with its chain of facts."""
    chained = [ground for ground in grounds if ground.code in WITH_CHAIN]
    codes = {row["code"] for ground in chained for row in ground.rows}
    links = chain.chains(codes, report.cut_off_at) if codes else {}
    found = []
    for ground in grounds:
        kind = KIND_OF_ROWS.get(ground.code, "")
        rows = [{"kind": kind} | {n: row[n] for n in KEPT if row.get(n)} for row in ground.rows]
        for row in rows:
            if ground.code in WITH_CHAIN:
                last = chain.still_none(report.cut_off_at, row["days_overdue"])
                row["chain"] = [*links.get(row["code"], []), last]
        frozen = Ground(ground.code, ground.value, ground.limit, rows)
        found.append(frozen.to_json(limits.sources[ground.code]))
    return found


def _draft_case(
    report: PeriodicReport,
    agency: Agency,
    head: Post | None,
    grounds: list[dict],
    at: datetime,
    *,
    beside: bool,
) -> None:
    case = AccountabilityCase.objects.create(
        code=CodeCounter.take(CASE_PREFIX, last_day_in_time(report.cut_off_at).year),
        agency=agency, report=report, concerned=head, managed_by=agency.managed_by,
        grounds=grounds, summary=summary_of(grounds, report, beside=beside), drafted_at=at,
    )  # fmt: skip
    event = record("case.drafted", case, SYSTEM, at, key=f"case.drafted:{report.pk}:{agency.pk}",
                   agency=agency.short_name)  # fmt: skip
    owe(handlers(case, at), event)


def _draft_commendation(
    report: PeriodicReport, agency: Agency, grounds: list[dict], at: datetime, *, beside: bool
) -> None:
    commendation = Commendation.objects.create(
        code=CodeCounter.take(COMMENDATION_PREFIX, last_day_in_time(report.cut_off_at).year),
        agency=agency, report=report, grounds=grounds,
        summary=summary_of(grounds, report, beside=beside), drafted_at=at,
    )  # fmt: skip
    event = record("commendation.drafted", commendation, SYSTEM, at,
                   key=f"commendation.drafted:{report.pk}:{agency.pk}",
                   agency=agency.short_name)  # fmt: skip
    owe(handlers(commendation, at), event)


def source_of(ground: Mapping[str, Any]) -> str:
    """Return the document a threshold comes from, in the active language."""
    return ground.get("source") or str(HOUSE)
