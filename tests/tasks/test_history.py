"""History is rows: what held at any past instant can be asked for ever (rules 3.9, 8.9)."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, transaction

from tasks import lifecycle
from tasks.models import DeadlineRow, Task
from tests import factories as make

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
START = make.moment("2026-11-02")


def told_now(at) -> dict[str, tuple]:
    rows = Task.objects.now().with_timeliness(at, at + 3 * DAY)
    return {t.code: (t.state_then, t.due_then, t.reported_then, t.timeliness) for t in rows}


def told_as_of(at) -> dict[str, tuple]:
    rows = Task.objects.as_of(at).with_timeliness(at, at + 3 * DAY)
    return {t.code: (t.state_then, t.due_then, t.reported_then, t.timeliness) for t in rows}


def test_as_of_any_past_instant_says_what_now_said_then() -> None:
    """Rule 3.9: the same questions as now, answered from the rows."""
    chief, head = make.office_chief(), make.head_of(make.AgencyFactory())
    task = make.assigned_task(head.agency, actor=chief, at=START)
    acts = [
        lambda at: lifecycle.accept(task, head, at),
        lambda at: lifecycle.progress(task, head, at, text="Đang làm.", percent=50),
        lambda at: lifecycle.report(task, head, at, result="Xong.", document_number="9"),
        lambda at: make.assigned_task(head.agency, actor=chief, at=at, due_at=None),
        lambda at: lifecycle.send_back(task, chief, at, reason="Thiếu số liệu."),
        lambda at: lifecycle.report(task, head, at, result="Xong.", document_number="10"),
        lambda at: lifecycle.complete(task, chief, at),
    ]

    said = {START: told_now(START)}
    for number, act in enumerate(acts, start=1):
        act(START + 3 * number * DAY)
        for instant in (START + 3 * number * DAY, START + (3 * number + 1) * DAY):
            said[instant] = told_now(instant)

    assert {at: told_as_of(at) for at in said} == said


def test_a_task_does_not_exist_before_its_assignment() -> None:
    """Rule 3.9: the past knows nothing of later work."""
    make.assigned_task(at=START)

    assert not Task.objects.as_of(START - timedelta(microseconds=1)).exists()
    assert Task.objects.as_of(START).exists()


def test_history_cannot_be_rewritten() -> None:
    """Rule 3.9, 11: rows are append-only, the database itself refuses."""
    make.assigned_task(at=START)

    with pytest.raises(ProgrammingError), transaction.atomic():
        DeadlineRow.objects.update(due_at=None)
    with pytest.raises(ProgrammingError), transaction.atomic():
        DeadlineRow.objects.all().delete()
