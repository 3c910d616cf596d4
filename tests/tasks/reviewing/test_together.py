"""Two people at once, on real connections: one mark, one drawn task, one list (rules 5.14, 11)."""

from datetime import date

import pytest

from agencies.models import AlreadyDone, Event
from agencies.refusals import Refused
from tasks.forms.settling import SettleForm, proposed
from tasks.models import CampaignMark, SpotCheckItem
from tasks.reviewing import confirming, settling, spot_checks
from tests import factories as make
from tests.racing import at_once
from tests.tasks.reviewing.conftest import opened, settled
from tests.tasks.reviewing.drawing import completed, drawn

AT, NEXT = make.moment("2026-11-12"), make.moment("2026-11-13")
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def office(transactional_db):
    return settled()


@pytest.fixture
def entry(office):
    task = make.assigned_task(office.land, actor=office.chief)
    entry = opened(office, office.land).entries.get()
    confirming.mark(
        entry, office.staff, AT, kind="wrong_deadline", task=task, text="Sai.",
        due_on=date(2026, 11, 30),
    )  # fmt: skip
    return entry


def test_two_people_apply_one_mark_and_one_wins(office, entry):
    """Rule 5.13: the task is corrected once, the other is told by whom."""
    confirming.confirm(entry, office.head, AT)
    mark = CampaignMark.objects.select_related("task").get()
    facts = SettleForm(proposed(mark), mark=mark)
    assert facts.is_valid()

    given = at_once(
        *(
            lambda actor=actor: settling.apply(mark, actor, NEXT, **facts.cleaned_data)
            for actor in (office.chief, office.officer)
        )
    )

    assert sum(isinstance(one, Refused) for one in given) == 1
    assert Event.objects.of(mark.task).filter(act="task.corrected").count() == 1


def test_applying_and_refusing_at_once_does_one_of_them(office, entry):
    confirming.confirm(entry, office.head, AT)
    mark = CampaignMark.objects.select_related("task").get()
    facts = SettleForm(proposed(mark), mark=mark)
    assert facts.is_valid()

    given = at_once(
        lambda: settling.apply(mark, office.chief, NEXT, **facts.cleaned_data),
        lambda: settling.refuse(mark, office.officer, NEXT, answer="Đúng rồi."),
    )

    assert sum(isinstance(one, Refused) for one in given) == 1
    decided = Event.objects.filter(act__startswith="campaign.mark_")
    assert decided.count() == 1


def test_two_confirmations_are_one(office, entry):
    given = at_once(*2 * [lambda: confirming.confirm(entry, office.head, AT)])

    assert sum(isinstance(one, AlreadyDone) for one in given) == 1
    assert Event.objects.filter(act="campaign.confirmed").count() == 1


def test_of_two_findings_on_one_drawn_task_one_stands(office):
    task = completed(office, office.head)
    item = drawn(office).items.get()

    given = at_once(
        lambda: spot_checks.find_done(item, office.officer, NEXT),
        lambda: spot_checks.reopen(
            item, office.chief, NEXT, note="Chưa có.", due_on=date(2026, 11, 20)
        ),
    )

    assert sum(isinstance(one, Refused) for one in given) == 1
    task.refresh_from_db()
    result = SpotCheckItem.objects.get().result
    assert (result, task.state) in [("done", "completed"), ("not_done", "in_progress")]
