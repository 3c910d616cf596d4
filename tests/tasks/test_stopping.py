"""Suspending, resuming, cancelling, reopening: with reason and document, days given back (5.7)."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from agencies.models import Attachment, CalendarDay, Event, Notice
from agencies.refusals import NotYours, Refused
from tasks import lifecycle
from tasks.judgement import Judgement
from tasks.models import Task
from tasks.states import Plea, State
from tasks.timeliness import Timeliness
from tests import factories as make

pytestmark = pytest.mark.django_db
MON, TUE, FRI = (make.moment(f"2026-11-{day}") for day in ("09", "10", "13"))
DUE = make.moment("2026-11-17", 0)
PAST = make.moment("2026-11-18")
LATER = make.moment("2026-11-23")
WHY = {"reason": "Chờ hướng dẫn của thành phố.", "document_number": "77/UBND"}


@pytest.fixture
def task(head, chief):
    """Accepted; due at the end of Monday 16/11/2026."""
    return lifecycle.accept(make.assigned_task(head.agency, actor=chief), head, MON)


def judged(task, at) -> Timeliness:
    return Judgement.at(at).of(task)


def told(act: str) -> set:
    return {notice.person for notice in Notice.objects.filter(event__act=act, channel="mail")}


# Suspending and resuming ----------------------------------------------------------------------


def test_a_suspended_task_is_neither_in_time_nor_late(task, chief, head) -> None:
    """Rule 5.7: the clock stands still; the lead is told at once."""
    task = lifecycle.suspend(task, chief, TUE, **WHY)

    assert judged(task, PAST) is Timeliness.SUSPENDED
    assert told("task.suspended") == {head.user}


@pytest.mark.parametrize("act", ["suspend", "cancel"])
@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"reason": "", "document_number": "77/UBND"}, "reason"),
        ({"reason": "Chờ.", "document_number": " "}, "document_number"),
    ],
    ids=["no reason", "no document"],
)
def test_stopping_needs_a_reason_and_a_document(act, facts, field, task, chief) -> None:
    """Rule 5.7: with reason and the document that allows it."""
    with pytest.raises(Refused) as refused:
        getattr(lifecycle, act)(task, chief, TUE, **facts)

    assert refused.value.field == field


def test_the_file_of_the_document_is_enough(task, chief) -> None:
    """Rule 5.7: its number or its file; the file hangs on the event."""
    paper = SimpleUploadedFile("cong-van-77.txt", "Tạm dừng".encode())

    task = lifecycle.suspend(task, chief, TUE, reason="Chờ hướng dẫn.", files=[paper])

    assert Attachment.objects.of(task).get().event.act == "task.suspended"


def test_suspended_working_days_are_given_back(task, chief) -> None:
    """Rule 5.7: on 10/11 four working days were left; resumed on 23/11, till 27/11."""
    task = lifecycle.suspend(task, chief, TUE, **WHY)

    task = lifecycle.resume(task, chief, LATER, reason="Đã có hướng dẫn.")

    assert (task.due_at, task.original_due_at) == (make.moment("2026-11-28", 0), DUE)
    assert task.state == State.ACCEPTED
    assert task.deadline_rows.last().event.act == "task.resumed_later"


@pytest.mark.parametrize("state", [State.ASSIGNED, State.ACCEPTED, State.IN_PROGRESS])
def test_resumed_the_task_is_where_it_was(state, head, chief) -> None:
    """Rule 5.7: the work goes on as before its suspension, a second time too."""
    task = make.assigned_task(head.agency, actor=chief)
    if state != State.ASSIGNED:
        task = lifecycle.accept(task, head, MON)
    if state == State.IN_PROGRESS:
        task = lifecycle.progress(task, head, MON, text="Đang làm.", percent=10)
    for at in (TUE, FRI):
        task = lifecycle.suspend(task, chief, at, **WHY)
        task = lifecycle.resume(task, chief, at, reason="Làm tiếp.")

    assert (task.state, task.due_at) == (state, DUE)


def test_a_task_overdue_when_suspended_stays_overdue(task, chief) -> None:
    """Rules 5.7, 8.7: as many working days as before; nothing is wiped out."""
    task = lifecycle.suspend(task, chief, PAST, **WHY)

    task = lifecycle.resume(task, chief, LATER, reason="Làm tiếp.")

    assert judged(task, LATER) is Timeliness.OVERDUE
    assert task.due_at == make.moment("2026-11-20", 0)


def test_days_off_are_no_suspended_working_days(task, chief) -> None:
    """Rules 3.5, 5.7: counted by the confirmed calendar."""
    CalendarDay.objects.create(
        day=date(2026, 11, 24), kind="off", name="Ngày nghỉ", proposed_at=MON, confirmed_at=MON
    )
    task = lifecycle.suspend(task, chief, TUE, **WHY)

    task = lifecycle.resume(task, chief, LATER, reason="Làm tiếp.")

    assert task.due_at == make.moment("2026-12-01", 0)


def test_given_back_days_stop_at_the_superiors_deadline(task, chief) -> None:
    """Rule 5.6: past it only by the superior's own decision."""
    limit = make.moment("2026-11-25", 0)
    Task.objects.filter(pk=task.pk).update(superior_due_at=limit)
    task = lifecycle.suspend(task, chief, TUE, **WHY)

    assert lifecycle.resume(task, chief, LATER, reason="Làm tiếp.").due_at == limit


def test_what_the_lead_had_asked_lapses(head, chief) -> None:
    """Rule 5.3: nothing stays undecided on a task that rests; it may ask again."""
    task = make.assigned_task(head.agency, actor=chief, at=MON)
    task = lifecycle.hand_back(task, head, TUE, reason="Không đúng chức năng.")

    task = lifecycle.suspend(task, chief, FRI, **WHY)

    assert task.returns.get().decision == "lapsed"
    assert (task.plea, task.reported_at) == (Plea.NONE, TUE)


