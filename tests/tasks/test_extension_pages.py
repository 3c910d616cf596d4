"""What the page of a task says of an extension before it is decided (rule 5.6; picture 5)."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from tasks import lifecycle
from tasks.models import Extension, Task
from tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_at_now")]
BEFORE, NOW = make.moment("2026-11-12"), make.moment("2026-11-19", 10)
LATER = date(2026, 11, 30)


@pytest.fixture
def task(head, chair):
    """Due at the end of 16/11/2026, three days before now; the city's day is 04/12/2026."""
    city = make.AuthorityFactory(code="thanh-pho", name="UBND thành phố", is_superior=True)
    task = make.assigned_task(head.agency, actor=chair, assigned_by=city)
    Task.objects.filter(pk=task.pk).update(superior_due_at=make.moment("2026-12-05", 0))
    return task


@pytest.fixture
def visit(client):
    """Return a page in English as somebody; with facts it posts."""

    def ask(actor, address: str, facts: dict | None = None):
        client.force_login(actor.user)
        with translation.override("en"):
            client.cookies["django_language"] = "en"
            if facts is None:
                return client.get(address)
            return client.post(address, {"acting": actor.key, **facts})

    return ask


def ask_late(task, head) -> Task:
    return lifecycle.ask_extension(task, head, NOW, due_on=LATER, reason="Chờ kết quả mẫu nước.")


def test_the_button_names_the_day_and_the_effect_stands_beside_it(task, head, chair, visit) -> None:
    """Rule 5.6: times extended, slack to the superior's day, what the figures become."""
    ask_late(task, head)

    answer = visit(chair, task.get_absolute_url())

    first = answer.context["next_acts"][0]
    assert (first.act.code, first.label) == ("grant_extension", "Grant until 30/11/2026")
    assert first.effect == (
        "The request was sent after the deadline. If granted: extension number 1; 4 working days"
        " left before the deadline of UBND thành phố, 04/12/2026; from today no longer overdue;"
        " reports also count by the original deadline, 16/11/2026."
    )


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (BEFORE, ["overdue, awaiting the extension"]),
        (NOW, ["3 days overdue", "late request for an extension, awaiting the decision"]),
    ],
    ids=["asked in time", "asked late"],
)
def test_the_head_of_the_page_says_what_waits(at, words, task, head, visit) -> None:
    """Rule 5.6: "quá hạn, chờ gia hạn", or overdue with a late request beside it."""
    lifecycle.ask_extension(task, head, at, due_on=LATER, reason="Chờ số liệu.")

    page = visit(head, task.get_absolute_url()).content.decode()

    subheading = page.partition('class="page-sub"')[2].partition("</div>")[0]
    assert all(one in subheading for one in words)
    assert subheading.count('class="pill ') == len(words)


def test_a_day_past_the_superiors_leaves_only_another_day(task, head, chair, visit) -> None:
    """Rule 5.6: the table itself keeps "as asked" from the page, and the page says why."""
    lifecycle.ask_extension(task, head, NOW, due_on=date(2026, 12, 31), reason="Chờ số liệu.")

    answer = visit(chair, task.get_absolute_url())

    acts = [one.act.code for one in answer.context["next_acts"]]
    assert "grant_extension" not in acts
    assert acts[0] == "grant_other_day"
    assert "04/12/2026" in answer.context["next_acts"][0].effect


def test_granting_by_the_button_posts_at_once(task, head, chair, visit) -> None:
    """Design principle 2: the main act is one press."""
    task = ask_late(task, head)

    answer = visit(chair, f"/tasks/{task.code}/grant_extension/", {"version": task.version})

    assert (answer.status_code, answer.url) == (302, task.get_absolute_url())
    assert Extension.objects.get().decision == "approved"


def test_what_was_typed_is_kept_when_the_superiors_decision_is_missing(
    task, head, chair, visit
) -> None:
    """Rule 11: a refused act answers 409 beside the field."""
    task = ask_late(task, head)
    facts = {"due_on": "2026-12-31", "answer": "Chờ thành phố họp.", "version": task.version}

    answer = visit(chair, f"/tasks/{task.code}/grant_other_day/", facts)

    assert answer.status_code == 409
    assert "superior_number" in answer.context["form"].errors
    assert "Chờ thành phố họp." in answer.content.decode()


def test_a_task_without_a_superior_asks_for_no_decision_of_one(head, chair, visit) -> None:
    """The form shows only what can matter."""
    task = ask_late(make.assigned_task(head.agency, actor=chair), head)

    form = visit(chair, f"/tasks/{task.code}/grant_other_day/").context["form"]

    assert [field.name for field in form.visible_fields()] == ["due_on", "answer"]


def test_the_facts_say_how_often_it_was_extended(task, head, chair, visit) -> None:
    """Rule 5.6: original deadline, times extended, the superior's day."""
    ask_late(task, head)
    lifecycle.grant_extension(task, chair, NOW)

    page = visit(head, task.get_absolute_url()).content.decode()

    assert "extended 1 time, now 30/11/2026" in " ".join(page.split())
    assert "Superior&#x27;s deadline" in page or "Superior's deadline" in page


def test_a_later_day_given_unasked_is_one_of_the_extensions(task, chair, visit) -> None:
    """Rule 5.6: beside the buttons stands how often more time was given, however it came."""
    lifecycle.move_deadline(task, chair, NOW, due_on=LATER, reason="Chờ kết quả mẫu nước.")

    page = visit(chair, task.get_absolute_url()).content.decode()

    assert "extended 1 time, now 30/11/2026" in " ".join(page.split())


def test_the_reason_for_a_day_is_shown_beside_the_day_it_explains(head, chair, visit) -> None:
    """Rule 3.6: after an extension the arithmetic explains the original day, not the new one."""
    from agencies.deadlines import Unit, by_term
    from agencies.models import CalendarDay

    reckoned = by_term(10, Unit.WORKING_DAY, date(2026, 11, 2), CalendarDay.objects.calendar())
    task = make.assigned_task(
        head.agency, actor=chair, due_at=reckoned.due_at, arithmetic=reckoned.to_json()
    )
    before = visit(head, task.get_absolute_url()).content.decode()
    lifecycle.move_deadline(task, chair, NOW, due_on=LATER, reason="Lùi kỳ họp.")
    after = visit(head, task.get_absolute_url()).content.decode()

    where = [
        page.index("Why this date?") > page.index("Original deadline") for page in (before, after)
    ]
    assert where == [False, True]


def test_a_waiting_request_adds_three_questions(task, head, chair, client) -> None:
    """Issue 5: a task page stays within a constant number of queries, however often it asked."""
    client.force_login(chair.user)
    ask_late(task, head)
    lifecycle.refuse_extension(task, chair, NOW, answer="Không đủ lý do.")
    before = questions(client, task)
    for _ in range(2):
        ask_late(task, head)
        lifecycle.refuse_extension(task, chair, NOW, answer="Không đủ lý do.")
    ask_late(task, head)

    assert questions(client, task) <= before + 3


def questions(client, task) -> int:
    client.get(task.get_absolute_url())
    with CaptureQueriesContext(connection) as asked:
        client.get(task.get_absolute_url())
    return len(asked)
