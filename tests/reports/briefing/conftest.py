"""A briefing that is being held, of an office with two late agencies."""

import pytest

from reports.briefing.holding import open_briefing
from tests.tasks.urging.conftest import NOW, late  # noqa: F401


@pytest.fixture
def briefing(late):  # noqa: F811
    return open_briefing(
        late.chief, NOW, title="Cuộc họp giao ban tuần 48", held_on=NOW.date(),
        chaired_by=late.chair.post, present="Trưởng các phòng, Chủ tịch UBND các xã",
    )  # fmt: skip
