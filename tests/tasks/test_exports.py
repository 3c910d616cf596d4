"""What can be taken away: the list as a workbook, a task's files as an archive (rule 2.4)."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from openpyxl import load_workbook

from tasks import lifecycle
from tasks.export import export
from tasks.task_list import listed
from tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_at_now")]
NOW = make.moment("2026-11-20")


@pytest.fixture
def head():
    return make.head_of(make.AgencyFactory(code="phong-tnmt", name="Phòng TN&MT"))


@pytest.fixture
def task(head, chief):
    return make.assigned_task(head.agency, actor=chief, title="=Rà soát đất công")


@pytest.fixture
def exported(client):
    """Return the rows of the workbook somebody gets: `exported(chief, "state=open")`."""

    def ask(actor, query: str = "") -> list[tuple]:
        client.force_login(actor.user)
        answer = client.get(f"/tasks/export/?{query}")
        assert answer.status_code == 200
        sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
        return list(sheet.iter_rows(values_only=True))

    return ask


def codes(rows: list[tuple]) -> list[str]:
    """The codes below the header."""
    return [row[1] for row in rows if row[1] and str(row[1]).startswith("NV-")]


@pytest.mark.parametrize(
    "query",
    ["", "state=", "timeliness=overdue", "agency=phong-tnmt&sort=-code", "as_of=2026-11-05"],
)
def test_the_workbook_has_the_rows_of_the_page(query, task, chief, exported, client) -> None:
    """Issue 5: the same filters, in the same order."""
    for _each in range(3):
        make.assigned_task(task.lead, actor=chief, due_at=make.moment("2026-12-01", 0))

    client.force_login(chief.user)
    listed = [row.code for row in client.get(f"/tasks/?{query}").context["page"]]

    assert codes(exported(chief, query)) == listed


def test_the_workbook_says_what_it_shows_and_of_when(task, chief, exported) -> None:
    """Rule 8.7: the instant and the filters stand above the table."""
    rows = exported(chief, "timeliness=overdue&agency=phong-tnmt")

    above = " ".join(str(row[0]) for row in rows[:4])
    assert "09:00 20/11/2026" in above
    assert "Phòng TN&MT" in above


def test_titles_are_text_and_deadlines_are_days(task, chief, exported) -> None:
    """A title that looks like a formula is not run."""
    row = exported(chief)[-1]

    assert row[2] == "=Rà soát đất công"
    assert row[7].date().isoformat() == "2026-11-16"


def test_an_agency_takes_away_its_own_rows_only(task, head, chief, exported) -> None:
    """Rule 2.4: one queryset method serves pages and exports."""
    make.assigned_task(actor=chief)

    assert codes(exported(head, "state=")) == [task.code]


def test_a_group_is_exported_by_its_parent(chief, exported) -> None:
    """Issue 5: export works on the children at once."""
    parent = make.assigned_task(actor=chief, is_group=True)
    children = [make.assigned_task(actor=chief, parent=parent) for _each in range(3)]
    make.assigned_task(actor=chief)

    assert sorted(codes(exported(chief, f"parent={parent.code}"))) == [c.code for c in children]


def test_too_many_rows_are_cut_with_a_word(task, chief) -> None:
    """Issue 5: capped with a message."""
    make.assigned_task(actor=chief)

    with export(listed(QueryDict(""), chief, NOW), most=1) as file:
        rows = list(load_workbook(file).active.iter_rows(values_only=True))

    assert len(codes(rows)) == 1
    assert {"1", "2"} < set(rows[3][0].split())


# Files of a task ------------------------------------------------------------------------------


def names(answer) -> list[str]:
    return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))).namelist()


def test_all_files_of_a_task_come_as_one_archive(task, head, chief, client) -> None:
    """Picture 5: evidence and the files of the exchange."""
    files = [SimpleUploadedFile("bien-ban.txt", b"1"), SimpleUploadedFile("bien-ban.txt", b"2")]
    lifecycle.progress(task, head, NOW, text="Đang làm.", percent=5, files=files)
    lifecycle.write(task, chief, NOW, text="Xem kèm.", files=[SimpleUploadedFile("mau.txt", b"3")])
    client.force_login(head.user)

    answer = client.get(f"/tasks/{task.code}/files/")

    assert names(answer) == ["bien-ban.txt", "bien-ban (2).txt", "mau.txt"]
    assert f"{task.code}.zip" in answer["Content-Disposition"]


def test_a_helper_gets_no_file_of_the_exchange(head, chief, client) -> None:
    """Rules 2.4, 5.12: what both sides write is theirs."""
    helper = make.head_of(make.AgencyFactory())
    task = make.assigned_task(head.agency, actor=chief, coordinating=[helper.agency])
    lifecycle.write(task, chief, NOW, text="Xem kèm.", files=[SimpleUploadedFile("mau.txt", b"3")])
    client.force_login(helper.user)

    assert names(client.get(f"/tasks/{task.code}/files/")) == []


def test_a_strangers_archive_is_not_there(task, client) -> None:
    """Rule 2.4: what one may not see answers 404."""
    client.force_login(make.head_of(make.AgencyFactory()).user)

    assert client.get(f"/tasks/{task.code}/files/").status_code == 404
