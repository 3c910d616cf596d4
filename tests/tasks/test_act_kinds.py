"""Every act can be lent by whoever has it (rule 2.2)."""

import pytest

from agencies.act_kinds import act_kinds
from tasks.acts import ACTS


@pytest.mark.parametrize("act", ACTS.values(), ids=lambda act: act.code)
def test_every_act_on_a_task_belongs_to_one_kind(act):
    kinds = [k for k in act_kinds() if any(act.event.startswith(one) for one in k.beginnings)]

    assert len(kinds) == 1
