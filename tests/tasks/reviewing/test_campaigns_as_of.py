"""The list of review campaigns as of any day gone by (rules 5.13, 8.9)."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from agencies.holders import OpenDeadline
from agencies.reorganising import undo
from tasks.models import ReviewCampaign
from tasks.reviewing import confirming, opening
from tasks.reviewing.holder import CampaignHolder
from tests import factories as make
from tests.agencies.reorganised import moved, succeed
from tests.pages import client_of, queries_of, rows_behind
from tests.tasks.reviewing.conftest import DUE_ON

pytestmark = pytest.mark.django_db
CAMPAIGNS = reverse("campaigns")


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(make.moment("2026-11-25"), tick=False):
        yield


def drafted(office, day: str, *agencies) -> ReviewCampaign:
    asked = opening.Asked("Rà soát nhiệm vụ được giao", "Đối chiếu.", DUE_ON, list(agencies))
    return opening.draft_campaign(office.officer, make.moment(day), asked=asked)


@pytest.fixture
def campaign(office, tasks) -> ReviewCampaign:
    """Drafted on the 3rd, opened on the 9th, confirmed by one on the 11th, closed on the 23rd."""
    draft = drafted(office, "2026-11-03", office.land, office.interior)
    opened_at = make.moment("2026-11-09")
    found = opening.open_campaign(draft, office.chief, opened_at, version=draft.version)
    entry = found.entries.get(agency=office.land)
    right = [task.code for task in tasks[:2]]
    confirming.confirm(entry, office.head, make.moment("2026-11-11"), right=right)
    return opening.close_campaign(found, office.chief, make.moment("2026-11-23"))


def listed_on(actor, day: str):
    page = client_of(actor).get(f"{CAMPAIGNS}?as_of=2026-11-{day}")
    (row,) = page.context["page"]
    return row


@pytest.mark.parametrize(
    ("day", "states"),
    [("02", []), ("03", ["draft"]), ("09", ["running"]), ("22", ["running"]), ("23", ["closed"])],
)
def test_campaigns_stand_as_they_stood(campaign, office, day, states):
    """Rule 8.9: not there before it was drafted; each state from its instant on."""
    client, at = client_of(office.chief), f"as_of=2026-11-{day}"
    names = ("draft", "running", "closed", "dropped")

    assert [n for n in names if rows_behind(client, f"{CAMPAIGNS}?state={n}&{at}")] == states


def test_who_had_confirmed_by_then_is_counted_then(campaign, office):
    """Rule 8.9: nobody was asked before it was opened."""
    counted = [
        (row.confirmed, row.asked)
        for row in (listed_on(office.chief, day) for day in ("08", "10", "11"))
    ]

    assert counted == [(0, 0), (0, 2), (1, 2)]


def test_an_agency_saw_it_from_its_opening_on(campaign, office):
    """Rules 2.4, 8.9."""
    client = client_of(office.head)

    assert rows_behind(client, f"{CAMPAIGNS}?as_of=2026-11-08") == 0
    assert listed_on(office.head, "10").own_confirmed_at is None
    assert listed_on(office.head, "11").own_confirmed_at == make.moment("2026-11-11")


def test_a_draft_dropped_later_is_shown_as_a_draft(office):
    """Rule 8.9."""
    opening.drop_campaign(
        drafted(office, "2026-11-03", office.land), office.officer, make.moment("2026-11-05")
    )
    client = client_of(office.chief)

    assert rows_behind(client, f"{CAMPAIGNS}?state=dropped") == 1
    assert rows_behind(client, f"{CAMPAIGNS}?state=dropped&as_of=2026-11-04") == 0
    assert rows_behind(client, f"{CAMPAIGNS}?state=draft&as_of=2026-11-04") == 1


def test_corrections_decided_since_waited_then(office, tasks):
    """Rules 5.13, 8.9."""
    draft = drafted(office, "2026-11-03", office.land)
    opened_at = make.moment("2026-11-09")
    found = opening.open_campaign(draft, office.chief, opened_at, version=draft.version)
    entry, at = found.entries.get(), make.moment("2026-11-11")
    mark = confirming.mark(
        entry, office.staff, at, kind="done", task=tasks[0], text="Xong.", document_number=""
    )
    confirming.confirm(entry, office.head, at, right=[tasks[1].code])
    mark.decision, mark.decided_at = "refused", make.moment("2026-11-16")
    mark.decided_by = office.chief.post
    mark.save()

    waiting = [listed_on(office.chief, day).waiting_marks for day in ("10", "12", "16")]

    assert waiting == [0, 1, 0]


def test_the_deadline_is_the_one_that_held_then(campaign, office):
    """Rules 3.6, 8.9: the calendar moved it later."""
    before, later = campaign.due_at, campaign.due_at + timedelta(days=3)
    deadline = OpenDeadline(campaign, before, {})
    CampaignHolder().move(deadline, later, {}, office.chief, make.moment("2026-11-12"))

    assert [listed_on(office.chief, day).due_at for day in ("11", "12")] == [before, later]


def test_a_successor_is_counted_from_the_move_on_and_until_it_was_undone(office, tasks):
    """Rules 2.5, 8.9."""
    new = make.AgencyFactory(code="moi-truong", name="Phòng Môi trường")
    make.head_of(new)
    draft = drafted(office, "2026-11-03", office.land, office.interior)
    opened_at = make.moment("2026-11-09")
    found = opening.open_campaign(draft, office.chief, opened_at, version=draft.version)
    succeed(office.land, new)
    done = moved(office.land, office.chief, make.moment("2026-11-12"))
    undo(done, office.chief, make.moment("2026-11-16"))

    def asked(day: str) -> set:
        current = found.entries.current(make.moment(f"2026-11-{day}"))
        return {entry.agency for entry in current}

    before = {office.land, office.interior}
    assert [asked(day) for day in ("11", "13", "17")] == [before, {new, office.interior}, before]


def test_nothing_is_done_on_a_page_of_the_past(office):
    """Rule 8.9: plainly, with the way back to now."""
    page = client_of(office.officer).get(f"{CAMPAIGNS}?as_of=2026-11-08").content.decode()

    assert reverse("campaign_new") not in page
    assert "08/11/2026" in page


def test_the_past_costs_no_query_a_row(campaign, office):
    """Style: constant queries."""
    client, then = client_of(office.chief), f"{CAMPAIGNS}?as_of=2026-11-12"
    few = queries_of(client, then)
    for _each in range(3):
        drafted(office, "2026-11-04", office.land)

    assert queries_of(client, then) == few
