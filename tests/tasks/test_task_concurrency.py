"""Two people at once, on real connections (rules 5.14, 11)."""

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connection

from agencies.models import AlreadyDone, Event, Notice
from agencies.refusals import Refused
from tasks import lifecycle
from tests import factories as make

AT = make.moment("2026-11-10")


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Do the acts in threads of their own, each on its own connection; return what each gave."""
    start, given = Barrier(len(acts)), [None] * len(acts)

    def run(place: int, act: Callable[[], object]) -> None:
        start.wait()
        try:
            given[place] = act()
        except (Refused, AlreadyDone) as error:
            given[place] = error
        finally:
            connection.close()

    threads = [Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return given


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
