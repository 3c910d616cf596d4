"""One digest a person a day; steps of reminders caught up, never repeated."""

import pytest

from agencies.models import Notice, NoticeChoice, Setting
from agencies.notices import mail_of, owe
from reports.digest import owe_digests
from tasks.models import Acknowledgement, Task
from tasks.states import Plea, State
from tests.factories import (
    AgencyFactory,
    DirectiveFactory,
    OfficeFactory,
    chair,
    head_of,
    moment,
    officer,
    staff_of,
)
from tests.reports.histories import Step, asked_to_review, event_on, line_of, task_with

pytestmark = pytest.mark.django_db

BEGUN = moment("2026-09-01")
MONDAY = moment("2026-11-16", 7, 30)


@pytest.fixture
def agency():
    OfficeFactory()
    return AgencyFactory(code="tnmt", name="Phòng Tài nguyên và Môi trường")


@pytest.fixture
def head(agency):
    return head_of(agency)


def digests(person) -> list[str]:
    mails = Notice.objects.filter(person=person.user, occasion__startswith="digest:")
    return list(mails.order_by("created_at").values_list("text", flat=True))


def steps(person) -> list[str]:
    found = Notice.objects.filter(person=person.user, occasion__startswith="reminder:")
    return [notice.occasion.rsplit(":", 1)[-1] for notice in found.order_by("created_at", "pk")]


def test_the_head_is_told_three_working_days_before(agency, head, at):
    """Rule 8.1: the first step; Thursday's deadline is three working days from Monday."""
    task = task_with(agency, BEGUN, at("20/11/2026"))

    assert owe_digests(moment("2026-11-13", 8)) == 0
    owe_digests(MONDAY)

    assert steps(head) == ["before"]
    assert f"{task.code} {task.title}" in digests(head)[0]


@pytest.mark.parametrize(
    "when",
    [moment("2026-11-16", 6, 59), moment("2026-11-15", 9), moment("2026-11-20", 0)],
    ids=["before seven", "Sunday", "midnight"],
)
def test_nobody_is_woken_at_night_or_on_a_day_off(agency, head, at, when):
    """Rule 8.1: the morning of working days, by the local hour."""
    task_with(agency, BEGUN, at("13/11/2026"))

    assert owe_digests(when) == 0


def test_running_again_on_the_day_owes_nothing_more(agency, head, at):
    """Rule 10.2: one digest a person a day, whatever runs how often."""
    task_with(agency, BEGUN, at("18/11/2026"))
    owe_digests(MONDAY)
    task_with(agency, BEGUN, at("18/11/2026"))

    assert owe_digests(moment("2026-11-16", 8)) == 0
    assert len(digests(head)) == 1


def test_a_step_is_said_once_and_the_next_one_follows(agency, head, at):
    """Rule 8.1: before, on the day, then each week overdue; nothing in between."""
    task_with(agency, BEGUN, at("19/11/2026"))  # the 18th is the last day

    for day in range(16, 31):
        owe_digests(moment(f"2026-11-{day}", 8))

    assert steps(head) == ["before", "day", "week-1"]
    assert len(digests(head)) == 3


def test_missed_days_are_caught_up_by_the_step_that_holds_now(agency, head, at):
    """Rules 3.10, 8.1: a job that slept over three steps says the present one once."""
    task_with(agency, BEGUN, at("01/11/2026"))

    owe_digests(MONDAY)
    owe_digests(moment("2026-11-17", 8))

    assert steps(head) == ["week-2"]


def test_a_moved_deadline_begins_anew(agency, head, at):
    """Rule 8.1: the step belongs to the deadline it speaks of."""
    task = task_with(agency, BEGUN, at("18/11/2026"))
    owe_digests(MONDAY)
    Task.objects.filter(pk=task.pk).update(due_at=at("20/11/2026"))

    owe_digests(moment("2026-11-17", 8))

    assert steps(head) == ["before", "before"]


def test_recipients_rise_with_the_delay(agency, head, at):
    """Rule 8.1: person and head, then the officer, then the supervising leader."""
    person, follows, leads = staff_of(agency), officer(), chair()
    task_with(
        agency, BEGUN, at("18/11/2026"), responsible=person.post, officer=follows.post,
        supervisor=leads.post,
    )  # fmt: skip

    def told() -> set[str]:
        who = {"person": person, "head": head, "officer": follows, "leader": leads}
        return {name for name, actor in who.items() if steps(actor)}

    owe_digests(MONDAY)
    before = told()
    owe_digests(moment("2026-11-17", 8))
    on_the_day = told()
    owe_digests(moment("2026-11-24", 8))

    assert before == {"person", "head"}
    assert on_the_day == {"person", "head", "officer"}
    assert told() == {"person", "head", "officer", "leader"}


