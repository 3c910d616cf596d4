"""The dashboard: the right answer, each figure a link to exactly its rows, constant queries."""

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from agencies.models import Setting
from reports.overview.waiting import Waiting
from tasks import lifecycle
from tasks.models import CampaignEntry, Obstacle, Task
from tasks.states import State
from tests.factories import (
    AgencyFactory,
    OfficeFactory,
    PostFactory,
    chair,
    head_of,
    moment,
    office_chief,
    officer,
)
from tests.pages import client_of, figures_on, queries_of, rows_behind
from tests.reports.histories import Step, asked_to_review, task_with
from tests.reports.office import a_busy_office

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_at_now")]

NOW = moment("2026-11-23", 8)


def waiting_in(client: Client, part_of_url: str, query: str = "") -> Waiting:
    """Return what waits whose rows stand at an address."""
    overview = client.get(reverse("dashboard") + query).context["overview"]
    return next(each for each in overview.waiting if part_of_url in each.figure.url)


def test_the_heading_is_the_answer():
    """Rule 8.3, design principle 1: the figure stands in the heading."""
    a_busy_office(agencies=2)

    page = client_of(office_chief()).get(reverse("dashboard")).content.decode()

    assert "6 nhiệm vụ quá hạn ở 2 cơ quan" in page or "6 overdue tasks in 2 agencies" in page


def test_every_figure_links_to_exactly_its_rows():
    """Rule 8.3: every number is a link to exactly the rows behind it."""
    a_busy_office(agencies=2)
    client = client_of(office_chief())
    links: set[tuple[str, int]] = set()
    for query in (
        "?all=1&sort=-longest",
        "?by=leader",
        "?by=authority&sort=agency",
        "?by=competence",
    ):
        page = client.get(reverse("dashboard") + query).content.decode()
        found = figures_on(page)
        assert len(found) > 20, query
        links |= found

    for url, count in links:
        assert rows_behind(client, url) == count, url


def test_the_ranking_writes_its_rate_as_the_report_does():
    """Rule 8.7: two of three is 66,7%, to one decimal, half up, on the page as in the paper."""
    OfficeFactory()
    lead, begun, due = AgencyFactory(), moment("2026-11-02"), moment("2026-11-12", 0)
    for sent in ("2026-11-10", "2026-11-11", "2026-11-13"):
        task_with(
            lead, begun, due,
            [Step(moment(sent), State.REPORTED), Step(moment("2026-11-16"), State.COMPLETED)],
        )  # fmt: skip
    Setting.objects.create(
        code="ranking_minimum", value=3, effective_from=begun, recorded_at=begun, source="01/QĐ"
    )

    page = client_of(office_chief()).get(reverse("dashboard")).content.decode()

    assert "66,7%" in page[page.index('id="ranking"') :]


def test_undated_work_is_never_inside_on_track():
    """Rule 8.7: it has a figure of its own, which opens its rows."""
    a_busy_office(agencies=2)
    client = client_of(office_chief())

    standing = client.get(reverse("dashboard")).context["overview"].standing

    assert (standing.on_track.count, standing.undated.count) == (2, 2)
    for figure in (standing.on_track, standing.undated):
        assert rows_behind(client, figure.url) == figure.count


def test_figures_of_a_past_day_link_to_rows_of_that_day():
    """Rule 8.9: as of any day, by the same queries as now."""
    a_busy_office(agencies=2)
    client = client_of(office_chief())
    page = client.get(reverse("dashboard") + "?all=1&as_of=2026-10-20").content.decode()

    links = figures_on(page)

    assert any(count for _url, count in links)
    for url, count in links:
        assert re.search(r"as_of=2026-\d\d-\d\d", url)  # the day itself, or a week before it
        assert rows_behind(client, url) == count, url


def test_agencies_stand_by_number_overdue_with_the_head_named():
    """Rules 8.3, 8.5: the most overdue first, the responsible head beside it."""
    a_busy_office()
    late = AgencyFactory(code="tre-nhat", name="Phòng Trễ nhất")
    PostFactory(agency=late, user__full_name="Lê Thị Chậm")
    for _n in range(5):
        task_with(late, moment("2026-09-01"), moment("2026-11-12", 0))

    response = client_of(office_chief()).get(reverse("dashboard"))

    lines = response.context["breakdown"].lines
    assert (lines[0].agency, lines[0].head) == (late, "Lê Thị Chậm")
    assert [line.counts["overdue"] for line in lines] == [5, 3, 3, 3]
    assert [line.counts["longest_overdue"] for line in lines] == [
        12,
        42,
        42,
        42,
    ]


def test_what_waits_for_the_office_shows_its_age():
    """Rules 5.5, 8.3: a report that waits over 2 working days counts against the Office."""
    a_busy_office(agencies=1)

    waiting = waiting_in(client_of(office_chief()), "waiting=verification")

    assert waiting.figure.count == 3
    assert (waiting.oldest_days, waiting.is_long) == (3, True)


