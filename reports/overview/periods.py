"""An agency's figures of past periods, as its frozen rows say (rules 8.3, 8.4)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from agencies.acting import Actor
from agencies.models import Agency
from reports.columns import Rate
from reports.heads import COOPERATION, RESULTS, Head, age_and_news, offered
from reports.heads import Cell as Said
from reports.models import PeriodicReport, ReportRow
from reports.overview.scope import Figure

PERIODS_SHOWN = 12


@dataclass(frozen=True)
class Period:
    """An agency's row of a frozen report: its counts by column, and where it reads them all."""

    report: PeriodicReport
    figures: Mapping[str, Figure]
    url: str

    @property
    def rate(self) -> Rate:
        """Completed on time of what fell due in the period."""
        return Rate(self.figures["on_time"].count, self.figures["due"].count)


SHOWN = ("assigned", "completed", "late", "open", "overdue", "on_time", "due")


def periods_of(agency: Agency, actor: Actor, at: datetime) -> list[Period]:
    """Return an agency's figures of past periods, the newest first; the agency itself reads those
    of approved reports.
    """
    reports = PeriodicReport.objects.with_figures_for(actor).filter(cut_off_at__lte=at).listed()
    found = []
    for report in reports.order_by("-cut_off_at", "-pk")[:PERIODS_SHOWN]:
        counts = counts_of(report, agency.code)
        if counts is not None:
            heads = offered(report.figures["settings"]["overdue_band_days"])
            figures = {key: frozen_figure(report, agency.code, heads[key], counts) for key in SHOWN}
            url = reverse("report_agency", args=[report.pk, agency.code])
            found.append(Period(report, figures, url))
    return found


@dataclass(frozen=True)
class Cell:
    """What stands under one head: a figure with its rows, or a length or rate without."""

    label: str | Promise
    said: Said
    url: str

    @property
    def base(self) -> str:
        """What a rate is counted from, as counts (rule 8.7)."""
        return f"{self.said.part}/{self.said.base}" if isinstance(self.said, Rate) else ""


@dataclass(frozen=True)
class Line:
    """All a report froze of one agency: its name and head then, the cells by group of heads."""

    name: str
    head: str
    groups: list[tuple[str, list[Cell]]]


def line_of(report: PeriodicReport, code: str, *, whole: bool) -> Line | None:
    """Return all a report froze of an agency, or None; not `whole`, without what the agency
    itself does not see.
    """
    rows = report.figures["agencies"]
    row = next((row for row in rows if row["code"] == code), None)
    if row is None:
        return None
    heads = [*RESULTS, *age_and_news(report.figures["settings"]["overdue_band_days"]), *COOPERATION]
    groups: dict[str, list[Cell]] = {}
    for head in heads:
        if whole or head.of in ReportRow.OWN:
            groups.setdefault(str(head.group) or _("Rates and remarks"), []).append(
                _cell(report, code, head, row["counts"])
            )
    return Line(row["name"], row["head"], list(groups.items()))


def _cell(report: PeriodicReport, code: str, head: Head, counts: Mapping[str, int]) -> Cell:
    said = head.cell(counts)
    url = frozen_figure(report, code, head, counts).url if head.columns and said else ""
    return Cell(head.label, said, url)


def counts_of(report: PeriodicReport, code: str) -> Mapping[str, int] | None:
    """Return what the report froze of an agency; None where it counts nothing of it."""
    rows = report.figures["agencies"]
    return next((row["counts"] for row in rows if row["code"] == code), None)


def frozen_figure(
    report: PeriodicReport, code: str, head: Head, counts: Mapping[str, int]
) -> Figure:
    """Return an agency's figure in one column with the address of its frozen rows."""
    asked = urlencode({"by": "agencies", "code": code, "column": head.key})
    return Figure(head.cell(counts), f"{reverse('report_rows', args=[report.pk])}?{asked}")
