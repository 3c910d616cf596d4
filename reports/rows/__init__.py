"""The rows a report freezes: what figures count, one thing of a period each (rule 8.4)."""

from reports.rows.kinds import FrozenRow, Source
from reports.rows.lines import LineRow, line_rows
from reports.rows.sources import SOURCES
from reports.rows.spot_checks import SpotRow, spot_rows
from reports.rows.tasks import TaskRow, task_rows

__all__ = [
    "SOURCES",
    "FrozenRow",
    "LineRow",
    "Source",
    "SpotRow",
    "TaskRow",
    "line_rows",
    "spot_rows",
    "task_rows",
]
