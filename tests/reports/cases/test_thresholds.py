"""What founds a case or a commendation, by frozen counts and rows alone (rule 9.1)."""

from dataclasses import replace

import pytest

from agencies.settings_catalogue import CATALOGUE
from reports.cases.thresholds import FAULT_SETTINGS, MERIT_SETTINGS, Tally, faults, merits

LIMITS = {code: CATALOGUE[code].default for code in (*FAULT_SETTINGS, *MERIT_SETTINGS)}


def task(exit_, *, days=0, code="NV-2026-0001"):
    return {"code": code, "title": "Rà soát", "exit": exit_, "days_overdue": days}


def tally(*exits, days=1, **more):
    rows = [task(exit_, days=days, code=f"NV-2026-{n:04d}") for n, exit_ in enumerate(exits)]
    counts = {exit_: exits.count(exit_) for exit_ in exits}
    return Tally(counts, tasks=rows, **more)


def codes(grounds):
    return [ground.code for ground in grounds]


def test_many_overdue_tasks_found_a_case_with_their_rows():
    """Rule 9.1: number overdue."""
    (ground,) = faults(tally(*["overdue"] * 5), LIMITS)

    assert (ground.code, ground.value, ground.limit) == ("case_overdue_tasks", 5, 5)
    assert len(ground.rows) == 5


def test_one_late_task_of_a_small_unit_founds_no_case():
    """Rule 9.1, papers section 7: a small unit with one late task must not look the worst."""
    one = tally("overdue", days=200)
    three = tally("overdue", "completed_on", "completed_on", days=200)

    assert faults(one, LIMITS) == []
    assert codes(faults(three, LIMITS)) == ["case_longest_overdue_days"]


@pytest.mark.parametrize(
    ("name", "code", "count"),
    [
        ("dossiers_returned", "case_dossiers_returned", 3),
        ("late_returns", "case_late_returns", 3),
        ("poor_replies", "case_poor_replies", 2),
        ("lines", "case_silent_lines", 3),
    ],
)
def test_conduct_founds_a_case_whatever_the_number_of_tasks(name, code, count):
    """Rule 9.1: consultations unanswered, dossiers returned, late returns, poor replies."""
    rows = [{"code": f"X-{n}", "exit": "lines_silent"} for n in range(count)]

    assert codes(faults(Tally({}, **{name: rows}), LIMITS)) == [code]
    assert faults(Tally({}, **{name: rows[1:]}), LIMITS) == []


def test_a_limit_of_nought_is_no_limit():
    limits = LIMITS | {"case_overdue_tasks": 0, "case_longest_overdue_days": 0}

    assert faults(tally(*["overdue"] * 9, days=300), limits) == []


def test_all_on_time_and_mostly_ahead_is_praised():
    """Rule 9.1: all on time, ahead of time."""
    found = merits(tally(*["completed_before"] * 7, *["completed_on"] * 3), LIMITS)

    assert codes(found) == ["commendation_minimum_tasks", "commendation_ahead_percent"]
    assert [ground.value for ground in found] == [10, 70]


def test_key_tasks_done_on_time_are_praised_with_their_rows():
    """Rule 9.1: hard tasks."""
    one = tally(*["completed_on"] * 10, key_tasks=frozenset(f"NV-2026-{n:04d}" for n in range(3)))

    assert codes(merits(one, LIMITS)) == ["commendation_minimum_tasks", "commendation_hard_tasks"]


@pytest.mark.parametrize("spoiling", ["overdue", "completed_late"])
def test_anything_late_spoils_praise(spoiling):
    assert merits(tally(*["completed_before"] * 12, spoiling), LIMITS) == []


@pytest.mark.parametrize("spoiling", ["awaiting_late", "spot_not_done"])
def test_a_late_report_or_work_found_not_done_spoils_praise(spoiling):
    """Rules 5.13, 9.1: what is late waits for verification only; a spot check reopened a task."""
    praised = tally(*["completed_before"] * 12)
    spoiled = replace(praised, counts={**praised.counts, spoiling: 1})

    assert merits(praised, LIMITS)
    assert merits(spoiled, LIMITS) == []


def test_few_tasks_are_not_praised():
    """The least number holds for praise too (papers 14d)."""
    assert merits(tally(*["completed_before"] * 9), LIMITS) == []


def test_poor_conduct_spoils_praise():
    one = tally(*["completed_before"] * 12, poor_replies=[{"code": "XYK-1"}])

    assert merits(one, LIMITS) == []
