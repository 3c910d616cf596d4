"""Figures of returns, changes of lead, suspensions and reopenings, done by the real acts (8.6)."""

from datetime import date

import pytest

from reports.build import build_period
from reports.columns import assigned, completed, on_time_rate, still_open
from reports.periods import Period
from tasks import lifecycle
from tests import factories as make
from tests.reports.named_periods import month

pytestmark = pytest.mark.django_db
# The period of November runs from 15/10 to 14/11/2026, that of December from 15/11 to 14/12.
NOVEMBER, DECEMBER = month(2026, 11), month(2026, 12)
GIVEN = make.moment("2026-10-19")
DUE = make.moment("2026-11-04", 0)
BEFORE, AFTER, LATER = (make.moment(day) for day in ("2026-10-21", "2026-11-05", "2026-11-09"))
NEXT_DAY = date(2026, 11, 30)
STOP = {"reason": "Chờ hướng dẫn.", "document_number": "77/UBND"}


@pytest.fixture
def chief():
    make.OfficeFactory()
    return make.office_chief()


@pytest.fixture
def head():
    return make.head_of(make.AgencyFactory(code="cu"))


@pytest.fixture
def other():
    return make.head_of(make.AgencyFactory(code="moi"))


@pytest.fixture
def task(head, chief):
    return make.assigned_task(head.agency, at=GIVEN, due_at=DUE, actor=chief)


def returned(task, head, chief, other, asked_at, at):
    task = lifecycle.hand_back(task, head, asked_at, reason="Không đúng chức năng.")
    due_on = NEXT_DAY if at >= DUE else None
    return lifecycle.confirm_return(task, chief, at, lead=other.agency, due_on=due_on)


def counts(period: Period) -> dict[str, dict]:
    """Return the frozen counts by agency's code, and in total; freezing checks the equation."""
    figures = build_period(period, make.moment("2026-12-20")).figures
    by_agency = {line["code"]: line["counts"] for line in figures["agencies"]}
    return {**by_agency, "total": figures["total"]}


def left(found: dict, *columns: str) -> list[int]:
    return [found.get(column, 0) for column in columns]


# Whose base (rule 8.7) ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked_at", "decided_at", "stays"),
    [(BEFORE, BEFORE, 0), (BEFORE, AFTER, 0), (AFTER, AFTER, 1)],
    ids=["in time", "in time, decided after the deadline", "when overdue"],
)
def test_a_return_made_in_time_leaves_the_base(
    asked_at, decided_at, stays, task, head, chief, other
):
    """Rule 8.7: a task already overdue when returned stays in that agency's base."""
    returned(task, head, chief, other, asked_at, decided_at)

    found = counts(NOVEMBER)["cu"]

    assert left(found, "new", "returned", "stopped_overdue") == [1, 1, stays]
    assert on_time_rate(found).base == stays


@pytest.mark.parametrize(("at", "stays"), [(BEFORE, 0), (AFTER, 1)], ids=["in time", "overdue"])
def test_a_task_overdue_when_transferred_stays_in_the_base(at, stays, task, chief, other):
    """Rule 8.7."""
    lifecycle.change_lead(task, chief, at, lead=other.agency, reason="Nhầm.", due_on=_day(at))

    assert left(counts(NOVEMBER)["cu"], "transferred", "stopped_overdue") == [1, stays]


@pytest.mark.parametrize(("at", "stays"), [(BEFORE, 0), (AFTER, 1)], ids=["in time", "overdue"])
def test_a_task_overdue_when_suspended_stays_in_the_base(at, stays, task, chief):
    """Rule 8.7: one that rests since before its deadline does not age."""
    lifecycle.suspend(task, chief, at, **STOP)

    assert left(counts(NOVEMBER)["cu"], "suspended", "stopped_overdue") == [1, stays]


def test_a_request_in_time_lapsed_by_a_suspension_is_not_held_against_the_agency(task, head, chief):
    """Rules 5.6, 8.7: undecided, it did not count; the Office's delay makes no agency late."""
    task = lifecycle.ask_extension(task, head, BEFORE, due_on=NEXT_DAY, reason="Chờ số liệu.")
    lifecycle.suspend(task, chief, AFTER, **STOP)

    assert left(counts(NOVEMBER)["cu"], "suspended", "stopped_overdue") == [1, 0]


def test_a_report_that_waited_past_the_deadline_is_not_held_against_who_leaves(
    task, head, chief, other
):
    """Rules 5.5, 8.7: the clock stood still; sent back by the change of lead, it runs on."""
    task = lifecycle.report(task, head, BEFORE, result="Xong.", document_number="9")
    lifecycle.change_lead(task, chief, AFTER, lead=other.agency, reason="Nhầm.")

    assert left(counts(NOVEMBER)["cu"], "transferred", "stopped_overdue") == [1, 0]


