"""Completed tasks, and a spot check drawn of them."""

from datetime import date

from tasks import lifecycle
from tasks.models import SpotCheck, Task
from tasks.reviewing import spot_checks
from tasks.reviewing.spot_checks import Drawing
from tests import factories as make

GIVEN, DONE = make.moment("2026-10-01"), make.moment("2026-10-20")
AT, NEXT = make.moment("2026-11-05"), make.moment("2026-11-06")
OCTOBER = (date(2026, 10, 1), date(2026, 10, 31))


def completed(office, head, at=DONE, **fields) -> Task:
    fields = {"due_at": make.moment("2026-10-26", 0)} | fields
    task = make.assigned_task(head.agency, GIVEN, actor=office.chief, **fields)
    task = lifecycle.report(task, head, at, result="Đã xong.", document_number="9/BC")
    by = office.chair if head is office.chief else office.chief
    return lifecycle.complete(task, by, at)


def drawn(office, actor=None, **facts) -> SpotCheck:
    facts = {"size": 50} | facts
    drawing = Drawing("Phúc tra tháng 10", *OCTOBER, **facts)
    return spot_checks.draw(actor or office.chief, AT, drawing=drawing, seed="7f3a")
