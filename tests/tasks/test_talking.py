"""The exchange between agency and Office: who writes, who reads, who is told (rules 2.4, 5.12)."""

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from agencies.models import Attachment, Body, Event, Notice
from agencies.refusals import NotYours, Refused
from tasks import lifecycle
from tasks.models import Message
from tests import factories as make

pytestmark = pytest.mark.django_db
MON, TUE = make.moment("2026-11-09"), make.moment("2026-11-10")
WORDS = "Biểu mẫu này dùng số liệu quý III?"


@pytest.fixture
def people():
    """The chief, an officer, the lead's head and staff, the head of a helper."""
    head = make.head_of(make.AgencyFactory(code="phong-tnmt"))
    return {
        "chief": make.office_chief(),
        "officer": make.officer(),
        "head": head,
        "staff": make.staff_of(head.agency),
        "helper": make.head_of(make.AgencyFactory()),
    }


@pytest.fixture
def task(people):
    return make.assigned_task(
        people["head"].agency,
        actor=people["chief"],
        officer=people["officer"].post,
        coordinating=[people["helper"].agency],
    )


@pytest.fixture
def visit(visit):
    def ask(*asked):
        with time_machine.travel(TUE, tick=False):
            return visit(*asked)

    return ask


def told() -> set:
    return {n.person for n in Notice.objects.filter(event__act="message.written", channel="mail")}


def test_the_agency_writes_to_who_follows_the_task(task, people) -> None:
    """Rule 5.12: the notice goes to the other side, at once."""
    lifecycle.write(task, people["head"], MON, text=WORDS)

    assert told() == {people["officer"].user}
    assert Message.objects.get().text == WORDS


def test_without_an_officer_the_chief_is_told(people) -> None:
    """Rule 5.12: a message never goes nowhere."""
    task = make.assigned_task(people["head"].agency, actor=people["chief"])

    lifecycle.write(task, people["head"], MON, text=WORDS)

    assert told() == {people["chief"].user}


def test_the_office_writes_to_the_head_and_the_handler(task, people) -> None:
    """Rules 5.8, 5.12: who answers and who works on it."""
    task = lifecycle.hand_on(task, people["head"], MON, handler=people["staff"].post)

    lifecycle.write(task, people["officer"], MON, text="Dùng số liệu đến 30/9.")

    assert told() == {people["head"].user, people["staff"].user}


def test_about_the_offices_own_task_it_writes_to_the_leader(people) -> None:
    """Rule 2.3: where the Office is the lead, the other side is the supervising leader."""
    chair = make.chair()
    task = make.assigned_task(Body.current().office, actor=chair, supervisor=chair.post)

    lifecycle.write(task, people["chief"], MON, text=WORDS)

    assert told() == {chair.user}


def test_an_empty_message_is_refused(task, people) -> None:
    """Rule 5.12."""
    with pytest.raises(Refused) as refused:
        lifecycle.write(task, people["head"], MON, text=" ")

    assert refused.value.field == "text"


def test_a_helper_neither_writes_nor_reads(task, people, visit) -> None:
    """Rule 5.12: the exchange is between agency and Office; rule 2.4: files included."""
    upload = SimpleUploadedFile("bieu-mau.txt", b"mau")
    lifecycle.write(task, people["head"], MON, text=WORDS, files=[upload])
    attachment, helper = Attachment.objects.get(), people["helper"]

    with pytest.raises(NotYours):
        lifecycle.write(task, helper, MON, text="Chúng tôi cũng muốn biết.")

    assert WORDS not in visit(helper, task.get_absolute_url()).content.decode()
    assert visit(helper, attachment.get_absolute_url()).status_code == 404
    assert not Message.objects.visible_to(helper).exists()
    assert not Event.objects.visible_to(helper).filter(act="message.written").exists()


def test_both_sides_read_it_with_its_file(task, people, visit) -> None:
    """Rule 5.12: oldest first, not repeated in the story."""
    lifecycle.write(task, people["head"], MON, text=WORDS)
    upload = SimpleUploadedFile("mau.txt", b"mau")
    lifecycle.write(task, people["officer"], TUE, text="Theo mẫu này.", files=[upload])

    for role in ("head", "staff", "officer", "chief"):
        page = visit(people[role], task.get_absolute_url())
        assert [m.text for m in page.context["exchange"].messages] == [WORDS, "Theo mẫu này."]
        assert visit(people[role], Attachment.objects.get().get_absolute_url()).status_code == 200
    assert [event.act for event in page.context["events"]] == ["task.assigned"]


def test_a_message_makes_no_form_stale(task, people) -> None:
    """Rule 5.14: it adds to what was said; nobody's report is refused for it."""
    lifecycle.write(task, people["officer"], MON, text=WORDS, version=task.version + 7)

    lifecycle.progress(task, people["head"], TUE, text="Đang làm.", percent=5, version=task.version)

    assert task.updates.count() == 1


def test_the_form_on_the_page_sends_and_leads_back_to_the_exchange(task, people, visit) -> None:
    """Rule 5.12: written where it is read."""
    answer = visit(
        people["head"], f"/tasks/{task.code}/write/", {"text": WORDS, "version": task.version}
    )

    assert answer.url == f"{task.get_absolute_url()}#exchange"
    assert WORDS in visit(people["officer"], task.get_absolute_url()).content.decode()


def test_an_empty_form_keeps_its_place(task, people, visit) -> None:
    """Rule 11: bad input is said beside its field."""
    answer = visit(people["head"], f"/tasks/{task.code}/write/", {"text": "", "version": 0})

    assert answer.status_code == 400
    assert answer.context["form"].errors["text"]
