"""Reminders and frozen rows name who holds the post on the day (rules 2.1, 5.1)."""

from datetime import date

import pytest

from agencies.models import Post
from reports.build import build_period
from reports.reminders import Reminding
from tests import factories as make
from tests.reports.histories import frozen_rows
from tests.reports.named_periods import month

pytestmark = pytest.mark.django_db
DUE = make.moment("2026-11-06", 0)


@pytest.fixture
def old():
    return make.staff_of(make.AgencyFactory()).post


@pytest.fixture
def task(old):
    return make.assigned_task(old.agency, responsible=old, due_at=DUE)


def replaced(old: Post, last_day: date, first_day: date) -> Post:
    Post.objects.filter(pk=old.pk).update(ends_on=last_day)
    return make.PostFactory(agency=old.agency, title=old.title, starts_on=first_day)


def test_the_one_who_took_the_post_over_is_reminded(task, old):
    """Rule 8.1: the responsible person and the head, then the officer."""
    new = replaced(old, date(2026, 11, 14), date(2026, 11, 15))

    reminded = {reminder.person for reminder in Reminding(make.moment("2026-11-16")).all()}

    assert new.user in reminded
    assert old.user not in reminded


@pytest.mark.parametrize(
    ("last_day", "first_day", "is_new"),
    [
        (date(2026, 11, 13), date(2026, 11, 14), True),
        (date(2026, 11, 14), date(2026, 11, 15), False),
    ],
    ids=["replaced on the last day", "replaced after it"],
)
def test_the_frozen_row_names_who_answered_on_the_last_day(task, old, last_day, first_day, is_new):
    """Rule 8.4: figures are as of the cut-off whenever built."""
    new = replaced(old, last_day, first_day)

    report = build_period(month(2026, 11), make.moment("2026-11-20"))

    named = {row["responsible"] for row in frozen_rows(report, "tasks")}
    assert named == {(new if is_new else old).user.full_name}
