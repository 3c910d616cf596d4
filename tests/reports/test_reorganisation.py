"""The equation holds across a reorganisation and its undoing, by the acts themselves (2.5, 8.6)."""

from datetime import date

import pytest

from agencies.reorganising import undo
from consultations import lifecycle as asking
from reports.build import build_due
from reports.columns import OPEN, together
from reports.figures import Terms
from reports.freezing import counted, figures_of
from reports.periods import Kind
from tasks import lifecycle
from tests import factories as make
from tests.agencies.reorganised import moved, succeed

pytestmark = pytest.mark.django_db
GIVEN, BEFORE = make.moment("2026-10-20"), make.moment("2026-10-01")
MOVED, SOON, NEXT = (make.moment(f"2026-11-{day}") for day in (12, 13, 20))
"""The period ends on 15/11: undone soon, it is within one period; next, it is across two."""
CLOSED, AGAIN = make.moment("2026-11-16"), make.moment("2026-12-16")


@pytest.fixture
def chief():
    make.OfficeFactory()
    return make.office_chief()


@pytest.fixture
def old():
    return make.AgencyFactory(code="xa-cu")


@pytest.fixture
def new():
    return make.AgencyFactory(code="xa-moi")


@pytest.fixture
def work(old, new, chief):
    """Carried over, new, suspended and overdue work of the old agency; one task of the new."""
    head = make.head_of(old)
    given = {"actor": chief, "due_at": make.moment("2026-12-10", 0)}
    make.assigned_task(old, BEFORE, actor=chief, due_at=make.moment("2026-11-02", 0))
    rests, done = (make.assigned_task(old, GIVEN, **given) for _n in range(2))
    lifecycle.suspend(
        rests, chief, make.moment("2026-11-03"), reason="Chờ tỉnh.", document_number="9/UBND"
    )
    make.assigned_task(new, GIVEN, **given)
    lifecycle.report(
        done, head, make.moment("2026-11-04"), result="Xong.", document_number="1/BC", files=[]
    )
    lifecycle.complete(done, chief, make.moment("2026-11-05"))
    return succeed(old, new)


@pytest.fixture
def asked(old, new, chief):
    """Two requests: one to the old agency, one to both; the new asks a third agency itself."""
    asker = make.head_of(make.AgencyFactory(code="tu-phap"))
    for agencies in ([old], [old, new]):
        asking.ask(
            asker, make.moment("2026-11-06"), title="Quy chế phối hợp", provision="Điều 19",
            questions=[("Có đồng ý không?",)], agencies=agencies, due=date(2026, 12, 4),
        )  # fmt: skip
    return succeed(old, new)


def months() -> list[dict]:
    """The periods' figures; building refuses what does not balance."""
    return [report.figures for report in build_due(AGAIN) if report.kind == Kind.MONTH][-2:]


def of(figures: dict, agency: str = "") -> dict:
    """The counts of one agency, or the total."""
    if not agency:
        return figures["total"]
    counts = [row["counts"] for row in figures["agencies"] if row["code"] == agency]
    return counts[0] if counts else {}


def told(counts: dict) -> dict:
    """What is said of tasks, in the words of the columns."""
    columns = ("carried_over", "new", "received", "transferred", "suspended", "overdue")
    return {column: counts[column] for column in columns if counts.get(column)}


def test_a_move_leaves_one_agency_and_enters_the_other(work, old, chief):
    moved(old, chief, MOVED)

    first, _second = months()

    assert told(of(first, "xa-cu")) == {"carried_over": 1, "new": 2, "transferred": 2}
    assert told(of(first, "xa-moi")) == {"new": 1, "received": 2, "suspended": 1, "overdue": 1}
    assert told(of(first)) == {"carried_over": 1, "new": 3, "suspended": 1, "overdue": 1}


def test_moved_and_undone_within_one_period_nothing_is_counted_twice(work, old, chief):
    undo(moved(old, chief, MOVED), chief, SOON)

    first, _second = months()

    assert told(of(first)) == {"carried_over": 1, "new": 3, "suspended": 1, "overdue": 1}
    assert told(of(first, "xa-cu")) == {"carried_over": 1, "new": 2, "suspended": 1, "overdue": 1}


def test_undone_in_the_next_period_both_periods_balance(work, old, chief):
    undo(moved(old, chief, MOVED), chief, NEXT)

    first, second = months()

    assert told(of(first)) == {"carried_over": 1, "new": 3, "suspended": 1, "overdue": 1}
    assert told(of(second, "xa-cu")) == {"received": 2, "suspended": 1, "overdue": 1}
    assert told(of(second, "xa-moi"))["transferred"] == 2
    assert told(of(second))["carried_over"] == 3


@pytest.mark.parametrize("undone_at", [None, SOON, NEXT], ids=["moved", "within", "across"])
@pytest.mark.parametrize("agency", ["", "xa-cu", "xa-moi"])
def test_what_one_period_leaves_open_the_next_carries_over(work, old, chief, undone_at, agency):
    """Rule 8.6."""
    done = moved(old, chief, MOVED)
    if undone_at is not None:
        undo(done, chief, undone_at)

    first, second = months()

    assert together(of(first, agency), OPEN) == of(second, agency).get("carried_over", 0)


def test_built_again_after_the_undoing_the_past_says_the_same(work, asked, old, chief):
    """Rules 3.9, 8.4."""
    done = moved(old, chief, MOVED)
    report = build_due(CLOSED)[-1]

    undo(done, chief, NEXT)

    again = counted(report.period, Terms.in_force(report.cut_off_at))
    assert figures_of(report.period, again) == report.figures


@pytest.mark.parametrize("undone_at", [None, SOON, NEXT], ids=["moved", "within", "across"])
def test_a_request_that_moved_is_one_request(asked, old, chief, undone_at):
    """Asked itself, the successor owes one opinion; the old agency's line ends (rules 6.3, 8.6)."""
    done = moved(old, chief, MOVED)
    if undone_at is not None:
        undo(done, chief, undone_at)

    first, second = months()

    awaited = 3 if undone_at is SOON else 2
    assert of(first)["lines_received"] == 3
    assert of(first)["lines_awaiting"] == of(second)["lines_carried"] == awaited
