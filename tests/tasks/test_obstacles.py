"""Difficulties on tasks and directives: reported, answered, seen (rules 2.3, 2.4, 5.12)."""

from datetime import date

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.functions import Function
from agencies.models import AlreadyDone, Attachment, Body, Delegation, Event, Notice
from agencies.refusals import NotYours, Refused
from tasks import lifecycle
from tasks.models import Addressee, Obstacle
from tasks.obstacles import may_answer
from tests import factories as make
from tests.racing import at_once

pytestmark = pytest.mark.django_db
MON, TUE, WED = (make.moment(f"2026-11-{day}") for day in ("09", "10", "11"))
TEXT = "Chưa có kinh phí phân tích 20 mẫu nước."


@pytest.fixture
def people():
    """The chief, an officer, the Chair, the lead's head, the head of a helper."""
    return {
        "chief": make.office_chief(),
        "officer": make.officer(),
        "chair": make.chair(),
        "head": make.head_of(make.AgencyFactory(code="phong-tnmt")),
        "helper": make.head_of(make.AgencyFactory()),
    }


@pytest.fixture
def task(people):
    return make.assigned_task(
        people["head"].agency,
        actor=people["chief"],
        officer=people["officer"].post,
        supervisor=people["chair"].post,
        coordinating=[people["helper"].agency],
    )


@pytest.fixture
def directive(people):
    directive = make.DirectiveFactory()
    Addressee.objects.create(directive=directive, agency=people["head"].agency)
    return directive


@pytest.fixture
def visit(visit):
    def ask(*asked):
        with time_machine.travel(WED, tick=False):
            return visit(*asked)

    return ask


def raised(task, head, addressee: str = "chief", **facts) -> Obstacle:
    lifecycle.raise_obstacle(task, head, MON, **({"text": TEXT, "addressee": addressee} | facts))
    return Obstacle.objects.latest("pk")


def told(act: str) -> set:
    return {n.person for n in Notice.objects.filter(event__act=act, channel="mail")}


# Reporting -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("addressee", "role"), [("chief", "chief"), ("leader", "chair")])
def test_whom_it_is_reported_to_is_told_at_once(addressee, role, task, people) -> None:
    """Rule 5.12: to the chief or a leader; rule 10.1."""
    obstacle = raised(task, people["head"], addressee, proposal="Bố trí 45 triệu đồng.")

    assert told("obstacle.raised") == {people[role].user}
    assert (obstacle.agency, obstacle.proposal) == (task.lead, "Bố trí 45 triệu đồng.")
    assert Event.objects.of(obstacle).get().params["text"] == TEXT


def test_reporting_changes_nothing_of_the_task(task, people) -> None:
    """Rule 5.12: a difficulty moves no deadline and makes no form stale."""
    raised(task, people["head"])

    before = task.version
    task.refresh_from_db()
    assert task.version == before


@pytest.mark.parametrize("facts", [{"text": " "}, {"addressee": "nobody"}], ids=["empty", "whom"])
def test_a_difficulty_has_words_and_an_addressee(facts, task, people) -> None:
    """Rule 5.12."""
    with pytest.raises(Refused) as refused:
        raised(task, people["head"], **facts)

    assert refused.value.field in facts


def test_the_offices_own_difficulty_goes_to_a_leader(people) -> None:
    """Rule 2.3: what the chief would decide of the Office's own goes to a leader."""
    task = make.assigned_task(Body.current().office, actor=people["chair"])

    with pytest.raises(Refused):
        raised(task, people["chief"], "chief")
    obstacle = raised(task, people["chief"], "leader")

    assert not may_answer(obstacle, people["chief"], TUE)
    assert may_answer(obstacle, people["chair"], TUE)


def test_an_addressee_reports_on_a_directive(directive, people) -> None:
    """The closing sentence of the directive: report difficulties, to be directed in time."""
    obstacle = lifecycle.raise_on_directive(
        directive, people["head"], MON, text=TEXT, addressee="leader"
    )

    assert obstacle.thing == directive
    assert told("obstacle.raised") == {people["chair"].user}