def test_a_suspended_task_that_is_transferred_did_not_age(task, chief, other):
    """Rules 5.7, 8.7: suspended in time, moved after its day had passed."""
    task = lifecycle.suspend(task, chief, BEFORE, **STOP)
    lifecycle.change_lead(task, chief, LATER, lead=other.agency, reason="Nhầm.")

    assert left(counts(NOVEMBER)["cu"], "transferred", "stopped_overdue") == [1, 0]


def test_a_waiting_return_in_time_is_undecided_not_overdue(task, head):
    """Rules 5.3, 8.5: a column of its own among the open."""
    lifecycle.hand_back(task, head, BEFORE, reason="Không đúng chức năng.")

    found = counts(NOVEMBER)["cu"]

    assert left(found, "undecided", "overdue") == [1, 0]
    assert on_time_rate(found).base == 0


def _day(at) -> date | None:
    return NEXT_DAY if at >= DUE else None


# Once in totals (rule 8.6) --------------------------------------------------------------------


def test_within_one_period_a_task_handed_over_counts_once(task, head, chief, other):
    """Rule 8.6: totals leave out pairs within the table; each agency's row keeps its own."""
    returned(task, head, chief, other, BEFORE, BEFORE)

    found = counts(NOVEMBER)

    assert left(found["cu"], "new", "returned") == [1, 1]
    assert left(found["moi"], "received", "overdue") == [1, 1]
    assert left(found["total"], "new", "received", "returned", "overdue") == [1, 0, 0, 1]


def test_over_two_periods_it_is_carried_over_and_received_once(task, head, chief, other):
    """Rule 8.6: one period's open is the next one's carried over."""
    task = lifecycle.accept(task, head, BEFORE)
    before = counts(NOVEMBER)
    at = make.moment("2026-11-18")
    lifecycle.change_lead(task, chief, at, lead=other.agency, reason="Nhầm.", due_on=NEXT_DAY)

    after = counts(DECEMBER)

    assert still_open(before["total"]) == after["total"]["carried_over"] == 1
    assert left(after["cu"], "carried_over", "transferred", "stopped_overdue") == [1, 1, 1]
    assert left(after["moi"], "received", "overdue") == [1, 1]
    assert left(after["total"], "received", "transferred") == [0, 0]
    assert assigned(after["total"]) == 1


def test_handed_over_twice_it_still_counts_once(task, head, chief, other):
    """Rule 8.6: along the whole chain."""
    third = make.head_of(make.AgencyFactory(code="ba"))
    old = returned(task, head, chief, other, BEFORE, BEFORE)
    second = lifecycle.hand_back(
        old.following.get(), other, make.moment("2026-10-22"), reason="Không đúng chức năng."
    )
    lifecycle.confirm_return(second, chief, make.moment("2026-10-23"), lead=third.agency)

    found = counts(NOVEMBER)

    assert left(found["moi"], "received", "returned") == [1, 1]
    assert left(found["total"], "new", "received", "returned", "overdue") == [1, 0, 0, 1]


def test_given_back_to_the_first_agency_it_counts_once(task, head, chief, other):
    """Rule 8.6: there and back again within one period."""
    old = lifecycle.change_lead(task, chief, BEFORE, lead=other.agency, reason="Nhầm.")
    lifecycle.change_lead(
        old.following.get(), chief, BEFORE, lead=head.agency, reason="Vẫn là phòng cũ."
    )

    found = counts(NOVEMBER)

    assert left(found["cu"], "new", "received", "transferred", "overdue") == [1, 1, 1, 1]
    assert assigned(found["total"]) == 1


def test_what_another_agency_took_over_and_completed_is_one_completion(task, head, chief, other):
    """Rule 8.6: the work is done once, by who did it."""
    new = returned(task, head, chief, other, BEFORE, BEFORE).following.get()
    new = lifecycle.report(
        new, other, make.moment("2026-10-29"), result="Xong.", document_number="9"
    )
    lifecycle.complete(new, chief, make.moment("2026-10-30"))

    found = counts(NOVEMBER)

    assert completed(found["total"]) == assigned(found["total"]) == 1
    assert on_time_rate(found["total"]).base == 1


# Opened again, called off -----------------------------------------------------------------------


def test_a_task_reopened_in_the_next_period_enters_it_as_reopened(task, head, chief):
    """Rule 8.5: completed then, reopened now; the frozen month stays as it was."""
    task = lifecycle.report(task, head, BEFORE, result="Xong.", document_number="9")
    task = lifecycle.complete(task, chief, BEFORE)
    before = counts(NOVEMBER)
    lifecycle.reopen(task, chief, make.moment("2026-11-18"), reason="Chưa làm.")

    after = counts(DECEMBER)

    assert left(before["cu"], "completed_before") == [1]
    assert left(after["cu"], "reopened", "overdue") == [1, 1]


def test_a_cancelled_task_leaves_by_its_own_column(task, chief):
    """Rule 8.5: cancelled is neither completed nor returned."""
    lifecycle.cancel(task, chief, AFTER, **STOP)

    found = counts(NOVEMBER)["total"]

    assert left(found, "new", "cancelled", "overdue") == [1, 1, 0]
