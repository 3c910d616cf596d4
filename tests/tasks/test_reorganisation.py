"""A closed agency's open work moves to its successors and can be given back (rule 2.5)."""

from datetime import date, timedelta

import pytest

from agencies.functions import Function
from agencies.models import Event, Notice, Reorganisation
from agencies.refusals import NotYours, Refused
from agencies.reorganising import Preview, move, moves_of, undo, unmoved
from tasks import lifecycle
from tasks.acts import ACTS, Situation
from tasks.models import Acknowledgement, Coordination, StateRow, Task
from tasks.states import State
from tests import factories as make
from tests.agencies.reorganised import AT, moved, succeed

pytestmark = pytest.mark.django_db
BEFORE, LATER = make.moment("2026-11-05"), make.moment("2026-11-13")


@pytest.fixture
def old():
    return make.AgencyFactory(code="xa-cu", name="UBND xã An Thọ")


@pytest.fixture
def new():
    return make.AgencyFactory(code="xa-moi", name="UBND xã An Hưng")


@pytest.fixture
def head(old):
    return make.head_of(old)


@pytest.fixture
def task(old, head, chief):
    task = make.assigned_task(old, actor=chief)
    return lifecycle.progress(task, head, BEFORE, text="Đã lập danh sách.", percent=40)


def at_of(task) -> Task:
    return Task.objects.get(pk=task.pk)


def follower(task) -> Task:
    return Task.objects.get(previous=task)


def test_the_row_ends_as_transferred_and_a_linked_one_begins(task, old, new, chief):
    """Rules 2.5, 5.3: the original deadline goes along."""
    succeed(old, new)

    moved(old, chief)

    after = follower(task)
    assert at_of(task).state == State.TRANSFERRED
    assert (after.lead, after.state, after.due_at) == (new, State.ASSIGNED, task.due_at)
    assert after.original_due_at == task.original_due_at


def test_history_keeps_the_old_name(task, old, new, chief):
    """Rule 2.5."""
    succeed(old, new)

    moved(old, chief)

    assert at_of(task).lead == old
    assert Task.objects.as_of(BEFORE).filter(lead=old).open().count() == 1
    assert Event.objects.of(task).filter(post__agency=old).exists()


def test_the_successor_begins_with_how_far_the_work_was(task, old, new, chief):
    succeed(old, new)

    moved(old, chief)

    opening = Event.objects.of(follower(task)).get()
    assert follower(task).percent == 40
    assert opening.params["text"] == "Đã lập danh sách."


def test_there_is_one_event_a_moved_thing(task, old, new, chief):
    """Rule 2.5."""
    make.assigned_task(old, actor=chief)
    succeed(old, new)

    moved(old, chief)

    assert Event.objects.filter(act="task.moved").count() == 2
    assert Event.objects.filter(act="task.taken_over").count() == 2
    assert Event.objects.filter(act="reorganisation.moved").count() == 1


def test_the_successors_head_is_mailed_once_however_much_it_is(task, old, new, chief):
    new_head = make.head_of(new)
    make.assigned_task(old, actor=chief)
    succeed(old, new)

    moved(old, chief)

    own = Notice.objects.filter(person=new_head.user)
    assert own.filter(channel="mail").count() == 1
    assert own.filter(channel="app", event__act="task.taken_over").count() == 2


def test_suspended_work_stays_suspended_and_keeps_its_days(task, old, new, chief):
    """Rules 2.5, 5.7: suspended working days are given back."""
    event = Event.objects.of(task).first()
    StateRow.objects.create(
        task=task, state=State.SUSPENDED, effective_at=BEFORE, recorded_at=BEFORE, event=event
    )
    Task.objects.filter(pk=task.pk).update(state=State.SUSPENDED)
    succeed(old, new)

    moved(old, chief)

    after = follower(task)
    assert after.state == State.SUSPENDED
    assert after.due_at == make.moment("2026-11-24", 0)  # seven working days were left on 05/11


def test_what_is_reported_stays_for_the_office(task, old, new, head, chief):
    lifecycle.report(task, head, BEFORE, result="Xong.", document_number="9/BC")
    other = make.assigned_task(old, actor=chief)
    succeed(old, new)

    preview = Preview(old, AT)
    moved(old, chief)

    assert [work.thing for work in preview.staying] == [task]
    assert at_of(task).state == State.REPORTED
    assert at_of(other).state == State.TRANSFERRED


