"""The clock of browser tests."""

import pytest
import time_machine


@pytest.fixture
def clock(request):
    """Let the clock run from the module's `NOW`; the test may move it on."""
    with time_machine.travel(request.module.NOW) as traveller:
        yield traveller
