"""A small district for the tests of directives."""

from types import SimpleNamespace

import pytest

from agencies.functions import Function
from agencies.models import Body
from tests.factories import (
    AgencyFactory,
    AgencyKindFactory,
    AuthorityFactory,
    DirectiveKindFactory,
    GroupFactory,
    OfficeFactory,
    PostFactory,
    actor_of,
    head_of,
    office_chief,
    officer,
)


@pytest.fixture
def district(db):
    """Two departments, three communes in a group, the Office's chief and officer."""
    communes = AgencyKindFactory(code="commune", name="Xã", order=5)
    office = OfficeFactory()
    place = SimpleNamespace(
        body=Body.current(),
        office=office,
        interior=AgencyFactory(code="noi-vu", name="Phòng Nội vụ"),
        finance=AgencyFactory(code="tai-chinh", name="Phòng Tài chính"),
        communes=[
            AgencyFactory(code=f"xa-{n}", name=f"UBND xã {name}", kind=communes)
            for n, name in enumerate(["An Thái", "Mỹ Đức", "Tân Viên"], start=1)
        ],
        group=GroupFactory(code="cac-xa", name="UBND các xã", kinds=[communes]),
        issuer=AuthorityFactory(),
        superior=AuthorityFactory(
            code="ubnd-thanh-pho", name="UBND thành phố", is_superior=True, level="province"
        ),
        kind=DirectiveKindFactory(),
        officer=officer(),
        chief=office_chief(),
    )
    place.clerk = actor_of(PostFactory(function=Function.CLERK, agency=office))
    place.head = head_of(place.interior)
    place.commune_heads = [head_of(commune) for commune in place.communes]
    return place