def test_a_helpers_own_day_moves_too(head, chief) -> None:
    """Rules 5.7, 5.9: a share not delivered rests with the task."""
    helper = make.AgencyFactory()
    task = make.assigned_task(head.agency, actor=chief, coordinating=[helper])
    task.coordinations.update(due_at=make.moment("2026-11-13", 0))
    task = lifecycle.suspend(task, chief, TUE, **WHY)

    task = lifecycle.resume(task, chief, LATER, reason="Làm tiếp.")

    assert task.coordinations.get().due_at == make.moment("2026-11-26", 0)


def test_undated_work_is_reviewed_at_the_end_of_the_month_it_goes_on(head, chief) -> None:
    """Rule 5.11: a review day that passed meanwhile asks for no update at once."""
    task = make.assigned_task(head.agency, actor=chief, at=MON, due_at=None)
    task = lifecycle.suspend(task, chief, TUE, **WHY)

    task = lifecycle.resume(task, chief, make.moment("2026-12-07"), reason="Làm tiếp.")

    assert (task.due_at, task.review_on) == (None, date(2026, 12, 31))


def test_a_suspended_task_moved_to_another_agency_takes_its_days_along(task, chief) -> None:
    """Rules 5.3, 5.7: the old row too is not overdue by the days it rested."""
    task = lifecycle.suspend(task, chief, TUE, **WHY)

    old = lifecycle.change_lead(task, chief, LATER, lead=make.AgencyFactory(), reason="Giao nhầm.")

    assert old.due_at == old.following.get().due_at == make.moment("2026-11-28", 0)


# Cancelling -----------------------------------------------------------------------------------


def test_a_cancelled_task_has_ended(task, chief, head) -> None:
    """Rule 5.7: with reason and document, told to the lead."""
    task = lifecycle.cancel(task, chief, TUE, **WHY)

    assert (task.state, judged(task, PAST)) == (State.CANCELLED, Timeliness.ENDED)
    assert told("task.cancelled") == {head.user}


def test_a_report_that_waits_lapses_with_the_task(task, chief, head) -> None:
    """Rule 5.5: nobody decided on it; opened again, the lead reports anew."""
    task = lifecycle.report(task, head, TUE, result="Xong.", document_number="9")
    task = lifecycle.cancel(task, chief, FRI, **WHY)

    task = lifecycle.reopen(task, chief, FRI, reason="Hủy nhầm.")
    task = lifecycle.report(task, head, FRI, result="Xong.", document_number="10")

    assert [report.decision for report in task.reports.all()] == ["lapsed", ""]


# Reopening ------------------------------------------------------------------------------------


@pytest.fixture
def completed(task, head, chief):
    lifecycle.progress(task, head, MON, text="Đang làm.", percent=60)
    task = lifecycle.report(task, head, TUE, result="Xong.", document_number="9/TNMT")
    return lifecycle.complete(task, chief, FRI)


def test_a_completed_task_is_worked_on_again(completed, chief) -> None:
    """Rule 5.13: what was not done is opened again; the confirmed report stays on record."""
    task = lifecycle.reopen(completed, chief, FRI, reason="Minh chứng không đúng.")

    assert (task.state, task.completed_at, task.reported_at) == (State.IN_PROGRESS, None, None)
    assert (task.percent, task.reports.get().decision) == (60, "confirmed")


def test_past_its_day_it_is_overdue_unless_a_new_day_is_given(completed, chief) -> None:
    """Rules 5.6, 5.13: it was not done by its day."""
    again = lifecycle.reopen(completed, chief, PAST, reason="Chưa làm.")
    assert judged(again, PAST) is Timeliness.OVERDUE

    done = lifecycle.cancel(again, chief, PAST, **WHY)
    dated = lifecycle.reopen(done, chief, PAST, reason="Làm lại.", due_on=date(2026, 11, 27))

    assert (dated.due_at, dated.original_due_at) == (make.moment("2026-11-28", 0), DUE)


def test_a_later_day_that_is_not_needed_is_for_who_assigned(completed, chief) -> None:
    """Rule 5.6: the chief only under a leader's recorded authority."""
    with pytest.raises(NotYours) as refused:
        lifecycle.reopen(completed, chief, TUE, reason="Chưa làm.", due_on=date(2026, 11, 27))

    assert refused.value.field == "due_on"


def test_a_day_that_has_passed_is_refused(completed, chief) -> None:
    """Rule 5.6: a new day lies ahead."""
    with pytest.raises(Refused) as refused:
        lifecycle.reopen(completed, chief, PAST, reason="Chưa làm.", due_on=date(2026, 11, 17))

    assert refused.value.field == "due_on"


def test_going_on_needs_a_reason(task, completed, head, chief) -> None:
    """Rule 5.7: every turn is explained."""
    resting = lifecycle.suspend(make.assigned_task(head.agency, actor=chief), chief, FRI, **WHY)

    for act, stopped in (("resume", resting), ("reopen", completed)):
        with pytest.raises(Refused) as refused:
            getattr(lifecycle, act)(stopped, chief, FRI, reason="  ")
        assert refused.value.field == "reason"


def test_every_turn_has_a_sentence(completed, chief) -> None:
    """Rule 10: an event reads in the reader's language."""
    task = lifecycle.reopen(completed, chief, PAST, reason=".", due_on=date(2026, 11, 27))
    task = lifecycle.suspend(task, chief, PAST, **WHY)
    task = lifecycle.resume(task, chief, LATER, reason=".")
    lifecycle.cancel(task, chief, LATER, **WHY)

    assert all(event.sentence != event.act for event in Event.objects.of(completed))
