"""Two people at once, on real connections (rules 5.14, 11)."""

import time
from datetime import date
from threading import Event as Flag

import pytest
from django.db import connection, transaction

from agencies.models import AlreadyDone, Event, Notice, record
from agencies.refusals import Refused
from tasks import lifecycle
from tasks.demands import keeping
from tasks.lifecycle.doing import locked
from tasks.models import Extension, Return
from tasks.together import do_each
from tests import factories as make
from tests.racing import at_once

AT = make.moment("2026-11-10")


@pytest.fixture
def head(transactional_db):
    return make.head_of(make.AgencyFactory())


@pytest.fixture
def reported(head):
    task = make.assigned_task(head.agency)
    return lifecycle.report(task, head, AT, result="Xong.", document_number="9/TNMT")


def test_of_two_completions_one_wins_and_the_other_is_told_why(reported) -> None:
    """Rule 11: nothing is double-counted."""
    chiefs = [make.office_chief(), make.office_chief()]

    given = at_once(
        *(
            lambda chief=chief: lifecycle.complete(reported, chief, AT, version=reported.version)
            for chief in chiefs
        )
    )

    refused = [one for one in given if isinstance(one, Refused)]
    assert len(refused) == 1
    winner = chiefs[0] if given[1] is refused[0] else chiefs[1]
    assert winner.user.full_name in str(refused[0].message)
    assert Event.objects.filter(act="task.completed").count() == 1
    assert reported.state_rows.filter(state="completed").count() == 1


def test_two_chiefs_who_complete_the_same_ten_do_each_once(head) -> None:
    """Rules 5.4, 11: each task is completed by one of them, and the other is told so of it."""
    tasks = [make.assigned_task(head.agency) for _each in range(10)]
    for task in tasks:
        lifecycle.report(task, head, AT, result="Xong.", document_number="9/TNMT")
    chiefs = [make.office_chief(), make.office_chief()]

    both = at_once(
        lambda: do_each("complete", tasks, chiefs[0], AT, facts={}, versions={}),
        lambda: do_each("complete", tasks[::-1], chiefs[1], AT, facts={}, versions={}),
    )

    refused = [one.task for outcomes in both for one in outcomes if one.refusal is not None]
    assert sorted(task.pk for task in refused) == sorted(task.pk for task in tasks)
    assert Event.objects.filter(act="task.completed").count() == 10


def test_one_form_on_many_posted_twice_at_once_does_each_once(head) -> None:
    """Issue 5: one form, one report a task, however often it arrives."""
    tasks = [make.assigned_task(head.agency) for _each in range(5)]
    posting = head.with_form_key("posted-twice")
    facts = {"result": "Xong.", "document_number": "45/BC-TNMT"}

    both = at_once(*2 * [lambda: do_each("report", tasks, posting, AT, facts=facts, versions={})])

    outcomes = [one for outcomes in both for one in outcomes]
    assert sum(one.was_done_before for one in outcomes) == 5
    assert not any(one.refusal for one in outcomes)
    assert Event.objects.filter(act="task.reported").count() == 5


def test_completing_and_sending_back_at_once_does_one_of_them(reported) -> None:
    """Rule 5.14: the second is refused."""
    chief, officer = make.office_chief(), make.officer()

    given = at_once(
        lambda: lifecycle.complete(reported, chief, AT),
        lambda: lifecycle.send_back(reported, officer, AT, reason="Thiếu số liệu."),
    )

    assert sum(isinstance(one, Refused) for one in given) == 1
    reported.refresh_from_db()
    assert reported.state in ("completed", "in_progress")
    assert reported.reports.get().decision


def test_one_form_posted_twice_at_once_is_one_report(head) -> None:
    """Issue 4: a form posted twice is one act, and each is told of once."""
    chief = make.office_chief()
    task = make.assigned_task(head.agency, actor=chief)
    posting = head.with_form_key("posted-twice")

    given = at_once(
        *2 * [lambda: lifecycle.report(task, posting, AT, result="Xong.", document_number="9")]
    )

    assert sum(isinstance(one, AlreadyDone) for one in given) == 1
    assert task.reports.count() == 1
    assert Notice.objects.filter(event__act="task.reported", channel="app").count() == 1


