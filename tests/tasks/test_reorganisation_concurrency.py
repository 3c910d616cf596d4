"""A reorganisation and another act at once, on real connections (rules 2.5, 5.14, 11)."""

import pytest

from agencies.models import Reorganisation
from agencies.refusals import Refused
from agencies.reorganising import Preview, move, undo
from tasks import lifecycle
from tasks.models import StateRow, Task
from tasks.states import OPEN
from tests import factories as make
from tests.agencies.reorganised import AT, moved, succeed
from tests.racing import at_once

LATER = make.moment("2026-11-13")


@pytest.fixture
def old(transactional_db):
    return make.AgencyFactory(code="xa-cu")


@pytest.fixture
def head(old):
    return make.head_of(old)


@pytest.fixture
def new(old):
    new = make.AgencyFactory(code="xa-moi")
    succeed(old, new)
    return new


@pytest.fixture
def tasks(old, head):
    return [make.assigned_task(old) for _n in range(3)]


def moving(old, chief, seen):
    """Return the act of a chief who saw that list."""
    return lambda: move(old, chief, AT, document_number="1/QĐ", chosen={}, fingerprint=seen)


@pytest.mark.parametrize("turn", range(3))
def test_of_a_move_and_a_report_one_wins_and_the_other_is_told_why(tasks, old, new, head, turn):
    chief, seen = make.office_chief(), Preview(old, AT).fingerprint

    given = at_once(
        moving(old, chief, seen),
        lambda: lifecycle.report(tasks[1], head, AT, result="Xong.", document_number="9"),
    )

    (refused,) = [one for one in given if isinstance(one, Refused)]
    assert str(refused.message)
    state = Task.objects.get(pk=tasks[1].pk).state
    assert state == ("reported" if given[0] is refused else "transferred")
    assert Task.objects.filter(previous__in=tasks).count() == (0 if given[0] is refused else 3)


def test_of_two_chiefs_one_moves(tasks, old, new):
    """Nothing is moved twice."""
    chiefs, seen = [make.office_chief(), make.office_chief()], Preview(old, AT).fingerprint

    given = at_once(*(moving(old, chief, seen) for chief in chiefs))

    assert sum(isinstance(one, Refused) for one in given) == 1
    assert Reorganisation.objects.count() == 1
    assert Task.objects.filter(previous__in=tasks).count() == 3


def test_an_undo_and_the_successors_first_act_at_once_leave_one_lead(tasks, old, new):
    chief, new_head = make.office_chief(), make.head_of(new)
    done = moved(old, chief)
    began = Task.objects.get(previous=tasks[0])

    given = at_once(
        lambda: undo(done, chief, LATER), lambda: lifecycle.accept(began, new_head, LATER)
    )

    (row,) = Task.objects.filter(pk__in=[began.pk, tasks[0].pk], state__in=OPEN)
    assert row.lead == (old if isinstance(given[1], Refused) else new)
    assert StateRow.objects.filter(task=began, state="transferred").count() == (row.lead == old)
