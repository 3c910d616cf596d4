"""Role × state × act on cases and commendations, written out by hand (rules 2.4, 9.1).

Who is not written sees nothing (404); "" sees and may do nothing.
"""

import pytest

from consultations.acts import available
from reports.cases.situation import Situation
from reports.cases.standing import Standing
from reports.cases.table import CASE_ACTS, COMMENDATION_ACTS
from reports.models import AccountabilityCase, Commendation
from tests.reports.cases.district import CASES, DECIDED, PRAISES, SIGNED, STATED, district

pytestmark = pytest.mark.django_db
AT = {
    Standing.DRAFTED: STATED,
    Standing.ASKED: STATED,
    Standing.SIGNING: STATED,
    Standing.BEFORE_CHAIR: SIGNED,
    Standing.DECIDED: DECIDED,
    Standing.DROPPED: DECIDED,
}

CASE_MATRIX = {
    Standing.DRAFTED: {
        "chief": "ask_statement drop",
        "internal affairs": "ask_statement drop",
        "inspector": "",
    },
    Standing.ASKED: {
        "chief": "",
        "internal affairs": "bring_measures",
        "inspector": "",
        "head concerned": "state_side",
    },
    Standing.SIGNING: {
        "chief": "sign",
        "internal affairs": "sign bring_measures",
        "inspector": "",
        "head concerned": "",
    },
    Standing.BEFORE_CHAIR: {
        "chair": "decide",
        "chief": "",
        "internal affairs": "bring_measures",
        "inspector": "",
        "head concerned": "",
    },
    Standing.DECIDED: {
        "chair": "",
        "chief": "",
        "internal affairs": "bring_measures",
        "inspector": "",
        "head concerned": "",
    },
    Standing.DROPPED: {"chief": "", "internal affairs": "", "inspector": ""},
}
PRAISE_MATRIX = {
    Standing.DRAFTED: {
        "chief": "put_forward drop",
        "internal affairs": "put_forward drop",
        "inspector": "",
        "emulation board": "put_forward drop",
    },
    Standing.SIGNING: {
        "chief": "sign",
        "internal affairs": "sign",
        "inspector": "",
        "emulation board": "",
    },
    Standing.BEFORE_CHAIR: {
        "chair": "decide",
        "chief": "",
        "internal affairs": "",
        "inspector": "",
        "emulation board": "",
    },
    Standing.DECIDED: {
        "chair": "",
        "vice chair": "",
        "chief": "",
        "deputy chief": "",
        "officer": "",
        "office clerk": "",
        "internal affairs": "",
        "inspector": "",
        "emulation board": "",
        "head concerned": "",
        "staff of the agency": "",
    },
}


def seen_and_done(place, matter, acts, at) -> dict[str, str]:
    """Return what each role that sees the matter may do, as the table above writes it."""
    rows = type(matter).objects.filter(pk=matter.pk)
    found = {}
    for role, actor in place.people.items():
        actor = type(actor)(actor.user, actor.post, None, at.date())
        if rows.visible_to(actor).exists():
            codes = [act.code for act in available(acts.values(), Situation(actor, at, matter))]
            found[role] = " ".join(codes)
    return found


@pytest.mark.parametrize("state", CASE_MATRIX)
def test_a_case_is_seen_and_done_as_the_table_says(state):
    """Rules 2.4, 9.1: by name only; the Chair after the signatures, nobody else at all."""
    place = district()
    case = CASES[state](place)

    assert case.standing(AT[state]) == state
    assert seen_and_done(place, case, CASE_ACTS, AT[state]) == CASE_MATRIX[state]


@pytest.mark.parametrize("state", PRAISE_MATRIX)
def test_praise_is_seen_and_done_as_the_table_says(state):
    """Rule 9.1: the emulation board sees commendations; once decided praise is no secret."""
    place = district()
    praise = PRAISES[state](place)

    assert praise.standing(AT[state]) == state
    assert seen_and_done(place, praise, COMMENDATION_ACTS, AT[state]) == PRAISE_MATRIX[state]


def test_whoever_has_no_post_sees_nothing():
    place = district()
    CASES[Standing.DECIDED](place)
    PRAISES[Standing.DECIDED](place)

    for model in (AccountabilityCase, Commendation):
        assert not model.objects.visible_to(place["no post"]).exists()