@pytest.mark.parametrize("who", ["stranger", "copied", "staff"])
def test_only_the_head_of_an_addressee_reports_on_it(who, directive, people) -> None:
    """Rule 2.4: "Nơi nhận" agencies only see; rule 2: an official act."""
    copied = make.head_of(make.AgencyFactory())
    Addressee.objects.create(directive=directive, agency=copied.agency, role=Addressee.Role.COPY)
    actors = {
        "stranger": people["helper"],
        "copied": copied,
        "staff": make.staff_of(people["head"].agency),
    }

    with pytest.raises(NotYours):
        lifecycle.raise_on_directive(
            directive, actors[who], MON, text=TEXT, addressee="chief"
        )  # fmt: skip


# Answering -------------------------------------------------------------------------------------


def test_the_answer_goes_to_who_reported_it(task, people) -> None:
    """Rule 5.12: notices both ways, at once."""
    obstacle = raised(task, people["head"])

    obstacle = lifecycle.answer_obstacle(
        obstacle, people["chief"], TUE, answer="Bố trí từ nguồn sự nghiệp môi trường."
    )

    assert (obstacle.answered_at, obstacle.answered_by) == (TUE, people["chief"].post)
    assert told("obstacle.answered") == {people["head"].user}
    assert not Obstacle.objects.unanswered().exists()


@pytest.mark.parametrize(
    ("addressee", "may"),
    [
        ("chief", {"chief": True, "chair": True, "officer": False, "head": False, "helper": False}),
        ("leader", {"chief": False, "chair": True, "officer": False, "head": False}),
    ],
)
def test_who_answers(addressee, may, task, people) -> None:
    """Rule 5.12: whom it is addressed to; a leader any; never the agency itself (2.3)."""
    obstacle = raised(task, people["head"], addressee)

    assert {role: may_answer(obstacle, people[role], TUE) for role in may} == may


def test_a_deputy_chief_answers_within_the_portfolio(task, people) -> None:
    """Rule 2.1: a deputy acts for the head within the portfolio."""
    deputy = make.actor_of(
        make.PostFactory(
            function=Function.OFFICE_CHIEF, is_deputy=True, agency=Body.current().office
        )
    )
    deputy.post.competences.set([make.CompetenceFactory(code="van-hoa", name="Văn hóa")])
    task.competence = make.CompetenceFactory()
    task.save()

    assert not may_answer(raised(task, people["head"]), deputy, TUE)


def test_nobody_answers_what_he_reported_under_another_post(task, people) -> None:
    """Rule 2.3: nobody decides on the own request."""
    head = people["head"]
    both = make.actor_of(
        make.PostFactory(
            user=head.user, function=Function.OFFICE_CHIEF, agency=Body.current().office
        )
    )

    assert not may_answer(raised(task, head), both, TUE)


def test_a_delegation_names_the_act(task, people) -> None:
    """Rule 2.2: authority is lent for named kinds of acts."""
    obstacle, chair = raised(task, people["head"]), people["chair"]
    officer = people["officer"]
    lent = Delegation.objects.create(
        from_post=chair.post, to_post=officer.post, acts=["task."], document_number="9/UQ",
        starts_on=MON.date(), ends_on=WED.date(),
    )  # fmt: skip
    acting = make.Actor(officer.user, officer.post, lent, TUE.date())
    assert not may_answer(obstacle, acting, TUE)

    lent.acts = ["obstacle."]

    assert may_answer(obstacle, acting, TUE)


def test_it_is_answered_once_and_the_second_is_told_what_the_first_said(task, people) -> None:
    """Rule 11: nothing is decided twice."""
    obstacle = raised(task, people["head"])
    lifecycle.answer_obstacle(obstacle, people["chief"], TUE, answer="Đồng ý.")

    with pytest.raises(Refused, match="Đồng ý"):
        lifecycle.answer_obstacle(obstacle, people["chair"], WED, answer="Không đồng ý.")


def test_an_empty_answer_is_refused(task, people) -> None:
    """Rule 5.12."""
    with pytest.raises(Refused) as refused:
        lifecycle.answer_obstacle(raised(task, people["head"]), people["chief"], TUE, answer=" ")

    assert refused.value.field == "answer"


