"""Who may do what with campaigns and spot checks, written out by hand (domain 2; 2.3, 5.13)."""

from types import SimpleNamespace

import pytest

from agencies.functions import Function
from tasks import lifecycle
from tasks.acts import Situation
from tasks.reviewing import confirming, permits, settling
from tests import factories as make
from tests.tasks.reviewing.conftest import OPENED, opened

AT = make.moment("2026-11-12")
ROLES = (
    "chair", "deputy_chair", "chief", "officer", "office_clerk",
    "head", "deputy_head", "staff", "other_head", "administrator",
)  # fmt: skip
# act → who may. `own` acts are on the land department's list, `office` ones on the Office's.
MAY = {
    "prepare a campaign": ("chief", "officer"),
    "open a campaign": ("chief",),
    "close a campaign": ("chief",),
    "mark on its list": ("head", "deputy_head", "staff"),
    "confirm its list": ("head", "deputy_head"),
    "settle its mark": ("chief", "officer"),
    "settle its missing task": ("chair", "deputy_chair", "chief", "officer"),
    "settle the Office's mark": ("chair",),
    "settle the Office's missing task": ("chair", "deputy_chair"),
    "draw a spot check": ("chair", "deputy_chair", "chief", "officer"),
    "judge its completed task": ("chief", "officer"),
    "reopen its completed task": ("chief",),
    "judge the Office's completed task": ("chair",),
    "reopen the Office's completed task": ("chair",),
}


@pytest.fixture
def people(office) -> SimpleNamespace:
    """The office of the other tests, with the roles it lacks."""
    office.office = office.chief.agency
    office.office_clerk = make.actor_of(
        make.PostFactory(function=Function.CLERK, agency=office.office)
    )
    office.deputy_chair = make.actor_of(
        make.PostFactory(function=Function.LEADER, is_deputy=True, agency=make.LeadersFactory())
    )
    office.deputy_head = make.head_of(office.land, is_deputy=True)
    office.administrator = make.administrator()
    return office


@pytest.fixture
def world(people, tasks) -> SimpleNamespace:
    """The marks of two agencies, the Office among them, and a completed task of each."""
    own = make.assigned_task(people.office, OPENED, actor=people.chief)
    campaign = opened(people, people.land, people.office)
    found = SimpleNamespace()
    for name, head, task in (("land", people.head, tasks[0]), ("office", people.chief, own)):
        entry = campaign.entries.get(agency=head.agency)
        marks = {
            "mark": confirming.mark(
                entry, head, AT, kind="done", task=task, text="Xong.", document_number="9"
            ),
            "missing": confirming.mark(
                entry, head, AT, kind="missing", text="Thiếu.", title="Việc", source="Họp",
                assigned_by=None, due_on=None,
            ),
        }  # fmt: skip
        done = completed(people, head)
        setattr(found, name, SimpleNamespace(entry=entry, done=done, head=head, **marks))
    return found


def completed(people, head):
    task = make.assigned_task(head.agency, OPENED, actor=people.chief)
    task = lifecycle.report(task, head, AT, result="Xong.", document_number="9/BC")
    by = people.chair if head is people.chief else people.chief
    return lifecycle.complete(task, by, AT)


def may(act: str, actor, world) -> bool:
    """Ask the predicate of the act."""
    land, office = world.land, world.office

    def judges(one, permit=permits.may_find) -> bool:
        return permit(Situation(one.done, actor, AT), one.head.user)

    def settles(mark) -> bool:
        return permits.may_settle(mark, actor, settling.situation_of(mark, actor, AT))

    return {
        "prepare a campaign": lambda: permits.may_prepare_campaign(actor),
        "open a campaign": lambda: permits.may_open_campaign(actor),
        "close a campaign": lambda: permits.may_close_campaign(actor),
        "mark on its list": lambda: permits.may_prepare_entry(actor, land.entry),
        "confirm its list": lambda: permits.may_confirm_entry(actor, land.entry),
        "settle its mark": lambda: settles(land.mark),
        "settle its missing task": lambda: settles(land.missing),
        "settle the Office's mark": lambda: settles(office.mark),
        "settle the Office's missing task": lambda: settles(office.missing),
        "draw a spot check": lambda: permits.may_draw(actor),
        "judge its completed task": lambda: judges(land),
        "reopen its completed task": lambda: judges(land, permits.may_reopen),
        "judge the Office's completed task": lambda: judges(office),
        "reopen the Office's completed task": lambda: judges(office, permits.may_reopen),
    }[act]()


@pytest.mark.parametrize("act", MAY)
def test_the_roles_that_may(act, people, world):
    permitted = [role for role in ROLES if may(act, getattr(people, role), world)]

    assert tuple(permitted) == MAY[act]


def test_on_a_day_without_a_chief_the_chair_opens(people):
    """Rule 2.1: a function nobody holds falls to the Chair."""
    chief = people.chief.post
    chief.ends_on = OPENED.date()
    chief.save()

    assert permits.may_open_campaign(people.chair)
    assert not permits.may_open_campaign(people.officer)


def test_nobody_judges_the_own_report(people, world):
    """Rule 2.3: whatever post it was sent under."""
    case = Situation(world.land.done, people.chief, AT)

    assert permits.may_find(case, world.land.head.user)
    assert not permits.may_find(case, people.chief.user)


@pytest.mark.parametrize(
    ("act", "lent"),
    [("confirm its list", "campaign."), ("mark on its list", "campaign.mark")],
    ids=["the head's confirmation", "marks only"],
)
def test_a_delegation_covers_what_it_names(people, world, act, lent):
    """Rule 2.1: authority lent for named kinds of acts."""
    actor = delegate(people, lent)

    assert may(act, actor, world)
    assert not permits.may_confirm_entry(delegate(people, "task."), world.land.entry)


def delegate(people, lent: str):
    from agencies.acting import Actor
    from agencies.models import Delegation

    delegation = Delegation.objects.create(
        from_post=people.head.post, to_post=people.staff.post, acts=[lent],
        starts_on=OPENED.date(), ends_on=AT.date(), document_number="1/QĐ",
    )  # fmt: skip
    return Actor(people.staff.user, people.staff.post, delegation, AT.date())
