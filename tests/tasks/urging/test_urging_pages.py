"""The pages of urgings: choose, read, issue all at once; the list; one (rule 8.2)."""

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from agencies.models import OutgoingPaper
from tasks import lifecycle
from tasks.models import Urging
from tasks.urging import issuing, preparing
from tests import factories as make
from tests.tasks.urging.conftest import NOW, overdue

PAGES = ("urgings", "urgings_prepared")


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def ask(client):
    """Return a function: the page of an address as somebody sees it."""

    def page(actor, address: str, data: dict | None = None):
        client.force_login(actor.user)
        return client.post(address, data) if data is not None else client.get(address)

    return page


@pytest.fixture
def connection_queries():
    """Return a function: how many queries a call costs."""

    def count(call, *arguments) -> int:
        with CaptureQueriesContext(connection) as captured:
            call(*arguments)
        return len(captured)

    return count


def test_from_the_overdue_tasks_to_issued_letters_in_two_postings(late, ask):
    """Issue 7: draft, read, issue all in one act."""
    new = reverse("urging_new")
    shown = ask(late.chief, new)
    ticked = [line.task.pk for group in shown.context["choice"].free for line in group.lines]
    by = {"answer_by_on": "2026-12-03", "answer_by_time": "16:00"}

    prepared = ask(late.chief, new, {"task": ticked, **by}).headers["Location"]
    letters = ask(late.chief, prepared).context["letters"]
    ask(late.chief, prepared, {"urging": [one["urging"].pk for one in letters]})

    assert Urging.objects.issued().count() == 2
    assert OutgoingPaper.objects.filter(state="issued").count() == 2


def test_the_list_of_tasks_leads_to_the_tasks_ticked_there(late, ask):
    answer = ask(late.officer, f"{reverse('urging_new')}?agency=tnmt&state=open&scope=found")

    assert [group.agency for group in answer.context["choice"].free] == [late.agency]


def test_what_was_typed_is_kept_when_the_day_has_passed(late, ask):
    (urging,) = preparing.draft([late.first.pk], late.officer, NOW)
    text = {part: getattr(urging, part) for part in preparing.PARTS}
    data = text | {
        "finding": "Viết tay.", "answer_by_on": "2026-11-20", "answer_by_time": "16:00",
        "version": 0, "tasks": [late.first.pk],
    }  # fmt: skip

    answer = ask(late.officer, reverse("urging_edit", args=[urging.pk]), data)

    assert answer.status_code == 409
    assert "Viết tay." in answer.content.decode()
    assert answer.context["form"].errors["answer_by_on"]


def test_a_signed_letter_overtaken_by_facts_is_taken_back_not_numbered(late, ask):
    """Rules 2.8, 8.2."""
    (urging,) = preparing.draft([late.first.pk], late.officer, NOW)
    issuing.sign(urging, late.chief, NOW)
    lifecycle.report(late.first, late.head, NOW, result="Xong.", document_number="2/BC")
    page = ask(late.chief, urging.get_absolute_url())

    ask(late.chief, reverse("urging_act", args=[urging.pk]), {"act": "withdraw"})

    assert (page.context["overtaken"], 'value="issue"' in page.content.decode()) == (True, False)
    urging.refresh_from_db()
    assert urging.state == Urging.State.DRAFT


def test_a_letter_whose_day_has_passed_is_not_ready_to_go_out(late, ask):
    """Rule 8.2."""
    (urging,) = preparing.draft([late.first.pk], late.officer, NOW)
    with time_machine.travel(urging.answer_by_at, tick=False):
        page = ask(late.chief, reverse("urgings_prepared"))

    assert page.context["ready"] == 0


def test_a_refused_letter_is_named_and_the_others_go_out(late, ask):
    tasks = [late.first.pk, late.third.pk, overdue(late.office).pk]
    urgings = preparing.draft(tasks, late.officer, NOW)

    answer = ask(late.chief, reverse("urgings_prepared"), {"urging": [u.pk for u in urgings]})

    assert answer.status_code == 409
    assert escape(late.office.name) in answer.content.decode()
    assert Urging.objects.issued().count() == 2


def test_an_agency_sees_the_letters_issued_to_it_and_no_draft(late, ask):
    """Rule 2.4."""
    draft, other = preparing.draft([late.first.pk, late.third.pk], late.officer, NOW)
    page = reverse("urging", args=[draft.pk])
    assert ask(late.head, page).status_code == 404

    issuing.issue(draft, late.chief, NOW)

    assert ask(late.head, page).status_code == 200
    assert ask(late.head, reverse("urging", args=[other.pk])).status_code == 404
    listed = ask(late.head, reverse("urgings")).context["page"].object_list
    assert list(listed) == [draft]


@pytest.mark.parametrize(
    ("query", "expected"),
    [("", 2), ("state=issued", 1), ("state=draft", 1), ("agency=tckh", 1), ("ordinal=2", 0),
     ("issued_from=2026-11-27", 0), ("q=01/UBND-VP", 1), ("q=tai nguyen", 1),
     ("state=nothing", 0)],
)  # fmt: skip
def test_the_list_is_narrowed_by_its_address(late, ask, query, expected):
    draft, _other = preparing.draft([late.first.pk, late.third.pk], late.officer, NOW)
    issuing.issue(draft, late.chief, NOW)

    page = ask(late.officer, f"{reverse('urgings')}?{query}&sort=-tasks").context["page"]

    assert page.paginator.count == expected


def test_the_list_of_tasks_finds_and_sorts_by_how_often_they_were_urged(late, ask):
    (urging,) = preparing.draft([late.second.pk], late.officer, NOW)
    issuing.issue(urging, late.chief, NOW)

    listed = ask(late.officer, f"{reverse('tasks')}?urged_from=1&sort=-urged")

    assert list(listed.context["page"].object_list) == [late.second]


def test_the_tasks_page_says_how_often_it_was_urged(late, ask):
    (urging,) = preparing.draft([late.first.pk], late.officer, NOW)
    issuing.issue(urging, late.chief, NOW)

    page = ask(late.head, late.first.get_absolute_url())

    assert page.context["times_urged"] == 1
    assert f"{reverse('urgings')}?task={late.first.code}" in page.content.decode()


def test_pages_cost_the_same_for_two_letters_and_for_ten(late, ask, connection_queries):
    preparing.draft([late.first.pk, late.third.pk], late.officer, NOW)
    for name in PAGES:
        ask(late.chief, reverse(name))
    few = [connection_queries(ask, late.chief, reverse(name)) for name in PAGES]
    more = [overdue(make.AgencyFactory(code=f"xa-{n}"), title=f"Việc {n}").pk for n in range(8)]
    preparing.draft(more, late.officer, NOW)

    many = [connection_queries(ask, late.chief, reverse(name)) for name in PAGES]

    assert many == few
