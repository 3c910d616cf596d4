"""A confirmed day of the calendar is withdrawn with a reason (rule 3.5)."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from agencies import holidays_calendar
from agencies.editing import Changed
from agencies.models import CalendarDay, Event
from agencies.refusals import NotYours, Refused
from consultations.models import Opinion
from tests.consultations.asking import ASKED, DUE, asked, day_off, line_of
from tests.factories import AgencyFactory, OfficeFactory, administrator, moment, office_chief

pytestmark = pytest.mark.django_db

AT = ASKED + timedelta(hours=1)
WHY = "Thông báo 12/TB-UBND hủy lịch làm bù."
SATURDAY = "2026-11-21"


@pytest.fixture
def admin():
    OfficeFactory()
    return administrator()


def confirmed(day: str) -> CalendarDay:
    return CalendarDay.objects.get(day=date.fromisoformat(day))


def withdrawn(day: str, actor, at=AT, **fields):
    return holidays_calendar.withdraw_day(
        confirmed(day), actor, at, **{"reason": WHY} | fields
    )  # fmt: skip


def test_a_deadline_counted_on_a_worked_day_moves_later(admin):
    """Rule 3.5: the day is none any more; one event each."""
    day_off(SATURDAY, "Làm bù", "worked")
    line = asked(AgencyFactory(), due="05 ngày làm việc").opinions.get()
    assert line.due_at == moment("2026-11-22", 0)

    assert withdrawn(SATURDAY, admin) == 1

    line.refresh_from_db()
    assert line.due_at == moment("2026-11-24", 0)
    assert Event.objects.get(act="opinion.deadline_moved").thing == line
    assert CalendarDay.objects.calendar().is_working(date(2026, 11, 21)) is False


def test_a_deadline_counted_around_a_day_off_keeps_its_day(admin):
    """Rule 3.5: never to an earlier day; what is asked from now on counts the day."""
    day_off("2026-11-18")
    commune = AgencyFactory()
    asked(commune)
    assert line_of(commune).due_at == DUE + timedelta(days=1)

    assert withdrawn("2026-11-18", admin) == 0

    assert line_of(commune).due_at == DUE + timedelta(days=1)
    other = AgencyFactory()
    asked(other, at=AT)
    assert line_of(other).due_at == DUE


def test_what_has_been_deemed_stays(admin):
    """Rule 3.5: a deadline that has come moves no more."""
    day_off(SATURDAY, "Làm bù", "worked")
    asked(AgencyFactory(), due="05 ngày làm việc")

    assert withdrawn(SATURDAY, admin, moment("2026-11-22", 0)) == 0
    assert Opinion.objects.get().due_at == moment("2026-11-22", 0)


def test_who_withdrew_it_and_why_is_kept(admin):
    """Rule 11: nothing changes without a trace."""
    day_off(SATURDAY, "Làm bù", "worked")

    withdrawn(SATURDAY, admin)

    [event] = holidays_calendar.withdrawn_days(2026)
    assert (event.actor, event.params["text"]) == (admin.user, WHY)
    assert "21/11/2026" in event.sentence
    assert not holidays_calendar.withdrawn_days(2027)


def test_it_is_refused_without_a_reason_and_of_a_proposal(admin):
    """Rule 3.5: a proposal is dropped."""
    day_off(SATURDAY)
    with pytest.raises(Refused) as refused:
        withdrawn(SATURDAY, admin, reason=" ")
    assert refused.value.field == "reason"

    CalendarDay.objects.update(confirmed_at=None)
    with pytest.raises(Refused):
        withdrawn(SATURDAY, admin)


def test_only_who_may_confirm_withdraws(admin):
    """Section 2: the administrator."""
    day_off(SATURDAY)

    with pytest.raises(NotYours):
        withdrawn(SATURDAY, office_chief())


def test_no_deadline_moves_unseen(admin):
    """Rules 3.5, 5.14: what would move has changed since the page was shown."""
    day_off(SATURDAY, "Làm bù", "worked")
    seen = holidays_calendar.version_of_plan([confirmed(SATURDAY)], [])
    asked(AgencyFactory(), due="05 ngày làm việc")

    with pytest.raises(Changed):
        withdrawn(SATURDAY, admin, version=seen)


def test_the_page_lists_what_moves_then_the_calendar_tells_the_withdrawn_day(client, admin):
    """Rule 3.5: named before; kept in sight after."""
    day_off(SATURDAY, "Làm bù", "worked")
    title = asked(AgencyFactory(), due="05 ngày làm việc").title
    address = reverse("calendar_withdraw", args=[confirmed(SATURDAY).pk])
    client.force_login(admin.user)
    with time_machine.travel(AT, tick=False):
        linked = client.get(reverse("calendar"), {"year": 2026}).content.decode()
        page = client.get(address)
        version = page.context["form"].initial["version"]
        posted = {"acting": admin.key, "reason": WHY, "version": version}
        after = client.post(address, posted, follow=True)

    assert address in linked
    assert title in page.content.decode()
    assert WHY in after.content.decode()
    assert not CalendarDay.objects.exists()
