"""Pages of spot checks: drawing one, its tasks with their evidence, what was found."""

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tasks import lifecycle
from tasks.models import SpotCheck, SpotCheckItem
from tasks.reviewing import spot_checks as checking
from tests import factories as make
from tests.pages import client_of, posted, queries_of
from tests.tasks.reviewing.drawing import AT, DONE, GIVEN, NEXT, completed, drawn


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def item(office) -> SpotCheckItem:
    completed(office, office.head)
    return drawn(office).items.get()


def address(item: SpotCheckItem) -> str:
    return reverse("spot_check_item", args=[item.spot_check.code, item.pk])


def test_a_sample_is_drawn_from_the_form_and_keeps_its_seed(office):
    completed(office, office.head)

    answer = posted(
        office.officer, reverse("spot_check_new"), title="Phúc tra tháng 10",
        from_on="2026-10-01", to_on="2026-10-31", percent="10",
    )  # fmt: skip

    check = SpotCheck.objects.get()
    assert (answer.url, check.size, len(check.seed)) == (check.get_absolute_url(), 1, 16)


@pytest.mark.parametrize("typed", [{}, {"size": "3", "percent": "10"}], ids=["neither", "both"])
def test_a_number_or_a_percentage_is_asked_for(office, typed):
    answer = posted(
        office.officer, reverse("spot_check_new"), title="Phúc tra",
        from_on="2026-10-01", to_on="2026-10-31", **typed,
    )  # fmt: skip

    assert answer.status_code == 400
    assert "size" in answer.context["form"].errors
    assert answer.context["form"]["title"].value() == "Phúc tra"


def test_each_drawn_task_shows_its_evidence(office):
    """Rule 5.13: result, number, files."""
    task = make.assigned_task(office.land, GIVEN, actor=office.chief)
    file = SimpleUploadedFile("bien-ban.txt", b"Bien ban")
    task = lifecycle.report(
        task, office.head, DONE, result="Đã lập 12 biên bản.", document_number="9/BC", files=[file]
    )
    lifecycle.complete(task, office.chief, DONE)

    page = client_of(office.officer).get(drawn(office).get_absolute_url()).content.decode()

    assert all(words in page for words in ("Đã lập 12 biên bản.", "9/BC", "bien-ban.txt"))


def test_one_click_records_done_and_leads_back_to_the_list(office, item):
    answer = posted(office.officer, address(item), act="done")

    assert answer.url == f"{item.spot_check.get_absolute_url()}#item-{item.pk}"
    item.refresh_from_db()
    assert item.result == "done"


def test_a_refused_reopening_keeps_what_was_typed(office, item):
    """Rule 5.14: the day has passed."""
    answer = posted(office.chief, address(item), act="reopen", note="Chưa có.", due_on="2026-11-01")

    assert answer.status_code == 409
    assert answer.context["form"]["note"].value() == "Chưa có."
    assert "due_on" in answer.context["form"].errors


@pytest.mark.parametrize(
    ("show", "count"), [("waiting", 1), ("doubted", 0), ("done", 1), ("not_done", 0), ("", 2)]
)
def test_a_figure_shows_exactly_its_tasks(office, show, count):
    """Rule 8.3."""
    for _n in range(2):
        completed(office, office.head)
    check = drawn(office)
    posted(office.officer, address(check.items.first()), act="done")

    page = client_of(office.chief).get(check.get_absolute_url(), {"show": show})

    assert page.context["page"].paginator.count == count


def test_spot_checks_stand_as_they_stood(office):
    """Rule 8.9: not there before it was drawn; what was found since waited then."""
    completed(office, office.head)
    checking.find_done(drawn(office).items.get(), office.chief, NEXT)
    listed = reverse("spot_checks")

    def found(day: str) -> list[tuple[int, int]]:
        page = client_of(office.officer).get(f"{listed}?as_of={day}").context["page"]
        return [(row.waiting, row.done) for row in page]

    with time_machine.travel(make.moment("2026-11-09"), tick=False):
        then = client_of(office.officer).get(f"{listed}?as_of=2026-11-05")
        assert [found(f"2026-11-0{day}") for day in (4, 5, 6)] == [[], [(1, 0)], [(0, 1)]]

    assert then.context["waiting"] == 1
    assert reverse("spot_check_new") not in then.content.decode()


def test_the_number_of_queries_does_not_grow(office):
    """Style: constant queries, whatever the number of drawn tasks."""
    counted = []
    for number in (2, 6):
        for _n in range(number):
            completed(office, office.head)
        check = drawn(office)
        counted.append(
            [
                queries_of(client_of(actor), url)
                for actor in (office.chief, office.officer, office.chair)
                for url in (check.get_absolute_url(), reverse("spot_checks"))
            ]
        )

    assert counted[0] == counted[1]
