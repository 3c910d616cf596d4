"""The acts of the main path: what they change, record and refuse (rules 5.2 to 5.5)."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from agencies.models import AlreadyDone, Attachment, CalendarDay, Event, Notice
from agencies.refusals import NotYours, Refused
from tasks import lifecycle
from tasks.models import CompletionReport
from tasks.states import State
from tests import factories as make

pytestmark = pytest.mark.django_db
MON, TUE, WED = (make.moment(f"2026-11-{day}") for day in ("09", "10", "11"))
LATE = make.moment("2026-11-18")


@pytest.fixture
def reported(task, head):
    return lifecycle.report(task, head, TUE, result="Đã lập danh sách.", document_number="9/TNMT")


def a_file(name: str = "ket-qua.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, "Danh sách hồ sơ tồn đọng".encode())


def acts_of(task) -> list[str]:
    return list(Event.objects.of(task).values_list("act", flat=True))


# Working --------------------------------------------------------------------------------------


def test_accepting_is_recorded(task, head) -> None:
    """Rule 5.2: assigned → accepted."""
    task = lifecycle.accept(task, head, MON)

    assert (task.state, task.accepted_at) == (State.ACCEPTED, MON)
    assert acts_of(task) == ["task.assigned", "task.accepted"]


def test_the_first_progress_implies_acceptance(task, head) -> None:
    """Rule 5.2: the first progress update implies acceptance."""
    task = lifecycle.progress(task, head, MON, text="Đã rà soát 9 xã.", percent=40)

    assert (task.state, task.accepted_at, task.percent) == (State.IN_PROGRESS, MON, 40)
    assert task.updates.get().text == "Đã rà soát 9 xã."


def test_staff_updates_with_files(task, head) -> None:
    """Rule 2, table: staff writes progress on what was handed to them; files hang on its event."""
    staff = make.staff_of(head.agency)
    lifecycle.hand_on(task, head, MON, handler=staff.post)

    lifecycle.progress(task, staff, MON, text="Đã xong 1 xã.", percent=5, files=[a_file()])

    attachment = Attachment.objects.of(task).get()
    assert attachment.event.act == "task.progress"
    assert attachment in Attachment.objects.visible_to(head)


def test_an_update_without_words_is_refused(task, head) -> None:
    """Rule 5.11: even "nothing new" has its reason."""
    with pytest.raises(Refused) as refused:
        lifecycle.progress(task, head, MON, text="  ", percent=5)

    assert refused.value.field == "text"


def test_an_update_of_undated_work_moves_its_review_day(head) -> None:
    """Rule 5.11: it asks for an update at each month's end."""
    task = make.assigned_task(head.agency, at=MON, due_at=None)

    early = lifecycle.progress(task, head, TUE, text="Đang làm.", percent=10)
    assert early.review_on == date(2026, 11, 30)
    asked = lifecycle.progress(
        task, head, make.moment("2026-11-30"), text="Chưa có gì mới: chờ số liệu.", percent=10
    )

    assert asked.review_on == date(2026, 12, 31)
    assert [row.review_on.month for row in asked.deadline_rows.all()] == [11, 12]


def test_reporting_needs_an_evidence(task, head) -> None:
    """Rule 5.4: a result text and at least one evidence, file or document number."""
    with pytest.raises(Refused) as without:
        lifecycle.report(task, head, MON, result="Đã xong.")
    assert without.value.field == "document_number"

    assert lifecycle.report(task, head, MON, result="Đã xong.", files=[a_file()]).state == (
        State.REPORTED
    )


def test_a_report_is_told_to_officer_and_chief_at_once(head, chief) -> None:
    """Rule 10.1: it waits for them."""
    officer = make.officer()
    task = make.assigned_task(head.agency, actor=chief, officer=officer.post)

    lifecycle.report(task, head, MON, result="Đã xong.", document_number="9/TNMT")

    told = Notice.objects.filter(event__act="task.reported", channel="mail")
    assert {notice.person for notice in told} == {officer.user, chief.user}


# Deciding -------------------------------------------------------------------------------------


def test_a_task_finishes_at_the_moment_of_its_report(reported, chief) -> None:
    """Rule 5.5: reported in time and confirmed after the deadline, it is on time."""
    task = lifecycle.complete(reported, chief, LATE)

    assert (task.state, task.reported_at, task.completed_at) == (State.COMPLETED, TUE, LATE)
    assert acts_of(task)[-1] == "task.completed"
    assert task.reports.get().decision == CompletionReport.Decision.CONFIRMED


def test_a_report_after_the_deadline_is_a_late_finish(task, head, chief) -> None:
    """Rule 5.5: on time is judged by the report."""
    reported = lifecycle.report(task, head, LATE, result="Đã xong.", document_number="9/TNMT")

    task = lifecycle.complete(reported, chief, LATE)

    assert acts_of(task)[-1] == "task.completed_late"


def test_the_officer_verifies_and_the_chief_completes(reported, chief) -> None:
    """Rule 5.4: verifying changes no state."""
    officer = make.officer()

    task = lifecycle.verify(reported, officer, WED)
    assert task.state == State.REPORTED
    with pytest.raises(NotYours):
        lifecycle.complete(task, officer, WED)
    with pytest.raises(Refused):
        lifecycle.verify(task, officer, WED)
    task = lifecycle.complete(task, chief, WED)

    assert task.reports.get().verified_by == officer.post


