"""Which tasks may be urged (rule 8.2)."""

import pytest
import time_machine
from django.http import QueryDict
from django.urls import reverse

from tasks import lifecycle
from tasks.urging import preparing
from tasks.urging.choosing import chosen
from tests import factories as make
from tests.tasks.urging.conftest import NOW, overdue, silent


def found(late, query: str = "") -> list:
    choice = chosen(QueryDict(query), late.chief, NOW)
    return [line.task for group in choice.free for line in group.lines]


def test_all_overdue_tasks_are_chosen_by_agency_the_latest_first(late):
    choice = chosen(QueryDict(), late.chief, NOW)

    assert [group.agency for group in choice.groups] == [late.agency, late.other]
    assert [line.days for line in choice.groups[0].lines] == [42, 7]


def test_work_in_time_and_work_reported_is_not_urged(late):
    overdue(late.agency, "2026-12-10")
    lifecycle.report(late.second, late.head, NOW, result="Xong.", document_number="1/BC")

    assert found(late) == [late.first, late.third]


def test_what_waits_for_a_decision_asked_in_time_is_not_urged(late):
    """Rule 5.6: it does not count against the agency until decided."""
    lifecycle.ask_extension(
        late.second, late.head, make.moment("2026-11-19"), due_on=make.moment("2026-12-01").date(),
        reason="Chờ số liệu.",
    )  # fmt: skip

    assert late.second not in found(late)


def test_undated_work_is_urged_once_it_is_silent_for_three_months(late):
    """Rule 8.2; `urging_undated_months`."""
    old, young = silent(late.other), silent(late.other, "2026-09-15")

    assert old in found(late)
    assert young not in found(late)


def test_news_ends_the_silence(late):
    old = silent(late.agency)
    lifecycle.progress(old, late.head, make.moment("2026-11-01"), text="Đang làm.", percent=10)

    assert old not in found(late)


@pytest.mark.parametrize(
    ("query", "expected"),
    [("agency=tckh", ["third"]), ("overdue_from=30", ["first"]), ("q=khai thac", ["second"])],
    ids=["agency", "days", "words"],
)
def test_the_filters_of_the_list_choose(late, query, expected):
    assert found(late, query) == [getattr(late, name) for name in expected]


def test_those_ticked_are_chosen_and_the_unfit_are_counted(late):
    in_time = overdue(late.agency, "2026-12-10")
    query = f"task={late.first.pk}&task={in_time.pk}"

    choice = chosen(QueryDict(query), late.chief, NOW)

    assert [line.task for line in choice.groups[0].lines] == [late.first]
    assert choice.unfit == 1


def test_an_agency_has_one_letter_in_preparation(late):
    (urging,) = preparing.draft([late.first.pk], late.officer, NOW)

    choice = chosen(QueryDict(), late.chief, NOW)

    assert [group.prepared for group in choice.prepared] == [urging]
    assert [group.agency for group in choice.free] == [late.other]


@pytest.mark.parametrize(("closed_on", "free"), [("2026-11-26", 1), ("2026-12-31", 2)])
def test_a_closed_agency_is_not_urged_before_its_work_is_moved(late, closed_on, free):
    """Rule 2.5; one to be closed later still is."""
    late.other.closed_on = closed_on
    late.other.save()

    assert len(chosen(QueryDict(), late.chief, NOW).free) == free


def test_the_list_of_tasks_leads_there(late, client):
    client.force_login(late.officer.user)

    with time_machine.travel(NOW, tick=False):
        page = client.get("/tasks/").content.decode()

    assert f'formaction="{reverse("urging_new")}"' in page


def test_choosing_costs_the_same_for_one_agency_and_for_ten(late, django_assert_max_num_queries):
    for number in range(10):
        overdue(make.AgencyFactory(code=f"xa-{number}"), title=f"Việc {number}")

    with django_assert_max_num_queries(9):
        chosen(QueryDict(), late.chief, NOW)
