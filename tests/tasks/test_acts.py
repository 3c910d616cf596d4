"""The table of acts: role × state × act, written out by hand (rule 5.2).

What is not written is refused: a role without a line in a state may do nothing there. Changing the
table of `tasks.acts` breaks a line here.
"""

import inspect
from datetime import date

import pytest

from agencies.acting import Actor
from agencies.functions import Function
from agencies.models import AgencyCompetence, Body, Delegation, Event
from tasks import lifecycle
from tasks.acts import ACTS, Situation, available_acts
from tasks.effects import EFFECTS, effect
from tasks.forms.acting import ActForm
from tasks.forms.acts import FORMS, form_of
from tasks.lifecycle import complete, hand_back, report
from tasks.models import Extension, Task
from tasks.states import State
from tests import factories as make

pytestmark = pytest.mark.django_db
AT = make.moment("2026-11-10")
OVERDUE = make.moment("2026-11-20")
NOTHING: list[str] = []

ROLES = (
    "lead's head", "lead's deputy", "handed staff", "other staff", "coordinating head",
    "another head", "office officer", "office chief", "chair", "supervising deputy leader",
    "another deputy leader", "office clerk", "administrator", "no post",
)  # fmt: skip

# A dated task in time, handed to staff, with a coordinating agency, supervised by a Vice Chair.
MATRIX = {
    "assigned": {
        "lead's head": "accept report progress ask_extension hand_on take_back hand_back"
        " raise_obstacle divide write",
        "lead's deputy": "accept report progress ask_extension hand_on take_back hand_back"
        " raise_obstacle divide write",
        "handed staff": "progress write",
        "coordinating head": "contribute",
        "office officer": "divide write correct",
        "office chief": "divide write correct change_lead suspend cancel",
        "chair": "write move_deadline",
        "supervising deputy leader": "write move_deadline",
        "another deputy leader": "write",
    },
    "accepted": {
        "lead's head": "report progress ask_extension hand_on take_back hand_back raise_obstacle"
        " divide write",
        "lead's deputy": "report progress ask_extension hand_on take_back hand_back"
        " raise_obstacle divide write",
        "handed staff": "progress write",
        "coordinating head": "contribute",
        "office officer": "divide write",
        "office chief": "divide write correct change_lead suspend cancel",
        "chair": "write move_deadline",
        "supervising deputy leader": "write move_deadline",
        "another deputy leader": "write",
    },
    "in_progress": {
        "lead's head": "report progress ask_extension hand_on take_back raise_obstacle divide"
        " write",
        "lead's deputy": "report progress ask_extension hand_on take_back raise_obstacle divide"
        " write",
        "handed staff": "progress write",
        "coordinating head": "contribute",
        "office officer": "divide write",
        "office chief": "divide write correct change_lead suspend cancel",
        "chair": "write move_deadline",
        "supervising deputy leader": "write move_deadline",
        "another deputy leader": "write",
    },
    "reported": {
        "lead's head": "write",
        "lead's deputy": "write",
        "handed staff": "write",
        "coordinating head": "contribute",
        "office officer": "write verify send_back",
        "office chief": "write complete send_back correct change_lead cancel",
        "chair": "write",
        "supervising deputy leader": "write",
        "another deputy leader": "write",
    },
    "completed": {
        "office chief": "reopen",
    },
    "suspended": {
        "lead's head": "raise_obstacle write",
        "lead's deputy": "raise_obstacle write",
        "handed staff": "write",
        "office officer": "write",
        "office chief": "write correct change_lead resume cancel",
        "chair": "write",
        "supervising deputy leader": "write",
        "another deputy leader": "write",
    },
    "returned": {},
    "transferred": {},
    "cancelled": {
        "office chief": "reopen",
    },
}

