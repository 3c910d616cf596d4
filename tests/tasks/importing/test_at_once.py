"""Two people at once on one list, on real connections (rules 5.14, 11)."""

import pytest

from agencies.models import AlreadyDone
from agencies.refusals import Refused
from tasks import lifecycle
from tasks.importing.bringing_in import bring_in
from tasks.importing.taking_back import undo
from tasks.models import Task
from tests.factories import office_chief
from tests.racing import at_once
from tests.tasks.importing.conftest import AT, fingerprint_of

pytestmark = pytest.mark.django_db(transaction=True)
GOOD = ["Rà soát hồ sơ", "Phòng Nội vụ", "", "20/12/2026", ""]


def test_two_chiefs_bring_one_list_in_once(district, taken_in) -> None:
    """Rule 11: nothing is double-counted."""
    batch = taken_in(GOOD)
    seen = fingerprint_of(batch)

    given = at_once(
        *(
            lambda chief=chief: bring_in(batch, chief, AT, fingerprint=seen)
            for chief in (district.chief, office_chief())
        )
    )

    assert sum(isinstance(one, AlreadyDone) for one in given) == 1
    assert Task.objects.count() == 1


def test_taking_back_against_progress_keeps_the_work_or_says_that_it_is_gone(
    district, brought_in
) -> None:
    """Rule 5.14: exactly one wins, and the other is told why."""
    batch = brought_in(GOOD)
    task = batch.rows.get(number=2).task

    taken_back, begun = at_once(
        lambda: undo(batch, district.chief, AT),
        lambda: lifecycle.progress(task, district.head, AT, text="Đã họp.", percent=10),
    )

    task.refresh_from_db()
    assert isinstance(taken_back, Refused) != isinstance(begun, Refused)
    assert task.state == ("cancelled" if isinstance(begun, Refused) else "in_progress")
