"""Drawing a sample of completed tasks and judging each by its evidence (rule 5.13)."""

from datetime import date

import pytest

from agencies.models import Event, Notice
from agencies.refusals import NotYours, Refused
from tasks import lifecycle
from tasks.models import SpotCheck, SpotCheckItem, Task
from tasks.reviewing import spot_checks
from tasks.reviewing.sampling import sample
from tasks.reviewing.spot_checks import Drawing
from tests import factories as make
from tests.tasks.reviewing.drawing import AT, NEXT, OCTOBER, completed, drawn


@pytest.fixture
def task(office) -> Task:
    return completed(office, office.head)


@pytest.fixture
def item(office, task) -> SpotCheckItem:
    return drawn(office).items.get()


def test_the_sample_is_the_seeds(office):
    """Seed and codes give the same tasks to anybody."""
    codes = [completed(office, office.head).code for _number in range(6)]

    check = drawn(office, size=3)

    assert [item.task.code for item in check.items.all()] == sample(codes, check.seed, 3)
    assert (check.size, check.population) == (3, 6)


def test_a_percentage_is_rounded_up(office):
    for _number in range(3):
        completed(office, office.head)

    assert drawn(office, size=None, percent=40).size == 2


@pytest.mark.parametrize(
    ("at", "count"),
    [
        (make.moment("2026-10-01", 0), 1),
        (make.moment("2026-10-31", 23, 59), 1),
        (make.moment("2026-11-01", 0), 0),
    ],
    ids=["its first moment", "its last minute", "the day after"],
)
def test_it_draws_what_was_completed_in_the_period(office, at, count):
    """Rule 5.5: a task counts as completed when it is confirmed."""
    completed(office, office.head, at=at)

    drawing = Drawing("Phúc tra", *OCTOBER, size=5)

    assert spot_checks.population(drawing, office.chief, AT).count() == count


def test_it_may_be_narrowed_to_an_agency_or_a_competence(office):
    land = make.CompetenceFactory()
    wanted = completed(office, office.head, competence=land)
    completed(office, office.other_head, competence=land)
    completed(office, office.head)

    check = drawn(office, agency=office.land, competence=land)

    assert [item.task for item in check.items.all()] == [wanted]


def test_the_office_does_not_draw_its_own_work(office, task):
    """Rule 2.3: a leader does."""
    own = completed(office, office.chief)

    by_office, by_leader = (
        set(spot_checks.population(Drawing("", *OCTOBER), actor, AT))
        for actor in (office.officer, office.chair)
    )

    assert (by_office, by_leader) == ({task}, {task, own})


def test_what_waits_in_another_check_is_not_drawn_again(office, item):
    with pytest.raises(Refused):
        drawn(office)


def test_nothing_completed_nothing_drawn(office):
    with pytest.raises(Refused):
        drawn(office)


def test_agencies_do_not_draw(office, task):
    with pytest.raises(NotYours):
        drawn(office, office.head)


def test_done_as_reported_stands_on_the_task_for_its_agency(office, item, task):
    """Rule 5.13: the agency sees the finding."""
    found = spot_checks.find_done(item, office.officer, NEXT, note="Đã xem biên bản.")

    assert (found.result, found.checked_by) == ("done", office.officer.post)
    event = Event.objects.of(task).visible_to(office.head).get(act="task.spot_checked")
    assert item.spot_check.code in event.sentence
    assert Task.objects.get(pk=task.pk).state == "completed"
    told = Notice.objects.filter(event=event, channel="app")
    assert {notice.person for notice in told} == {office.head.user}


def test_not_done_opens_the_task_again(office, item, task):
    """Rule 5.13: with what was found and a new day, in one transaction."""
    spot_checks.reopen(item, office.chief, NEXT, note="Chưa có.", due_on=date(2026, 11, 20))

    task, found = Task.objects.get(pk=task.pk), SpotCheckItem.objects.get(pk=item.pk)
    assert (task.state, task.due_at) == ("in_progress", make.moment("2026-11-21", 0))
    assert (found.result, found.note) == ("not_done", "Chưa có.")
    acts = Event.objects.of(task).visible_to(office.head).values_list("act", flat=True)
    assert {"task.spot_check_failed", "task.reopened_for"} <= set(acts)


def test_what_the_reopening_refuses_leaves_the_drawn_task_waiting(office, item, task):
    """Rule 11: all or nothing."""
    with pytest.raises(Refused) as refused:
        spot_checks.reopen(item, office.chief, NEXT, note="Chưa có.", due_on=date(2026, 11, 1))

    assert refused.value.field == "due_on"
    item.refresh_from_db()
    assert item.result == ""
    assert not Event.objects.filter(act="task.spot_check_failed").exists()


def test_what_was_found_is_said(office, item):
    with pytest.raises(Refused) as refused:
        spot_checks.reopen(item, office.chief, NEXT, note=" ")

    assert refused.value.field == "note"


def test_an_officer_who_finds_it_not_done_tells_the_chief(office, item):
    """Domain 2: officers verify, the chief decides."""
    with pytest.raises(NotYours):
        spot_checks.reopen(item, office.officer, NEXT, note="Chưa có.")

    doubted = spot_checks.doubt(item, office.officer, NEXT, note="Chưa có.")

    assert (doubted.result, doubted.doubted_by) == ("", office.officer.post)
    told = Notice.objects.filter(event__act="spot_check.doubted", delivery="at_once")
    assert {notice.person for notice in told} == {office.chief.user}


def test_only_a_leader_judges_the_offices_own_work(office):
    """Rule 2.3."""
    completed(office, office.chief)
    own = drawn(office, office.chair).items.get()

    for actor in (office.chief, office.officer):
        with pytest.raises(NotYours):
            spot_checks.find_done(own, actor, NEXT)

    assert spot_checks.find_done(own, office.chair, NEXT).result == "done"


def test_a_task_opened_again_meanwhile_only_gets_its_finding(office, item, task):
    lifecycle.reopen(task, office.chief, AT, reason="Thiếu.", due_on=date(2026, 11, 20))

    found = spot_checks.reopen(item, office.chief, NEXT, note="Chưa có.")

    assert found.result == "not_done"
    assert Event.objects.of(task).filter(act__startswith="task.reopened").count() == 1


def test_a_drawn_task_is_judged_once(office, item):
    """Rule 5.14: the second is told who did."""
    spot_checks.find_done(item, office.officer, NEXT)

    with pytest.raises(Refused) as refused:
        spot_checks.reopen(item, office.chief, NEXT, note="Chưa có.")

    assert office.officer.user.full_name in str(refused.value.message)


def test_agencies_do_not_see_spot_checks(office, item):
    """They hear of their own tasks by the events on them."""
    assert not SpotCheck.objects.visible_to(office.head).exists()