# What a request of the lead adds and what it holds up, while it waits.
WAITING = {
    # Nobody works on it, and the chief decides (rule 5.3).
    ("a return", "assigned"): {
        "lead's head": "take_back withdraw_return raise_obstacle divide write",
        "lead's deputy": "take_back withdraw_return raise_obstacle divide write",
        "handed staff": "write",
        "coordinating head": "contribute",
        "office officer": "divide write correct",
        "office chief": "divide write confirm_return refuse_return correct suspend cancel",
        "chair": "write move_deadline",
        "supervising deputy leader": "write move_deadline",
        "another deputy leader": "write",
    },
    ("a return", "accepted"): {
        "lead's head": "take_back withdraw_return raise_obstacle divide write",
        "lead's deputy": "take_back withdraw_return raise_obstacle divide write",
        "handed staff": "write",
        "coordinating head": "contribute",
        "office officer": "divide write",
        "office chief": "divide write confirm_return refuse_return correct suspend cancel",
        "chair": "write move_deadline",
        "supervising deputy leader": "write move_deadline",
        "another deputy leader": "write",
    },
    # The work goes on, and who assigned decides, not the chief (rule 5.6).
    ("an extension", "assigned"): {
        "lead's head": "accept report progress withdraw_extension hand_on take_back"
        " raise_obstacle divide write",
        "lead's deputy": "accept report progress withdraw_extension hand_on take_back"
        " raise_obstacle divide write",
        "handed staff": "progress write",
        "coordinating head": "contribute",
        "office officer": "divide write correct",
        "office chief": "divide write correct change_lead suspend cancel",
        "chair": "write grant_extension grant_other_day refuse_extension",
        "supervising deputy leader": "write grant_extension grant_other_day refuse_extension",
        "another deputy leader": "write",
    },
    ("an extension", "in_progress"): {
        "lead's head": "report progress withdraw_extension hand_on take_back raise_obstacle"
        " divide write",
        "lead's deputy": "report progress withdraw_extension hand_on take_back raise_obstacle"
        " divide write",
        "handed staff": "progress write",
        "coordinating head": "contribute",
        "office officer": "divide write",
        "office chief": "divide write correct change_lead suspend cancel",
        "chair": "write grant_extension grant_other_day refuse_extension",
        "supervising deputy leader": "write grant_extension grant_other_day refuse_extension",
        "another deputy leader": "write",
    },
    ("an extension", "reported"): {
        "lead's head": "withdraw_extension write",
        "lead's deputy": "withdraw_extension write",
        "handed staff": "write",
        "coordinating head": "contribute",
        "office officer": "write verify send_back",
        "office chief": "write complete send_back correct change_lead cancel",
        "chair": "write grant_extension grant_other_day refuse_extension",
        "supervising deputy leader": "write grant_extension grant_other_day refuse_extension",
        "another deputy leader": "write",
    },
}

# Past the deadline the lead also owes a cause (rule 5.12); handing back stays possible, late.
PAST_THE_DEADLINE = {
    "assigned": {
        "lead's head": "accept report progress ask_extension explain hand_on take_back hand_back"
        " raise_obstacle divide write",
        "lead's deputy": "accept report progress ask_extension explain hand_on take_back"
        " hand_back raise_obstacle divide write",
    },
    "in_progress": {
        "lead's head": "report progress ask_extension explain hand_on take_back raise_obstacle"
        " divide write",
        "lead's deputy": "report progress ask_extension explain hand_on take_back raise_obstacle"
        " divide write",
    },
}