def test_of_several_successors_competence_or_name_suggests_one(old, chief):
    land, finance = make.AgencyFactory(name="Phòng Đất đai"), make.AgencyFactory(name="Ban Dự án")
    competence = make.CompetenceFactory()
    land.competences.add(competence)
    tasks = [
        make.assigned_task(old, actor=chief, competence=competence),
        make.assigned_task(old, actor=chief, title="Phối hợp Ban dự án bàn giao"),
        make.assigned_task(old, actor=chief, title="Việc khác"),
    ]
    succeed(old, land, finance)

    suggested = {line.work.thing: line.suggested for line in Preview(old, AT).lines}

    assert [suggested[task] for task in tasks] == [land, finance, None]


def test_of_several_each_line_names_its_own(old, new, chief):
    other = make.AgencyFactory()
    first, second = (make.assigned_task(old, actor=chief) for _n in range(2))
    succeed(old, new, other)
    lines = {line.work.thing: line.work.key for line in Preview(old, AT).lines}

    moved(old, chief, chosen={lines[first]: new, lines[second]: other})

    assert (follower(first).lead, follower(second).lead) == (new, other)


def test_a_line_without_a_successor_is_refused_and_nothing_moves(old, new, chief):
    make.assigned_task(old, actor=chief)
    succeed(old, new, make.AgencyFactory())
    preview = Preview(old, AT)

    with pytest.raises(Refused):
        move(old, chief, AT, document_number="1", chosen={}, fingerprint=preview.fingerprint)

    assert not Reorganisation.objects.exists()


@pytest.mark.parametrize("number", ["", "  "])
def test_the_decision_is_named(task, old, new, chief, number):
    succeed(old, new)

    with pytest.raises(Refused) as refused:
        moved(old, chief, number=number)

    assert refused.value.field == "document_number"


def test_what_changed_since_the_preview_refuses_the_whole(task, old, new, head, chief):
    """Rule 2.5: a preview, and exactly it."""
    succeed(old, new)
    preview = Preview(old, AT)
    assert preview.lines
    lifecycle.report(task, head, BEFORE, result="Xong.", document_number="9/BC")

    with pytest.raises(Refused):
        move(old, chief, AT, document_number="1", chosen={}, fingerprint=preview.fingerprint)

    assert at_of(task).state == State.REPORTED


def test_only_the_chief_moves_and_the_chair_without_one(task, old, new, chief):
    """Rule 2.1."""
    chair = make.chair()
    succeed(old, new)
    for actor in (chair, make.officer(), make.administrator(), make.head_of(new)):
        with pytest.raises(NotYours):
            moved(old, actor)

    chief.post.ends_on = date(2026, 11, 1)
    chief.post.save()
    assert moved(old, chair)


def test_an_agency_that_is_not_closed_yet_keeps_its_work(task, old, new, chief):
    succeed(old, new, closed_on=date(2026, 11, 13))

    with pytest.raises(Refused):
        moved(old, chief)


def test_it_is_moved_once(task, old, new, chief):
    succeed(old, new)
    moved(old, chief)
    make.assigned_task(old, actor=chief)

    with pytest.raises(Refused):
        moved(old, chief)


def test_the_dashboard_counts_what_nobody_has_moved(task, old, new, chief):
    succeed(old, new)
    assert unmoved(AT) == [(old, 1)]

    moved(old, chief)

    assert unmoved(AT) == []


def test_a_plea_in_time_stops_the_old_leads_clock(task, old, new, head, chief):
    """Rules 5.6, 8.7: asked in time and undecided does not count against the agency."""
    lifecycle.ask_extension(task, head, BEFORE, due_on=date(2026, 11, 27), reason="Thiếu số liệu.")
    succeed(old, new)

    moved(old, chief)

    row = StateRow.objects.get(task=task, state=State.TRANSFERRED)
    assert row.reported_at == BEFORE
    assert task.extensions.get().decision == "lapsed"


# Undoing --------------------------------------------------------------------------------------


def test_undone_the_old_row_stands_as_it_was(task, old, new, chief):
    """Rule 2.5: undoable until the first act on it."""
    succeed(old, new)
    done = moved(old, chief)

    undo(done, chief, LATER)

    assert (at_of(task).state, at_of(task).due_at) == (State.IN_PROGRESS, task.due_at)
    assert follower(task).state == State.TRANSFERRED
    assert [row.state for row in task.state_rows.all()][-2:] == ["transferred", "in_progress"]
    assert unmoved(LATER) == [(old, 1)]


def test_what_was_acted_on_stays_with_the_successor(old, new, head, chief):
    """Rule 2.5: until the first act on it."""
    touched, untouched = (make.assigned_task(old, actor=chief) for _n in range(2))
    new_head = make.head_of(new)
    succeed(old, new)
    done = moved(old, chief)
    lifecycle.accept(follower(touched), new_head, LATER)

    assert sum(bool(why) for _move, why in moves_of(done, LATER)) == 1
    undo(done, chief, LATER)

    assert at_of(touched).state == State.TRANSFERRED
    assert at_of(untouched).state == State.ASSIGNED


