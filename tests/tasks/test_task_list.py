"""The list: its filters, its heading, its constant queries (rules 2.4, 3.7; issue 4, section 6)."""

from datetime import date

import pytest

from agencies.functions import Function
from tasks import lifecycle
from tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_at_now")]
NOW = make.moment("2026-11-20")  # a Friday


@pytest.fixture
def browse(client, chief):
    """Return the codes a page of the list shows, in order: `browse(actor, "state=open")`."""

    def ask(query: str = "", actor=chief) -> list[str]:
        client.force_login(actor.user)
        return [row.code for row in client.get(f"/tasks/?{query}").context["page"]]

    return ask


@pytest.fixture
def extended(chief, head_of_land) -> dict[str, str]:
    """By the Chair extended from 10/11 to 30/11: open, and completed on 20/11; one asked for."""
    chair, give = make.chair(), dict(actor=chief, at=make.moment("2026-10-01"))
    open_, done, asked = (
        make.assigned_task(head_of_land.agency, due_at=make.moment("2026-11-11", 0), **give)
        for _ in range(3)
    )
    for task in (open_, done, asked):
        lifecycle.ask_extension(
            task, head_of_land, make.moment("2026-11-05"), due_on=date(2026, 11, 30),
            reason="Chờ số liệu.",
        )  # fmt: skip
    for task in (open_, done):
        lifecycle.grant_extension(task, chair, make.moment("2026-11-06"))
    lifecycle.report(
        done, head_of_land, make.moment("2026-11-18"), result="Xong.", document_number="9"
    )
    lifecycle.complete(done, chief, make.moment("2026-11-19"))
    return {"open": open_.code, "done": done.code, "asked": asked.code}


@pytest.fixture
def head_of_land():
    return make.head_of(make.AgencyFactory(code="tnmt"))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("timeliness=overdue", []),
        ("timeliness=overdue&deadline=original", ["open", "asked"]),
        ("timeliness=overdue&deadline=original&overdue_from=10", ["open", "asked"]),
        ("timeliness=overdue&deadline=original&overdue_from=11", []),
        ("timeliness=completed_late", []),
        ("timeliness=completed_late&deadline=original", ["done"]),
        ("timeliness=overdue&deadline=original&as_of=2026-11-09", []),
        ("timeliness=overdue&deadline=original&as_of=2026-11-10", ["open", "done", "asked"]),
        ("due_before=2026-11-10&deadline=original&state=open", ["open", "asked"]),
        ("waiting=extension", ["asked"]),
        ("waiting=extension&as_of=2026-11-05", ["open", "done", "asked"]),
        ("waiting=extension&as_of=2026-11-04", []),
    ],
)
def test_the_list_judges_by_either_deadline(query, expected, extended, browse) -> None:
    """Rule 5.6: the original deadline stays for ever, and figures are had by both."""
    names = {code: name for name, code in extended.items()}

    assert sorted(names[code] for code in browse(query)) == sorted(expected)


def test_the_list_says_which_deadline_it_judges_by(extended, client, chief) -> None:
    """Rule 8.7: no figure that can mislead."""
    client.force_login(chief.user)
    answer = client.get("/tasks/?deadline=original&state=")

    assert answer.context["listed"].by_original
    assert answer.context["filter"].form["deadline"].value() == "original"


@pytest.fixture
def five(chief) -> dict[str, str]:
    """One task each: overdue 1 day and 40 days, due soon, waiting, completed."""
    land, culture = make.AgencyFactory(code="tnmt"), make.AgencyFactory(code="vhtt")
    land_head = make.head_of(land)
    give = dict(actor=chief, at=make.moment("2026-09-01"))
    yesterday = make.assigned_task(land, due_at=make.moment("2026-11-20", 0), **give)
    old = make.assigned_task(culture, due_at=make.moment("2026-10-12", 0), **give)
    soon = make.assigned_task(culture, due_at=make.moment("2026-11-24", 0), **give)
    waiting = make.assigned_task(land, title="Kiểm kê đất công", **give)
    done = make.assigned_task(land, **give)
    for task in (waiting, done):
        lifecycle.report(
            task, land_head, make.moment("2026-11-12"), result="Xong.", document_number="9"
        )
    lifecycle.complete(done, chief, make.moment("2026-11-13"))
    return {
        "yesterday": yesterday.code,
        "old": old.code,
        "soon": soon.code,
        "waiting": waiting.code,
        "done": done.code,
    }


