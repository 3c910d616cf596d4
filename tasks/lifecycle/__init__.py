"""The acts on tasks (domain 5.2): each locks, checks, changes and records in one transaction."""

from tasks.lifecycle.assigning import Work, assign, assign_each, give, may_assign
from tasks.lifecycle.deciding import complete, deadline_after_send_back, send_back, verify
from tasks.lifecycle.explaining import explain
from tasks.lifecycle.extending import (
    ask_extension,
    grant_extension,
    grant_other_day,
    move_deadline,
    refuse_extension,
    withdraw_extension,
)
from tasks.lifecycle.handing import hand_on, may_handle, take_back
from tasks.lifecycle.obstacles import answer_obstacle, raise_obstacle, raise_on_directive
from tasks.lifecycle.sharing import Share, contribute, divide
from tasks.lifecycle.talking import write
from tasks.lifecycle.working import accept, progress, report

__all__ = [
    "Share",
    "Work",
    "accept",
    "answer_obstacle",
    "ask_extension",
    "assign",
    "assign_each",
    "complete",
    "contribute",
    "deadline_after_send_back",
    "divide",
    "explain",
    "give",
    "grant_extension",
    "grant_other_day",
    "hand_on",
    "may_assign",
    "may_handle",
    "move_deadline",
    "progress",
    "raise_obstacle",
    "raise_on_directive",
    "refuse_extension",
    "report",
    "send_back",
    "take_back",
    "verify",
    "withdraw_extension",
    "write",
]
