"""The pages of imported lists: what was typed is kept, refusals stand beside the field."""

import pytest
import time_machine
from django.urls import reverse

from agencies.models import Event
from tasks.importing.preparing import submit
from tasks.models import ImportBatch, Task
from tests.samples.lists import present_list, workbook
from tests.tasks.importing.conftest import AT, HEAD, fingerprint_of, upload_of

pytestmark = pytest.mark.django_db
GOOD = ["Rà soát hồ sơ", "Phòng Nội vụ", "", "20/12/2026", ""]
WRONG = ["Lập danh sách", "Phòng Tổ chức", "", "20/12/2026", ""]


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def office(client, district):
    client.force_login(district.officer.user)
    return client


def act(client, batch: ImportBatch, name: str, **posted):
    address = reverse("import_act", args=[batch.code])
    return client.post(address, {"act": name, "version": batch.version, **posted})


def test_a_file_is_uploaded_and_its_columns_come_next(office, settings, tmp_path) -> None:
    """Issue 5: upload, then map."""
    settings.MEDIA_ROOT = tmp_path

    answer = office.post(reverse("import_new"), {"file": upload_of(present_list())})

    batch = ImportBatch.objects.get()
    assert answer.url == reverse("import_columns", args=[batch.code])
    page = office.get(answer.url).content.decode()
    assert "C: Cơ quan thực hiện / Chủ trì" in page


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("cu.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".xlsx"),
        ("x.docx", workbook(HEAD), ".xlsx"),
        ("x.csv", ("STT;Nội dung\n" * 5_001).encode(), "5.000"),
    ],
    ids=["an old .xls", "another ending", "too long"],
)
def test_a_file_that_will_not_do_says_so_beside_the_field(office, name, data, words) -> None:
    """Style: 400 with what to do."""
    answer = office.post(reverse("import_new"), {"file": upload_of(data, name)})

    assert answer.status_code == 400
    assert any(words in error for error in answer.context["form"].errors["file"])


def test_columns_that_do_not_do_keep_what_was_chosen(office, taken_in) -> None:
    """Style: bad input keeps what was typed."""
    batch = taken_in(GOOD)
    address = reverse("import_columns", args=[batch.code])

    answer = office.post(
        address, {"version": batch.version, "title": "1", "lead": "", "source": "KH 12"}
    )

    assert answer.status_code == 400
    assert answer.context["form"]["source"].value() == "KH 12"


def test_columns_mapped_by_somebody_else_are_said(office, taken_in) -> None:
    """Rule 5.14: refused once with who changed what, then sent on top of it."""
    batch = taken_in(GOOD)
    address = reverse("import_columns", args=[batch.code])
    posted = {"version": 0, "title": "1", "lead": "2", "authority_for_all": "chu-tich-huyen"}

    assert office.post(address, posted).status_code == 409


def test_the_page_heads_with_what_would_happen(office, taken_in) -> None:
    """Design principle 1: the heading is the answer."""
    page = office.get(taken_in(GOOD, WRONG).get_absolute_url())

    assert [line.number for line in page.context["lines"]] == [3]
    assert (len(page.context["run"].ready), page.context["show"]) == (1, "blocked")


@pytest.mark.parametrize(
    ("show", "numbers"), [("all", [2, 3, 4]), ("ready", [2]), ("skipped", [4]), ("x", [3])]
)
def test_rows_are_narrowed_in_the_address(office, taken_in, show, numbers) -> None:
    """Style: the state of a list stands in the address."""
    batch = taken_in(GOOD, WRONG, ["Tổng cộng: 2"])
    batch.rows.filter(number=4).update(cells=["Tổng cộng: 2"])

    page = office.get(batch.get_absolute_url(), {"show": show})

    assert [line.number for line in page.context["lines"]] == numbers


def test_a_row_is_put_right_on_its_page(office, taken_in) -> None:
    """Issue 5: edit the cell; the next wrong row follows."""
    batch = taken_in(WRONG, WRONG)
    address = reverse("import_row", args=[batch.code, 2])
    page = office.get(address)
    posted = {"version": 0, "then": "next", **page.context["form"].initial, "lead": "Phòng Nội vụ"}

    answer = office.post(address, posted)

    assert answer.url == reverse("import_row", args=[batch.code, 3])
    assert batch.rows.get(number=2).corrections == {"lead": "Phòng Nội vụ"}


def test_a_row_saved_by_somebody_else_shows_both(office, taken_in) -> None:
    """Rule 5.14: compared side by side, what was typed kept."""
    batch = taken_in(WRONG)
    batch.rows.filter(number=2).update(version=1, corrections={"lead": "Phòng Tài chính"})
    address = reverse("import_row", args=[batch.code, 2])
    posted = {**office.get(address).context["form"].initial, "version": 0, "lead": "Phòng Nội vụ"}

    answer = office.post(address, posted)

    assert answer.status_code == 409
    (one,) = answer.context["form"].differences
    assert (one.old, one.new) == ("Phòng Tài chính", "Phòng Nội vụ")
    assert answer.context["form"].data["version"] == 1


