"""An agency is closed on a day, with its successors (rule 2.5)."""

from datetime import date

import pytest
from django.urls import reverse

from agencies.acting import acting_choices
from agencies.closing import close
from agencies.models import Agency, Event, Notice
from agencies.refusals import NotYours, Refused
from tests import factories as make

pytestmark = pytest.mark.django_db
AT, DAY = make.moment("2026-11-16"), date(2026, 11, 20)


@pytest.fixture
def old():
    return make.AgencyFactory(code="xa-cu")


@pytest.fixture
def new():
    return make.AgencyFactory(code="xa-moi")


def closed(old, *successors, actor=None, **fields):
    facts = {"closed_on": DAY, "successors": successors, "document_number": "1204/QĐ-UBND"}
    return close(old, actor or make.administrator(), AT, **(facts | fields))


def test_it_is_there_until_the_day_before(old, new):
    closed(old, new)

    assert old in Agency.objects.open_on(date(2026, 11, 19))
    assert old not in Agency.objects.open_on(DAY)
    assert list(old.successors.all()) == [new]


def test_its_posts_end_with_it(old, new):
    """Rule 2.1: a post has dates."""
    head = make.head_of(old)

    closed(old, new)

    assert acting_choices(head.user, date(2026, 11, 19))
    assert acting_choices(head.user, DAY) == []


def test_the_chief_is_told_and_the_history_says_who_closed_it(old, new):
    chief, administrator = make.office_chief(), make.administrator()

    closed(old, new, actor=administrator)

    event = Event.objects.of(old).get()
    assert (event.act, event.actor) == ("agency.closed", administrator.user)
    assert Notice.objects.get(channel="app").person == chief.user


def test_a_wrong_day_or_successor_is_put_right_before_anything_moved(old, new):
    closed(old, new)

    closed(old, closed_on=date(2026, 11, 25))

    old.refresh_from_db()
    assert (old.closed_on, old.successors.count()) == (date(2026, 11, 25), 0)


def test_a_successor_is_there_on_the_day(old, new):
    Agency.objects.filter(pk=new.pk).update(opened_on=date(2026, 11, 21))

    with pytest.raises(Refused) as refused:
        closed(old, new)

    assert refused.value.field == "successors"


def test_nobody_succeeds_himself_and_the_office_stays(old):
    with pytest.raises(Refused):
        closed(old, old)
    with pytest.raises(Refused):
        closed(make.OfficeFactory())


def test_only_the_administrator_closes(old, new):
    for actor in (make.office_chief(), make.chair(), make.head_of(old)):
        with pytest.raises(NotYours):
            closed(old, new, actor=actor)


def test_the_form_closes_and_the_page_names_the_successor(client, old, new):
    client.force_login(make.administrator().user)
    typed = {"closed_on": "2026-01-10", "document_number": "1204", "successors": [new.pk]}

    page = client.post(reverse("agency_close", args=["xa-cu"]), typed, follow=True)

    assert page.status_code == 200
    assert new.name in page.content.decode()
    assert old.name in client.get(new.get_absolute_url()).content.decode()