@pytest.mark.parametrize(
    ("plea", "words"),
    [(Plea.EXTENSION, "quá hạn, chờ gia hạn"), (Plea.RETURN, "quá hạn, chờ giải quyết trả lại")],
)
def test_what_was_asked_in_time_is_not_told_as_overdue(agency, head, at, plea, words):
    """Rule 5.6: undecided at its deadline, it does not count against the agency until decided."""
    task_with(agency, BEGUN, at("11/11/2026"), plea=plea)

    owe_digests(MONDAY)

    (mail,) = Notice.objects.filter(person=head.user, occasion__startswith="digest:")
    assert words in mail.text
    assert "ngày quá hạn" not in mail.text
    assert "Chưa hoàn thành, quá hạn" not in mail.text
    assert mail.subject.endswith(": 1 chờ quyết định")


def test_reported_work_is_not_urged(agency, head, at):
    """Rule 5.5: it waits for the Office."""
    task_with(agency, BEGUN, at("13/11/2026"), [Step(moment("2026-11-12"), State.REPORTED)])

    owe_digests(MONDAY)

    assert steps(head) == []


def test_consultations_and_acknowledgements_are_in_it(agency, head, at):
    """Rules 4.3, 6.3: with the consequence of silence."""
    line_of(agency, moment("2026-11-10"), at("18/11/2026"))
    Acknowledgement.objects.create(
        directive=DirectiveFactory(number="412/UBND-VP"), agency=agency, due_at=at("18/11/2026")
    )

    owe_digests(MONDAY)

    text = digests(head)[0]
    assert "Quy hoạch khu dân cư" in text
    assert "412/UBND-VP" in text
    assert len(steps(head)) == 2


def test_it_tells_what_happened_since_the_last_one(agency, head, at):
    """Rule 10.1: what was not immediate comes in the daily digest, once."""
    task = task_with(agency, BEGUN, at("30/12/2026"))
    other = task_with(AgencyFactory(), BEGUN, at("30/12/2026"), title="Việc của nơi khác")
    owe([head.user], event_on(task, moment("2026-11-14")))
    owe([head.user], event_on(other, moment("2026-11-14")))

    owe_digests(MONDAY)
    owe_digests(moment("2026-11-17", 8))

    assert len(digests(head)) == 1
    assert task.title in digests(head)[0]
    assert "Việc của nơi khác" not in digests(head)[0], "rule 10.3: no longer visible"


def test_what_is_chosen_for_the_application_only_is_not_in_it(agency, head, at):
    """Rule 10.1: each person chooses per kind."""
    NoticeChoice.objects.create(person=head.user, kind="progress", delivery="app")
    task = task_with(agency, BEGUN, at("30/12/2026"))
    owe([head.user], event_on(task, moment("2026-11-14"), "task.progress"))

    assert owe_digests(MONDAY) == 0


def test_what_is_addressed_but_chosen_for_the_digest_is_in_it(agency, head, at):
    """Rule 10.1: an immediate kind chosen as digest waits for it."""
    NoticeChoice.objects.create(person=head.user, kind="decided", delivery="digest")
    task = task_with(agency, BEGUN, at("30/12/2026"))
    owe([head.user], event_on(task, moment("2026-11-14"), "task.completed"), immediate=True)

    owe_digests(MONDAY)

    assert [task.title in text for text in digests(head)] == [True]


def test_several_acts_on_one_thing_stand_under_one_link(agency, head, at):
    """Rule 10.1: the digest is read thing by thing; each line leads to its page."""
    task = task_with(agency, BEGUN, at("30/12/2026"))
    for act in ("task.accepted", "task.progress"):
        owe([head.user], event_on(task, moment("2026-11-14"), act))
    late = task_with(agency, BEGUN, at("13/11/2026"))

    owe_digests(MONDAY)

    digest = Notice.objects.get(person=head.user, channel="mail")
    assert [len(section["lines"]) for section in digest.lines] == [1, 1]
    assert len(digest.lines[1]["lines"][0]["sentences"]) == 2
    message = mail_of(digest)
    html = message.alternatives[0][0]
    assert f'<a href="http://testserver{late.get_absolute_url()}">' in html
    assert f"http://testserver{late.get_absolute_url()}" in message.body


