"""The list a closed agency had still to confirm is its successor's (rules 2.5, 5.13)."""

import pytest

from agencies.refusals import Refused
from agencies.reorganising import undo
from tasks.reviewing import confirming
from tasks.reviewing.listing import campaigns_of, figures_of
from tasks.reviewing.opening import close_campaign
from tests import factories as make
from tests.agencies.reorganised import AT, moved, succeed
from tests.tasks.reviewing.conftest import opened

LATER = make.moment("2026-11-13")


@pytest.fixture
def new(office):
    return make.AgencyFactory(code="moi-truong", name="Phòng Môi trường")


@pytest.fixture
def new_head(new):
    return make.head_of(new)


def asked(campaign) -> list:
    return [entry.agency for entry in campaign.entries.current()]


def confirm(entry, head):
    codes = list(confirming.tasks_to_review(entry).values_list("code", flat=True))
    return confirming.confirm(entry, head, LATER, note="", right=codes, was=[])


def test_the_successor_confirms_what_moved_to_it(campaign, office, new, new_head):
    succeed(office.land, new)

    moved(office.land, office.chief)

    assert asked(campaign) == [office.interior, new]
    done = confirm(campaign.entries.get(agency=new), new_head)
    assert [row["title"] for row in done.listed] == ["Rà soát giấy chứng nhận", "Thu gom rác thải"]


def test_a_successor_that_is_asked_itself_confirms_once(campaign, office):
    succeed(office.land, office.interior)

    done = moved(office.land, office.chief)

    assert asked(campaign) == [office.interior]
    undo(done, office.chief, LATER)
    assert set(asked(campaign)) == {office.land, office.interior}


def test_nobody_counts_the_closed_agency_as_silent(campaign, office, new):
    succeed(office.land, new)
    moved(office.land, office.chief)

    assert figures_of(campaign)["asked"] == 2
    assert campaigns_of(office.chief).get().asked == 2


def test_undone_only_the_closed_agency_is_asked(entry, campaign, office, new, new_head):
    succeed(office.land, new)
    done = moved(office.land, office.chief)

    undo(done, office.chief, LATER)

    assert set(asked(campaign)) == {office.land, office.interior}
    with pytest.raises(Refused):
        confirm(campaign.entries.get(agency=new), new_head)
    assert not campaigns_of(new_head).exists()


def test_moved_again_after_an_undo_the_successor_is_asked_anew(campaign, office, new):
    succeed(office.land, new)
    undo(moved(office.land, office.chief), office.chief, LATER)

    moved(office.land, office.chief, LATER)

    assert asked(campaign) == [office.interior, new]


def test_what_the_successor_confirmed_stays(office, new, new_head):
    """Rule 2.5: undoable until the first act on it."""
    alone = opened(office, office.land)
    succeed(office.land, new)
    done = moved(office.land, office.chief)
    confirm(alone.entries.get(agency=new), new_head)

    with pytest.raises(Refused):
        undo(done, office.chief, LATER)


def test_a_confirmed_list_and_a_closed_campaign_stay(entry, campaign, office, new):
    confirm(entry, office.head)
    other = opened(office, office.land)
    close_campaign(other, office.chief, LATER)
    succeed(office.land, new)

    moved(office.land, office.chief, AT)

    assert not other.entries.filter(agency=new).exists()
    assert asked(campaign) == [office.land, office.interior]
