"""One act on many tasks: chosen, previewed, done, each by itself (rules 5.4, 4.6, 5.14)."""

import pytest
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.models import Attachment, Event
from agencies.refusals import NotYours
from tasks import lifecycle
from tasks.models import Task
from tasks.states import State
from tasks.together import MOST, TOGETHER, do_each
from tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_at_now")]
NOW = make.moment("2026-11-10")
KEY = "6f8f3c1e-3a43-4f9e-9c4e-2f6f6b1a0d55"


@pytest.fixture
def tasks(head, chief) -> list[Task]:
    return [make.assigned_task(head.agency, actor=chief) for _each in range(3)]


@pytest.fixture
def reported(tasks, head) -> list[Task]:
    """Two reported, the third not."""
    for task in tasks[:2]:
        lifecycle.report(task, head, NOW, result="Xong.", document_number="9/TNMT")
    return tasks


@pytest.fixture
def together(client):
    """Post an act on many as somebody: `together(chief, "complete", tasks, …)`."""

    def post(actor, act: str, tasks, **facts):
        client.force_login(actor.user)
        chosen = {"act": act, "task": [task.pk for task in tasks], "acting": actor.key}
        return client.post("/tasks/together/", {"request_key": KEY, **chosen, **facts})

    return post


def states(tasks) -> list[str]:
    return [Task.objects.get(pk=task.pk).state for task in tasks]


# Doing ----------------------------------------------------------------------------------------


def test_what_one_task_refuses_stops_no_other(reported, chief) -> None:
    """Rule 5.4: each is done by the table of acts, or refused with its sentence."""
    outcomes = do_each("complete", reported, chief, NOW, facts={}, versions={})

    assert states(reported) == [State.COMPLETED, State.COMPLETED, State.ASSIGNED]
    assert [one.refusal is None for one in outcomes] == [True, True, False]


def test_each_task_keeps_its_own_event(reported, chief) -> None:
    """Rule 5.4: one act for many rows is one act on each."""
    do_each("complete", reported[:2], chief, NOW, facts={}, versions={})

    for task in reported[:2]:
        assert Event.objects.of(task).last().act == "task.completed"


@pytest.mark.parametrize("code", list(TOGETHER))
def test_nobody_does_many_what_the_table_forbids_on_one(code, reported, chief) -> None:
    """Rule 5.2: a stranger's form changes nothing, whatever the act."""
    stranger = make.head_of(make.AgencyFactory())
    facts = {name: [] if name == "files" else None for name in TOGETHER[code].act.needs}

    outcomes = do_each(code, reported, stranger, NOW, facts=facts, versions={})

    assert all(isinstance(one.refusal, NotYours) for one in outcomes)


def test_a_task_that_changed_since_it_was_seen_is_refused_alone(reported, chief) -> None:
    """Rule 5.14: told what changed; the others are done."""
    seen = {task.pk: Task.objects.get(pk=task.pk).version for task in reported[:2]}
    lifecycle.verify(reported[0], make.officer(), NOW)

    first, second = do_each("complete", reported[:2], chief, NOW, facts={}, versions=seen)

    assert first.refusal is not None
    assert second.refusal is None


# Pages ----------------------------------------------------------------------------------------


def test_the_preview_says_of_each_what_would_happen_or_why_not(reported, chief, client) -> None:
    """Design principle 5: what will happen is said before."""
    client.force_login(chief.user)
    query = "&".join(f"task={task.pk}" for task in reported)

    choice = client.get(f"/tasks/together/?act=complete&{query}").context["choice"]

    assert [bool(line.effect) for line in choice.possible] == [True, True]
    assert [line.task for line in choice.impossible] == reported[2:]
    assert states(reported)[0] == State.REPORTED


