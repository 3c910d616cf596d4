"""A calendar change moves a campaign's deadline that was counted from a term (rule 3.5)."""

import pytest

from agencies.acting import SYSTEM
from agencies.models import Event, Notice
from tasks.models import ReviewCampaign
from tasks.reviewing import confirming
from tasks.reviewing.holder import CampaignHolder
from tasks.reviewing.opening import campaign_deadline
from tests import factories as make
from tests.tasks.reviewing.conftest import OPENED

AT, LATER = make.moment("2026-11-10"), make.moment("2026-11-25", 0)


@pytest.fixture
def counted(campaign) -> ReviewCampaign:
    """The campaign, its deadline counted as ten working days."""
    term = campaign_deadline(OPENED)
    campaign.due_at, campaign.arithmetic = term.due_at, term.to_json()
    campaign.save()
    return campaign


def test_a_day_given_by_name_never_moves(campaign):
    """Rule 3.2."""
    assert list(CampaignHolder().open_deadlines(AT)) == []


def test_it_moves_later_with_a_trace_and_tells_who_has_not_confirmed(counted, entry, office, tasks):
    confirming.confirm(entry, office.head, AT, right=[task.code for task in tasks[:2]])
    [held] = CampaignHolder().open_deadlines(AT)

    CampaignHolder().move(held, LATER, counted.arithmetic, SYSTEM, AT)

    counted.refresh_from_db()
    assert counted.due_at == LATER
    event = Event.objects.of(counted).get(act="campaign.deadline_moved")
    assert {n.person for n in Notice.objects.filter(event=event)} == {office.other_head.user}


def test_it_never_moves_earlier(counted):
    [held] = CampaignHolder().open_deadlines(AT)

    CampaignHolder().move(held, make.moment("2026-11-11", 0), {}, SYSTEM, AT)

    counted.refresh_from_db()
    assert counted.due_at == held.due_at
