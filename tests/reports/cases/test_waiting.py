"""Which cases and praise wait on whom: what the lists, the rail and dashboards count (9.1)."""

import pytest

from reports.cases import lifecycle
from reports.cases.listing import cases_waiting_on, commendations_waiting_on
from tests.reports.cases.district import SIGNED, district, praise_put_forward, praise_signed, stated

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", ["chief", "internal affairs"])
def test_a_case_waits_on_both_signers_until_each_signed(role):
    place = district()
    case = stated(place)
    assert list(cases_waiting_on(place[role], SIGNED)) == [case]

    lifecycle.sign(case, place[role], SIGNED, measure="criticise", text="Đề nghị.")

    assert not cases_waiting_on(place[role], SIGNED)


@pytest.mark.parametrize("role", ["chief", "internal affairs"])
def test_a_case_waits_on_who_signed_praise_before(role):
    place = district()
    praise_signed(place)
    case = stated(place)

    assert list(cases_waiting_on(place[role], SIGNED)) == [case]


@pytest.mark.parametrize("role", ["chief", "internal affairs"])
def test_praise_waits_on_who_signed_a_case_before(role):
    place = district()
    lifecycle.sign(stated(place), place[role], SIGNED, measure="criticise", text="Đề nghị.")
    praise = praise_put_forward(place)

    assert list(commendations_waiting_on(place[role], SIGNED)) == [praise]
