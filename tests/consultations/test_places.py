"""The consultations' count in the rail: what the lists behind it show (section 10)."""

from datetime import date, timedelta

import pytest
from django.db.models import F

from agencies.models import Body
from consultations import lifecycle
from consultations.models import Consultation, Opinion
from consultations.places import OPEN, OWED, RESULTS_OWED, count
from consultations.stances import Stance
from tests import factories as make
from tests.consultations.asking import ASKED, DUE, asked, replied

TICK = timedelta(microseconds=1)

pytestmark = pytest.mark.django_db


def figure(expression) -> int:
    """Return a figure of the rail, asked as the rail asks it."""
    make.OfficeFactory()
    return Body.objects.annotate(figure=expression + 0).values_list(F("figure"), flat=True).get()


def test_each_agency_and_instant_counts_its_own_lines(line, commune, other_commune):
    """The query was compiled for whoever came first; those who come later have theirs."""
    asked(commune, other_commune)

    for agency, at in [(commune, DUE - TICK), (other_commune, DUE - TICK), (commune, DUE)]:
        lines = Opinion.objects.owed_by(agency.pk, at)
        assert figure(OWED(agency.pk, at)) == lines.count(), (agency, at)
    assert figure(OWED(commune.pk, ASKED)) == 2
    assert figure(OWED(other_commune.pk, ASKED)) == 1
    assert figure(OWED(commune.pk, DUE)) == 0


def test_who_acts_for_no_agency_owes_nothing(line):
    assert figure(OWED(None, ASKED)) == 0


def test_the_result_of_a_meeting_counts_until_the_agency_answers(line, requester, commune):
    """Rule 6.10."""
    replied(line, ASKED, Stance.DISAGREED)
    made = lifecycle.reconcile(
        line, requester, lambda: DUE, held_on=date(2026, 11, 20), minutes="Họp tại xã.",
        result="Thống nhất lùi ranh giới 5 m.", due="03 ngày làm việc",
    )  # fmt: skip

    assert figure(RESULTS_OWED(commune.pk, DUE)) == 1
    assert figure(RESULTS_OWED(commune.pk, made.due_at)) == 0


@pytest.mark.parametrize("at", [ASKED, DUE - TICK, DUE], ids=["asked", "last moment", "closed"])
def test_who_sees_all_and_owes_nothing_counts_what_is_open(line, chief, at):
    opened = Consultation.objects.open(at).count()

    assert figure(OPEN(None, at)) == figure(count(chief, at)) == opened
