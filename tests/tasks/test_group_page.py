"""The parent of a group assignment: the sum, who is missing, acts on all children (rule 5.1)."""

import pytest

from tasks import lifecycle
from tasks.models import Task
from tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_at_now")]
NOW = make.moment("2026-11-20")
GIVEN, EARLY = make.moment("2026-11-02"), make.moment("2026-11-10")


@pytest.fixture
def parent(chief) -> Task:
    return make.assigned_task(actor=chief, is_group=True, at=GIVEN)


@pytest.fixture
def children(parent, chief) -> dict[str, Task]:
    """Four agencies: one did not accept, one works, both late; one reported, one is in time."""
    found = {}
    for name in ("silent", "slow", "reported", "running"):
        agency = make.AgencyFactory(code=name, name=f"UBND xã {name}")
        due_at = make.moment("2026-12-01", 0) if name == "running" else make.moment("2026-11-17", 0)
        found[name] = make.assigned_task(
            agency, actor=chief, parent=parent, at=GIVEN, due_at=due_at
        )
        if name != "silent":
            lifecycle.accept(found[name], make.head_of(agency), EARLY)
    lifecycle.report(
        found["reported"], make.head_of(found["reported"].lead), EARLY,
        result="Xong.", document_number="9/BC-UBND",
    )  # fmt: skip
    return found


@pytest.fixture
def opened(client, chief, parent, children):
    client.force_login(chief.user)
    return client.get(parent.get_absolute_url())


def test_every_sum_opens_exactly_its_rows(opened, client) -> None:
    """Rules 5.1, 8.3: the sum by state and timeliness, each a link to exactly the rows."""
    group = opened.context["group"]

    for one in [*group.by_timeliness, *group.by_state]:
        assert client.get(one.url).context["listed"].total == one.count, one.label
    assert sum(one.count for one in group.by_state) == 4


def test_who_is_missing_is_named(opened, children) -> None:
    """Rule 5.1: who has not accepted, and who has not reported."""
    group = opened.context["group"]

    assert group.not_accepted == [children["silent"]]
    assert group.not_reported == [children["slow"], children["running"]]
    assert "UBND xã silent" in opened.content.decode()


def test_overdue_children_come_first(opened, children) -> None:
    """Issue 5: overdue first, what is done last."""
    assert [one.lead.code for one in opened.context["group"].page] == [
        "silent", "slow", "reported", "running",
    ]  # fmt: skip


def test_children_are_paginated_from_thirty_on(client, chief, parent) -> None:
    """Issue 5: 31 agencies are two pages; the sum is of all of them."""
    for _each in range(31):
        make.assigned_task(actor=chief, parent=parent, at=GIVEN)
    client.force_login(chief.user)

    group = client.get(f"{parent.get_absolute_url()}?page=2").context["group"]

    assert len(group.page.object_list) == 1
    assert sum(one.count for one in group.by_state) == 31


def test_one_that_was_handed_on_is_no_agency_of_the_group_any_more(chief, parent) -> None:
    """Rule 5.3: the row ends as transferred, and a linked one stands under the same parent."""
    from tasks.group_page import group_of
    from tasks.judgement import Judgement

    child = make.assigned_task(actor=chief, parent=parent, at=GIVEN)
    lifecycle.change_lead(
        child, chief, EARLY, lead=make.AgencyFactory(), reason="Đúng chức năng hơn."
    )

    group = group_of(parent, chief, NOW, Judgement.at(NOW), "")

    assert (len(group.children), group.agencies) == (2, 1)


def test_the_parent_offers_acts_on_its_children_and_takes_none(opened, children) -> None:
    """Rule 5.1: each agency answers for itself; what the reader may do stands on the parent."""
    offered = {offer.together.code: offer.tasks for offer in opened.context["group"].offers}

    assert offered["complete"] == {children["reported"].pk}
    assert len(offered["suspend"]) == 3
    assert opened.context["next_acts"] == []


def test_an_act_on_all_children_is_done_on_those_that_allow_it(
    client, chief, parent, children
) -> None:
    """Issue 5: suspended from the parent; the reported one says why it was not."""
    client.force_login(chief.user)
    facts = {
        "acting": chief.key, "act": "suspend", "filters": f"parent={parent.code}",
        "task": [one.pk for one in children.values()],
        "reason": "Chờ quy định mới.", "document_number": "15/TB-UBND",
    }  # fmt: skip

    answer = client.post("/tasks/together/", facts)

    assert {one.task.lead.code for one in answer.context["done"]} == {"silent", "slow", "running"}
    assert [one.task.lead.code for one in answer.context["refused"]] == ["reported"]
    assert answer.context["back"] == parent.get_absolute_url()


def test_an_act_is_asked_of_all_children_by_the_parents_code(client, chief, parent, children):
    """Issue 5: from the parent the preview takes every child, without ticking."""
    client.force_login(chief.user)

    answer = client.get(f"/tasks/together/?act=suspend&scope=found&parent={parent.code}")

    choice = answer.context["choice"]
    assert {line.task for line in choice.possible} == {
        children["silent"], children["slow"], children["running"],
    }  # fmt: skip
    assert [line.task for line in choice.impossible] == [children["reported"]]


def test_a_parent_is_never_late_itself(client, chief) -> None:
    """Rule 5.1: never counted; no cause of delay is asked of it."""
    parent = make.assigned_task(actor=chief, is_group=True, at=GIVEN)
    client.force_login(chief.user)

    context = client.get(parent.get_absolute_url()).context

    assert "is_past_due" not in context
    assert [event.act for event in context["events"]] == ["task.group_assigned"]
