"""Hand-on inside the agency: one level only, to whom, who then works (rules 2, 5.8)."""

from datetime import date

import pytest

from agencies.functions import Function
from agencies.models import Body, Event, Notice
from agencies.refusals import NotYours, Refused
from tasks import lifecycle
from tasks.acts import available_acts
from tests import factories as make

pytestmark = pytest.mark.django_db
MON, TUE = make.moment("2026-11-09"), make.moment("2026-11-10")


@pytest.fixture
def staff(head):
    return make.staff_of(head.agency, user__full_name="Đỗ Thị Mai")


def told(act: str, channel: str = "mail") -> set:
    notices = Notice.objects.filter(event__act=act, channel=channel)
    return {notice.person for notice in notices}


def may_progress(task, actor) -> bool:
    return "progress" in [act.code for act in available_acts(task, actor, TUE)]


def test_the_head_hands_a_task_to_staff(task, head, staff) -> None:
    """Rule 5.8: recorded with what to mind, and told to the handler at once."""
    task = lifecycle.hand_on(task, head, MON, handler=staff.post, text="Làm việc với 05 xã.")

    event = Event.objects.of(task).last()
    assert task.handler == staff.post
    assert (event.act, event.params["handler"]) == ("task.handed_on", "Đỗ Thị Mai")
    assert event.params["text"] == "Làm việc với 05 xã."
    assert told("task.handed_on") == {staff.user}


def test_only_whom_it_was_handed_to_works_on_it(task, head, staff) -> None:
    """Rule 2, table: staff progress tasks handed to them; the others of the staff do not."""
    other = make.staff_of(head.agency)
    assert not may_progress(task, staff)

    task = lifecycle.hand_on(task, head, MON, handler=staff.post)

    assert (may_progress(task, staff), may_progress(task, other)) == (True, False)
    with pytest.raises(NotYours):
        lifecycle.progress(task, other, TUE, text="Đã xong 1 xã.", percent=5)


def test_without_a_hand_on_the_register_names_who_works(head, chief, staff) -> None:
    """Rules 5.1, 5.8: the responsible person by the register, until somebody is handed the task."""
    other = make.staff_of(head.agency)
    task = make.assigned_task(head.agency, actor=chief, responsible=staff.post)
    assert may_progress(task, staff)

    task = lifecycle.hand_on(task, head, MON, handler=other.post)

    assert (may_progress(task, staff), may_progress(task, other)) == (False, True)


def test_staff_never_do_the_official_act(task, head, staff) -> None:
    """Rule 2, table: never the official act itself; one level only (5.8)."""
    task = lifecycle.hand_on(task, head, MON, handler=staff.post)

    assert {act.code for act in available_acts(task, staff, TUE)} == {"progress", "write"}


@pytest.mark.parametrize("who", ["another agency", "the head", "a deputy", "who left", "clerk"])
def test_a_task_stays_inside_the_agency_one_level_down(who, task, head) -> None:
    """Rule 5.8: no chains of approval; rule 5.3: never to another agency."""
    posts = {
        "another agency": lambda: make.staff_of(make.AgencyFactory()).post,
        "the head": lambda: head.post,
        "a deputy": lambda: make.head_of(head.agency, is_deputy=True).post,
        "who left": lambda: make.staff_of(head.agency, ends_on=date(2026, 11, 8)).post,
        "clerk": lambda: make.PostFactory(function=Function.CLERK, agency=head.agency),
    }

    with pytest.raises(Refused) as refused:
        lifecycle.hand_on(task, head, MON, handler=posts[who]())

    assert refused.value.field == "handler"


def test_in_the_office_officers_and_clerks_are_its_staff(chief) -> None:
    """Rules 2.3, 5.8: the Office as lead hands its tasks to those who work there."""
    officer = make.officer()
    task = make.assigned_task(Body.current().office, actor=make.chair())

    task = lifecycle.hand_on(task, chief, MON, handler=officer.post)

    assert may_progress(task, officer)
    assert chief.post not in lifecycle.may_handle(task.lead, MON.date())


def test_handing_to_somebody_else_replaces(task, head, staff) -> None:
    """Rule 5.8: one person works on it; who is relieved is told too."""
    other = make.staff_of(head.agency)
    task = lifecycle.hand_on(task, head, MON, handler=staff.post)

    task = lifecycle.hand_on(task, head, TUE, handler=other.post)

    assert task.handler == other.post
    assert told("task.handed_on", "app") == {staff.user, other.user}
    with pytest.raises(Refused):
        lifecycle.hand_on(task, head, TUE, handler=other.post)


def test_taking_back_leaves_nobody(task, head, staff) -> None:
    """Rule 5.2: take back; only what was handed on."""
    task = lifecycle.hand_on(task, head, MON, handler=staff.post)

    task = lifecycle.take_back(task, head, TUE)

    assert task.handler is None
    assert told("task.taken_back") == {staff.user}
    with pytest.raises(Refused):
        lifecycle.take_back(task, head, TUE)


def test_whose_post_ended_counts_as_nobody(task, head) -> None:
    """Rules 2.1, 5.8: posts have dates; the responsible person works on it again."""
    responsible = make.staff_of(head.agency)
    leaving = make.staff_of(head.agency, ends_on=date(2026, 11, 9))
    task.responsible = responsible.post
    task.save()

    task = lifecycle.hand_on(task, head, MON, handler=leaving.post)

    assert may_progress(task, responsible)


def test_who_works_on_it_is_told_what_the_office_decides(task, head, chief, staff) -> None:
    """Rule 10.1: notices of the lead go to its head and whom it handed the task to."""
    task = lifecycle.hand_on(task, head, MON, handler=staff.post)
    task = lifecycle.report(task, head, TUE, result="Xong.", document_number="9/TNMT")

    lifecycle.send_back(task, chief, TUE, reason="Thiếu số liệu.")

    assert told("task.sent_back") == {head.user, staff.user}
