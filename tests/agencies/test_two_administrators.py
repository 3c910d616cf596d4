"""Two administrators at once: the second save is told what changed, by whom (rule 5.14)."""

from datetime import date

import pytest
from django.urls import reverse

from agencies import holidays_calendar, system
from agencies.editing import Changed
from agencies.models import CalendarDay, Setting
from tests.factories import AgencyFactory, OfficeFactory, PostFactory, administrator, moment

pytestmark = pytest.mark.django_db
AT = moment("2026-11-16")
DAY = date(2027, 2, 8)


@pytest.fixture
def first():
    OfficeFactory()
    return administrator()


@pytest.fixture
def second(first, client):
    other = administrator()
    client.force_login(other.user)
    return other


def typed_in(page, **changed) -> dict:
    """Return what a form holds when it is drawn, with what somebody then types."""
    form = page.context["form"]
    drawn = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in drawn.items() if value is not None} | changed


# Settings ------------------------------------------------------------------------------------


def test_a_setting_changed_meanwhile_is_not_changed_unseen(first, second, client):
    """Rule 5.14: refused with what changed, by whom; what was typed is kept; then it passes."""
    address = reverse("setting", args=["due_soon_days"])
    facts = {"value": 4, "effective_from": "2030-01-01", "source": "Quyết định 2"}
    typed = typed_in(client.get(address), **facts)
    system.change_setting("due_soon_days", 5, "Quyết định 1", first, AT, effective_from=AT)

    refused = client.post(address, typed)
    version = refused.context["form"]["version"].value()
    passed = client.post(address, typed | {"version": version})

    assert (refused.status_code, passed.status_code) == (409, 302)
    assert first.user.full_name in refused.content.decode()
    assert ("5", "4") in {(one.old, one.new) for one in refused.context["form"].differences}
    assert Setting.objects.filter(code="due_soon_days").count() == 2


def test_another_setting_changed_meanwhile_does_not_matter(first, second, client):
    address = reverse("setting", args=["due_soon_days"])
    typed = typed_in(
        client.get(address), value=4, effective_from="2030-01-01", source="Quyết định 2"
    )
    system.change_setting("late_return_days", 3, "Quyết định 1", first, AT, effective_from=AT)

    assert client.post(address, typed).status_code == 302


# Calendar ------------------------------------------------------------------------------------


def test_a_day_proposed_by_another_is_written_over_only_when_seen(first, second, client):
    holidays_calendar.add_day(DAY, "off", "Nghỉ Tết", "Thông báo 1", first, AT)
    typed = {"day": DAY.isoformat(), "kind": "worked", "name": "Làm bù", "source": "Thông báo 2"}

    refused = client.post(reverse("calendar"), typed)
    version = refused.context["form"]["version"].value()
    passed = client.post(reverse("calendar"), typed | {"version": version})

    assert (refused.status_code, passed.status_code) == (409, 302)
    assert first.user.full_name in refused.content.decode()
    assert "Nghỉ Tết" in refused.content.decode()
    assert CalendarDay.objects.get(day=DAY).name == "Làm bù"


def test_the_same_day_proposed_twice_is_no_conflict(first):
    for _n in range(2):
        holidays_calendar.add_day(DAY, "off", "Nghỉ Tết", "Thông báo 1", first, AT)

    assert CalendarDay.objects.filter(day=DAY).count() == 1


def test_a_plan_that_changed_is_not_confirmed_unseen(first, second, client):
    """Rule 3.5: deadlines move only as the page listed."""
    holidays_calendar.propose(2027, first, AT)
    version = client.get(reverse("calendar"), {"year": 2027}).context["version"]
    holidays_calendar.add_day(DAY, "worked", "Làm bù", "Thông báo 1", first, AT)

    address = reverse("calendar_act", args=["confirm"])
    refused = client.post(address, {"year": 2027, "version": version})

    assert refused.status_code == 409
    assert first.user.full_name in refused.content.decode()
    assert not CalendarDay.objects.confirmed().filter(day__year=2027).exists()
    again = client.post(address, {"year": 2027, "version": refused.context["version"]})
    assert again.status_code == 302


def test_a_proposal_written_over_meanwhile_is_not_dropped_unseen(first):
    row = holidays_calendar.add_day(DAY, "off", "Nghỉ Tết", "Thông báo 1", first, AT)
    seen = holidays_calendar.version_of_day(row)
    holidays_calendar.add_day(DAY, "worked", "Làm bù", "x", first, AT, version=seen)

    with pytest.raises(Changed):
        holidays_calendar.drop_proposal(row, administrator(), AT, version=seen)

    assert CalendarDay.objects.filter(day=DAY).exists()


# Accounts and other master data -------------------------------------------------------------


def of_admin(page, **changed) -> dict:
    """Return the admin form's values as drawn, with what somebody then types."""
    form = page.context["adminform"].form
    drawn = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in drawn.items() if value not in (None, False)} | changed


def test_an_account_changed_meanwhile_is_not_overwritten(first, second, client):
    person = PostFactory().user
    address = reverse("admin:agencies_user_change", args=[person.pk])
    typed = of_admin(client.get(address), phone="0912 345 678")
    client.force_login(first.user)
    client.post(address, of_admin(client.get(address), full_name="Trần Thị Mới"))
    client.force_login(second.user)

    refused = client.post(address, typed)
    again = client.post(address, of_admin(refused))

    assert (refused.status_code, again.status_code) == (200, 302)
    page = refused.content.decode()
    assert first.user.full_name in page and "Trần Thị Mới" in page and "0912 345 678" in page


@pytest.mark.parametrize("name", ["post", "agency", "agencygroup", "agencykind", "posttitle"])
def test_every_form_of_master_data_knows_the_state_it_was_drawn_in(first, second, client, name):
    from django.apps import apps

    post = PostFactory(agency=AgencyFactory())
    rows = {"post": post, "agency": post.agency, "agencykind": post.agency.kind,
            "posttitle": post.title}  # fmt: skip
    row = rows.get(name) or apps.get_model("agencies", name).objects.create(code="x", name="x")

    page = client.get(reverse(f"admin:agencies_{name}_change", args=[row.pk]))

    assert page.context["adminform"].form["drawn"].value()


def test_an_untouched_account_is_saved_at_once(first, second, client):
    person = PostFactory().user
    address = reverse("admin:agencies_user_change", args=[person.pk])

    answer = client.post(address, of_admin(client.get(address), phone="0912 345 678"))

    person.refresh_from_db()
    assert (answer.status_code, person.phone) == (302, "0912 345 678")
