"""The story of a task: states and deadlines from what to what (rule 3.9; issue 5, point 12)."""

import pytest
import time_machine
from django.urls import reverse

from agencies.sentences import sentence
from tasks import lifecycle
from tasks.judgement import Judgement
from tasks.lifecycle.sentences import SENTENCES
from tasks.story import events_of, story_of
from tests import factories as make

pytestmark = pytest.mark.django_db
NOW = make.moment("2026-11-10")


def turns(task, at=NOW) -> dict[str, list[tuple[str, str]]]:
    """Return what each act turned, by the act's code."""
    story = story_of(task, events_of(task), Judgement.at(at))
    return {event.act: [(one.old, one.new) for one in event.turns] for event in story if event.act}


def test_an_act_says_which_state_it_turned(task, head) -> None:
    lifecycle.accept(task, head, NOW)

    found = turns(task)

    assert found["task.assigned"] == []
    assert len(found["task.accepted"]) == 1


def test_a_report_sent_back_turns_state_and_deadline(task, head, chief) -> None:
    """Rule 5.5: the remaining time given back is seen as from what to what."""
    lifecycle.report(task, head, make.moment("2026-11-12"), result="Xong.", document_number="9")
    lifecycle.send_back(task, chief, make.moment("2026-11-16"), reason="Thiếu.")

    state, deadline = turns(task)["task.sent_back"]

    assert deadline == ("16/11/2026", "18/11/2026")
    assert state[0] != state[1]


def test_an_act_that_turns_nothing_says_nothing(task, head) -> None:
    lifecycle.progress(task, head, NOW, text="Đã xong 1 xã.", percent=5)
    lifecycle.progress(task, head, NOW, text="Đã xong 2 xã.", percent=10)

    story = story_of(task, events_of(task), Judgement.at(NOW))

    assert [len(event.turns) for event in story] == [0, 1, 0]


def test_the_turns_come_with_the_events(task, head, django_assert_num_queries) -> None:
    for percent in range(20):
        lifecycle.progress(task, head, NOW, text="Đang làm.", percent=percent)
    judgement = Judgement.at(NOW)

    with django_assert_num_queries(2):  # the events, their files
        story_of(task, events_of(task), judgement)


@pytest.fixture
def printed(client, task):
    def page(actor):
        client.force_login(actor.user)
        with time_machine.travel(NOW, tick=False):
            return client.get(reverse("task_timeline", args=[task.code]))

    return page


def test_the_printed_page_holds_the_facts_and_every_entry(printed, task, head, chief) -> None:
    for percent in range(40):
        lifecycle.progress(task, head, NOW, text=f"Đã xong {percent} xã.", percent=percent)

    page = printed(chief).content.decode()

    assert task.title in page
    assert "Đã xong 0 xã." in page and "Đã xong 39 xã." in page


def test_whoever_may_not_see_the_task_does_not_print_its_story(printed) -> None:
    """Rule 2.4."""
    assert printed(make.head_of(make.AgencyFactory())).status_code == 404


def test_every_task_act_says_a_sentence_of_its_own() -> None:
    """Point 12: sentences for all acts; no two acts read the same by mistake."""
    assert all(sentence(act, {}).strip() for act in SENTENCES)
