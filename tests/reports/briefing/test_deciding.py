"""Decisions of a briefing are the acts of their things; free ones are its own (rule 8.3)."""

from datetime import date

import pytest

from agencies.models import AlreadyDone, Event
from agencies.refusals import NotYours, Refused
from reports.briefing import deciding, holding
from reports.models import BriefingDecision
from tasks import lifecycle
from tasks.models import Extension, Obstacle, Task
from tests import factories as make
from tests.tasks.urging.conftest import NOW

DAY = date(2026, 12, 10)


def test_a_new_day_moves_the_deadline_by_the_tasks_own_act(late, briefing):
    taken = deciding.set_day(briefing, late.first, late.chair, NOW, due_on=DAY, reason="Chờ vốn.")

    assert Task.objects.get(pk=late.first.pk).due_at == make.moment("2026-12-11", 0)
    assert Event.objects.of(late.first).filter(act="task.deadline_changed").exists()
    assert "thời hạn hoàn thành mới: ngày 10/12/2026" in taken.text


def test_a_new_day_grants_the_extension_that_waits(late, briefing):
    lifecycle.ask_extension(late.first, late.head, NOW, due_on=date(2026, 12, 20), reason="Mưa.")

    deciding.set_day(briefing, late.first, late.chair, NOW, due_on=DAY, reason="Không lùi hơn.")

    assert Extension.objects.get().decision == Extension.Decision.OTHER_DAY


def test_who_may_not_move_a_deadline_records_no_decision(late, briefing):
    """Rule 5.6: the chief only under a leader's recorded authority."""
    with pytest.raises(Refused):
        deciding.set_day(briefing, late.first, late.chief, NOW, due_on=DAY, reason="Chờ vốn.")

    assert not BriefingDecision.objects.exists()


def test_a_difficulty_is_answered_with_its_new_day(late, briefing):
    lifecycle.raise_obstacle(late.first, late.head, NOW, text="Thiếu máy đo.", addressee="chief")
    obstacle = Obstacle.objects.get()

    taken = deciding.answer(briefing, obstacle, late.chief, NOW, answer="Mượn của sở.")

    assert Obstacle.objects.get().answer == "Mượn của sở."
    assert taken.text == "Về khó khăn, vướng mắc “Thiếu máy đo”: Mượn của sở."


def test_an_urging_is_drafted_about_all_that_is_late(late, briefing):
    taken = deciding.urge(briefing, late.agency, late.chief, NOW)

    assert taken.urging.listed.count() == 2
    assert "02 nhiệm vụ theo văn bản đôn đốc" in taken.text


def test_a_free_decision_names_its_agency_and_day(late, briefing):
    taken = deciding.decide(
        briefing, late.other, late.officer, NOW, text="Rà soát nợ đọng.", due_on=DAY
    )

    assert (taken.agency, taken.due_on) == (late.other, DAY)
    assert taken.text == "Rà soát nợ đọng; hoàn thành chậm nhất ngày 10/12/2026."


def test_a_form_posted_twice_records_once(late, briefing):
    chief = late.chief.with_form_key("quyet-dinh-1")
    deciding.decide(briefing, late.other, chief, NOW, text="Rà soát.")

    with pytest.raises(AlreadyDone):
        deciding.decide(briefing, late.other, chief, NOW, text="Rà soát.")


def test_a_free_decision_can_be_taken_back_and_one_on_a_task_cannot(late, briefing):
    free = deciding.decide(briefing, late.other, late.chief, NOW, text="Rà soát.")
    moved = deciding.set_day(briefing, late.first, late.chair, NOW, due_on=DAY, reason="Vốn.")

    deciding.withdraw(free, late.chief, NOW)

    with pytest.raises(Refused):
        deciding.withdraw(moved, late.chief, NOW)
    assert list(briefing.decisions.all()) == [moved]


def test_nothing_is_decided_once_the_briefing_ended(late, briefing):
    holding.close(briefing, late.chief, NOW)

    with pytest.raises(Refused):
        deciding.decide(briefing, late.other, late.chief, NOW, text="Thêm.")


def test_agencies_neither_hold_briefings_nor_decide(late, briefing):
    for actor in (late.head, late.staff, late.clerk):
        with pytest.raises(NotYours):
            deciding.decide(briefing, late.agency, actor, NOW, text="Thêm.")


def test_there_is_one_briefing_at_a_time(late, briefing):
    with pytest.raises(Refused):
        holding.open_briefing(
            late.chief, NOW, title="Họp nữa", held_on=NOW.date(), chaired_by=late.chair.post
        )
