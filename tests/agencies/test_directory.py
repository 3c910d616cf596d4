"""The body's directory goes into the database and comes out the same."""

from datetime import date

import pytest

from agencies.directory import shipped
from agencies.models import Agency, AgencyGroup
from tasks.directory import directory_of, load

pytestmark = pytest.mark.django_db


def by_code(rows):
    return {row["code"]: row for row in rows}


def test_what_was_loaded_is_what_the_reader_is_given():
    load(shipped())

    given = directory_of(date(2026, 11, 23))

    assert given["body"] == shipped()["body"]
    for part in ("kinds", "competences", "authorities", "directive_kinds"):
        assert by_code(given[part]) == by_code(shipped()[part])
    assert by_code(given["agencies"]).keys() == by_code(shipped()["agencies"]).keys()


def test_loading_again_doubles_nothing():
    load(shipped())
    before = Agency.objects.count()

    load(shipped())

    assert Agency.objects.count() == before


def test_a_group_is_the_agencies_of_its_kinds_open_on_the_day():
    """Rule 4.2."""
    load(shipped())
    group = AgencyGroup.objects.get(code="xa-thi-tran")
    Agency.objects.filter(code="xa-an-tho").update(closed_on=date(2026, 7, 1))

    assert group.members_on(date(2026, 6, 30)).count() == 17
    assert group.members_on(date(2026, 7, 1)).count() == 16
