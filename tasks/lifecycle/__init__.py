"""The acts on tasks (domain 5.2): each locks, checks, changes and records in one transaction."""

from tasks.lifecycle.assigning import Work, assign, assign_each, give, may_assign
from tasks.lifecycle.correcting import correct
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
from tasks.lifecycle.returning import (
    confirm_return,
    deadline_after_refusal,
    hand_back,
    refuse_return,
    return_is_late_from,
    withdraw_return,
)
from tasks.lifecycle.sharing import Share, contribute, divide
from tasks.lifecycle.stopping import cancel, deadline_after_suspension, reopen, resume, suspend
from tasks.lifecycle.talking import write
from tasks.lifecycle.transferring import change_lead, standing_deadline
from tasks.lifecycle.working import accept, progress, report

__all__ = [
    "Share",
    "Work",
    "accept",
    "answer_obstacle",
    "ask_extension",
    "assign",
    "assign_each",
    "cancel",
    "change_lead",
    "complete",
    "confirm_return",
    "contribute",
    "correct",
    "deadline_after_refusal",
    "deadline_after_send_back",
    "deadline_after_suspension",
    "divide",
    "explain",
    "give",
    "grant_extension",
    "grant_other_day",
    "hand_back",
    "hand_on",
    "may_assign",
    "may_handle",
    "move_deadline",
    "progress",
    "raise_obstacle",
    "raise_on_directive",
    "refuse_extension",
    "refuse_return",
    "reopen",
    "report",
    "resume",
    "return_is_late_from",
    "send_back",
    "standing_deadline",
    "suspend",
    "take_back",
    "verify",
    "withdraw_extension",
    "withdraw_return",
    "write",
]
