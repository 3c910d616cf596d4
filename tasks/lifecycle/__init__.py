"""The acts on tasks (domain 5.2): each locks, checks, changes and records in one transaction."""

from tasks.lifecycle.assigning import Work, assign, assign_each, give, may_assign
from tasks.lifecycle.deciding import complete, deadline_after_send_back, send_back, verify
from tasks.lifecycle.working import accept, progress, report

__all__ = [
    "Work",
    "accept",
    "assign",
    "assign_each",
    "complete",
    "deadline_after_send_back",
    "give",
    "may_assign",
    "progress",
    "report",
    "send_back",
    "verify",
]
