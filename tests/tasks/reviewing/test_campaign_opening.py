"""Preparing, opening, dropping and closing a review campaign (rule 5.13)."""

from datetime import date

import pytest

from agencies.editing import Changed
from agencies.models import AlreadyDone, Notice
from agencies.refusals import NotYours, Refused
from tasks.models import CampaignEntry, ReviewCampaign
from tasks.reviewing import confirming, opening
from tasks.reviewing.opening import Asked
from tests import factories as make
from tests.tasks.reviewing.conftest import DUE_ON, OPENED

AT = make.moment("2026-11-10")


def asked(*agencies, groups=(), **facts) -> Asked:
    facts = {"title": "Rà soát", "text": "", "due_on": DUE_ON} | facts
    return Asked(agencies=list(agencies), groups=list(groups), **facts)


@pytest.fixture
def draft(office) -> ReviewCampaign:
    return opening.draft_campaign(office.officer, OPENED, asked=asked(office.land))


def test_a_draft_asks_nobody(draft, office):
    """Rule 5.13: an officer prepares, the chief is told."""
    assert not CampaignEntry.objects.exists()
    assert draft.is_draft
    told = Notice.objects.filter(event__act="campaign.drafted", channel="app")
    assert [notice.person for notice in told] == [office.chief.user]


def test_opening_asks_each_agency_and_tells_its_head(draft, office):
    """Rule 10.1."""
    opening.open_campaign(draft, office.chief, AT, version=draft.version)

    entry = CampaignEntry.objects.get()
    assert (entry.agency, entry.confirmed_at) == (office.land, None)
    told = Notice.objects.filter(event__act="campaign.opened", channel="app")
    assert [notice.person for notice in told] == [office.head.user]


def test_groups_are_spelled_out_on_the_day_it_is_opened(office):
    """Rule 4.2: an agency closed since the draft is not asked."""
    group = make.GroupFactory()
    draft = opening.draft_campaign(office.officer, OPENED, asked=asked(groups=[group]))
    office.interior.closed_on = AT.date()
    office.interior.save()

    opening.open_campaign(draft, office.chief, AT, version=draft.version)

    assert [entry.agency for entry in CampaignEntry.objects.all()] == [office.land]


def test_a_campaign_whose_day_passed_is_not_opened(draft, office):
    """Rule 5.13: by a day that lies ahead."""
    with pytest.raises(Refused):
        opening.open_campaign(draft, office.chief, make.moment("2026-11-21"), version=draft.version)


def test_a_draft_that_changed_is_not_opened_unseen(draft, office):
    """Rule 5.14."""
    opening.edit_campaign(
        draft, office.officer, AT, asked=asked(office.interior), version=draft.version
    )

    with pytest.raises(Refused):
        opening.open_campaign(draft, office.chief, AT, version=draft.version)


def test_the_second_saving_of_a_draft_is_refused_with_what_differs(draft, office):
    """Rule 5.14."""
    opening.edit_campaign(
        draft, office.officer, AT, asked=asked(office.land, title="Rà soát quý IV"),
        version=draft.version,
    )  # fmt: skip

    with pytest.raises(Changed) as refused:
        opening.edit_campaign(
            draft, office.chief, AT, asked=asked(office.land, title="Rà soát năm"),
            version=draft.version,
        )  # fmt: skip

    assert refused.value.differences == [("title", "Rà soát quý IV", "Rà soát năm")]


def test_a_dropped_draft_is_opened_no_more(draft, office):
    opening.drop_campaign(draft, office.officer, AT)

    with pytest.raises(Refused):
        opening.open_campaign(draft, office.chief, AT, version=draft.version + 1)


@pytest.mark.parametrize(
    ("facts", "field"),
    [({"due_on": date(2026, 11, 1)}, "due_on"), ({"agencies": []}, "agencies")],
    ids=["a day that passed", "nobody asked"],
)
def test_a_draft_needs_agencies_and_a_day_to_come(office, facts, field):
    wanted = {"agencies": [office.land], "due_on": DUE_ON} | facts

    with pytest.raises(Refused) as refused:
        opening.draft_campaign(office.officer, OPENED, asked=Asked("Rà soát", "", **wanted))

    assert refused.value.field == field


def test_an_officer_does_not_open(draft, office):
    """Rule 5.13: approval by the chief."""
    with pytest.raises(NotYours):
        opening.open_campaign(draft, office.officer, AT, version=draft.version)


def test_closing_writes_who_was_silent(campaign, entry, office, tasks):
    """Rule 5.13."""
    confirming.confirm(entry, office.head, AT, right=[t.code for t in tasks[:2]])

    closed = opening.close_campaign(campaign, office.chief, AT)

    assert not closed.is_running
    assert campaign.entries.filter(confirmed_at=None).count() == 1


def test_a_campaign_is_not_closed_while_a_correction_waits(campaign, entry, office, tasks):
    """Rule 11: no correction is lost."""
    confirming.mark(
        entry, office.head, AT, kind="done", task=tasks[0], text="Xong.", document_number="9/BC"
    )
    confirming.confirm(entry, office.head, AT, right=[tasks[1].code])

    with pytest.raises(Refused):
        opening.close_campaign(campaign, office.chief, AT)


def test_a_form_posted_twice_opens_once(draft, office):
    posting = office.chief.with_form_key("opened-once")
    opening.open_campaign(draft, posting, AT, version=draft.version)

    with pytest.raises(AlreadyDone):
        opening.open_campaign(draft, posting, AT, version=draft.version)

    assert CampaignEntry.objects.count() == 1
