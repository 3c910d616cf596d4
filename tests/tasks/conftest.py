"""What tests of tasks begin with: one task with its people, a small district with a directive."""

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
    assigned_task,
    head_of,
    office_chief,
    officer,
)


@pytest.fixture
def head():
    """The head of the agency that leads `task`."""
    return head_of(AgencyFactory(code="phong-tnmt"))


@pytest.fixture
def task(head, chief):
    """Assigned on Monday 02/11/2026 at 9, due at the end of Monday 16/11."""
    return assigned_task(head.agency, actor=chief)


@pytest.fixture
def visit(client):
    """Return a page as somebody: `visit(head, "/tasks/…/")`; with facts it posts."""

    def ask(actor, address: str, facts: dict | None = None):
        client.force_login(actor.user)
        if facts is None:
            return client.get(address)
        return client.post(address, {"acting": actor.key, **facts})

    return ask


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
