"""What pages show of the side paths: returns, chains, stops, whose delay it is (5.3, 5.5, 5.7)."""

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from agencies.models import AgencyCompetence
from tasks import lifecycle
from tasks.models import Task
from tasks.states import State
from tests import factories as make

pytestmark = pytest.mark.django_db
TUE, MON = make.moment("2026-11-03"), make.moment("2026-11-09")
WHY = {"reason": "Chờ hướng dẫn của thành phố.", "document_number": "77/UBND"}


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(MON, tick=False):
        yield


@pytest.fixture
def head():
    return make.head_of(make.AgencyFactory(code="phong-tnmt", name="Phòng Tài nguyên"))


@pytest.fixture
def other():
    return make.head_of(make.AgencyFactory(code="phong-ktht", name="Phòng Hạ tầng"))


@pytest.fixture
def handed_back(task, head, other):
    return lifecycle.hand_back(
        task, head, TUE, reason="Thuộc lĩnh vực xây dựng.", suggested=other.agency
    )


def page_of(visit, actor, task):
    return visit(actor, task.get_absolute_url())


# Returns --------------------------------------------------------------------------------------


def test_a_head_hands_back_in_a_form(task, head, other, visit) -> None:
    """Rule 5.3: reason and, if known, whose work it is."""
    facts = {"reason": "Không đúng chức năng.", "suggested": other.agency.pk, "version": 0}

    answer = visit(head, f"/tasks/{task.code}/hand_back/", facts)

    assert (answer.status_code, answer.url) == (302, task.get_absolute_url())
    assert task.returns.get().suggested == other.agency


def test_without_a_reason_the_form_comes_back(task, head, other, visit) -> None:
    """Rule 11: what was chosen is kept."""
    facts = {"reason": "", "suggested": other.agency.pk, "version": 0}

    answer = visit(head, f"/tasks/{task.code}/hand_back/", facts)

    assert answer.status_code == 400
    assert answer.context["form"]["suggested"].value() == str(other.agency.pk)


def test_the_chief_reads_why_and_both_effects(handed_back, chief, visit) -> None:
    """Design principle 5: what confirming and refusing would do stands beside the buttons."""
    answer = page_of(visit, chief, handed_back)

    effects = {one.act.code: one.effect for one in answer.context["next_acts"]}
    page = answer.content.decode()
    assert "Phòng Tài nguyên" in effects["confirm_return"]
    assert "20/11/2026" in effects["refuse_return"]
    assert "Thuộc lĩnh vực xây dựng." in page
    assert "Phòng Hạ tầng" in page


@pytest.mark.parametrize(("at", "is_late"), [(TUE, False), (MON, True)], ids=["in time", "late"])
def test_a_late_return_is_flagged_on_the_page(at, is_late, task, head, chief, visit) -> None:
    """Rule 5.3: flagged late return, while it waits."""
    lifecycle.hand_back(task, head, at, reason="Không đúng chức năng.")

    flags = page_of(visit, chief, task).context["flags"]

    assert ("late" in [kind for kind, _word in flags]) is is_late


def test_the_competent_come_first_in_the_chiefs_form(head, chief, other, visit) -> None:
    """Rule 5.3: suggests the agencies whose function it is; the suggestion is chosen."""
    competence = make.CompetenceFactory()
    AgencyCompetence.objects.create(agency=other.agency, competence=competence)
    task = make.assigned_task(head.agency, actor=chief, competence=competence)
    lifecycle.hand_back(task, head, TUE, reason="Không đúng.", suggested=other.agency)

    form = visit(chief, f"/tasks/{task.code}/confirm_return/").context["form"]

    choices = [group for group in form.fields["lead"].choices if isinstance(group[1], list)]
    assert [str(label) for _value, label in choices[0][1]] == ["Phòng Hạ tầng"]
    assert head.agency.pk not in [v.value for _g, group in choices for v, _l in group]
    assert form["lead"].value() == other.agency.pk


def test_the_chief_confirms_in_the_form(handed_back, chief, other, visit) -> None:
    """Rule 5.3: names the right agency; the day goes along."""
    facts = {"lead": other.agency.pk, "due_on": "", "version": handed_back.version}

    answer = visit(chief, f"/tasks/{handed_back.code}/confirm_return/", facts)

    assert answer.status_code == 302
    assert Task.objects.get(previous=handed_back).due_at == handed_back.due_at


