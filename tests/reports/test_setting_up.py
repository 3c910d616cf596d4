"""A production start: the body's directory, the calendar and an administrator, no invented data."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from agencies.acting import acting_choices
from agencies.deadlines import local_day
from agencies.functions import Function
from agencies.models import Agency, CalendarDay, User
from tasks.models import Task

pytestmark = pytest.mark.django_db


def test_a_production_start_has_a_directory_and_one_administrator():
    out = StringIO()

    call_command("setup_body", "--administrator", "an.nguyen", stdout=out)

    admin = User.objects.get()
    assert admin.must_change_password
    assert acting_choices(admin, local_day(timezone.now()))[0].functions == {Function.ADMINISTRATOR}
    assert "temporary password" in out.getvalue()
    assert Agency.objects.count() == 49
    assert CalendarDay.objects.confirmed().exists()
    assert not Task.objects.exists()


def test_a_body_set_up_twice_stays_as_it_was():
    call_command("setup_body", stdout=StringIO())
    call_command("setup_body", stdout=StringIO())

    assert Agency.objects.count() == 49


def test_an_account_name_is_given_once():
    call_command("setup_body", "--administrator", "an.nguyen", stdout=StringIO())

    with pytest.raises(CommandError, match="already"):
        call_command("create_administrator", "an.nguyen", "Nguyễn An")


def test_an_administrator_needs_a_body():
    with pytest.raises(CommandError, match="setup_body"):
        call_command("create_administrator", "an.nguyen", "Nguyễn An")
