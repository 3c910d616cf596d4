"""Coordinating agencies: own shares, own days, own lateness (rule 5.9)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agencies.models import Attachment, Event, Notice
from agencies.refusals import NotYours, Refused
from tasks import lifecycle
from tasks.lifecycle import Share
from tasks.models import Coordination, Task
from tests import factories as make

pytestmark = pytest.mark.django_db
MON, TUE, WED = (make.moment(f"2026-11-{day}") for day in ("09", "10", "11"))
ASKED = "Số liệu thu hồi đất"


@pytest.fixture
def helpers():
    return [make.head_of(make.AgencyFactory(name=f"UBND xã {name}")) for name in ("Alpha", "Beta")]


@pytest.fixture
def task(head, chief, helpers):
    """Due at the end of Monday 16/11/2026."""
    return make.assigned_task(
        head.agency, actor=chief, coordinating=[helper.agency for helper in helpers]
    )


def share_of(task, helper) -> Coordination:
    return task.coordinations.get(agency=helper.agency)


def divided(task, head, helper, day: int = 12) -> Task:
    share = Share(helper.agency, ASKED, date(2026, 11, day))
    return lifecycle.divide(task, head, MON, shares=[share])


def told(act: str) -> set:
    return {n.person for n in Notice.objects.filter(event__act=act, channel="mail")}


# What is asked --------------------------------------------------------------------------------


def test_each_helper_is_told_what_is_asked_and_by_when(task, head, helpers) -> None:
    """Rule 5.9: own dates; rule 10.1: at once, and only to whom it is addressed."""
    task = divided(task, head, helpers[0])

    share = share_of(task, helpers[0])
    assert (share.asked, share.due_at) == (ASKED, make.moment("2026-11-13", 0))
    assert share_of(task, helpers[1]).asked == ""
    assert told("task.divided") == {helpers[0].user}


def test_what_changed_is_recorded_from_what_to_what(task, head, helpers) -> None:
    """Rule 11: no day changes without a trace."""
    task = divided(task, head, helpers[0])

    task = lifecycle.divide(
        task, head, TUE, shares=[Share(helpers[0].agency, ASKED, date(2026, 11, 13))]
    )

    changes = Event.objects.of(task).last().params["changes"]
    name = helpers[0].agency.short_name
    assert changes == [[name, f"{ASKED} · 12/11/2026", f"{ASKED} · 13/11/2026"]]


def test_the_office_divides_too_and_the_lead_is_told(task, chief, head, helpers) -> None:
    """Rule 5.9: the lead's head or the Office says what each helper gives."""
    divided(task, chief, helpers[0])

    notices = Notice.objects.filter(event__act="task.divided", channel="app")
    assert {notice.person for notice in notices} == {head.user, helpers[0].user}


@pytest.mark.parametrize("day", [8, 17], ids=["passed", "after the task's own"])
def test_a_day_that_cannot_be_kept_is_refused_beside_its_field(day, task, head, helpers) -> None:
    """Rule 5.9: a coming day, within the task's own."""
    with pytest.raises(Refused) as refused:
        divided(task, head, helpers[0], day)

    assert refused.value.field == f"due_on_{helpers[0].agency.pk}"


def test_an_overdue_task_still_gives_its_helpers_a_day(task, head, helpers) -> None:
    """Rule 5.9: its own deadline is past, so it limits nobody."""
    share = Share(helpers[0].agency, ASKED, date(2026, 11, 25))

    task = lifecycle.divide(task, head, make.moment("2026-11-20"), shares=[share])

    assert share_of(task, helpers[0]).due_at == make.moment("2026-11-26", 0)


def test_asking_nothing_new_is_refused(task, head, helpers) -> None:
    """Rule 5.2: an act leaves something changed."""
    with pytest.raises(Refused):
        lifecycle.divide(task, head, MON, shares=[Share(helpers[0].agency, "")])


def test_what_was_given_is_not_asked_differently(task, head, helpers) -> None:
    """Rule 11: a delivered share keeps the day it was judged by."""
    lifecycle.contribute(task, helpers[0], TUE, text="Số liệu kèm theo.")

    with pytest.raises(Refused, match="Alpha"):
        divided(task, head, helpers[0])


def test_a_stranger_is_no_helper(task, head) -> None:
    """Rule 5.9: shares are of coordinating agencies."""
    with pytest.raises(Refused):
        lifecycle.divide(task, head, MON, shares=[Share(make.AgencyFactory(), ASKED)])


# What is given --------------------------------------------------------------------------------


