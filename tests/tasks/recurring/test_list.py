"""The list of recurring tasks: sorted, and as of any day gone by (rules 5.10, 8.9)."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from tasks.lifecycle import report
from tasks.models import Recurrence
from tasks.recurring.acts import begin, change, end
from tasks.recurring.opening import open_due
from tests.factories import head_of, moment
from tests.pages import client_of, queries_of, rows_behind

pytestmark = pytest.mark.django_db
RECURRENCES = reverse("recurrences")


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(moment("2026-11-26", 9), tick=False):
        yield


def begun(district, day: str, **facts) -> Recurrence:
    facts = {"rule_text": "ngày 25 hằng tháng", "title": "Báo cáo công vụ"} | facts
    lead = facts.pop("lead", district.interior)
    (found,) = begin(
        district.chief, moment(day), [lead], source="Quy chế", assigned_by=district.issuer, **facts
    )
    return found


def row_on(actor, day: str, state: str = "all"):
    (row,) = client_of(actor).get(f"{RECURRENCES}?state={state}&as_of={day}").context["rows"]
    return row


def test_what_began_later_is_left_out(district) -> None:
    """Rule 8.9."""
    begun(district, "2026-10-05")
    client = client_of(district.chief)

    counted = [
        rows_behind(client, f"{RECURRENCES}?as_of={day}") for day in ("2026-10-04", "2026-10-05")
    ]

    assert counted == [0, 1]


def test_what_was_ended_since_went_on_without_an_end(district) -> None:
    """Rules 5.10, 8.9: with the deadlines that were to be expected then."""
    monthly = begun(district, "2026-10-05")
    end(monthly, district.chief, moment("2026-11-10"), ends_on=date(2026, 11, 10), reason="Thôi.")
    client = client_of(district.chief)

    assert rows_behind(client, f"{RECURRENCES}?state=ended") == 1
    assert rows_behind(client, f"{RECURRENCES}?state=ended&as_of=2026-11-10") == 1
    assert rows_behind(client, f"{RECURRENCES}?state=ended&as_of=2026-11-09") == 0
    assert row_on(district.chief, "2026-11-09").recurrence.ends_on is None
    assert row_on(district.chief, "2026-11-25").following is None


def test_an_end_that_was_known_then_holds_then(district) -> None:
    """Rules 5.10, 8.9: of two, the one said last by that day."""
    monthly = begun(district, "2026-10-05")
    end(monthly, district.chief, moment("2026-10-12"), ends_on=date(2026, 10, 31), reason="Thôi.")
    monthly.refresh_from_db()
    end(monthly, district.chief, moment("2026-10-20"), ends_on=date(2026, 12, 31), reason="Tiếp.")

    def ends_on(day: str) -> date | None:
        return row_on(district.chief, day).recurrence.ends_on

    assert [ends_on(f"2026-10-{day}") for day in ("10", "15", "21")] == [
        None, date(2026, 10, 31), date(2026, 12, 31),
    ]  # fmt: skip


def test_what_was_changed_since_ran_by_its_old_rule(district) -> None:
    """Rules 5.10, 8.9: the new row began with the change."""
    monthly = begun(district, "2026-10-05")
    change(
        monthly, district.chief, moment("2026-11-05"), rule_text="hằng quý",
        from_on=date(2026, 11, 5), reason="Quy chế mới.",
    )  # fmt: skip

    before = row_on(district.chief, "2026-11-04")

    assert before.recurrence == monthly
    assert before.recurrence.ends_on is None
    assert rows_behind(client_of(district.chief), f"{RECURRENCES}?state=all") == 2


def test_the_latest_task_is_the_one_of_then_and_stands_as_it_stood(district) -> None:
    """Rules 3.9, 8.9: overdue then, reported since; November's was not there."""
    monthly = begun(district, "2026-10-05")
    october = monthly.occurrences.get()
    report(october, head_of(district.interior), moment("2026-11-02"), result="Xong.",
           document_number="1/BC")  # fmt: skip
    open_due(moment("2026-11-03"))

    then, now = row_on(district.chief, "2026-10-30"), row_on(district.chief, "2026-11-20")

    assert (then.latest, then.latest.state_then) == (october, "assigned")
    assert now.latest.period_on == date(2026, 11, 1)


def test_an_agency_reads_its_own_as_of_then(district) -> None:
    """Rule 2.4."""
    begun(district, "2026-10-05")

    assert row_on(district.head, "2026-10-06").recurrence.lead == district.interior
    assert rows_behind(client_of(district.commune_heads[0]), f"{RECURRENCES}?as_of=2026-10-06") == 0


@pytest.mark.parametrize(
    ("sort", "titles"),
    [("", ["B", "A"]), ("title", ["A", "B"]), ("-title", ["B", "A"]), ("-lead", ["A", "B"])],
)
def test_the_list_is_sorted_by_what_its_columns_show(district, sort, titles) -> None:
    """Style: the official order of leads without one."""
    begun(district, "2026-10-05", title="A", lead=district.finance)
    begun(district, "2026-10-05", title="B", lead=district.interior)
    in_order = [district.interior, district.finance]
    for order, agency in enumerate(in_order):
        agency.order = order
        agency.save()

    rows = client_of(district.chief).get(f"{RECURRENCES}?sort={sort}").context["rows"]

    assert [row.recurrence.title for row in rows] == titles


def test_nothing_is_done_on_a_page_of_the_past(district) -> None:
    """Rule 8.9: plainly, with the way back to now; the filters keep the day."""
    page = client_of(district.chief).get(f"{RECURRENCES}?as_of=2026-11-08").content.decode()

    assert reverse("task_new") not in page
    assert 'class="callout callout-soon past"' in page
    assert 'value="2026-11-08"' in page


def test_the_past_costs_no_query_a_rule(district) -> None:
    """Style: constant queries."""
    client, then = client_of(district.chief), f"{RECURRENCES}?as_of=2026-11-08"
    begun(district, "2026-10-05")
    few = queries_of(client, then)
    for _each in range(3):
        begun(district, "2026-10-05")

    assert queries_of(client, then) == few