def test_expiring_consultations_say_how_many_are_silent():
    """Rule 8.3: consultations about to end, with who has not answered."""
    a_busy_office(agencies=2)

    expiring = client_of(chair()).get(reverse("dashboard")).context["overview"].expiring

    assert [(row.asked, row.awaited.count) for row in expiring] == [(1, 1), (1, 1)]


def test_the_number_of_queries_does_not_grow():
    """Issue 4: constant queries, whatever the number of agencies and tasks."""
    client = client_of(office_chief())
    a_busy_office(agencies=1)
    few = queries_of(client, reverse("dashboard") + "?all=1")
    a_busy_office(agencies=12)

    assert queries_of(client, reverse("dashboard") + "?all=1") <= few + 1
    assert few <= 45


@pytest.mark.parametrize(
    ("person", "page"),
    [(office_chief, "dashboard"), (officer, "dashboard"), (chair, "dashboard")],
)
def test_home_is_the_dashboard_for_the_office_and_leaders(person, page):
    """Rule 8.3: home by role."""
    response = client_of(person()).get(reverse("home"))

    assert response.url == reverse(page)


def test_home_is_my_work_for_an_agency():
    """Rule 8.3: agency heads have their own; the dashboard answers 404 to them (2.4)."""
    client = client_of(head_of(AgencyFactory()))

    assert client.get(reverse("home")).url == reverse("my_work")
    assert client.get(reverse("dashboard")).status_code == 404


def test_why_work_is_late_opens_exactly_those_rows():
    """Rules 5.9, 5.12, 8.3: no cause, a broken commitment, a helper past its own day."""
    OfficeFactory()
    head, helper = head_of(AgencyFactory(code="tnmt")), AgencyFactory(code="xa")
    due = moment("2026-11-12", 0)
    for name in ("none", "kept", "broken"):
        task = task_with(head.agency, moment("2026-10-01"), due, title=name)
        if name != "none":
            day = date(2026, 11, 20 if name == "broken" else 27)
            lifecycle.explain(task, head, moment("2026-11-13"), cause="Vì", commitment_on=day)
    waits = task_with(
        head.agency, moment("2026-10-01"), moment("2026-12-01", 0), coordinating=[helper]
    )
    waits.coordinations.update(due_at=moment("2026-11-20", 0))

    client = client_of(office_chief())
    delays = client.get(reverse("dashboard")).context["overview"].delays

    assert {name: figure.count for name, figure in delays.items()} == {
        "unexplained": 1, "broken": 1, "share": 1,
    }  # fmt: skip
    rows = {n: list(client.get(f.url).context["page"]) for n, f in delays.items()}
    assert rows["share"] == [waits]
    assert [row.title for row in rows["broken"]] == ["broken"]


def test_a_leader_reads_how_many_wait_for_him():
    """Rules 5.6, 8.3: on the work he supervises, a link to exactly those."""
    leader = chair()
    a_busy_office()
    client = client_of(leader)
    assert waiting_in(client, "waiting=extension", "?whose=all").own.count == 0

    Task.objects.filter(extensions__isnull=False).update(supervisor=leader.post)
    own = waiting_in(client, "waiting=extension", "?whose=all").own

    assert own.count == rows_behind(client, own.url) == 1


def test_extensions_waiting_are_counted_with_their_age():
    """Rule 8.3: what waits for a decision, and for how many working days at the longest."""
    a_busy_office()

    waiting = waiting_in(client_of(office_chief()), "waiting=extension")

    assert (waiting.figure.count, waiting.oldest_days, waiting.is_long) == (1, 3, True)


def test_running_reviews_say_how_many_have_confirmed():
    """Rule 5.13: a figure with the address of its rows."""
    chief, agencies = office_chief(), [AgencyFactory() for _n in range(3)]
    entries = [asked_to_review(each, moment("2026-11-27", 0)) for each in agencies]
    CampaignEntry.objects.filter(pk=entries[0].pk).update(
        confirmed_at=NOW, confirmed_by=head_of(agencies[0]).post
    )

    page = client_of(chief).get(reverse("dashboard")).content.decode()

    assert "1/3" in page
    assert f"{entries[0].campaign.get_absolute_url()}?show=confirmed#agencies" in page


def test_difficulties_stay_until_they_are_answered():
    """Rule 5.12: with their age; the figure opens exactly those."""
    OfficeFactory()
    chief, head = office_chief(), head_of(AgencyFactory(code="tnmt"))
    task = task_with(head.agency, moment("2026-10-01"), moment("2026-12-01", 0))
    for day in ("2026-11-12", "2026-11-20"):
        lifecycle.raise_obstacle(task, head, moment(day), text=f"Từ {day}", addressee="chief")
    client = client_of(chief)

    waiting = waiting_in(client, reverse("obstacles"))
    assert (waiting.figure.count, waiting.oldest_days, waiting.is_long) == (2, 7, True)
    assert client.get(waiting.figure.url).context["page"].paginator.count == 2
    for obstacle in Obstacle.objects.all():
        lifecycle.answer_obstacle(obstacle, chief, NOW, answer="Đồng ý.")

    assert waiting_in(client, reverse("obstacles")).figure.count == 0
