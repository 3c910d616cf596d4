"""The administrator's pages: calendar, settings, jobs, accounts, master data."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from agencies import holidays_calendar, system
from agencies.models import CalendarDay, Event, Heartbeat, Notice, Setting
from agencies.refusals import NotYours, Refused
from agencies.settings_catalogue import CATALOGUE, GROUPS
from tests.consultations.asking import asked
from tests.factories import (
    AgencyFactory,
    OfficeFactory,
    administrator,
    head_of,
    moment,
    office_chief,
)

pytestmark = pytest.mark.django_db
AT = moment("2026-11-16")
PAGES = ["calendar", "settings", "jobs", "accounts", "admin:index"]


@pytest.fixture
def admin_client(client):
    client.force_login(administrator().user)
    return client


@pytest.mark.parametrize("page", PAGES)
def test_the_administrator_opens_the_page(admin_client, page):
    assert admin_client.get(reverse(page)).status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_nobody_else_does(client, page):
    """Rule 2.4: what one may not see is not there."""
    client.force_login(office_chief().user)

    assert client.get(reverse(page)).status_code in (302, 404)


def test_no_content_model_is_in_the_admin_site():
    """Section 2: no power over content."""
    from django.contrib import admin

    content = {"Task", "Directive", "Consultation", "Opinion", "Reply", "PeriodicReport", "Event"}

    assert content.isdisjoint(model.__name__ for model in admin.site._registry)


def test_confirming_a_day_says_how_many_deadlines_moved(client):
    """Rule 3.5: they are named before, without a link to what the administrator may not read."""
    actor, agency = administrator(), AgencyFactory()
    head_of(agency)
    with time_machine.travel(AT, tick=False):
        consultation = asked(agency, at=AT, due="03 ngày làm việc")
        holidays_calendar.add_day(date(2026, 11, 18), "off", "Nghỉ bù", "Thông báo 5", actor, AT)
        client.force_login(actor.user)
        before = client.get(reverse("calendar"))
        answer = client.post(
            reverse("calendar_act", args=["confirm"]),
            {"acting": actor.key, "year": 2026, "version": before.context["version"]},
            follow=True,
        )

    assert consultation.title in before.content.decode()
    assert consultation.get_absolute_url() not in before.content.decode()
    assert "2026" in str(next(iter(answer.context["messages"])))


def test_a_proposed_year_counts_only_when_it_is_confirmed():
    """Rule 3.5."""
    OfficeFactory()
    actor = administrator()
    holidays_calendar.propose(2027, actor, AT)
    new_year = date(2027, 1, 1)
    before = CalendarDay.objects.calendar().is_working(new_year)

    holidays_calendar.confirm(2027, actor, AT)

    assert before and not CalendarDay.objects.calendar().is_working(new_year)
    assert Event.objects.filter(act="calendar.confirm").count() == 1


def test_a_year_proposed_twice_is_there_once():
    actor = administrator()
    first = holidays_calendar.propose(2027, actor, AT)

    again = holidays_calendar.propose(2027, actor, AT)

    assert (first > 0, again) == (True, 0)


def test_november_warns_of_an_unconfirmed_next_year():
    """Rule 3.5."""
    assert holidays_calendar.unconfirmed_next_year(moment("2026-11-01")) == 2027
    assert holidays_calendar.unconfirmed_next_year(moment("2026-10-31")) is None


def test_a_change_of_setting_acts_from_then_on():
    """Section 12."""
    OfficeFactory()
    system.change_setting(
        "due_soon_days", 5, "Quyết định 1", administrator(), AT, effective_from=AT
    )

    assert Setting.objects.value("due_soon_days", moment("2026-11-15")) == 3
    assert Setting.objects.value("due_soon_days", AT) == 5


def test_a_setting_never_changes_the_past():
    """Section 12: it never alters what was decided."""
    OfficeFactory()
    with pytest.raises(Refused):
        system.change_setting(
            "due_soon_days", 5, "x", administrator(), AT, effective_from=moment("2026-11-01")
        )


def test_a_setting_out_of_bounds_is_told_so_beside_its_field(admin_client):
    response = admin_client.post(
        reverse("setting", args=["due_soon_days"]),
        {"value": "99", "effective_from": "2026-12-01", "source": "Quyết định 1"},
    )

    assert response.status_code == 400
    assert "15" in response.content.decode()


def test_only_the_administrator_resets_a_password():
    OfficeFactory()
    with pytest.raises(NotYours):
        system.reset_password(head_of(AgencyFactory()).user, office_chief(), AT)


def test_a_reset_password_is_shown_once_and_must_be_changed(admin_client):
    person = head_of(AgencyFactory()).user

    response = admin_client.post(reverse("password_reset", args=[person.pk]))

    person.refresh_from_db()
    assert person.must_change_password
    assert person.check_password(response.context["password"])


def test_a_job_that_missed_its_turns_is_late_on_the_page(admin_client):
    """Rule 3.10."""
    Heartbeat.objects.create(
        job="consultations.sweep", every_seconds=60, started_at=AT, finished_at=AT
    )

    response = admin_client.get(reverse("jobs"))

    assert [late for _name, _beat, late in response.context["beats"]] == [True]


def test_a_job_is_called_by_what_it_does(admin_client):
    """Design: words an official would use, no code names; a job that is gone keeps its own."""
    for job in ("consultations.sweep", "agencies.forgotten"):
        Heartbeat.objects.create(job=job, every_seconds=60, started_at=AT)

    response = admin_client.get(reverse("jobs"))

    named = {beat.job: name for name, beat, _late in response.context["beats"]}
    assert named["agencies.forgotten"] == "agencies.forgotten"
    assert "." not in named["consultations.sweep"]


def test_mail_claimed_by_a_dead_sender_is_shown_as_uncertain_and_may_be_sent_again(admin_client):
    """Rule 10.2."""
    person = head_of(AgencyFactory()).user
    notice = Notice.objects.create(
        person=person, channel="mail", occasion="x", subject="Việc mới", created_at=AT,
        claimed_at=AT,
    )  # fmt: skip

    shown = admin_client.get(reverse("jobs")).content.decode()
    admin_client.post(reverse("mail_resend", args=[notice.pk]))

    assert "Việc mới" in shown
    assert not Notice.objects.uncertain(moment("2027-01-01")).filter(claimed_at=AT).exists()


def test_every_setting_stands_in_one_group():
    """Domain 12: the administrator finds each number by what it is about."""
    codes = [code for _, group in GROUPS for code in group]

    assert sorted(codes) == sorted(CATALOGUE)
