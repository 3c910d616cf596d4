"""An office with its people, and an agency that is late."""

from types import SimpleNamespace

import pytest

from agencies.functions import Function
from tasks.models import Task
from tests import factories as make

NOW = make.moment("2026-11-26", 8, 30)


def overdue(agency=None, due: str = "2026-11-10", **fields) -> Task:
    """Return a task of the agency, due at the end of the day before `due`."""
    return make.assigned_task(agency, due_at=make.moment(due, 0), **fields)


def silent(agency, since: str = "2026-07-01", **fields) -> Task:
    """Return an undated task of the agency without news since that day."""
    return make.assigned_task(agency, make.moment(since), review_on=None, due_at=None, **fields)


@pytest.fixture
def late(db):
    """Two agencies, the first with two overdue tasks; chief, officer, clerk, heads."""
    office = make.OfficeFactory()
    people = SimpleNamespace(
        office=office,
        chief=make.office_chief(),
        officer=make.officer(),
        chair=make.chair(),
        clerk=make.actor_of(make.PostFactory(function=Function.CLERK, agency=office)),
        agency=make.AgencyFactory(code="tnmt", name="Phòng Tài nguyên và Môi trường"),
        other=make.AgencyFactory(code="tckh", name="Phòng Tài chính - Kế hoạch"),
    )
    people.head, people.staff = make.head_of(people.agency), make.staff_of(people.agency)
    people.other_head = make.head_of(people.other)
    people.first = overdue(people.agency, "2026-10-16", title="Rà soát đất công")
    people.second = overdue(people.agency, "2026-11-20", title="Báo cáo khai thác cát")
    people.third = overdue(people.other, "2026-11-21", title="Quyết toán ngân sách")
    return people