def test_what_is_asked_while_an_act_waits_for_the_lock_counts(head) -> None:
    """Rule 5.3: handed back, the task takes no other act, nor one that waited already."""
    task = make.assigned_task(head.agency)
    is_locked = Flag()

    def hand_back() -> None:
        with transaction.atomic():
            case = locked(task, "accept", head, AT, None)
            is_locked.set()
            until_somebody_waits()
            event = record("task.handed_back", case.task, head, AT)
            Return.objects.create(
                task=case.task, event=event, post=head.post, reason="Không đúng chức năng.",
                asked_at=AT, late_from=AT,
            )  # fmt: skip

    def accept() -> object:
        is_locked.wait()
        return lifecycle.accept(task, head, AT)

    _asked, refused = at_once(hand_back, accept)

    assert isinstance(refused, Refused)


def until_somebody_waits() -> None:
    """Return when another connection waits for a lock."""
    with connection.cursor() as cursor:
        for _turn in range(500):
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
            time.sleep(0.01)
    raise AssertionError("nobody waits")


def test_codes_given_at_once_are_all_different(head) -> None:
    """Domain 1: public codes are unique, and none is lost."""
    chief, authority = make.office_chief(), make.AuthorityFactory()
    given = at_once(
        *4
        * [
            lambda: make.assigned_task(head.agency, actor=chief, assigned_by=authority).code,
        ]
    )

    assert sorted(given) == [f"NV-2026-{number:04d}" for number in range(1, 5)]


# Extensions (rule 5.6) ------------------------------------------------------------------------

LATER = date(2026, 11, 30)


def test_of_two_requests_at_once_one_is_made_and_the_other_told_why(head) -> None:
    """Rule 5.6: one open request a task, also of the head and his deputy at once."""
    deputy = make.head_of(head.agency, is_deputy=True)
    task = make.assigned_task(head.agency)

    given = at_once(
        *(
            lambda actor=actor: lifecycle.ask_extension(
                task, actor, AT, due_on=LATER, reason="Chờ số liệu."
            )
            for actor in (head, deputy)
        )
    )

    assert [one.message for one in given if isinstance(one, Refused)]
    assert task.extensions.count() == 1


def test_granting_and_refusing_at_once_does_one_of_them(head) -> None:
    """Rule 11: one decision a request."""
    chairs = [make.chair(), make.chair()]
    task = make.assigned_task(head.agency)
    lifecycle.ask_extension(task, head, AT, due_on=LATER, reason="Chờ số liệu.")

    given = at_once(
        lambda: lifecycle.grant_extension(task, chairs[0], AT),
        lambda: lifecycle.refuse_extension(task, chairs[1], AT, answer="Không đủ lý do."),
    )

    assert sum(isinstance(one, Refused) for one in given) == 1
    task.refresh_from_db()
    is_granted = task.extensions.get().granted_due_at is not None
    assert (task.due_at != task.original_due_at) is is_granted


def test_an_extension_and_completion_at_once_do_one_of_them(reported, head) -> None:
    """Rule 5.14: who comes second is told what the other did."""
    chair, chief = make.chair(), make.office_chief()
    Extension.objects.create(
        task=reported, event=Event.objects.of(reported).first(), post=head.post,
        reason="Chờ số liệu.", due_at=reported.due_at, asked_at=make.moment("2026-11-09"),
        asked_due_at=make.moment("2026-12-01", 0),
    )  # fmt: skip

    given = at_once(
        lambda: lifecycle.grant_extension(reported, chair, AT, version=reported.version),
        lambda: lifecycle.complete(reported, chief, AT, version=reported.version),
    )

    refused = [one for one in given if isinstance(one, Refused)]
    assert len(refused) == 1
    winner = chief if given[0] is refused[0] else chair
    assert winner.user.full_name in str(refused[0].message)
    reported.refresh_from_db()
    assert (reported.state == "completed") is (winner is chief)
    assert (reported.due_at != reported.original_due_at) is (winner is chair)