# The Office as lead (rule 2.3): what the chief would decide, a leader decides. Nobody of the
# Office decides, verifies or corrects; the chief is then the lead's head.
OFFICE_LEADS = {
    "assigned": {
        "office officer": "write",
        "office chief": "accept report progress ask_extension hand_on hand_back raise_obstacle"
        " divide write",
        "coordinating head": "contribute",
        "chair": "divide write move_deadline correct change_lead suspend cancel",
        "supervising deputy leader": "divide write move_deadline correct change_lead suspend"
        " cancel",
        "another deputy leader": "write",
    },
    "accepted": {
        "office officer": "write",
        "office chief": "report progress ask_extension hand_on hand_back raise_obstacle divide"
        " write",
        "coordinating head": "contribute",
        "chair": "divide write move_deadline correct change_lead suspend cancel",
        "supervising deputy leader": "divide write move_deadline correct change_lead suspend"
        " cancel",
        "another deputy leader": "write",
    },
    "in_progress": {
        "office officer": "write",
        "office chief": "report progress ask_extension hand_on raise_obstacle divide write",
        "coordinating head": "contribute",
        "chair": "divide write move_deadline correct change_lead suspend cancel",
        "supervising deputy leader": "divide write move_deadline correct change_lead suspend"
        " cancel",
        "another deputy leader": "write",
    },
    "reported": {
        "office officer": "write",
        "office chief": "write",
        "coordinating head": "contribute",
        "chair": "write complete send_back correct change_lead cancel",
        "supervising deputy leader": "write complete send_back correct change_lead cancel",
        "another deputy leader": "write",
    },
    "suspended": {
        "office officer": "write",
        "office chief": "raise_obstacle write",
        "chair": "write correct change_lead resume cancel",
        "supervising deputy leader": "write correct change_lead resume cancel",
        "another deputy leader": "write",
    },
    "completed": {"chair": "reopen", "supervising deputy leader": "reopen"},
    "cancelled": {"chair": "reopen", "supervising deputy leader": "reopen"},
    "returned": {},
    "transferred": {},
}


@pytest.fixture
def roles() -> dict[str, Actor]:
    lead, helper = make.AgencyFactory(code="phong-tnmt"), make.AgencyFactory(code="xa-quang-trung")
    office, leaders = make.OfficeFactory(), make.LeadersFactory()

    def leader(**fields) -> Actor:
        post = make.PostFactory(function=Function.LEADER, agency=leaders, **fields)
        return make.actor_of(post)

    other_portfolio = leader(is_deputy=True)
    other_portfolio.post.competences.add(make.CompetenceFactory(code="van-hoa", name="Văn hóa"))
    return {
        "lead's head": make.head_of(lead),
        "lead's deputy": make.head_of(lead, is_deputy=True),
        "handed staff": make.staff_of(lead),
        "other staff": make.staff_of(lead),
        "coordinating head": make.head_of(helper),
        "another head": make.head_of(make.AgencyFactory()),
        "office officer": make.officer(),
        "office chief": make.office_chief(),
        "chair": leader(),
        "supervising deputy leader": leader(is_deputy=True),
        "another deputy leader": other_portfolio,
        "office clerk": make.actor_of(make.PostFactory(function=Function.CLERK, agency=office)),
        "administrator": make.administrator(),
        "no post": Actor(make.UserFactory()),
    }


@pytest.fixture
def task(roles) -> Task:
    """In time at `AT`: due at the end of 16/11/2026."""
    task = given_to(roles["lead's head"].agency, roles)
    Task.objects.update(handler=roles["handed staff"].post)
    return fresh(task)


def given_to(lead, roles) -> Task:
    return make.assigned_task(
        lead,
        actor=roles["office chief" if lead.code != "vp" else "chair"],
        coordinating=[roles["coordinating head"].agency],
        competence=make.CompetenceFactory(),
        supervisor=roles["supervising deputy leader"].post,
    )


def in_state(task: Task, state: str) -> Task:
    """Bring a task to a state by its cache alone: the table reads nothing else."""
    task.state = state
    return task


def fresh(task: Task) -> Task:
    return Task.objects.for_acts().get(pk=task.pk)


def offered(task: Task, roles: dict[str, Actor], at=AT) -> dict[str, str]:
    """Return by role the acts open to it, roles without any left out."""
    found = {
        role: " ".join(act.code for act in available_acts(task, actor, at))
        for role, actor in roles.items()
    }
    return {role: acts for role, acts in found.items() if acts}


def extension_of(task: Task, roles) -> Extension:
    return Extension.objects.create(
        task=task, event=Event.objects.of(task).get(), post=roles["lead's head"].post,
        reason="Chờ số liệu.", due_at=task.due_at, asked_at=AT,
        asked_due_at=make.moment("2026-12-01", 0),
    )  # fmt: skip


# The matrix -----------------------------------------------------------------------------------