def test_completion_is_told_to_the_lead(reported, head, chief) -> None:
    """Rule 10.1: the act is addressed to it."""
    lifecycle.complete(reported, chief, WED)

    told = Notice.objects.filter(event__act="task.completed", channel="mail").get()
    assert told.person == head.user


def test_a_report_sent_back_does_not_count(reported, head, chief) -> None:
    """Rule 5.5: the finishing time is that of the report which is then confirmed."""
    task = lifecycle.send_back(reported, chief, WED, reason="Thiếu số liệu xã Tân Viên.")
    assert (task.state, task.reported_at) == (State.IN_PROGRESS, None)

    again = lifecycle.report(task, head, LATE, result="Đủ số liệu.", document_number="10/TNMT")
    task = lifecycle.complete(again, chief, LATE)

    assert task.reported_at == LATE
    assert [r.decision for r in task.reports.all()] == ["sent_back", "confirmed"]


def test_sending_back_needs_a_reason(reported, chief) -> None:
    """Rule 5.4: with a reason."""
    with pytest.raises(Refused) as refused:
        lifecycle.send_back(reported, chief, WED, reason="")

    assert refused.value.field == "reason"


# The clock of a report sent back (rule 5.5) ---------------------------------------------------


def test_sent_back_the_agency_gets_its_remaining_working_time(reported, chief) -> None:
    """Rule 5.5: on 10/11 four working days were left to 16/11; sent back on 18/11, till 25/11.

    24/11 is a day off from 2026 (Resolution 28/2026/QH16), 21 and 22/11 a weekend.
    """
    CalendarDay.objects.create(
        day=date(2026, 11, 24), kind="off", name="Ngày nghỉ", proposed_at=MON, confirmed_at=MON
    )

    task = lifecycle.send_back(reported, chief, LATE, reason="Thiếu số liệu.")

    assert task.due_at == make.moment("2026-11-26", 0)
    assert task.original_due_at == make.moment("2026-11-17", 0)
    assert [row.due_at for row in task.deadline_rows.all()] == [
        make.moment("2026-11-17", 0),
        make.moment("2026-11-26", 0),
    ]


def test_at_least_one_working_day_is_given(task, head, chief) -> None:
    """Rule 5.5: reported on the last day, the agency still gets a working day."""
    last_hour = make.moment("2026-11-16", 16)
    reported = lifecycle.report(task, head, last_hour, result="Xong.", document_number="9")

    task = lifecycle.send_back(reported, chief, LATE, reason="Thiếu số liệu.")

    assert task.due_at == make.moment("2026-11-20", 0)


def test_time_is_given_back_once_a_task(reported, head, chief) -> None:
    """Rule 5.5: once a task."""
    task = lifecycle.send_back(reported, chief, LATE, reason="Thiếu số liệu.")
    first = task.due_at
    task = lifecycle.report(task, head, LATE, result="Đủ.", document_number="10")

    task = lifecycle.send_back(task, chief, make.moment("2026-11-27"), reason="Vẫn thiếu.")

    assert task.due_at == first


def test_no_time_is_given_back_without_evidence(reported, chief) -> None:
    """Rule 5.5: not after a report coded "no evidence"."""
    task = lifecycle.send_back(
        reported, chief, LATE, reason="Không có tài liệu.", lacks_evidence=True
    )

    assert task.due_at == task.original_due_at
    assert task.deadline_rows.count() == 1


def test_no_time_is_given_back_after_a_late_report(task, head, chief) -> None:
    """Rule 5.5: only a report made before the deadline stops the clock."""
    reported = lifecycle.report(task, head, LATE, result="Đã xong.", document_number="9")

    task = lifecycle.send_back(reported, chief, LATE, reason="Thiếu số liệu.")

    assert task.due_at == task.original_due_at


# Two at once, twice, and stale forms ----------------------------------------------------------


def test_a_form_posted_twice_is_one_act(task, head) -> None:
    """Issue 4: the second posting leads to the first one's event."""
    posting = head.with_form_key("the-form")
    lifecycle.report(task, posting, MON, result="Đã xong.", document_number="9/TNMT")

    with pytest.raises(AlreadyDone) as again:
        lifecycle.report(task, posting, MON, result="Đã xong.", document_number="9/TNMT")

    assert again.value.event.act == "task.reported"
    assert task.reports.count() == 1


def test_a_stale_form_is_told_what_changed(task, head) -> None:
    """Rule 5.14: the second save is refused with what changed."""
    staff = make.staff_of(head.agency)
    task = lifecycle.hand_on(task, head, MON, handler=staff.post)
    drawn = task.version
    lifecycle.progress(task, staff, MON, text="Đã xong 1 xã.", percent=5, version=drawn)

    with pytest.raises(Refused, match=staff.user.full_name):
        lifecycle.report(task, head, MON, result="Xong.", document_number="9", version=drawn)

    assert task.reports.count() == 0


def test_a_refused_act_leaves_no_trace(task, chief) -> None:
    """Rule 11: nothing half done."""
    with pytest.raises(NotYours):
        lifecycle.report(task, chief, MON, result="Xong.", document_number="9")

    assert acts_of(task) == ["task.assigned"]


def test_every_event_of_a_task_has_a_sentence(reported, chief, head) -> None:
    """Rule 10: an event reads in the reader's language."""
    lifecycle.verify(reported, make.officer(), WED)
    lifecycle.send_back(reported, chief, WED, reason="Thiếu số liệu.")

    assert all(event.sentence != event.act for event in Event.objects.of(reported))
