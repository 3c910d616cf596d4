"""Events are written once (domain 11)."""

import pytest
from django.db import DatabaseError, connection, transaction

from agencies.models import AlreadyDone, Event, record
from tests.factories import AgencyFactory, head_of, moment

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(settings):
    agency = AgencyFactory()
    settings.ROOT_URLCONF = "tests.agencies.addresses"
    return record("agency.opened", agency, head_of(agency), moment("2026-11-16"), key="form:1:a")


def test_the_database_refuses_to_change_an_event(event):
    """Rule 11: an event is edited by nobody, not even an administrator."""
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Event.objects.filter(pk=event.pk).update(act="something.else")


def test_the_database_refuses_to_remove_an_event(event):
    """Rule 11."""
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Event.objects.filter(pk=event.pk).delete()


def test_a_form_posted_twice_is_one_act(event):
    """Issue 4: unique request key."""
    with pytest.raises(AlreadyDone) as caught, transaction.atomic():
        record("agency.opened", event.thing, head_of(event.thing), event.recorded_at, key=event.key)

    assert caught.value.event == event
    assert Event.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_table_of_events_is_not_emptied_outside_tests(event):
    """Rule 11: TRUNCATE is refused too."""
    with connection.cursor() as cursor:
        cursor.execute("SET dondoc.testing = 'off'")
        try:
            with pytest.raises(DatabaseError, match="append-only"):
                cursor.execute("TRUNCATE agencies_event CASCADE")
        finally:
            cursor.execute("SET dondoc.testing = 'on'")