def test_the_matrix_is_of_every_state() -> None:
    """Rule 5.2: nothing is left out."""
    assert set(MATRIX) == set(OFFICE_LEADS) == set(State.values)
    written = [row for table in (MATRIX, WAITING, OFFICE_LEADS) for row in table.values()]
    assert all(set(row) <= set(ROLES) for row in written)


def test_every_act_is_somewhere_in_the_matrix() -> None:
    """Rule 5.2: an act that nobody may ever do would be no act."""
    tables = (MATRIX, WAITING, PAST_THE_DEADLINE, OFFICE_LEADS)
    lines = [line for table in tables for row in table.values() for line in row.values()]

    assert {code for line in lines for code in line.split()} == set(ACTS)


@pytest.mark.parametrize("state", MATRIX)
def test_who_may_do_what_and_when(state, task, roles) -> None:
    """Rule 5.2: role × state × act."""
    assert set(roles) == set(ROLES)
    assert offered(in_state(task, state), roles) == MATRIX[state]


@pytest.mark.parametrize(("request_", "state"), WAITING, ids=" on a task ".join)
def test_who_may_do_what_while_a_request_waits(request_, state, task, roles) -> None:
    """Rules 5.3, 5.6: what was asked is decided, withdrawn, or in the way."""
    if request_ == "a return":
        hand_back(task, roles["lead's head"], AT, reason="Không đúng chức năng.")
    else:
        extension_of(task, roles)

    assert offered(in_state(fresh(task), state), roles) == WAITING[request_, state]


@pytest.mark.parametrize("state", PAST_THE_DEADLINE)
def test_what_the_lead_may_do_past_the_deadline(state, task, roles) -> None:
    """Rule 5.12: a cause is given for what is overdue; all others may what they might before."""
    found = offered(in_state(task, state), roles, OVERDUE)

    assert found == MATRIX[state] | PAST_THE_DEADLINE[state]


@pytest.mark.parametrize("state", OFFICE_LEADS)
def test_who_decides_on_the_offices_own_work(state, roles) -> None:
    """Rule 2.3: where the lead is the Office, what the chief would decide goes to a leader."""
    task = fresh(given_to(Body.current().office, roles))

    assert offered(in_state(task, state), roles) == OFFICE_LEADS[state]


def test_a_leader_decides_on_a_return_of_the_offices_own_work(roles) -> None:
    """Rule 2.3: the chief asked it, so the supervising leader or the Chair decides."""
    task = given_to(Body.current().office, roles)
    hand_back(task, roles["office chief"], AT, reason="Thuộc Phòng Nội vụ.")

    found = offered(fresh(task), roles)

    deciding = [role for role, acts in found.items() if "confirm_return refuse_return" in acts]
    assert deciding == ["chair", "supervising deputy leader"]


@pytest.mark.parametrize("acts", [[], ["task.grant_extension"]], ids=["all acts", "this act"])
def test_the_chief_grants_extensions_under_a_leaders_authority(acts, task, roles) -> None:
    """Rule 5.6: the chief only under that leader's recorded authority."""
    lent = {"acts": acts, "starts_on": AT.date(), "ends_on": AT.date(), "document_number": "12/UQ"}
    Delegation.objects.create(
        from_post=roles["supervising deputy leader"].post, to_post=roles["office chief"].post,
        **lent,
    )  # fmt: skip
    assert "move_deadline" in offered(task, roles)["office chief"].split()

    extension_of(task, roles)

    assert (
        "grant_extension grant_other_day refuse_extension"
        in offered(fresh(task), roles)["office chief"]
    )


@pytest.mark.parametrize("by", ["competence", "agency"])
def test_a_deputy_leader_grants_within_the_portfolio(by, task, roles) -> None:
    """Rules 2, 5.6: portfolios of competences and agencies."""
    deputy = roles["another deputy leader"]
    if by == "competence":
        deputy.post.competences.add(task.competence)
    else:
        deputy.post.agencies.add(task.lead)

    assert offered(task, roles)["another deputy leader"] == "write move_deadline"