CASES = [
    ("", ["old", "waiting", "yesterday", "soon"]),
    ("state=", ["old", "waiting", "done", "yesterday", "soon"]),
    ("state=completed", ["done"]),
    ("timeliness=overdue", ["old", "yesterday"]),
    ("timeliness=overdue&timeliness=due_soon", ["old", "yesterday", "soon"]),
    ("timeliness=awaiting", ["waiting"]),
    ("timeliness=overdue&agency=tnmt", ["yesterday"]),
    ("agency=tnmt&state=open", ["waiting", "yesterday"]),
    ("waiting=verification", ["waiting"]),
    ("waiting=long", ["waiting"]),
    ("overdue_from=1&overdue_to=1", ["yesterday"]),
    ("overdue_from=1&overdue_to=7", ["yesterday"]),
    ("overdue_from=40&overdue_to=40", ["old"]),
    ("overdue_from=41", []),
    ("due_from=2026-11-20&due_before=2026-11-23", ["soon"]),
    ("due_from=2026-11-19&due_before=2026-11-19", ["yesterday"]),
    ("q=kiem ke dat", ["waiting"]),
    ("q=Kiểm kê", ["waiting"]),
    ("authority=chu-tich-huyen&timeliness=overdue", ["old", "yesterday"]),
    ("timeliness=overdue&sort=-due", ["yesterday", "old"]),
    ("as_of=2026-11-12&state=completed", []),
    ("as_of=2026-11-12&state=reported", ["waiting", "done"]),
    ("as_of=2026-11-18&timeliness=overdue", ["old"]),
    ("agency=nowhere&timeliness=overdue", []),
]


@pytest.mark.parametrize(("query", "expected"), CASES, ids=[q or "plain" for q, _e in CASES])
def test_the_list_shows_exactly_what_its_address_says(query, expected, five, browse) -> None:
    """Rule 8.3: every number is a link to exactly the rows behind it."""
    assert browse(query) == [five[name] for name in expected]


def test_the_code_finds_the_task(five, browse) -> None:
    """Issue 4, section 6: lists are searchable by number."""
    assert browse(f"q={five['old'].lower()}") == [five["old"]]


def test_undated_work_asks_for_an_update_on_its_review_day(chief, browse) -> None:
    """Rule 5.11: never overdue, but it asks for an update."""
    make.assigned_task(actor=chief, due_at=None)
    asked = make.assigned_task(actor=chief, review_on=date(2026, 11, 20))

    assert browse("waiting=review") == [asked.code]


def test_an_agency_sees_what_it_leads_or_coordinates(five, chief, browse) -> None:
    """Rule 2.4: one queryset method serves pages and counts."""
    helper = make.AgencyFactory()
    head = make.head_of(helper)
    helped = make.assigned_task(actor=chief, coordinating=[helper])

    assert browse("state=", actor=head) == [helped.code]
    assert browse(f"agency={helper.code}&role=coordinating", actor=head) == [helped.code]


def test_parents_of_groups_are_not_listed(chief, browse) -> None:
    """Rule 5.1: the parent is never counted."""
    parent = make.assigned_task(actor=chief, is_group=True)
    child = make.assigned_task(actor=chief, parent=parent)

    assert browse() == [child.code]
    assert browse(f"parent={parent.code}") == [child.code]


def test_the_heading_is_the_answer(five, client, chief) -> None:
    """Design principle 1: the figure is in the heading."""
    chief.user.language = "vi"
    client.force_login(chief.user)

    page = client.get("/tasks/?timeliness=overdue").content.decode()

    assert "2 nhiệm vụ quá hạn" in page