def test_many_reports_are_confirmed_only_with_their_evidence_seen(
    reported, chief, together
) -> None:
    """Rule 5.4: one act for many rows where all evidence was seen."""
    answer = together(chief, "complete", reported[:2])

    assert answer.status_code == 400
    assert "is_seen" in answer.context["form"].errors
    assert states(reported[:2]) == [State.REPORTED, State.REPORTED]


def test_the_result_tells_what_was_done_and_what_was_not(reported, chief, together) -> None:
    """Issue 5: a summary with links to those refused."""
    answer = together(chief, "complete", reported, is_seen="on")

    assert answer.status_code == 200
    assert len(answer.context["done"]) == 2
    assert [one.task for one in answer.context["refused"]] == reported[2:]
    assert reported[2].get_absolute_url() in answer.content.decode()


def test_a_form_posted_twice_does_nothing_twice(reported, chief, together) -> None:
    """Issue 4, bad input: one form, one act on each task."""
    together(chief, "complete", reported[:2], is_seen="on")
    again = together(chief, "complete", reported[:2], is_seen="on")

    assert len(again.context["before"]) == 2
    assert Event.objects.filter(act="task.completed").count() == 2


def test_an_officer_completes_nothing_in_bulk(reported, together) -> None:
    """Rule 5.4: the officer verifies, the chief completes."""
    answer = together(make.officer(), "complete", reported[:2], is_seen="on")

    assert answer.status_code == 409
    assert states(reported[:2]) == [State.REPORTED, State.REPORTED]


def test_a_head_verifies_nothing_in_bulk(reported, head, together) -> None:
    """Rule 2.3: nobody verifies the own report."""
    answer = together(head, "verify", reported[:2], is_seen="on")

    assert answer.status_code == 409
    assert not any(task.reports.get().verified_at for task in reported[:2])


def test_what_one_may_not_see_is_not_there(reported, together) -> None:
    """Rule 2.4: ids of others' tasks in a form find nothing."""
    stranger = make.head_of(make.AgencyFactory())

    answer = together(stranger, "accept", reported)

    assert answer.status_code == 302
    assert states(reported) == [State.REPORTED, State.REPORTED, State.ASSIGNED]


def test_an_act_that_is_not_done_on_many_answers_404(tasks, chief, together) -> None:
    """Rule 5.12: a difficulty is answered by itself."""
    assert together(chief, "raise_obstacle", tasks).status_code == 404
    assert together(chief, "no-such-act", tasks).status_code == 404


def test_a_fact_wrong_for_all_is_told_beside_its_field(tasks, together) -> None:
    """Rule 11: nothing typed is lost, nothing is done."""
    chair = make.chair()
    facts = {"due_on": "2026-11-05", "reason": "Điều chỉnh kế hoạch."}

    answer = together(chair, "move_deadline", tasks, **facts)

    assert answer.status_code == 409
    assert "due_on" in answer.context["form"].errors
    assert "Điều chỉnh kế hoạch." in answer.content.decode()


def test_deadlines_of_many_are_changed_with_one_reason(tasks, together) -> None:
    """Issue 5: move several at once; the originals stay (rule 5.6)."""
    facts = {"due_on": "2026-12-15", "reason": "Điều chỉnh kế hoạch."}

    together(make.chair(), "move_deadline", tasks, **facts)

    for task in Task.objects.filter(pk__in=[task.pk for task in tasks]):
        assert task.due_at == make.moment("2026-12-16", 0)
        assert task.original_due_at == make.moment("2026-11-17", 0)


def test_waiting_extensions_are_granted_together_each_as_asked(tasks, head, together) -> None:
    """Rule 5.6: decided by who assigned; the one that asked for nothing is refused."""
    asked = [make.moment("2026-11-26", 0), make.moment("2026-12-01", 0)]
    for task, due_at in zip(tasks, asked, strict=False):
        day = due_at.date().replace(day=due_at.day) - make.timedelta(days=1)
        lifecycle.ask_extension(task, head, NOW, due_on=day, reason="Chờ số liệu.")

    answer = together(make.chair(), "grant_extension", tasks)

    assert [Task.objects.get(pk=task.pk).due_at for task in tasks[:2]] == asked
    assert [one.task for one in answer.context["refused"]] == tasks[2:]