def test_without_a_hand_on_the_responsible_member_of_staff_works_on_it(roles) -> None:
    """Rule 5.8: by the agency's register of who handles what."""
    staff = roles["other staff"]
    AgencyCompetence.objects.create(
        agency=staff.agency, competence=make.CompetenceFactory(), responsible=staff.post
    )
    task = fresh(given_to(staff.agency, roles))

    found = offered(task, roles)

    assert found["other staff"] == "progress write"
    assert "handed staff" not in found
    assert "take_back" not in found["lead's head"]


def test_a_task_without_helpers_has_no_shares(roles) -> None:
    """Rule 5.9: nobody is asked to help."""
    task = fresh(make.assigned_task(roles["lead's head"].agency, actor=roles["office chief"]))

    found = offered(task, roles)

    assert "coordinating head" not in found
    assert not any("divide" in acts for acts in found.values())


def test_undated_work_is_not_extended(roles) -> None:
    """Rule 5.11: it has a review day."""
    task = make.assigned_task(
        roles["lead's head"].agency, actor=roles["office chief"], review_on=date(2026, 11, 30)
    )

    assert "ask_extension" not in offered(fresh(task), roles)["lead's head"]


def test_what_went_on_elsewhere_is_not_reopened(task, roles) -> None:
    """Rule 5.3: it goes on at the other agency."""
    task.is_followed = True

    assert offered(in_state(task, State.CANCELLED), roles) == {}


def test_what_a_closed_agency_led_is_not_taken_up_there(task, roles) -> None:
    """Rule 2.5: its work moves to its successors."""
    task.lead.closed_on = date(2026, 11, 1)

    assert offered(in_state(task, State.COMPLETED), roles) == {}
    assert "resume" not in offered(in_state(task, State.SUSPENDED), roles)["office chief"]


def test_the_system_and_a_person_without_a_post_do_nothing() -> None:
    """Rule 2.1: what one may do comes from a post held that day."""
    task = in_state(make.assigned_task(), State.IN_PROGRESS)

    assert available_acts(task, Actor(), AT) == NOTHING
    assert available_acts(task, Actor(make.UserFactory()), AT) == NOTHING


def test_a_group_parent_takes_no_act(roles) -> None:
    """Rule 5.1: each agency answers for itself; the parent only shows the sum."""
    parent = make.assigned_task(is_group=True, actor=roles["office chief"])

    assert offered(fresh(parent), roles) == {}


@pytest.mark.parametrize(
    ("portfolio", "may"), [([], True), (["dat-dai"], True), (["van-hoa"], False)],
    ids=["names nothing", "names it", "names another"],
)  # fmt: skip
def test_a_deputy_acts_within_the_portfolio(portfolio, may, roles) -> None:
    """Rule 2.1: a deputy acts for the head (KT.) within the portfolio."""
    deputy = roles["lead's deputy"]
    deputy.post.competences.set(
        [make.CompetenceFactory(code=code, name=code) for code in portfolio]
    )
    task = make.assigned_task(
        deputy.agency, competence=make.CompetenceFactory(), actor=roles["office chief"]
    )

    assert ("report" in [act.code for act in available_acts(task, deputy, AT)]) is may


# Whoever decides is another (rules 2.1, 2.3) ----------------------------------------------------


def test_without_a_chief_the_chair_decides() -> None:
    """Rule 2.1: a function nobody holds that day falls to the chief, then the Chair."""
    chair, agency = make.chair(), make.AgencyFactory()
    make.OfficeFactory()
    head = make.head_of(agency)
    task = make.assigned_task(agency, actor=chair)
    task = report(task, head, AT, result="Đã xong.", document_number="9/TNMT")

    codes = [act.code for act in available_acts(task, chair, AT)]
    assert codes == ["write", "complete", "send_back", "correct", "change_lead", "cancel"]
    assert complete(task, chair, AT).state == State.COMPLETED


