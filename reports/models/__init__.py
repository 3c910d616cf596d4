"""The Office's frozen reports."""

from reports.models.periodic_report import PeriodicReport

__all__ = ["PeriodicReport"]
