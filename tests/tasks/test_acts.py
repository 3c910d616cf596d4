"""The table of acts: role × state × act, written out by hand (rule 5.2)."""

import pytest

from agencies.acting import Actor
from agencies.functions import Function
from agencies.models import Body, Delegation
from tasks.acts import ACTS, available_acts
from tasks.lifecycle import complete, report
from tasks.models import Task
from tasks.states import State
from tests import factories as make

pytestmark = pytest.mark.django_db
AT = make.moment("2026-11-10")
NOTHING: list[str] = []

# What each role may do in each state; what is not written is refused.
MATRIX = {
    "lead's head": {
        "assigned": ["accept", "report", "progress"],
        "accepted": ["report", "progress"],
        "in_progress": ["report", "progress"],
        "reported": NOTHING,
        "completed": NOTHING,
    },
    "lead's deputy": {
        "assigned": ["accept", "report", "progress"],
        "accepted": ["report", "progress"],
        "in_progress": ["report", "progress"],
        "reported": NOTHING,
        "completed": NOTHING,
    },
    "lead's staff": {
        "assigned": ["progress"],
        "accepted": ["progress"],
        "in_progress": ["progress"],
        "reported": NOTHING,
        "completed": NOTHING,
    },
    "coordinating head": dict.fromkeys(
        ("assigned", "accepted", "in_progress", "reported", "completed"), NOTHING
    ),
    "another head": dict.fromkeys(
        ("assigned", "accepted", "in_progress", "reported", "completed"), NOTHING
    ),
    "office officer": {
        "assigned": NOTHING,
        "accepted": NOTHING,
        "in_progress": NOTHING,
        "reported": ["verify", "send_back"],
        "completed": NOTHING,
    },
    "office chief": {
        "assigned": NOTHING,
        "accepted": NOTHING,
        "in_progress": NOTHING,
        "reported": ["complete", "send_back"],
        "completed": NOTHING,
    },
    "chair": dict.fromkeys(
        ("assigned", "accepted", "in_progress", "reported", "completed"), NOTHING
    ),
    "office clerk": dict.fromkeys(
        ("assigned", "accepted", "in_progress", "reported", "completed"), NOTHING
    ),
    "administrator": dict.fromkeys(
        ("assigned", "accepted", "in_progress", "reported", "completed"), NOTHING
    ),
}
CASES = [(role, state, acts) for role, row in MATRIX.items() for state, acts in row.items()]


def in_state(task: Task, state: str) -> Task:
    """Bring a task to a state by its cache alone: the table reads nothing else."""
    task.state = state
    return task


@pytest.fixture
def roles() -> dict[str, Actor]:
    lead, helper = make.AgencyFactory(code="phong-tnmt"), make.AgencyFactory(code="xa-quang-trung")
    return {
        "lead's head": make.head_of(lead),
        "lead's deputy": make.head_of(lead, is_deputy=True),
        "lead's staff": make.staff_of(lead),
        "coordinating head": make.head_of(helper),
        "another head": make.head_of(make.AgencyFactory()),
        "office officer": make.officer(),
        "office chief": make.office_chief(),
        "chair": make.chair(),
        "office clerk": make.actor_of(
            make.PostFactory(function=Function.CLERK, agency=make.OfficeFactory())
        ),
        "administrator": make.administrator(),
    }


@pytest.mark.parametrize(
    ("role", "state", "acts"), CASES, ids=[f"{role}, {state}" for role, state, _acts in CASES]
)
def test_who_may_do_what_and_when(role, state, acts, roles) -> None:
    """Rule 5.2: role × state × act."""
    task = make.assigned_task(
        roles["lead's head"].agency,
        actor=roles["office chief"],
        coordinating=[roles["coordinating head"].agency],
    )

    found = available_acts(in_state(task, state), roles[role], AT)

    assert [act.code for act in found] == acts


def test_the_system_and_a_person_without_a_post_do_nothing() -> None:
    """Rule 2.1: what one may do comes from a post held that day."""
    task = in_state(make.assigned_task(), State.IN_PROGRESS)

    assert available_acts(task, Actor(), AT) == NOTHING
    assert available_acts(task, Actor(make.UserFactory()), AT) == NOTHING


@pytest.mark.parametrize("state", [state for state in State if state not in MATRIX["chair"]])
def test_side_states_leave_the_main_path(state, roles) -> None:
    """Rule 5.2: suspended, returned, transferred and cancelled tasks take no main act."""
    task = in_state(make.assigned_task(roles["lead's head"].agency), state)

    assert not any(available_acts(task, actor, AT) for actor in roles.values())


def test_a_group_parent_takes_no_act(roles) -> None:
    """Rule 5.1: each agency answers for itself; the parent only shows the sum."""
    parent = make.assigned_task(is_group=True)

    assert not any(available_acts(parent, actor, AT) for actor in roles.values())


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


# The Office's own work (rule 2.3) -------------------------------------------------------------


@pytest.fixture
def office_task(roles) -> Task:
    task = make.assigned_task(Body.current().office, actor=roles["chair"])
    return report(task, roles["office chief"], AT, result="Đã xong.", document_number="9/VP")


def test_the_office_never_decides_on_its_own_work(office_task, roles) -> None:
    """Rule 2.3: where the lead is the Office, what the chief would decide goes to a leader."""
    for role in ("office chief", "office officer", "office clerk"):
        assert available_acts(office_task, roles[role], AT) == NOTHING
    codes = [act.code for act in available_acts(office_task, roles["chair"], AT)]
    assert codes == ["complete", "send_back"]


def test_the_supervising_deputy_decides_on_the_offices_work(office_task, roles) -> None:
    """Rule 2.3: the supervising leader; another deputy does not."""
    supervising, other = (
        make.actor_of(
            make.PostFactory(function=Function.LEADER, is_deputy=True, agency=make.LeadersFactory())
        )
        for _ in range(2)
    )
    office_task.supervisor = supervising.post

    assert "complete" in [act.code for act in available_acts(office_task, supervising, AT)]
    assert available_acts(office_task, other, AT) == NOTHING


def test_without_a_chief_the_chair_decides() -> None:
    """Rule 2.1: a function nobody holds that day falls to the chief, then the Chair."""
    chair, agency = make.chair(), make.AgencyFactory()
    make.OfficeFactory()
    head = make.head_of(agency)
    task = make.assigned_task(agency, actor=chair)
    task = report(task, head, AT, result="Đã xong.", document_number="9/TNMT")

    assert [a.code for a in available_acts(task, chair, AT)] == ["complete", "send_back"]
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

    assert available_acts(task, both, AT) == NOTHING


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

    assert available_acts(task, Actor(head.user, head.post, lent, AT.date()), AT) == NOTHING


# Delegation (rule 2.2) ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kinds", "may"),
    [([], True), (["task."], True), (["task.report"], True), (["consultation."], False)],
    ids=["all", "all of tasks", "this act", "other acts"],
)
def test_a_delegate_does_what_the_authorisation_names(kinds, may, roles) -> None:
    """Rule 2.2: lent for a period and for named kinds of acts."""
    head, staff = roles["lead's head"], roles["lead's staff"]
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


def test_every_act_of_the_table_has_its_function() -> None:
    """Rule 5.2: buttons, guards and acts follow one table."""
    from tasks import lifecycle

    assert all(callable(getattr(lifecycle, code)) for code in ACTS)