def test_the_preview_of_extensions_names_each_day_and_reason(tasks, head, client) -> None:
    """Rule 5.6: whoever grants many at once reads what each asks for, and why."""
    day = NOW.date().replace(day=25)
    lifecycle.ask_extension(tasks[0], head, NOW, due_on=day, reason="Chờ số liệu của các xã.")
    client.force_login(make.chair().user)

    page = client.get(f"/tasks/together/?act=grant_extension&task={tasks[0].pk}").content.decode()

    assert "25/11/2026" in page
    assert "Chờ số liệu của các xã." in page


def test_a_correction_changes_on_each_only_what_is_filled_in(tasks, together) -> None:
    """Rule 4.5: before acceptance the officer corrects freely; another officer follows."""
    officer, other = make.officer(), make.officer()

    together(officer, "correct", tasks, officer=other.post.pk, reason="Phân công lại.")

    rows = Task.objects.filter(pk__in=[task.pk for task in tasks])
    assert {task.officer for task in rows} == {other.post}
    assert {task.title for task in rows} == {tasks[0].title}


def test_a_correction_of_nothing_is_refused(tasks, together) -> None:
    """Issue 4, bad input: said in words."""
    answer = together(make.officer(), "correct", tasks, reason="Phân công lại.")

    assert answer.status_code == 400
    assert answer.context["form"].non_field_errors()


def test_many_are_given_to_another_agency(tasks, chief, together) -> None:
    """Rule 5.3: each row ends as transferred and a linked one begins."""
    agency = make.AgencyFactory(code="phong-nnptnt")

    together(chief, "change_lead", tasks, lead=agency.pk, reason="Đúng chức năng hơn.")

    assert states(tasks) == [State.TRANSFERRED] * 3
    assert Task.objects.filter(lead=agency, previous__in=tasks).count() == 3


# One document for many ------------------------------------------------------------------------


def test_one_document_completes_many_tasks(tasks, head, together) -> None:
    """Rule 4.6: one document can close ten tasks at once; evidence hangs on each."""
    upload = TemporaryUploadedFile("bao-cao.txt", "text/plain", 0, None)
    upload.write("Báo cáo chung".encode())
    upload.seek(0)
    facts = {"result": "Đã hoàn thành.", "document_number": "45/BC-TNMT", "files": upload}

    answer = together(head, "report", tasks, **facts)

    assert len(answer.context["done"]) == 3
    for task in tasks:
        assert task.reports.get().document_number == "45/BC-TNMT"
        assert Attachment.objects.of(task).get().file.read().decode() == "Báo cáo chung"


def test_a_large_upload_is_kept_for_each_of_several_tasks(tasks, head) -> None:
    """A large upload lies in a file of its own; keeping it once must not take it away."""
    upload = TemporaryUploadedFile("bao-cao.txt", "text/plain", 0, None)
    upload.write(b"x" * 1000)
    upload.size = 1000
    facts = {"result": "Xong.", "document_number": "", "files": [upload]}

    outcomes = do_each("report", tasks, head, NOW, facts=facts, versions={})

    assert [one.refusal for one in outcomes] == [None] * 3
    assert {Attachment.objects.of(task).get().file.size for task in tasks} == {1000}


def test_a_report_without_evidence_is_refused_on_the_form(tasks, head, together) -> None:
    """Rule 5.4: at least one piece of evidence."""
    answer = together(head, "report", tasks, result="Xong.")

    assert answer.status_code == 409
    assert "document_number" in answer.context["form"].errors
    assert states(tasks) == [State.ASSIGNED] * 3


# Choosing -------------------------------------------------------------------------------------