@pytest.mark.django_db(transaction=True)
def test_of_two_answers_at_once_one_wins(task, people) -> None:
    """Rule 5.14: the other is told why."""
    obstacle = raised(task, people["head"])

    given = at_once(
        lambda: lifecycle.answer_obstacle(obstacle, people["chief"], TUE, answer="Một."),
        lambda: lifecycle.answer_obstacle(obstacle, people["chair"], TUE, answer="Hai."),
    )

    assert sum(isinstance(one, Refused) for one in given) == 1
    assert Event.objects.filter(act="obstacle.answered").count() == 1


# An answer that grants an extension -----------------------------------------------------------


def test_a_leaders_answer_moves_the_deadline_in_one_step(task, people) -> None:
    """Rules 5.6, 5.12: in one transaction; the original stays, the story says both."""
    obstacle, original = raised(task, people["head"]), task.due_at

    obstacle = lifecycle.answer_obstacle(
        obstacle, people["chair"], TUE, answer="Đồng ý gia hạn.", due_on=date(2026, 11, 25)
    )

    task.refresh_from_db()
    assert obstacle.granted_due_at == task.due_at == make.moment("2026-11-26", 0)
    assert task.original_due_at == original
    assert Event.objects.of(obstacle).last().act == "obstacle.answered_with_extension"
    assert Event.objects.of(task).last().params["text"] == "Đồng ý gia hạn."


def test_the_chief_grants_none_without_a_leaders_authority(task, people) -> None:
    """Rule 5.6: the chief only under that leader's recorded authority; nothing is answered."""
    obstacle = raised(task, people["head"])

    with pytest.raises(Refused):
        lifecycle.answer_obstacle(
            obstacle, people["chief"], TUE, answer="Gia hạn.", due_on=date(2026, 11, 25)
        )

    obstacle.refresh_from_db()
    assert obstacle.answered_at is None
    assert not Event.objects.filter(act="obstacle.answered_with_extension").exists()


def test_the_chief_grants_one_under_a_leaders_authority(task, people) -> None:
    """Rule 5.6: recorded, by the supervising leader or the Chair."""
    Delegation.objects.create(
        from_post=people["chair"].post, to_post=people["chief"].post, document_number="9/UQ",
        acts=["task."], starts_on=MON.date(), ends_on=WED.date(),
    )  # fmt: skip

    obstacle = lifecycle.answer_obstacle(
        raised(task, people["head"]), people["chief"], TUE, answer="Gia hạn.",
        due_on=date(2026, 11, 25),
    )  # fmt: skip

    assert obstacle.granted_due_at == make.moment("2026-11-26", 0)


def test_past_the_superiors_deadline_only_by_the_superiors_decision(task, people) -> None:
    """Rule 5.6: number and date of that decision, in this step too."""
    task.superior_due_at = make.moment("2026-11-20", 0)
    task.save()
    facts = {"answer": "Gia hạn.", "due_on": date(2026, 11, 25)}
    obstacle = raised(task, people["head"])

    with pytest.raises(Refused) as refused:
        lifecycle.answer_obstacle(obstacle, people["chair"], TUE, **facts)
    assert refused.value.field == "superior_number"
    answered = lifecycle.answer_obstacle(
        obstacle, people["chair"], TUE, **facts,
        superior_number="77/UBND", superior_on=date(2026, 11, 9),
    )  # fmt: skip

    assert answered.granted_due_at == make.moment("2026-11-26", 0)


def test_on_a_directive_there_is_no_deadline_to_move(directive, people) -> None:
    """Rule 5.12: a task's deadline only."""
    obstacle = lifecycle.raise_on_directive(
        directive, people["head"], MON, text=TEXT, addressee="leader"
    )

    with pytest.raises(Refused) as refused:
        lifecycle.answer_obstacle(
            obstacle, people["chair"], TUE, answer="Đồng ý.", due_on=date(2026, 11, 25)
        )

    assert refused.value.field == "due_on"


