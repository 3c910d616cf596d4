"""The list of briefings: narrowed, sorted, and as of any day gone by (rules 8.3, 8.9)."""

import pytest
import time_machine
from django.urls import reverse

from reports.briefing import deciding, holding
from reports.models import Briefing
from tests import factories as make
from tests.pages import client_of, queries_of, rows_behind
from tests.tasks.urging.conftest import NOW

BRIEFINGS = reverse("briefings")
STATES = Briefing.State


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(NOW, tick=False):
        yield


def opened(late, day: str, title: str = "Giao ban") -> Briefing:
    return holding.open_briefing(
        late.chief, make.moment(day), title=title, held_on=make.moment(day).date(),
        chaired_by=late.chair.post,
    )  # fmt: skip


@pytest.fixture
def held(late) -> Briefing:
    """Held on the 16th, closed on the 17th, signed on the 18th, issued on the 20th."""
    briefing = opened(late, "2026-11-16")
    at = [make.moment(f"2026-11-{day}") for day in (16, 17, 18, 20)]
    deciding.decide(briefing, late.agency, late.chief, at[0], text="Rà soát nợ đọng.")
    holding.close(briefing, late.chief, at[1])
    holding.sign(Briefing.objects.get(), late.chief, at[2])
    return holding.issue(Briefing.objects.get(), late.chief, at[3])


@pytest.mark.parametrize(
    ("day", "state"),
    [
        ("15", []),
        ("16", [STATES.RUNNING]),
        ("17", [STATES.CLOSED]),
        ("19", [STATES.SIGNED]),
        ("20", [STATES.ISSUED]),
    ],
)
def test_briefings_stand_as_they_stood(late, held, day, state):
    """Rule 8.9: not there before it was held; each state from its instant on."""
    client, then = client_of(late.chief), f"as_of=2026-11-{day}"

    assert [each for each in STATES if rows_behind(client, f"{BRIEFINGS}?state={each}&{then}")] == (
        state
    )
    assert [row.state for row in client.get(f"{BRIEFINGS}?{then}").context["page"]] == state


@pytest.mark.parametrize(
    ("day", "symbols"), [("17", []), ("19", ["…/TB-VP"]), ("20", ["01/TB-VP"])]
)
def test_a_notice_has_its_number_from_its_day_on(late, held, day, symbols):
    """Rules 2.8, 8.9."""
    shown = client_of(late.chief).get(f"{BRIEFINGS}?as_of=2026-11-{day}").content.decode()

    assert [each for each in ("…/TB-VP", "01/TB-VP") if each in shown] == symbols


def test_an_agency_saw_what_was_issued_by_then(late, held):
    """Rules 2.4, 8.9."""
    client = client_of(late.head)

    assert [rows_behind(client, f"{BRIEFINGS}?as_of=2026-11-{day}") for day in (19, 20)] == [0, 1]


def test_nothing_is_done_on_a_page_of_the_past(late):
    """Rule 8.9: plainly, with the way back to now; no briefing goes on there."""
    running = opened(late, "2026-11-26")
    client = client_of(late.chief)

    then = client.get(f"{BRIEFINGS}?as_of=2026-11-25").content.decode()

    assert reverse("briefing_start", args=[running.pk]) in client.get(BRIEFINGS).content.decode()
    assert reverse("briefing_start", args=[running.pk]) not in then
    assert reverse("briefing_new") not in then
    assert "25/11/2026" in then


@pytest.mark.parametrize(
    ("sort", "titles"),
    [("", ["A", "B"]), ("title", ["A", "B"]), ("-title", ["B", "A"]), ("day", ["B", "A"])],
)
def test_the_list_is_sorted_by_what_its_columns_show(late, sort, titles):
    """Style: the newest first without one."""
    for day, title in (("2026-11-16", "B"), ("2026-11-17", "A")):
        holding.close(opened(late, day, title), late.chief, make.moment(day))

    page = client_of(late.chief).get(f"{BRIEFINGS}?sort={sort}").context["page"]

    assert [row.title for row in page] == titles


def test_the_past_costs_no_query_a_briefing(late, held):
    """Style: constant queries."""
    client, then = client_of(late.chief), f"{BRIEFINGS}?as_of=2026-11-25"
    few = queries_of(client, then)
    for day in ("2026-11-18", "2026-11-19", "2026-11-23"):
        holding.close(opened(late, day), late.chief, make.moment(day))

    assert queries_of(client, then) == few
