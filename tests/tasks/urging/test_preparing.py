"""Drafting, editing, renewing, throwing away (rules 5.14, 8.2)."""

import pytest

from agencies.editing import Changed
from agencies.models import AlreadyDone, Notice
from agencies.refusals import NotYours, Refused
from tasks import lifecycle
from tasks.models import Urging
from tasks.urging import issuing, preparing
from tasks.urging.wording import DAY_FIELD
from tests import factories as make
from tests.tasks.urging.conftest import NOW, silent


def drafted(late, *tasks, actor=None, at=NOW) -> Urging:
    (urging,) = preparing.draft([task.pk for task in tasks], actor or late.officer, at)
    return urging


def edited(urging, actor, **changes) -> Urging:
    facts = {
        "text": {part: getattr(urging, part) for part in preparing.PARTS},
        "answer_by_at": urging.answer_by_at,
        "tasks": [row.task_id for row in urging.listed.all()],
        "version": urging.version,
    }
    return preparing.edit(urging, actor, NOW, **(facts | changes))


def test_one_letter_an_agency_is_drafted_in_one_act(late):
    tasks = [late.first.pk, late.second.pk, late.third.pk]

    urgings = preparing.draft(tasks, late.officer, NOW)

    assert {urging.agency: urging.listed.count() for urging in urgings} == {
        late.agency: 2,
        late.other: 1,
    }
    assert not Urging.objects.issued().exists()


def test_the_list_is_frozen_as_it_stood(late):
    urging = drafted(late, late.first)
    lifecycle.move_deadline(
        late.first, late.chair, NOW, due_on=make.moment("2026-12-10").date(), reason="Lùi."
    )

    row = urging.listed.get()
    assert (row.days, row.urged_before) == (42, 0)
    assert row.due_at == make.moment("2026-10-16", 0)


def test_the_finding_tells_the_figures_of_the_list(late):
    text = drafted(late, late.first, late.second).finding

    assert "còn 02 nhiệm vụ chưa hoàn thành, quá hạn" in text
    assert "01 nhiệm vụ quá hạn trên 30 ngày, lâu nhất 42 ngày" in text
    assert "tính đến 08 giờ 30 ngày 26/11/2026" in text


def test_silent_undated_work_is_told_apart_from_overdue_work(late):
    """Rule 8.7: undated work is never overdue."""
    text = drafted(late, silent(late.agency)).finding

    assert "01 nhiệm vụ không có thời hạn đã quá 03 tháng" in text
    assert "quá hạn" not in text


def test_the_agency_reports_within_five_working_days(late):
    """`urging_answer_days`; from a Thursday over the week-end."""
    urging = drafted(late, late.first)

    assert urging.answer_by_at == make.moment("2026-12-03", 16)


def test_a_form_posted_twice_drafts_once(late):
    officer = late.officer.with_form_key("form-1")
    preparing.draft([late.first.pk], officer, NOW)

    with pytest.raises(AlreadyDone):
        preparing.draft([late.first.pk], officer, NOW)


def test_no_second_letter_is_drafted_beside_one_in_preparation(late):
    drafted(late, late.first)

    with pytest.raises(Refused, match=r"in preparation|dự thảo"):
        drafted(late, late.second)


def test_the_chief_is_told_once_of_all_letters_an_officer_drafted(late):
    """Rule 10.1."""
    preparing.draft([late.first.pk, late.third.pk], late.officer, NOW)

    told = Notice.objects.filter(event__act="urging.drafted", channel="app")
    assert told.filter(person=late.chief.user).count() == 1


def test_only_the_office_drafts(late):
    for actor in (late.head, late.staff, late.clerk, late.chair):
        with pytest.raises(NotYours):
            drafted(late, late.first, actor=actor)


def test_what_leaves_the_list_leaves_the_figures(late):
    urging = drafted(late, late.first, late.second)

    urging = edited(urging, late.officer, tasks=[late.second.pk])

    assert "còn 01 nhiệm vụ chưa hoàn thành, quá hạn (lâu nhất 07 ngày)" in urging.finding


def test_a_finding_written_by_hand_stays_as_written(late):
    urging = drafted(late, late.first, late.second)
    text = {part: getattr(urging, part) for part in preparing.PARTS} | {"finding": "Chậm."}

    urging = edited(urging, late.officer, text=text, tasks=[late.second.pk])

    assert urging.finding == "Chậm."


def test_the_demands_keep_the_field_of_the_day(late):
    urging = drafted(late, late.first)
    text = {part: getattr(urging, part) for part in preparing.PARTS} | {"demands": "Làm ngay."}

    with pytest.raises(Refused) as refused:
        edited(urging, late.officer, text=text)

    assert refused.value.field == "demands"
    assert DAY_FIELD in str(refused.value.message)


def test_the_second_of_two_savings_is_refused_with_what_changed(late):
    """Rule 5.14."""
    urging = drafted(late, late.first)
    edited(urging, late.officer, answer_by_at=make.moment("2026-12-09", 16))

    with pytest.raises(Changed):
        edited(urging, late.chief)


def test_renewing_drops_what_was_done_since_and_counts_the_days_anew(late):
    urging = drafted(late, late.first, late.second)
    later = make.moment("2026-11-30")
    lifecycle.report(late.first, late.head, NOW, result="Xong.", document_number="2/BC")

    urging = preparing.renew(urging, late.officer, later)

    assert [(row.task, row.days) for row in urging.listed.all()] == [(late.second, 11)]
    assert "lâu nhất 11 ngày" in urging.finding


def test_a_letter_about_work_done_since_is_not_signed(late):
    urging = drafted(late, late.first, late.second)
    lifecycle.report(late.first, late.head, NOW, result="Xong.", document_number="2/BC")

    with pytest.raises(Refused):
        issuing.issue(urging, late.chief, NOW)


def test_a_draft_thrown_away_counts_nowhere_and_frees_its_agency(late):
    urging = drafted(late, late.first)

    preparing.drop(urging, late.officer, NOW)

    assert drafted(late, late.first).ordinal == 1
    assert Urging.objects.get(pk=urging.pk).state == Urging.State.DROPPED