def test_a_form_posted_twice_answers_once(task, people) -> None:
    """Issue 4: one key, though two things change."""
    obstacle, chair = raised(task, people["head"]), people["chair"].with_form_key("the-form")
    facts = {"answer": "Đồng ý.", "due_on": date(2026, 11, 25)}
    lifecycle.answer_obstacle(obstacle, chair, TUE, **facts)

    with pytest.raises(AlreadyDone) as again:
        lifecycle.answer_obstacle(obstacle, chair, TUE, **facts)

    assert again.value.event.act == "obstacle.answered_with_extension"


# Seeing ---------------------------------------------------------------------------------------


def test_only_the_agency_the_office_and_leaders_see_it(task, people, visit) -> None:
    """Rule 2.4: a helper sees neither the difficulty, nor its file, on no page."""
    upload = SimpleUploadedFile("du-toan.txt", "45 triệu".encode())
    obstacle = raised(task, people["head"], files=[upload])
    file, helper = Attachment.objects.of(obstacle).get(), people["helper"]

    for role in ("head", "chief", "officer", "chair"):
        assert TEXT in visit(people[role], task.get_absolute_url()).content.decode()
        assert visit(people[role], obstacle.get_absolute_url()).status_code == 200
    for address in (obstacle.get_absolute_url(), file.get_absolute_url()):
        assert visit(helper, address).status_code == 404
    assert TEXT not in visit(helper, task.get_absolute_url()).content.decode()
    assert TEXT not in visit(helper, "/difficulties/").content.decode()


def test_the_story_of_the_task_tells_it(task, people, visit) -> None:
    """Rule 5.2: every act an event on the timeline of those who may see it."""
    obstacle = raised(task, people["head"])
    lifecycle.answer_obstacle(obstacle, people["chief"], TUE, answer="Đồng ý.")

    events = visit(people["officer"], task.get_absolute_url()).context["events"]

    assert [e.act for e in events] == ["task.assigned", "obstacle.raised", "obstacle.answered"]


# Pages ----------------------------------------------------------------------------------------


def test_the_head_reports_in_a_form_with_a_photo(task, people, visit) -> None:
    """Rule 5.12: text, proposal, to whom, files."""
    facts = {
        "version": task.version,
        "text": TEXT,
        "addressee": "leader",
        "files": SimpleUploadedFile("anh.txt", b"anh"),
    }

    answer = visit(people["head"], f"/tasks/{task.code}/raise_obstacle/", facts)

    assert answer.url == f"{task.get_absolute_url()}#obstacles"
    obstacle = Obstacle.objects.get()
    assert (obstacle.addressee, Attachment.objects.of(obstacle).count()) == ("leader", 1)


def test_the_directive_has_the_button_and_shows_what_was_reported(directive, people, visit) -> None:
    """Rule 5.12: on a directive too."""
    address = f"/directives/{directive.pk}/difficulty/"
    assert address in visit(people["head"], directive.get_absolute_url()).content.decode()

    answer = visit(people["head"], address, {"text": TEXT, "addressee": "chief"})

    assert answer.url == Obstacle.objects.get().get_absolute_url()
    page = visit(people["chief"], directive.get_absolute_url())
    assert TEXT in page.content.decode()
    assert [event.act for event in page.context["events"]] == ["obstacle.raised"]


def test_an_empty_form_keeps_its_words(directive, people, visit) -> None:
    """Rule 11: bad input is said beside its field; nothing typed is lost."""
    facts = {"text": "", "proposal": "Bố trí kinh phí.", "addressee": "chief"}

    answer = visit(people["head"], f"/directives/{directive.pk}/difficulty/", facts)

    assert answer.status_code == 400
    assert "Bố trí kinh phí." in answer.content.decode()


def test_the_chief_answers_on_its_page(task, people, visit) -> None:
    """Rule 5.12: whom it is addressed to answers; the others read."""
    obstacle = raised(task, people["head"])
    address = obstacle.get_absolute_url()
    assert visit(people["officer"], address).context["form"] is None

    answer = visit(people["chief"], address, {"answer": "Bố trí 45 triệu đồng."})

    assert answer.status_code == 302
    assert "Bố trí 45 triệu đồng." in visit(people["head"], address).content.decode()


