"""Directives, what was proposed from them, and tasks with their history."""

from tasks.models.directive import Addressee, Authority, Citation, Directive, DirectiveKind
from tasks.models.proposal import Acknowledgement, Proposal, StandingDuty
from tasks.models.task import (
    ClassificationRow,
    CompletionReport,
    Coordination,
    DeadlineRow,
    ProgressUpdate,
    StateRow,
    Task,
)

__all__ = [
    "Acknowledgement",
    "Addressee",
    "Authority",
    "Citation",
    "ClassificationRow",
    "CompletionReport",
    "Coordination",
    "DeadlineRow",
    "Directive",
    "DirectiveKind",
    "ProgressUpdate",
    "Proposal",
    "StandingDuty",
    "StateRow",
    "Task",
]