def test_a_day_that_is_not_the_chiefs_to_give_is_refused_beside_it(
    handed_back, chief, other, visit
) -> None:
    """Rules 5.6, 11: 409 with the sentence beside the field, the day kept."""
    facts = {"lead": other.agency.pk, "due_on": "2026-11-30", "version": handed_back.version}

    answer = visit(chief, f"/tasks/{handed_back.code}/confirm_return/", facts)

    assert answer.status_code == 409
    assert answer.context["form"].errors["due_on"]
    assert 'value="2026-11-30"' in answer.content.decode()


def test_a_used_up_day_is_asked_for(handed_back, chief, other, visit) -> None:
    """Rule 5.3: the form says that a new day is needed."""
    with time_machine.travel(make.moment("2026-11-18"), tick=False):
        form = visit(chief, f"/tasks/{handed_back.code}/confirm_return/").context["form"]

    assert form.fields["due_on"].required


# The chain ------------------------------------------------------------------------------------


def test_the_rows_of_a_change_of_lead_are_linked(handed_back, chief, other, visit) -> None:
    """Rule 5.3: took over from, taken over by."""
    old = lifecycle.confirm_return(handed_back, chief, MON, lead=other.agency)
    new = old.following.get()

    before = page_of(visit, chief, new).context["chain"].before
    after = page_of(visit, chief, old).context["chain"].after

    assert [(link.agency, link.url) for link in before] == [
        ("Phòng Tài nguyên", old.get_absolute_url())
    ]
    assert [(link.agency, link.url) for link in after] == [
        ("Phòng Hạ tầng", new.get_absolute_url())
    ]


def test_what_one_may_not_see_is_a_name_without_a_link(handed_back, chief, head, other, visit):
    """Rule 2.4: the agency is named, its row is not."""
    old = lifecycle.confirm_return(handed_back, chief, MON, lead=other.agency)
    new = old.following.get()

    for actor, mine, theirs in ((head, old, new), (other, new, old)):
        page = page_of(visit, actor, mine).content.decode()
        assert theirs.lead.name in page
        assert theirs.code not in page
        assert page_of(visit, actor, theirs).status_code == 404


def test_a_reader_of_both_agencies_follows_the_links(head, other, chief, visit) -> None:
    """Rule 2.4: who coordinates in both may see both."""
    helper = make.head_of(make.AgencyFactory())
    task = make.assigned_task(head.agency, actor=chief, coordinating=[helper.agency])
    old = lifecycle.change_lead(task, chief, MON, lead=other.agency, reason="Nhầm.")

    chain = page_of(visit, helper, old).context["chain"]

    assert [link.code for link in chain.after] == [old.following.get().code]


# Stops ----------------------------------------------------------------------------------------


def test_a_suspended_task_shows_reason_and_document(task, chief, head, visit) -> None:
    """Rule 5.7: with reason and the document that allows it, its file too."""
    paper = SimpleUploadedFile("cong-van-77.txt", "Tạm dừng".encode())
    lifecycle.suspend(task, chief, MON, files=[paper], **WHY)

    page = page_of(visit, head, task).content.decode()

    for words in (WHY["reason"], WHY["document_number"], "cong-van-77.txt"):
        assert words in page


def test_the_chief_reads_until_when_a_resumed_task_runs(task, chief, visit) -> None:
    """Design principle 5: the day after giving back stands beside the button."""
    lifecycle.suspend(task, chief, TUE, **WHY)

    answer = page_of(visit, chief, task)

    effects = {one.act.code: one.effect for one in answer.context["next_acts"]}
    assert "20/11/2026" in effects["resume"]


@pytest.mark.parametrize("act", ["suspend", "cancel"])
def test_a_stop_without_its_document_keeps_the_reason(act, task, chief, visit) -> None:
    """Rule 11: 409 beside the field, what was typed kept."""
    facts = {"reason": "Chờ hướng dẫn.", "version": task.version}

    answer = visit(chief, f"/tasks/{task.code}/{act}/", facts)

    assert answer.status_code == 409
    assert answer.context["form"].errors["document_number"]
    assert "Chờ hướng dẫn." in answer.content.decode()


def test_a_reopened_task_says_why(task, chief, head, visit) -> None:
    """Rule 5.13: the lead reads it above everything, until it reports again."""
    task = lifecycle.cancel(task, chief, TUE, **WHY)
    task = lifecycle.reopen(task, chief, MON, reason="Hủy nhầm.")
    assert page_of(visit, head, task).context["decision"].params["text"] == "Hủy nhầm."

    lifecycle.report(task, head, MON, result="Xong.", document_number="9")

    assert page_of(visit, head, task).context["decision"] is None


