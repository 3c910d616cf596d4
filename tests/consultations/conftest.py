import pytest

from tests.factories import AgencyFactory, AgencyKindFactory


@pytest.fixture
def commune():
    """A commune committee that is consulted."""
    kind = AgencyKindFactory(code="xa", name="Xã", order=8)
    return AgencyFactory(code="quang-trung", name="UBND xã Quang Trung", kind=kind)


@pytest.fixture
def other_commune():
    kind = AgencyKindFactory(code="xa", name="Xã", order=8)
    return AgencyFactory(code="an-tien", name="UBND xã An Tiến", kind=kind)