@pytest.mark.parametrize(
    ("code", "value", "expected"),
    [
        ("reminder_leader_days", 3, {"person", "head", "officer", "leader"}),
        ("reminder_officer_days", 5, {"person", "head"}),
        ("reminder_every_days", 2, {"person", "head", "officer"}),
    ],
)
def test_how_recipients_rise_is_a_setting(agency, head, at, code, value, expected):
    """Rules 8.1 and 12: on the fourth day overdue."""
    Setting.objects.create(
        code=code, value=value, effective_from=BEGUN, source="Quyết định 1", recorded_at=BEGUN
    )
    person, follows, leads = staff_of(agency), officer(), chair()
    task_with(
        agency, BEGUN, at("13/11/2026"), responsible=person.post, officer=follows.post,
        supervisor=leads.post,
    )  # fmt: skip

    owe_digests(MONDAY)

    who = {"person": person, "head": head, "officer": follows, "leader": leads}
    assert {name for name, actor in who.items() if steps(actor)} == expected


def test_reminders_stand_in_the_application_too(agency, head, at):
    """Rule 10.2: in-app list; shown only while the thing is visible (10.3)."""
    task = task_with(agency, BEGUN, at("18/11/2026"))
    owe_digests(MONDAY)

    shown = Notice.objects.visible_to(head).in_application()
    assert [notice.thing for notice in shown] == [task]

    stranger = head_of(AgencyFactory())
    Notice.objects.update(person=stranger.user)
    assert (
        not Notice.objects.visible_to(stranger)
        .in_application()
        .filter(occasion__startswith="reminder:")
        .exists()
    )


def test_it_speaks_the_language_of_its_person(agency, head, at):
    """Rule 10: Vietnamese first, English complete."""
    head.user.language = "en"
    head.user.save()
    task_with(agency, BEGUN, at("13/11/2026"))

    owe_digests(MONDAY)

    mail = mail_of(Notice.objects.get(person=head.user, channel="mail"))
    assert "4 days overdue" in mail.body
    assert "Your work on 16/11/2026: 1 overdue" in mail.subject


def test_nothing_to_say_sends_nothing(agency, head):
    """Rule 10.2: no empty digests."""
    assert owe_digests(MONDAY) == 0


def test_whoever_left_the_post_is_not_told(agency, head, at):
    """Rule 2.1: posts have dates; the one who holds it that day counts."""
    person = staff_of(agency, ends_on=at("31/10/2026").date())
    task_with(agency, BEGUN, at("13/11/2026"), responsible=person.post)

    owe_digests(MONDAY)

    assert digests(person) == []
    assert len(digests(head)) == 1


# Shares of coordinating agencies -----------------------------------------------------------------


def test_a_helper_is_reminded_of_its_share_by_its_own_day(agency, head, at):
    """Rules 5.9, 8.1: the helper's head before; the lead's head too once it is overdue."""
    helper = head_of(AgencyFactory(code="xa"))
    task = task_with(agency, BEGUN, at("30/12/2026"), coordinating=[helper.agency])
    task.coordinations.update(due_at=at("19/11/2026"), asked="Số liệu thu hồi đất")

    owe_digests(MONDAY)
    assert (steps(helper), steps(head)) == (["before"], [])
    assert "Số liệu thu hồi đất" in digests(helper)[0]
    owe_digests(moment("2026-11-19", 8))

    assert (steps(helper), steps(head)) == (["before", "day"], ["day"])


def test_what_was_given_is_not_asked_for_again(agency, head, at):
    """Rule 5.9: a delivered share reminds nobody."""
    helper = head_of(AgencyFactory(code="xa"))
    task = task_with(agency, BEGUN, at("18/11/2026"), coordinating=[helper.agency])
    task.coordinations.update(delivered_at=moment("2026-11-10"))

    owe_digests(MONDAY)

    assert steps(helper) == []


@pytest.mark.parametrize(
    ("today", "step"),
    [
        (moment("2026-11-13", 8), "before"),
        (moment("2026-11-17", 8), "day"),
        (moment("2026-11-25", 8), "week-1"),
    ],
)
def test_a_head_who_has_not_confirmed_the_list_is_reminded(agency, head, today, step):
    """Rules 5.13, 8.1: the steps are those of acknowledgements."""
    entry = asked_to_review(agency, moment("2026-11-18", 0))

    owe_digests(today)

    assert steps(head) == [step]
    assert entry.campaign.title in digests(head)[0]


def test_a_confirmed_list_is_not_reminded_of(agency, head):
    entry = asked_to_review(agency, moment("2026-11-18", 0))
    entry.confirmed_at, entry.confirmed_by = MONDAY, head.post
    entry.save()

    owe_digests(MONDAY)

    assert steps(head) == []