def test_a_helper_sends_its_share(task, head, helpers) -> None:
    """Rule 5.9: its own contribution, with evidence; the lead is told at once."""
    upload = SimpleUploadedFile("so-lieu.txt", "12 hộ".encode())

    task = lifecycle.contribute(
        task, helpers[0], TUE, text="Có 12 hộ.", document_number="45/UBND", files=[upload]
    )

    share = share_of(task, helpers[0])
    assert share.delivered_at == TUE
    assert share.contributions.get().document_number == "45/UBND"
    assert Attachment.objects.of(task).get().event.act == "task.contributed"
    assert told("task.contributed") == {head.user}


def test_a_part_leaves_the_lead_waiting(task, helpers) -> None:
    """Rule 5.9: the first whole one delivers the share; what follows changes no moment."""
    lifecycle.contribute(task, helpers[0], MON, text="Mới có 3 thôn.", is_whole=False)
    assert share_of(task, helpers[0]).delivered_at is None

    lifecycle.contribute(task, helpers[0], TUE, text="Đủ 5 thôn.")
    lifecycle.contribute(task, helpers[0], WED, text="Đính kèm bản đồ.")

    share = share_of(task, helpers[0])
    assert (share.delivered_at, share.contributions.count()) == (TUE, 3)
    acts = Event.objects.of(task).values_list("act", flat=True)
    assert list(acts)[1:] == [
        "task.contributed_part", "task.contributed", "task.contributed_more",
    ]  # fmt: skip


def test_a_late_share_says_by_how_many_days(task, head, helpers) -> None:
    """Rule 5.9: own lateness, by the share's own day."""
    divided(task, head, helpers[0], 12)

    lifecycle.contribute(task, helpers[0], make.moment("2026-11-15"), text="Số liệu.")

    event = Event.objects.of(task).last()
    assert (event.act, event.params["days"]) == ("task.contributed_late", 3)


def test_an_empty_share_is_refused(task, helpers) -> None:
    """Rule 5.9: something is given."""
    with pytest.raises(Refused) as refused:
        lifecycle.contribute(task, helpers[0], TUE, text=" ")

    assert refused.value.field == "text"


def test_only_the_helpers_head_sends_it(task, head, helpers) -> None:
    """Rule 2, table: the official act is the head's; the lead does not help itself."""
    staff = make.staff_of(helpers[0].agency)
    for actor in (staff, head, make.head_of(make.AgencyFactory())):
        with pytest.raises(NotYours):
            lifecycle.contribute(task, actor, TUE, text="Số liệu.")


def test_two_helpers_do_not_refuse_each_other(task, helpers) -> None:
    """Rule 5.14: each edits its own; seventeen communes may send at the same moment."""
    for helper in helpers:
        lifecycle.contribute(task, helper, TUE, text="Số liệu.", version=task.version)

    assert task.coordinations.filter(delivered_at=TUE).count() == 2


# Late: one rule, twice -------------------------------------------------------------------------

DUE = make.moment("2026-11-17", 0)
TICK = timedelta(microseconds=1)
near = st.one_of(
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC)),
    st.sampled_from([DUE, DUE - TICK, DUE + TICK]),
)


@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(own=st.none() | near, tasks_own=st.none() | near, delivered=st.none() | near, at=near)
def test_python_and_sql_judge_a_share_alike(own, tasks_own, delivered, at) -> None:
    """Rules 3.7, 5.9: one Python function and one SQL expression, held equal."""
    task = Task.objects.first() or make.assigned_task(coordinating=[make.AgencyFactory()])
    Task.objects.filter(pk=task.pk).update(due_at=tasks_own, review_on=None)
    Coordination.objects.filter(task=task).update(due_at=own, delivered_at=delivered)
    share = Coordination.objects.select_related("task").get(task=task)

    assert Coordination.objects.late(at).exists() is share.is_late(at)


@pytest.mark.parametrize(
    ("delivered", "at", "late"),
    [
        (None, DUE - TICK, False),
        (None, DUE, True),
        (DUE - TICK, DUE + timedelta(days=9), False),
        (DUE, DUE + timedelta(days=9), True),
        (DUE + timedelta(days=9), DUE - TICK, False),
    ],
    ids=["in time", "missing", "given in time", "given late", "not late yet"],
)
def test_when_a_share_is_late(delivered, at, late, task, helpers) -> None:
    """Rules 3.1, 5.9: an act at t is in time when t < due_at."""
    share = share_of(task, helpers[0])
    share.delivered_at = delivered

    assert share.is_late(at) is late
