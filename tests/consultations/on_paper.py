"""An agency served on paper: what clerks enter of it, at which stamp (rule 2.7)."""

from datetime import date, datetime, timedelta

from agencies.acting import Actor
from agencies.functions import Function
from consultations import lifecycle
from consultations.models import Opinion, PaperAnswer, Reconciliation, Reply
from consultations.numbering import Letter
from consultations.stances import Stance
from tests.consultations.asking import DUE
from tests.factories import OfficeFactory, PostFactory, actor_of, moment
from tests.world import paper_file

NOON = moment("2026-11-17", 12)
AFTER = DUE + timedelta(hours=9)  # Friday 20/11, 09:00
RESULT_DUE = moment("2026-11-26", 0)  # the end of 25/11, three working days after the meeting
REGISTER_ENDS = moment("2026-11-27", 0)


def office_clerk() -> Actor:
    """Return the clerk of the Office, whose register of incoming papers it is."""
    return actor_of(PostFactory(function=Function.CLERK, agency=OfficeFactory()))


def entered(
    line: Opinion, clerk: Actor, at: datetime, stance=Stance.DISAGREED, received_at=None, **facts
) -> Reply:
    """Enter a paper reply with one stance on every question, stamped when it is entered."""
    answers = {one: (stance, "Chồng lấn.") for one in line.consultation.questions.all()}
    if stance == Stance.RETURNED:
        facts["competent_words"] = "Công văn không nêu."
    return lifecycle.enter_paper(
        line, clerk, lambda: at, answers=answers, received_at=received_at or at,
        files=[paper_file("quet")], document_number="12/UBND", **facts,
    )  # fmt: skip


def met(line: Opinion, requester: Actor) -> Reconciliation:
    """Meet the agency; its silence past `RESULT_DUE` confirms the result."""
    return lifecycle.reconcile(
        line, requester, lambda: AFTER, held_on=date(2026, 11, 20), minutes="Họp tại xã.",
        result="Lùi ranh giới 5 m.", due="03 ngày làm việc",
    )  # fmt: skip


def answered(
    line: Opinion, clerk: Actor, at: datetime, response="objected", received_at=None
) -> PaperAnswer:
    """Enter the agency's answer to the result, stamped when it is entered unless said otherwise."""
    return lifecycle.enter_result_answer(
        line, clerk, lambda: at, response=response, text="Chưa lùi đủ 10 m.", letter=letter(),
        received_at=received_at or at,
    )  # fmt: skip


def letter(**changed) -> Letter:
    """Return a letter with its number, date and scan."""
    said = {"number": "31/UBND", "dated_on": date(2026, 11, 20), "signed": [paper_file("quet")]}
    return Letter(**said | changed)