@pytest.mark.parametrize("function", [Function.OFFICE_CHIEF, Function.AGENCY_HEAD])
def test_the_number_of_queries_does_not_grow(
    function, client, chief, django_assert_max_num_queries
) -> None:
    """Issue 4: every list takes a constant number of queries."""
    agency = make.AgencyFactory()
    head = make.head_of(agency)
    reader = chief if function == Function.OFFICE_CHIEF else head
    for _each in range(30):
        make.assigned_task(agency, actor=chief)
    client.force_login(reader.user)

    with django_assert_max_num_queries(30):
        answer = client.get("/tasks/")

    assert len(answer.context["page"].object_list) == 30


# Waiting for a helper; causes of delay -----------------------------------------------------------


@pytest.fixture
def shares(chief) -> dict:
    """Three tasks of one lead: one share overdue, one still in time, one given."""
    lead, helper = make.AgencyFactory(code="tnmt"), make.head_of(make.AgencyFactory(code="xa-an"))
    make.head_of(lead)
    given = dict(actor=chief, at=make.moment("2026-11-02"), coordinating=[helper.agency])
    tasks = {
        name: make.assigned_task(lead, due_at=make.moment("2026-12-01", 0), **given)
        for name in ("late", "awaited", "given")
    }
    days = {"late": date(2026, 11, 19), "awaited": date(2026, 11, 20)}
    for name, day in days.items():
        share = lifecycle.Share(helper.agency, "Số liệu", day)
        lifecycle.divide(tasks[name], chief, make.moment("2026-11-03"), shares=[share])
    lifecycle.contribute(tasks["given"], helper, make.moment("2026-11-04"), text="Số liệu.")
    return {name: task.code for name, task in tasks.items()} | {"helper": helper}


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("share=late", ["late"]),
        ("share=awaited", ["late", "awaited"]),
        ("share=late&agency=xa-an&role=coordinating", ["late"]),
        ("share=late&as_of=2026-11-18", []),
        ("share=awaited&as_of=2026-11-03", ["late", "awaited", "given"]),
    ],
)
def test_work_waiting_for_a_helper(query, names, shares, browse) -> None:
    """Rules 5.9, 8.9: by the share's own day, now and as of any day."""
    assert set(browse(query)) == {shares[name] for name in names}


def test_a_helper_sees_its_own_overdue_shares(shares, browse) -> None:
    """Rules 2.4, 5.9."""
    assert browse("share=late", shares["helper"]) == [shares["late"]]


@pytest.fixture
def delays(chief) -> dict[str, str]:
    """Three overdue tasks: no cause, a commitment to keep, a broken one."""
    head = make.head_of(make.AgencyFactory(code="tnmt"))
    given = dict(actor=chief, at=make.moment("2026-10-01"), due_at=make.moment("2026-11-01", 0))
    tasks = {name: make.assigned_task(head.agency, **given) for name in ("none", "kept", "broken")}
    for name, day in (("kept", 20), ("broken", 19)):
        lifecycle.explain(
            tasks[name], head, make.moment("2026-11-10"), cause=f"Vì {name}",
            commitment_on=date(2026, 11, day),
        )  # fmt: skip
    return {name: task.code for name, task in tasks.items()}


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("delay=unexplained", ["none"]),
        ("delay=broken", ["broken"]),
        ("delay=unexplained&as_of=2026-11-09", ["none", "kept", "broken"]),
        ("delay=broken&as_of=2026-11-18", []),
    ],
)
def test_overdue_work_by_what_its_lead_said(query, names, delays, browse) -> None:
    """Rules 5.12, 8.9: no cause, or a commitment that was broken."""
    assert set(browse(query)) == {delays[name] for name in names}


def test_the_cause_stands_under_the_overdue_row(delays, client, chief) -> None:
    """Rule 5.12: each overdue task carries its cause and its commitment day."""
    client.force_login(chief.user)

    page = client.get("/tasks/?timeliness=overdue").content.decode()

    assert "Vì kept" in page
    assert "19/11/2026" in page
