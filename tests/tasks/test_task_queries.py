"""How many queries a task's page and a change of its status may take (issue 5)."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.models import record_all
from tasks import lifecycle
from tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_at_now")]
NOW = make.moment("2026-11-10")
MOST_FOR_A_PAGE, MOST_FOR_AN_ACT = 15, 12
# What opens and closes a transaction neither reads nor writes a row.
CONTROL = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")


@pytest.fixture
def counted():
    """Return how many statements read or write rows while something is done."""

    def count(act, *args, **facts) -> int:
        with CaptureQueriesContext(connection) as seen:
            act(*args, **facts)
        return sum(not one["sql"].startswith(CONTROL) for one in seen.captured_queries)

    return count


@pytest.fixture
def opened(client, counted):
    """Return how many queries it takes to open a task's page, the log-in's own included."""

    def opened(actor, task) -> int:
        client.force_login(actor.user)
        client.get(task.get_absolute_url())
        return counted(client.get, task.get_absolute_url())

    return opened


def with_a_long_story(task, actor):
    told = [(task, {"percent": 5, "text": "Đang làm.", "document_number": ""})] * 200
    record_all("task.progress", told, actor, NOW)
    return task


def test_the_page_of_a_group_with_thirty_children(chief, officer, opened) -> None:
    """Issue 5: 200 entries on the timeline and 30 children."""
    parent = make.assigned_task(actor=chief, is_group=True)
    for _each in range(30):
        make.assigned_task(actor=chief, parent=parent, officer=officer.post)
    with_a_long_story(parent, chief)

    assert opened(chief, parent) <= MOST_FOR_A_PAGE
    assert opened(officer, parent) <= MOST_FOR_A_PAGE


def test_the_page_of_a_task_with_a_long_story(chief, officer, head, opened) -> None:
    """Issue 5: 200 entries, files, a helper, a report that waits."""
    parent = make.assigned_task(actor=chief, is_group=True)
    task = make.assigned_task(
        head.agency, actor=chief, parent=parent, officer=officer.post,
        coordinating=[make.AgencyFactory()],
    )  # fmt: skip
    file = SimpleUploadedFile("ket-qua.txt", b"xong")
    lifecycle.report(with_a_long_story(task, head), head, NOW, result="Xong.", files=[file])

    for reader in (chief, officer, head):
        assert opened(reader, task) <= MOST_FOR_A_PAGE


def test_the_page_of_an_overdue_task_with_all_that_people_said(
    chief, officer, head, opened
) -> None:
    """Issue 5: shares, a cause, a difficulty and an exchange with files besides the long story."""
    helper = make.head_of(make.AgencyFactory())
    task = make.assigned_task(
        head.agency, actor=chief, officer=officer.post, coordinating=[helper.agency],
        at=make.moment("2026-10-01"), due_at=make.moment("2026-11-03", 0),
    )  # fmt: skip
    files = [SimpleUploadedFile("anh.txt", b"anh")]
    with_a_long_story(task, head)
    lifecycle.progress(task, head, NOW, text="Đang làm.", percent=5)
    lifecycle.contribute(task, helper, NOW, text="Số liệu.", files=files)
    lifecycle.explain(task, head, NOW, cause="Chờ số liệu.", commitment_on=NOW.date())
    lifecycle.raise_obstacle(task, head, NOW, text="Vướng.", addressee="chief", files=files)
    lifecycle.write(task, head, NOW, text="Xin hỏi.", files=files)

    for reader in (chief, officer, head):
        assert opened(reader, task) <= MOST_FOR_A_PAGE


def test_a_change_of_status(chief, officer, head, counted) -> None:
    """Issue 5: at most 12 from the lock to the notices, on every step of the main path."""
    task = make.assigned_task(head.agency, actor=chief, officer=officer.post)
    done = {"result": "Xong.", "document_number": "9/TNMT"}
    steps = [
        ("accept", head, {}),
        ("progress", head, {"text": "Đang làm.", "percent": 5}),
        ("report", head, done),
        ("verify", officer, {}),
        ("send_back", chief, {"reason": "Thiếu số liệu."}),
        ("report", head, {**done, "files": [SimpleUploadedFile("ket-qua.txt", b"xong")]}),
        ("complete", chief, {}),
    ]

    taken = {
        act: counted(
            getattr(lifecycle, act), task, actor.with_form_key(f"form:{act}:{n}"), NOW, **facts
        )
        for n, (act, actor, facts) in enumerate(steps)
    }

    assert {act: n for act, n in taken.items() if n > MOST_FOR_AN_ACT} == {}
