"""Dashboards: what stands, what waits and for whom, how it went; every figure opens its rows."""

from reports.overview.agency import AgencyOverview, may_open_dashboard, may_see
from reports.overview.page import Overview
from reports.overview.periods import line_of
from reports.overview.scope import Figure, Scope
from reports.overview.waiting import overdue_acknowledgements

__all__ = [
    "AgencyOverview",
    "Figure",
    "Overview",
    "Scope",
    "line_of",
    "may_open_dashboard",
    "may_see",
    "overdue_acknowledgements",
]
