"""The acts of consultations, each in one transaction; who may: `consultations.acts`."""

from consultations.lifecycle.answering import note_opening, reply, save_draft
from consultations.lifecycle.asking import Asked, ask
from consultations.lifecycle.contesting import contest_question, settle_question
from consultations.lifecycle.letters import write_letter
from consultations.lifecycle.lines import write_terms
from consultations.lifecycle.paper import enter_paper, register_delivery
from consultations.lifecycle.paper_answers import enter_mark_contest, enter_result_answer
from consultations.lifecycle.paper_checks import confirm_paper, refuse_paper
from consultations.lifecycle.requesting import (
    contest_return,
    drop,
    redirect,
    refuse_supply,
    settle_return,
    supply,
)
from consultations.lifecycle.rounds import close_early, extend, withdraw
from consultations.lifecycle.settling import (
    Settled,
    comments_of,
    confirm_result,
    contest_mark,
    mark_of_comments,
    mark_poor,
    object_to_result,
    reconcile,
    settle_comments,
    settle_mark,
)

__all__ = [
    "Asked",
    "Settled",
    "ask",
    "close_early",
    "comments_of",
    "confirm_paper",
    "confirm_result",
    "contest_mark",
    "contest_question",
    "contest_return",
    "drop",
    "enter_mark_contest",
    "enter_paper",
    "enter_result_answer",
    "extend",
    "mark_of_comments",
    "mark_poor",
    "note_opening",
    "object_to_result",
    "reconcile",
    "redirect",
    "refuse_paper",
    "refuse_supply",
    "register_delivery",
    "reply",
    "save_draft",
    "settle_comments",
    "settle_mark",
    "settle_question",
    "settle_return",
    "supply",
    "withdraw",
    "write_letter",
    "write_terms",
]