def test_when_all_was_acted_on_undoing_is_refused(task, old, new, chief):
    new_head = make.head_of(new)
    succeed(old, new)
    done = moved(old, chief)
    lifecycle.accept(follower(task), new_head, LATER)

    with pytest.raises(Refused):
        undo(done, chief, LATER)


def test_undone_it_can_be_moved_again_to_another(task, old, new, chief):
    other = make.AgencyFactory()
    succeed(old, new)
    undo(moved(old, chief), chief, LATER)
    succeed(old, other)

    moved(old, chief, LATER + timedelta(hours=1))

    assert list(task.following.order_by("pk").values_list("lead", "state")) == [
        (new.pk, "transferred"),
        (other.pk, "assigned"),
    ]


def test_after_an_undone_move_a_completed_row_can_be_reopened(task, old, new, head, chief):
    """Rule 5.3: what another agency took over goes on there; what was given back does not."""
    succeed(old, new)
    undo(moved(old, chief), chief, LATER)

    assert not Situation(at_of(task), chief, LATER).went_on
    assert "reopen" in ACTS


def test_suspended_work_comes_back_suspended_with_its_days(task, old, new, chief):
    event = Event.objects.of(task).first()
    StateRow.objects.create(
        task=task, state=State.SUSPENDED, effective_at=BEFORE, recorded_at=BEFORE, event=event
    )
    Task.objects.filter(pk=task.pk).update(state=State.SUSPENDED)
    succeed(old, new)
    undo(moved(old, chief), chief, LATER)

    assert at_of(task).state == State.SUSPENDED
    assert at_of(task).due_at == make.moment("2026-11-25", 0)  # one day more than at the move


# What else is open ----------------------------------------------------------------------------


def test_a_share_still_owed_is_the_successors(old, new, chief):
    """Rule 5.9: a lead waiting on a partner is visible."""
    task = make.assigned_task(actor=chief, coordinating=[old])
    succeed(old, new)

    done = moved(old, chief)

    assert [s.agency for s in task.coordinations.current()] == [new]
    undo(done, chief, LATER)
    assert [s.agency for s in task.coordinations.current()] == [old]


def test_merged_helpers_owe_one_share(old, new, chief):
    other = make.AgencyFactory()
    task = make.assigned_task(actor=chief, coordinating=[old, other])
    succeed(old, new)
    succeed(other, new)

    moved(old, chief)
    second = moved(other, chief)

    assert [s.agency for s in task.coordinations.current()] == [new]
    undo(second, chief, LATER)
    assert {s.agency for s in task.coordinations.current()} == {new, other}


def test_a_lead_that_succeeds_its_helper_waits_for_nobody(old, new, chief):
    task = make.assigned_task(new, actor=chief, coordinating=[old])
    succeed(old, new)

    moved(old, chief)

    assert not task.coordinations.current().exists()
    assert not Coordination.objects.awaited(AT).exists()


def test_the_share_given_by_the_successor_stays(old, new, chief):
    new_head = make.head_of(new)
    task = make.assigned_task(actor=chief, coordinating=[old])
    succeed(old, new)
    done = moved(old, chief)
    lifecycle.contribute(task, new_head, LATER, text="Số liệu của xã.")

    with pytest.raises(Refused):
        undo(done, chief, LATER)


@pytest.mark.parametrize("is_asked_itself", [False, True])
def test_an_acknowledgement_owed_is_the_successors_once(old, new, chief, is_asked_itself):
    """Rule 4.3."""
    directive = make.DirectiveFactory()
    for agency in (old, new) if is_asked_itself else (old,):
        Acknowledgement.objects.create(
            directive=directive, agency=agency, due_at=make.moment("2026-11-20", 0)
        )
    succeed(old, new)

    done = moved(old, chief)

    assert [row.agency for row in Acknowledgement.objects.waiting()] == [new]
    undo(done, chief, LATER)
    owing = {row.agency for row in Acknowledgement.objects.waiting()}
    assert owing == ({old, new} if is_asked_itself else {old})


def test_moving_more_costs_no_more_queries(old, new, chief, django_assert_max_num_queries):
    """Constant in the number of things."""
    make.head_of(new)
    for _n in range(12):
        make.assigned_task(old, actor=chief)
    succeed(old, new)

    with django_assert_max_num_queries(75):
        done = moved(old, chief)
    with django_assert_max_num_queries(45):
        undo(done, chief, LATER)


def test_a_post_without_an_account_is_told_through_the_chief(task, old, new, chief):
    """Rule 2.1: a function nobody holds falls to the chief."""
    assert not new.posts.with_function(Function.AGENCY_HEAD).exists()
    succeed(old, new)

    assert moved(old, chief)
