"""Two departments with open tasks, the Office, and a review campaign that asks both."""

from types import SimpleNamespace

import pytest

from tasks.models import ReviewCampaign
from tasks.reviewing import opening
from tests import factories as make

GIVEN, OPENED = make.moment("2026-11-02"), make.moment("2026-11-09")
DUE_ON = make.moment("2026-11-20", 0).date()


@pytest.fixture
def office(db) -> SimpleNamespace:
    """The people: chief, officer, Chair; two departments with head and staff."""
    return settled()


def settled() -> SimpleNamespace:
    """Make the people and the departments."""
    found = SimpleNamespace(chief=make.office_chief(), officer=make.officer(), chair=make.chair())
    found.land = make.AgencyFactory(code="tnmt", name="Phòng Tài nguyên và Môi trường")
    found.interior = make.AgencyFactory(code="noi-vu", name="Phòng Nội vụ")
    found.head, found.staff = make.head_of(found.land), make.staff_of(found.land)
    found.other_head = make.head_of(found.interior)
    return found


@pytest.fixture
def tasks(office) -> list:
    """Two open tasks of the land department, one of the other's that it helps with."""
    return [
        make.assigned_task(office.land, GIVEN, actor=office.chief, title="Rà soát giấy chứng nhận"),
        make.assigned_task(office.land, GIVEN, actor=office.chief, title="Thu gom rác thải"),
        make.assigned_task(
            office.interior, GIVEN, actor=office.chief, title="Kiểm tra công vụ",
            coordinating=[office.land],
        ),
    ]  # fmt: skip


@pytest.fixture
def campaign(office, tasks) -> ReviewCampaign:
    """A running campaign that asks both departments."""
    return opened(office, office.land, office.interior)


@pytest.fixture
def entry(campaign, office):
    """The land department's part."""
    return campaign.entries.get(agency=office.land)


def opened(office, *agencies) -> ReviewCampaign:
    """Open a campaign that asks these agencies."""
    asked = opening.Asked("Rà soát nhiệm vụ được giao", "Đối chiếu.", DUE_ON, list(agencies))
    draft = opening.draft_campaign(office.officer, OPENED, asked=asked)
    return opening.open_campaign(draft, office.chief, OPENED, version=draft.version)