def test_a_name_is_settled_for_all_rows_from_the_page(office, taken_in) -> None:
    """Issue 5: choose the agency."""
    batch = taken_in(WRONG, WRONG)

    act(office, batch, "settle_name", kind="agency", written="Phòng Tổ chức", code="noi-vu")

    batch.refresh_from_db()
    assert batch.mapping["names"]["agency"] == {"phong to chuc": "noi-vu"}


@pytest.mark.parametrize(
    "posted", [{"kind": "agency", "code": "khong-co"}, {"kind": "x"}, {"kind": "agency"}]
)
def test_a_name_that_is_not_chosen_from_the_directory_is_refused(office, taken_in, posted) -> None:
    """Style: 409 with the sentence on the page."""
    assert act(office, taken_in(WRONG), "settle_name", written="x", **posted).status_code == 409


def test_the_chief_brings_it_in_and_takes_it_back(client, district, taken_in) -> None:
    """Issue 5: the result names every task; undo from the same page."""
    client.force_login(district.chief.user)
    batch = taken_in(GOOD)

    act(client, batch, "bring_in", fingerprint=fingerprint_of(batch))
    page = client.get(batch.get_absolute_url())
    assert [row.task for row in page.context["page"]] == [Task.objects.get()]
    assert page.context["going_count"] == 1

    act(client, batch, "undo")
    assert Task.objects.get().state == "cancelled"


def test_an_officer_is_refused_with_a_sentence(office, taken_in) -> None:
    """Domain 2: 409, nothing done."""
    batch = taken_in(GOOD)

    answer = act(office, batch, "bring_in", fingerprint=fingerprint_of(batch))

    assert (answer.status_code, Task.objects.count()) == (409, 0)


def test_one_form_posted_twice_is_one_act(client, district, taken_in) -> None:
    """Issue 4: the request key makes it once."""
    client.force_login(district.chief.user)
    batch = taken_in(GOOD)
    key = "0b1f9f5e-6a6f-4a77-9d83-0d3b8a5a4f10"
    seen = fingerprint_of(batch)

    for _turn in range(2):
        act(client, batch, "bring_in", fingerprint=seen, request_key=key)

    assert Event.objects.filter(act="import.brought_in").count() == 1


def test_the_page_costs_no_query_a_row(office, taken_in, django_assert_max_num_queries) -> None:
    """Style: lists with constant queries."""
    batch = taken_in(*([f"Việc {n}", *GOOD[1:]] for n in range(80)))
    office.get(batch.get_absolute_url())

    with django_assert_max_num_queries(30):
        office.get(batch.get_absolute_url())


def test_a_name_settled_wrongly_is_settled_anew(office, taken_in) -> None:
    """What was chosen stays on the page, so that a wrong choice is put right for every row."""
    batch = taken_in(WRONG, WRONG)
    act(office, batch, "settle_name", kind="agency", written="Phòng Tổ chức", code="tai-chinh")
    batch.refresh_from_db()

    [settled] = office.get(batch.get_absolute_url()).context["settled"]
    assert (settled.written, settled.code) == ("Phòng Tổ chức", "tai-chinh")

    act(office, batch, "settle_name", kind="agency", written="Phòng Tổ chức", code="noi-vu")
    batch.refresh_from_db()
    [settled] = office.get(batch.get_absolute_url()).context["settled"]
    assert settled.code == "noi-vu"


def test_a_list_handed_over_is_counted_where_the_chief_looks_first(
    client, district, taken_in
) -> None:
    """Rule 8.3: what waits on the Office itself, in the rail and on the dashboard."""
    batch = taken_in(GOOD)
    submit(batch, district.officer, AT, version=batch.version)
    client.force_login(district.chief.user)

    page = client.get(reverse("dashboard")).content.decode()
    listed = client.get(reverse("imports"), {"state": "submitted"})

    assert f"{reverse('imports')}?state=submitted" in page
    assert listed.context["page"].paginator.count == 1


def test_the_page_leads_to_saying_once_who_assigns(client, district, taken_in) -> None:
    """Rows that name nobody are put right together."""
    batch = taken_in(GOOD)
    batch.mapping["authority"] = ""
    batch.save()
    client.force_login(district.officer.user)

    page = client.get(batch.get_absolute_url())

    assert page.context["run"].nobody_assigns == 1
    columns = reverse("import_columns", args=[batch.code])
    assert f"{columns}#id_authority_for_all" in page.content.decode()
