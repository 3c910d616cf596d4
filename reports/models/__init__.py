"""The Office's frozen reports, what they lead to, and inspections."""

from reports.models.accountability import (
    AccountabilityCase,
    Commendation,
    Sifting,
    Signature,
    Statement,
    StatementDraft,
)
from reports.models.briefing import Briefing, BriefingDecision
from reports.models.inspection import Finding, Inspection, InspectionMember
from reports.models.periodic_report import (
    BUILT_AS_ASKED,
    DRAFT_UPWARD,
    NOT_BUILT,
    PeriodicReport,
    PeriodKind,
    ReportRequest,
    ReportRow,
    UpwardReport,
    WrittenReport,
)

__all__ = [
    "BUILT_AS_ASKED",
    "DRAFT_UPWARD",
    "NOT_BUILT",
    "AccountabilityCase",
    "Briefing",
    "BriefingDecision",
    "Commendation",
    "Finding",
    "Inspection",
    "InspectionMember",
    "PeriodKind",
    "PeriodicReport",
    "ReportRequest",
    "ReportRow",
    "Sifting",
    "Signature",
    "Statement",
    "StatementDraft",
    "UpwardReport",
    "WrittenReport",
]