def test_a_return_confirmed_twice_at_once_opens_one_row(head) -> None:
    """Rules 5.3, 11: one lead; the second is told who decided before."""
    chiefs = [make.office_chief(), make.office_chief()]
    others = [make.AgencyFactory(), make.AgencyFactory()]
    task = lifecycle.hand_back(make.assigned_task(head.agency), head, AT, reason="Không đúng.")

    given = at_once(
        *(
            lambda chief=chief, lead=lead: lifecycle.confirm_return(
                task, chief, AT, lead=lead, version=task.version
            )
            for chief, lead in zip(chiefs, others, strict=True)
        )
    )

    refused = [one for one in given if isinstance(one, Refused)]
    assert len(refused) == 1
    winner = chiefs[0] if given[1] is refused[0] else chiefs[1]
    assert winner.user.full_name in str(refused[0].message)
    assert task.following.count() == 1


def test_a_return_withdrawn_and_confirmed_at_once_does_one_of_them(head) -> None:
    """Rule 5.3: either the agency keeps the task or another has it, never both."""
    chief, other = make.office_chief(), make.AgencyFactory()
    task = lifecycle.hand_back(make.assigned_task(head.agency), head, AT, reason="Không đúng.")

    given = at_once(
        lambda: lifecycle.withdraw_return(task, head, AT),
        lambda: lifecycle.confirm_return(task, chief, AT, lead=other),
    )

    assert sum(isinstance(one, Refused) for one in given) == 1
    task.refresh_from_db()
    assert (task.state == "returned") is task.following.exists()
    assert task.returns.get().decision == ("confirmed" if task.following.exists() else "withdrawn")


def test_a_report_and_a_suspension_at_once_do_one_after_the_other(head) -> None:
    """Rule 5.14: a report on a suspended task, or a suspension of a reported one, is refused."""
    chief = make.office_chief()
    task = make.assigned_task(head.agency)

    given = at_once(
        lambda: lifecycle.report(task, head, AT, result="Xong.", document_number="9"),
        lambda: lifecycle.suspend(task, chief, AT, reason="Chờ.", document_number="7"),
    )

    assert sum(isinstance(one, Refused) for one in given) == 1
    assert task.state_rows.exclude(state="assigned").count() == 1


# Demands (rule 4.1) ---------------------------------------------------------------------------


@pytest.fixture
def demand(transactional_db):
    city = make.AuthorityFactory(code="thanh-pho", is_superior=True)
    return keeping.note(
        make.DirectiveFactory(issuer=city), make.officer(), AT,
        wording=keeping.Wording("Báo cáo"), due_at=make.moment("2026-12-05", 0),
    )  # fmt: skip


def test_a_task_is_added_before_its_demand_closes_or_refused(demand, head) -> None:
    """Rule 4.1: nothing is added below what is closed."""
    chief, officer = make.office_chief(), make.officer()

    given = at_once(
        lambda: make.assigned_task(head.agency, actor=chief, at=AT, demand=demand),
        lambda: keeping.close(
            demand, officer, AT, document_number="9/BC", document_on=date(2026, 11, 9)
        ),
    )

    refused = [one for one in given if isinstance(one, Refused)]
    assert demand.tasks.count() == 1 - len(refused)
    demand.refresh_from_db()
    assert demand.closed_at == AT


def test_a_demand_moves_for_whoever_takes_the_work_over_at_once(demand, head) -> None:
    """Rules 5.3, 5.6: neither blocks the other, and the new row is bound to the new day."""
    chief, officer, other = make.office_chief(), make.officer(), make.AgencyFactory()
    make.head_of(other)
    task = make.assigned_task(head.agency, actor=chief, at=AT, demand=demand)

    given = at_once(
        lambda: lifecycle.change_lead(task, chief, AT, lead=other, reason="Đúng chức năng."),
        lambda: keeping.move(
            demand, officer, AT,
            due_on=date(2026, 12, 20), superior_number="2301/UBND",
            superior_on=date(2026, 11, 9),
        ),
    )  # fmt: skip

    assert not [one for one in given if isinstance(one, Exception)]
    assert task.following.get().superior_due_at == make.moment("2026-12-21", 0)
