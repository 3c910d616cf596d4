"""Who asks and who is asked."""

import pytest

from tests.consultations.asking import asked, found_silence_rule, line_of
from tests.factories import AgencyFactory, AgencyKindFactory, head_of


@pytest.fixture
def commune():
    """A commune committee that is consulted."""
    kind = AgencyKindFactory(code="xa", name="Xã", order=8)
    return AgencyFactory(code="quang-trung", name="UBND xã Quang Trung", kind=kind)


@pytest.fixture
def other_commune():
    kind = AgencyKindFactory(code="xa", name="Xã", order=8)
    return AgencyFactory(code="an-tien", name="UBND xã An Tiến", kind=kind)


@pytest.fixture
def requester():
    """The head of the department that asks."""
    return head_of(AgencyFactory(name="Phòng Kinh tế và Hạ tầng"))


@pytest.fixture
def line(requester, commune):
    """The commune's line in a consultation under the rule of silence."""
    found_silence_rule()
    asked(commune, by=requester)
    return line_of(commune)