# Whose delay, who is next ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sent", "is_late"),
    [("2026-11-05", False), ("2026-11-04", True)],
    ids=["two working days", "three working days"],
)
def test_a_report_that_waits_too_long_counts_against_the_office(
    sent, is_late, task, head, visit
) -> None:
    """Rule 5.5: a wait over 2 working days counts against the office."""
    lifecycle.report(task, head, make.moment(sent), result="Xong.", document_number="9")

    context = page_of(visit, head, task).context

    assert context["office_is_late"] is is_late
    assert context["office_delay"]


def test_a_report_of_the_office_itself_waits_for_a_leader(chief, visit) -> None:
    """Rules 2.3, 5.5: no delay of the Office's is counted against itself."""
    task = make.assigned_task(chief.agency, actor=make.chair())
    lifecycle.report(task, chief, TUE, result="Xong.", document_number="9")

    context = page_of(visit, chief, task).context

    assert context["office_delay"] == ""
    assert context["waits_for"]


def test_work_outside_competences_is_shown_to_both_sides(head, chief, other, visit) -> None:
    """Rule 5.3: warns both sides and nobody else; handing back stands beside accepting."""
    task = make.assigned_task(
        head.agency, actor=chief, competence=make.CompetenceFactory(), coordinating=[other.agency]
    )

    mine, chiefs, helpers = (page_of(visit, actor, task).context for actor in (head, chief, other))

    acts = {one.act.code: one.effect for one in mine["next_acts"]}
    assert "Đất đai" in acts["accept"]
    assert "hand_back" in acts
    assert (chiefs["outside"], helpers["outside"]) == (True, False)


def test_every_open_state_says_who_is_next(head, chief, other, visit) -> None:
    """Design principle 5: nobody has to ask who has the task now."""
    for state in (State.ASSIGNED, State.ACCEPTED, State.IN_PROGRESS, State.SUSPENDED):
        task = make.assigned_task(head.agency, actor=chief, coordinating=[other.agency])
        if state in (State.ACCEPTED, State.IN_PROGRESS):
            lifecycle.accept(task, head, TUE)
        if state == State.IN_PROGRESS:
            lifecycle.progress(task, head, TUE, text="Đang làm.", percent=10)
        if state == State.SUSPENDED:
            lifecycle.suspend(task, chief, TUE, **WHY)
        assert page_of(visit, make.staff_of(head.agency), task).context["waits_for"], state


def test_an_ended_row_says_where_the_work_went_on(handed_back, chief, head, other, visit) -> None:
    """Rule 5.3: what another agency took over goes on there."""
    old = lifecycle.confirm_return(handed_back, chief, MON, lead=other.agency)

    assert "Phòng Hạ tầng" in page_of(visit, head, old).context["waits_for"]


def test_while_something_waits_the_page_says_for_whom(handed_back, head, visit) -> None:
    """Rule 5.3: for the office chief."""
    assert page_of(visit, make.staff_of(head.agency), handed_back).context["waits_for"]


# Cost -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("act", ["hand_back", "refuse_return", "suspend", "resume", "cancel"])
def test_a_turn_costs_a_bounded_number_of_queries(
    act, task, head, chief, django_assert_max_num_queries
) -> None:
    """Issue 5: at most 12 statements, and the two of its savepoint here."""
    facts = {
        "hand_back": (head, {"reason": "."}),
        "refuse_return": (chief, {"answer": "."}),
        "suspend": (chief, WHY),
        "resume": (chief, {"reason": "."}),
        "cancel": (chief, WHY),
    }
    if act == "refuse_return":
        lifecycle.hand_back(task, head, TUE, reason=".")
    if act == "resume":
        lifecycle.suspend(task, chief, TUE, **WHY)
    actor, given = facts[act]

    with django_assert_max_num_queries(14):
        getattr(lifecycle, act)(task, actor, MON, **given)


def test_the_page_of_a_task_with_a_return_costs_a_bounded_number(
    handed_back, chief, client, django_assert_max_num_queries
) -> None:
    """Issue 5: chain, flags and effects included."""
    client.force_login(chief.user)

    with django_assert_max_num_queries(32):
        client.get(handed_back.get_absolute_url())


def test_a_form_in_place_does_not_repeat_its_effect(handed_back, chief, client) -> None:
    """Design principle 7: it stands above the buttons already; a page of its own says it."""
    client.force_login(chief.user)
    address = f"/tasks/{handed_back.code}/confirm_return/"

    in_place = client.get(address, headers={"HX-Request": "true"}).context["effect"]

    assert (in_place, bool(client.get(address).context["effect"])) == ("", True)