def test_nobody_verifies_the_report_he_sent_under_another_post(roles) -> None:
    """Rule 2.3: nobody verifies their own task."""
    head = roles["lead's head"]
    both = make.actor_of(
        make.PostFactory(
            user=head.user, function=Function.OFFICE_CHIEF, agency=Body.current().office
        )
    )
    task = make.assigned_task(head.agency)
    task = report(task, head, AT, result="Đã xong.", document_number="9/TNMT")

    codes = {act.code for act in available_acts(task, both, AT)}
    assert codes.isdisjoint({"complete", "send_back", "verify"})


def test_authority_lent_to_the_lead_does_not_decide_on_its_work(roles) -> None:
    """Rule 2.3: the chief's authorisation in the hands of the lead's head is still his own work."""
    head, chief = roles["lead's head"], roles["office chief"]
    deputy = roles["lead's deputy"]
    lent = Delegation.objects.create(
        from_post=chief.post,
        to_post=head.post,
        starts_on=AT.date(),
        ends_on=AT.date(),
        document_number="12/UQ",
    )
    task = make.assigned_task(head.agency, actor=chief)
    task = report(task, deputy, AT, result="Đã xong.", document_number="9/TNMT")

    found = available_acts(task, Actor(head.user, head.post, lent, AT.date()), AT)
    assert [act.code for act in found] == ["write"]


# Delegation (rule 2.2) ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kinds", "may"),
    [([], True), (["task."], True), (["task.report"], True), (["consultation."], False)],
    ids=["all", "all of tasks", "this act", "other acts"],
)
def test_a_delegate_does_what_the_authorisation_names(kinds, may, roles) -> None:
    """Rule 2.2: lent for a period and for named kinds of acts."""
    head, staff = roles["lead's head"], roles["other staff"]
    lent = Delegation.objects.create(
        from_post=head.post,
        to_post=staff.post,
        acts=kinds,
        starts_on=AT.date(),
        ends_on=AT.date(),
        document_number="12/UQ",
    )
    task = in_state(make.assigned_task(head.agency), State.ACCEPTED)

    found = available_acts(task, Actor(staff.user, staff.post, lent, AT.date()), AT)

    assert ("report" in [act.code for act in found]) is may


# One table for buttons, forms, functions and words ----------------------------------------------


@pytest.mark.parametrize("code", ACTS)
def test_every_act_has_its_function(code) -> None:
    """Rule 5.2: it takes the task, who, when, the facts its row names, and the version (5.14)."""
    parameters = inspect.signature(getattr(lifecycle, code)).parameters

    assert list(parameters)[:3] == ["task", "actor", "at"]
    assert {*ACTS[code].needs, "version"} <= set(parameters)


@pytest.mark.parametrize("code", [code for code, act in ACTS.items() if act.needs])
def test_every_act_that_needs_facts_has_its_form(code, task, roles) -> None:
    """Rule 5.2: the form asks for what the row names."""
    assert issubclass(FORMS[code], ActForm)

    asked = set(form_of(code, Situation(task, roles["office chief"], AT)).fields)
    given_otherwise = {"superior_number", "superior_on", "changes", "shares"}
    assert set(ACTS[code].needs) - given_otherwise <= asked


def test_no_form_is_of_an_act_without_facts() -> None:
    """Rule 5.2: those are done by one press."""
    assert set(FORMS) == {code for code, act in ACTS.items() if act.needs}


def test_every_act_says_what_was_done() -> None:
    """Design principle 5: and who may do it."""
    assert all(str(act.done) and str(act.label) and str(act.who_words) for act in ACTS.values())


@pytest.mark.parametrize("code", ACTS)
def test_an_effect_is_said_or_there_is_none(code, task, roles) -> None:
    """Design principle 5: before a decision, in words, whoever asks and whatever waits."""
    if "return" in code:
        hand_back(task, roles["lead's head"], AT, reason="Không đúng chức năng.")
    if code == "resume":
        lifecycle.suspend(task, roles["office chief"], AT, reason=".", document_number="1")

    found = offered(fresh(task), roles)
    role = next((role for role in ROLES if code in found.get(role, "").split()), "lead's head")
    said = effect(code, Situation(fresh(task), roles[role], AT))

    assert isinstance(said, str)
    assert set(EFFECTS) <= set(ACTS)