def test_all_that_the_filters_find_can_be_chosen(tasks, chief, client) -> None:
    """Issue 5: the list's own filters say which."""
    make.assigned_task(actor=chief)
    client.force_login(chief.user)

    choice = client.get(
        "/tasks/together/?act=suspend&scope=found&state=open&agency=phong-tnmt"
    ).context["choice"]

    assert {line.task for line in choice.possible} == set(tasks)


def test_at_most_so_many_are_taken_at_once_and_that_is_said(chief, client) -> None:
    """Issue 5: a limit with a clear message."""
    first = make.assigned_task(actor=chief)
    Task.objects.bulk_create(
        Task(code=f"X-{n}", title="Rà soát", lead=first.lead, assigned_by=first.assigned_by,
             assigned_at=NOW)
        for n in range(MOST + 2)
    )  # fmt: skip
    client.force_login(chief.user)

    answer = client.get("/tasks/together/?act=suspend&scope=found&state=open")

    choice = answer.context["choice"]
    assert (len(choice.possible), choice.left_out) == (MOST, 3)
    assert str(MOST) in answer.content.decode()


def test_nothing_chosen_leads_back_with_a_word(chief, client) -> None:
    """Issue 4, bad input: a clear message, no empty page."""
    client.force_login(chief.user)

    answer = client.get("/tasks/together/?act=complete&state=open", follow=True)

    assert answer.redirect_chain[-1][0] == "/tasks/?state=open"
    assert list(answer.context["messages"])


@pytest.mark.parametrize("text", ["abc", "-1", "99999999999999999999999", ""])
def test_ids_that_are_none_find_nothing(text, chief, client) -> None:
    """Issue 4, bad input."""
    client.force_login(chief.user)

    assert client.get(f"/tasks/together/?act=complete&task={text}").status_code == 302


def test_the_list_offers_what_makes_sense_on_its_rows(reported, chief, head, client) -> None:
    """Rule 5.2: the bar follows the table of acts."""

    def offered(actor) -> dict[str, frozenset]:
        client.force_login(actor.user)
        found = client.get("/tasks/").context["offers"]
        return {offer.together.code: offer.tasks for offer in found}

    assert offered(chief)["complete"] == {task.pk for task in reported[:2]}
    assert set(offered(make.officer())) == {"verify", "correct"}
    assert set(offered(head)) == {"accept", "report", "hand_on"}
    assert offered(make.staff_of(head.agency)) == {}


def test_a_list_of_the_past_offers_nothing(reported, chief, client) -> None:
    """Rule 8.9: what stood then is not acted on."""
    client.force_login(chief.user)

    assert client.get("/tasks/?as_of=2026-11-09").context["offers"] == []


# Queries --------------------------------------------------------------------------------------


def test_neither_list_nor_preview_asks_more_of_more_rows(chief, head, client) -> None:
    """Issue 5: constant queries, whatever acts the rows allow."""

    def taken(address: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get(address).status_code == 200
        return len(seen)

    def more(count: int) -> None:
        for number in range(count):
            task = make.assigned_task(head.agency, actor=chief, competence=make.CompetenceFactory())
            if number % 2:
                lifecycle.report(task, head, NOW, result="Xong.", document_number="9/TNMT")

    addresses = [
        "/tasks/", "/tasks/?waiting=verification",
        *(f"/tasks/together/?act={act}&scope=found&state=open" for act in TOGETHER),
    ]  # fmt: skip
    more(4)
    client.force_login(chief.user)
    few = [taken(address) for address in addresses]
    more(20)

    assert [taken(address) for address in addresses] == few


def test_the_doing_costs_the_acts_themselves(reported, chief) -> None:
    """Issue 5: constant overhead, at most 12 an act."""
    with CaptureQueriesContext(connection) as seen:
        do_each("complete", reported[:2], chief, NOW, facts={}, versions={})

    reading_or_writing = [
        one for one in seen if not one["sql"].startswith(("SAVEPOINT", "RELEASE"))
    ]
    assert len(reading_or_writing) <= 2 * 12