def test_who_may_not_grant_is_not_offered_a_day(task, people, visit) -> None:
    """Rule 5.6: the field stands where the answerer may grant; its effect beside it."""
    address = raised(task, people["head"]).get_absolute_url()

    assert "due_on" not in visit(people["chief"], address).context["form"].fields
    page = visit(people["chair"], address)
    assert "due_on" in page.context["form"].fields
    assert page.context["effect"]


def test_a_request_for_an_extension_is_decided_on_its_own(task, people, visit) -> None:
    """Rule 5.6: one open request a task; the answer does not pass it by."""
    lifecycle.ask_extension(
        task, people["head"], MON, due_on=date(2026, 11, 25), reason="Chờ mẫu nước."
    )
    page = visit(people["chair"], raised(task, people["head"]).get_absolute_url())

    assert page.context["extension_waits"] is True
    assert "due_on" not in page.context["form"].fields


def test_a_day_that_passed_is_refused_beside_its_field(task, people, visit) -> None:
    """Rule 11: the answer typed is kept."""
    address = raised(task, people["head"]).get_absolute_url()

    answer = visit(people["chair"], address, {"answer": "Đồng ý.", "due_on": "2026-11-02"})

    assert answer.status_code == 409
    assert answer.context["form"].errors["due_on"]


def test_a_second_answer_is_refused_and_kept(task, people, visit) -> None:
    """Rule 5.14: refused with what changed; what was typed is kept."""
    obstacle = raised(task, people["head"])
    lifecycle.answer_obstacle(obstacle, people["chief"], TUE, answer="Đồng ý.")

    answer = visit(people["chair"], obstacle.get_absolute_url(), {"answer": "Không."})

    assert answer.status_code == 409
    assert "Đồng ý." in str(answer.context["form"].errors)
    assert answer.context["form"]["answer"].value() == "Không."


# The list -------------------------------------------------------------------------------------


@pytest.fixture
def three(task, directive, people) -> dict[str, Obstacle]:
    """One answered, one that waits for a leader, one on a directive."""
    answered = raised(task, people["head"], text="Đã trả lời")
    lifecycle.answer_obstacle(answered, people["chief"], TUE, answer="Đồng ý.")
    waiting = raised(task, people["head"], "leader", text="Chờ lãnh đạo")
    on_directive = lifecycle.raise_on_directive(
        directive, people["head"], TUE, text="Về văn bản", addressee="chief"
    )
    return {"answered": answered, "waiting": waiting, "directive": on_directive}


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["waiting", "directive", "answered"]),
        ("state=open", ["waiting", "directive"]),
        ("state=answered", ["answered"]),
        ("addressee=leader", ["waiting"]),
        ("about=directive", ["directive"]),
        ("about=task&sort=-raised", ["waiting", "answered"]),
        ("agency=phong-tnmt&state=open", ["waiting", "directive"]),
        ("state=nonsense", []),
    ],
)
def test_the_list_is_narrowed_by_its_address(query, names, three, people, visit) -> None:
    """Open ones first, the longest waiting on top; state in the address."""
    page = visit(people["chief"], f"/difficulties/?{query}").context["page"]

    assert [one.pk for one in page.object_list] == [three[name].pk for name in names]


def test_the_list_takes_a_constant_number_of_queries(task, people, visit) -> None:
    """Issue 5: lists with a constant number of queries."""
    raised(task, people["head"])
    visit(people["chief"], "/difficulties/")
    with CaptureQueriesContext(connection) as few:
        visit(people["chief"], "/difficulties/")
    for _each in range(12):
        raised(task, people["head"])

    with CaptureQueriesContext(connection) as many:
        visit(people["chief"], "/difficulties/")

    assert len(many) == len(few)


def test_how_long_it_waits_counts_working_days(three, people, visit) -> None:
    """Rule 5.12: open ones show their age."""
    page = visit(people["chief"], "/difficulties/?state=open").context["page"]

    assert [one.waited for one in page.object_list] == [2, 1]
