"""Acknowledgement: received, spread on which day, how, a file (rule 4.3)."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from agencies.models import AlreadyDone, Attachment
from agencies.refusals import NotYours, Refused
from tasks.directives.acknowledging import acknowledge
from tasks.models import Acknowledgement
from tests.factories import DirectiveFactory, head_of, moment, staff_of

AT = moment("2026-11-16")


@pytest.fixture
def asked(district):
    directive = DirectiveFactory(approved_at=AT, drafted_by=district.officer.post)
    rows = [
        Acknowledgement.objects.create(
            directive=directive, agency=commune, due_at=moment("2999-11-24", 0)
        )
        for commune in district.communes
    ]
    return rows[0]


def given(asked, actor, day=date(2026, 11, 15)):
    return acknowledge(asked, actor, AT, spread_on=day, how="Họp toàn thể")


def test_the_head_confirms(asked, district):
    """Rule 4.3."""
    head = district.commune_heads[0]

    done = given(asked, head)

    assert (done.acknowledged_at, done.acknowledged_by) == (AT, head.post)
    assert done.spread_on == date(2026, 11, 15)


@pytest.mark.parametrize("day", [date(2026, 11, 17), date(2026, 11, 1)], ids=["future", "before"])
def test_a_day_that_cannot_be_is_refused(day, asked, district):
    """Issue 4: not spread before the directive was written, nor tomorrow."""
    with pytest.raises(Refused) as caught:
        given(asked, district.commune_heads[0], day)

    assert caught.value.field == "spread_on"


def test_it_is_given_once(asked, district):
    given(asked, district.commune_heads[0])

    with pytest.raises(AlreadyDone):
        given(asked, district.commune_heads[0])


def test_nobody_confirms_for_another_agency(asked, district):
    """Rule 2.4."""
    with pytest.raises(NotYours):
        given(asked, district.commune_heads[1])


def test_staff_do_not_confirm(asked):
    """Domain 2: never the official act itself."""
    with pytest.raises(NotYours):
        given(asked, staff_of(asked.agency))


def test_a_head_confirms_by_the_page_with_a_file(client, asked, district):
    client.force_login(district.commune_heads[0].user)
    paper = SimpleUploadedFile("bien-ban.txt", "Biên bản họp".encode())

    answer = client.post(
        asked.get_absolute_url(), {"spread_on": "2026-11-15", "how": "Họp", "files": paper}
    )

    assert answer.url == asked.directive.get_absolute_url()
    assert Attachment.objects.get().thing == asked


def test_the_page_of_another_agency_is_not_there(client, asked, district):
    """Rule 2.4."""
    client.force_login(district.commune_heads[1].user)

    assert client.get(asked.get_absolute_url()).status_code == 404


def test_the_office_sees_who_has_not(client, asked, district):
    """Rule 4.3."""
    given(asked, district.commune_heads[0])
    client.force_login(district.officer.user)

    waiting = client.get(asked.directive.get_absolute_url()).context["waiting"]

    assert [row.agency for row in waiting] == district.communes[1:]


def test_an_agency_sees_its_own_acknowledgement_and_story_only(client, asked, district):
    """Rule 2.4."""
    given(asked, district.commune_heads[0])
    client.force_login(district.commune_heads[1].user)

    page = client.get(asked.directive.get_absolute_url())

    assert [row.agency for row in page.context["acknowledgements"]] == [district.communes[1]]
    assert "Họp toàn thể" not in page.content.decode()


def test_a_deputy_confirms_for_the_head(asked):
    """Rule 2.1: KT., without a delegation."""
    deputy = head_of(asked.agency, is_deputy=True)

    assert given(asked, deputy).acknowledged_by == deputy.post
