"""Directives, what was proposed from them, and tasks with their history."""

from tasks.models.batch import ImportBatch, ImportRow
from tasks.models.correction import Correction
from tasks.models.demand import Demand, DemandDeadline
from tasks.models.directive import Addressee, Authority, Citation, Directive, DirectiveKind
from tasks.models.proposal import Acknowledgement, Proposal, StandingDuty
from tasks.models.recurrence import Recurrence
from tasks.models.requests import Extension, Return
from tasks.models.review import (
    CampaignEntry,
    CampaignMark,
    ReviewCampaign,
    SpotCheck,
    SpotCheckItem,
)
from tasks.models.rows import ClassificationRow, DeadlineRow, StateRow
from tasks.models.task import Task
from tasks.models.urging import UrgedTask, Urging
from tasks.models.working import (
    CompletionReport,
    Contribution,
    Coordination,
    Explanation,
    Message,
    Obstacle,
    ProgressUpdate,
)

__all__ = [
    "Acknowledgement",
    "Addressee",
    "Authority",
    "CampaignEntry",
    "CampaignMark",
    "Citation",
    "ClassificationRow",
    "CompletionReport",
    "Contribution",
    "Coordination",
    "Correction",
    "DeadlineRow",
    "Demand",
    "DemandDeadline",
    "Directive",
    "DirectiveKind",
    "Explanation",
    "Extension",
    "ImportBatch",
    "ImportRow",
    "Message",
    "Obstacle",
    "ProgressUpdate",
    "Proposal",
    "Recurrence",
    "Return",
    "ReviewCampaign",
    "SpotCheck",
    "SpotCheckItem",
    "StandingDuty",
    "StateRow",
    "Task",
    "UrgedTask",
    "Urging",
]
