"""Occurrences are opened once, caught up, and never doubled (rules 3.10, 5.10)."""

import signal
import subprocess
import sys
from datetime import date

import pytest
from django.db import IntegrityError

from agencies.models import Event, Notice
from tasks.lifecycle import Work, give
from tasks.models import Recurrence, Task
from tasks.recurring.acts import begin
from tasks.recurring.opening import open_due
from tests import factories as make
from tests.factories import moment
from tests.processes import own_environment
from tests.racing import at_once

AT, LATE = moment("2026-09-01", 9), moment("2026-12-01", 8)


def begun(rule_text: str, lead=None, at=AT) -> Recurrence:
    (one,) = begin(
        make.office_chief(), at, [lead or make.AgencyFactory()], rule_text=rule_text,
        title="Báo cáo", source="Quy chế", assigned_by=make.AuthorityFactory(),
    )  # fmt: skip
    return one


def periods(recurrence: Recurrence) -> list[date]:
    return list(recurrence.occurrences.order_by("period_on").values_list("period_on", flat=True))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("rule_text", "count", "last"),
    [
        ("thứ Sáu hằng tuần", 14, date(2026, 11, 30)),
        ("trước ngày 20 hằng tháng", 4, date(2026, 12, 1)),
        ("hằng quý", 2, date(2026, 10, 1)),
        ("định kỳ 6 tháng", 1, date(2026, 7, 1)),
        ("hằng năm", 1, date(2026, 1, 1)),
    ],
    ids=["weekly", "monthly", "quarterly", "half-yearly", "yearly"],
)
def test_beat_dead_for_three_months_catches_up(rule_text, count, last) -> None:
    """Rules 3.10, 5.10: every missed period has its task, once."""
    recurrence = begun(rule_text)

    open_due(moment("2026-12-01", 8))
    again = open_due(moment("2026-12-01", 9))

    assert (len(periods(recurrence)), periods(recurrence)[-1], again) == (count, last, 0)


@pytest.mark.django_db
def test_what_is_caught_up_is_dated_from_its_period_and_recorded_now() -> None:
    """Rule 3.10: figures of any past day are as if the job had run; the record says when it did."""
    recurrence = begun("trước ngày 20 hằng tháng")
    late = moment("2026-11-26", 9)

    open_due(late)

    october = recurrence.occurrences.get(period_on=date(2026, 10, 1))
    assert october.assigned_at == october.state_rows.get().effective_at == moment("2026-10-01", 0)
    event = Event.objects.of(october).get()
    assert (event.act, event.actor, event.recorded_at) == ("task.occurrence_opened", None, late)
    seen = Task.objects.as_of(moment("2026-10-10")).filter(recurrence=recurrence)
    assert {task.period_on.month for task in seen} == {9, 10}


@pytest.mark.django_db
def test_the_lead_is_told_of_each() -> None:
    """Rule 10.1: work given to you."""
    lead = make.AgencyFactory()
    head = make.head_of(lead)
    begun("hằng tháng", lead)

    told = Notice.objects.filter(person=head.user, event__act="task.occurrence_opened")

    assert set(told.values_list("channel", flat=True)) == {"app", "mail"}


@pytest.mark.django_db
def test_nothing_is_opened_before_its_period() -> None:
    """Rule 5.10: one occurrence a period."""
    recurrence = begun("trước ngày 20 hằng tháng")

    open_due(moment("2026-09-30", 23, 59))

    assert periods(recurrence) == [date(2026, 9, 1)]


@pytest.mark.django_db
def test_a_closed_lead_gets_none_and_the_chief_is_told_once_a_period() -> None:
    """Rule 2.5: a closed agency's work moves by a decision, not by itself."""
    recurrence = begun("trước ngày 20 hằng tháng")
    recurrence.lead.closed_on = date(2026, 9, 15)
    recurrence.lead.save()

    for day in ("2026-10-02", "2026-10-03", "2026-11-02"):
        assert open_due(moment(day)) == 0

    told = Notice.objects.filter(
        occasion__startswith=f"recurrence:{recurrence.code}", channel="app"
    )
    assert told.count() == 2
    assert all(recurrence.lead.name in one.text for one in told)


@pytest.mark.django_db
def test_a_helper_closed_meanwhile_no_longer_helps() -> None:
    """Rule 2.5."""
    recurrence = begun("trước ngày 20 hằng tháng")
    helper = make.AgencyFactory(closed_on=date(2026, 9, 15))
    recurrence.coordinating.add(helper)

    open_due(moment("2026-10-02"))

    assert not recurrence.occurrences.get(period_on=date(2026, 10, 1)).coordinations.exists()


@pytest.mark.django_db
def test_the_database_makes_a_second_task_of_a_period_impossible() -> None:
    """Rule 5.10: a constraint, whatever the code does."""
    recurrence = begun("hằng tháng")
    task = recurrence.occurrences.get()

    with pytest.raises(IntegrityError):
        give(
            make.office_chief(), AT,
            [Work(title="x", source="y", lead=task.lead, assigned_by=task.assigned_by,
                  recurrence=recurrence, period_on=task.period_on)],
        )  # fmt: skip


@pytest.mark.django_db
def test_looking_for_what_is_due_costs_no_query_a_rule(django_assert_max_num_queries) -> None:
    """Style: the job asks one question, not one a rule."""
    for _n in range(5):
        begun("hằng tháng")

    with django_assert_max_num_queries(4):
        assert open_due(moment("2026-09-20")) == 0


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_open_each_occurrence_once() -> None:
    """Rule 3.10: on two machines at once."""
    recurrence = begun("trước ngày 20 hằng tháng")

    given = at_once(*4 * [lambda: open_due(LATE)])

    assert sum(given) == 3
    assert periods(recurrence) == [date(2026, month, 1) for month in (9, 10, 11, 12)]
    assert Event.objects.filter(act="task.occurrence_opened").count() == 4


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_half_way_leaves_nothing_half_done() -> None:
    """Rule 3.10: what is not committed never happened; the next run opens the rest, each once."""
    first, second = begun("trước ngày 20 hằng tháng"), begun("trước ngày 20 hằng tháng")

    opening = subprocess.run(
        [sys.executable, "-c", OPEN_AND_DIE, str(second.pk)],
        env=own_environment(), timeout=60, check=False,
    )  # fmt: skip

    assert opening.returncode == -signal.SIGKILL
    assert (len(periods(first)), len(periods(second))) == (4, 1)
    assert open_due(LATE) == 3
    assert periods(second) == periods(first)


# A process of its own opens until kill -9 ends it at the second task of a rule.
OPEN_AND_DIE = """
import os, signal, sys
import django
django.setup()
from tasks.recurring import opening
from tests.tasks.recurring.test_opening import LATE
give, given = opening.give, []
def dying(actor, at, works, **options):
    given.extend(work for work in works if work.recurrence.pk == int(sys.argv[1]))
    if len(given) == 2:
        os.kill(os.getpid(), signal.SIGKILL)
    return give(actor, at, works, **options)
opening.give = dying
opening.open_due(LATE)
"""
