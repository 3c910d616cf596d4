"""Who does what on an urging, role by role and state by state."""

from agencies.paper_acts import possible
from tasks.urging import issuing, preparing
from tasks.urging.table import ACTS
from tests.tasks.urging.conftest import NOW

MAY = {
    ("draft", "officer"): {"edit", "renew", "drop"},
    ("draft", "chief"): {"edit", "renew", "drop", "sign", "issue"},
    ("draft", "chair"): {"sign"},
    ("signed", "chief"): {"issue", "withdraw"},
    ("signed", "chair"): {"withdraw"},
}
ROLES = ("chief", "officer", "chair", "clerk", "head", "staff", "other_head")


def test_the_table_of_acts_by_role_and_state(late):
    """Rules 2.2, 2.3, 2.8."""
    (draft,) = preparing.draft([late.first.pk], late.officer, NOW)
    (third,) = preparing.draft([late.third.pk], late.officer, NOW)
    states = {"draft": draft, "dropped": preparing.drop(third, late.officer, NOW)}
    wrong = _wrong(states, late)
    signed = issuing.sign(draft, late.chief, NOW)
    wrong += _wrong({"signed": signed}, late)
    wrong += _wrong({"issued": issuing.issue(signed, late.chief, NOW)}, late)

    assert wrong == []


def _wrong(states: dict, late) -> list:
    return [
        (state, role, acts)
        for state, urging in states.items()
        for role in ROLES
        if (acts := set(possible(ACTS, urging, getattr(late, role))))
        != MAY.get((state, role), set())
    ]
