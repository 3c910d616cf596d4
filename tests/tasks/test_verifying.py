"""The list of reports that wait, decided in their rows (rule 5.4; issue 5, point 14)."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tasks import lifecycle
from tasks.states import State
from tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_at_now")]
NOW = make.moment("2026-11-10")
LIST = "/tasks/?waiting=verification"


@pytest.fixture
def reported(chief):
    head = make.head_of(make.AgencyFactory())
    task = make.assigned_task(head.agency, actor=chief)
    file = SimpleUploadedFile("danh-sach.txt", b"1")
    return lifecycle.report(
        task, head, NOW, result="Đã lập danh sách.", document_number="9/TNMT", files=[file]
    )


@pytest.fixture
def decide(client):
    """Post an act from the list: `decide(chief, task, "complete", in_place=True)`."""

    def post(actor, task, act: str, *, in_place: bool, **facts):
        client.force_login(actor.user)
        headers = {"HX-Request": "true"} if in_place else {}
        facts = {"acting": actor.key, "version": task.version, "next": LIST, **facts}
        return client.post(f"/tasks/{task.code}/{act}/", facts, headers=headers)

    return post


def test_each_row_shows_what_is_decided_on(reported, chief, client) -> None:
    """Rule 5.4: result, document, evidence, and who verified it stand in the row."""
    officer = make.officer()
    lifecycle.verify(reported, officer, NOW)
    client.force_login(chief.user)

    page = client.get(LIST).content.decode()

    for words in ("Đã lập danh sách.", "9/TNMT", "danh-sach.txt", officer.user.full_name):
        assert words in page


@pytest.mark.parametrize(
    ("role", "acts"),
    [("office_chief", ["complete", "send_back"]), ("officer", ["verify", "send_back"]),
     ("chair", [])],
)  # fmt: skip
def test_each_row_offers_what_the_table_allows(role, acts, reported, chief, client) -> None:
    """Rule 5.2."""
    reader = chief if role == "office_chief" else getattr(make, role)()
    client.force_login(reader.user)

    (row,) = client.get(LIST).context["report_rows"]

    assert [act.code for act in row.acts] == acts


def test_an_agency_reads_the_same_list_as_a_table(reported, client) -> None:
    """Rule 2.3: who reported decides nothing."""
    client.force_login(make.actor_of(reported.reports.get().post).user)

    assert client.get(LIST).context["report_rows"] == []


def test_confirmed_in_place_the_row_says_so_and_the_heading_counts_on(
    reported, chief, decide
) -> None:
    """Issue 5: without leaving the list."""
    answer = decide(chief, reported, "complete", in_place=True)

    page = answer.content.decode()
    assert answer.status_code == 200
    assert answer.context["is_done"]
    assert answer.context["listed"].total == 0
    assert 'id="list-heading"' in page
    reported.refresh_from_db()
    assert reported.state == State.COMPLETED


def test_without_script_the_same_form_comes_back_to_the_list(reported, chief, decide) -> None:
    """House style: everything works without script."""
    answer = decide(chief, reported, "complete", in_place=False)

    assert (answer.status_code, answer.url) == (302, LIST)


@pytest.mark.parametrize(
    "address", ["https://elsewhere.example/", "//elsewhere.example", "/notices/"]
)
def test_a_form_leads_to_no_other_address(address, reported, chief, decide) -> None:
    """Issue 4, bad input: the list to come back to is a list of this site."""
    answer = decide(chief, reported, "complete", in_place=False, next=address)

    assert answer.url == reported.get_absolute_url()


def test_refused_in_place_the_row_says_why_and_stays(reported, chief, decide) -> None:
    """Rule 5.14: somebody else verified it meanwhile; sent again it passes."""
    lifecycle.verify(reported, make.officer(), NOW)

    refused = decide(chief, reported, "complete", in_place=True)

    assert refused.status_code == 409
    assert refused.context["form"].non_field_errors()
    reported.refresh_from_db()
    assert decide(chief, reported, "complete", in_place=True).status_code == 200


def test_sending_back_asks_why_in_the_row(reported, chief, decide) -> None:
    """Rule 5.4: with a reason; what was typed is kept."""
    empty = decide(chief, reported, "send_back", in_place=True, reason="")
    assert empty.status_code == 400
    assert "reason" in empty.context["form"].errors

    done = decide(chief, reported, "send_back", in_place=True, reason="Thiếu phụ lục.")

    assert done.context["is_done"]
    reported.refresh_from_db()
    assert reported.state == State.IN_PROGRESS
